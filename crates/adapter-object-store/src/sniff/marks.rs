//! Marks at the beginning of a file.

use ipt_domain::placement::attachment_type::AttachmentType;

/// What the first bytes say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Family {
    /// A kind that its mark alone tells.
    Fixed(AttachmentType),
    /// An archive; the names in it tell more.
    Zip,
    /// No mark: a text, if anything.
    Text,
}

pub(super) fn family(head: &[u8]) -> Family {
    let starts = |mark: &[u8]| head.starts_with(mark);
    if starts(b"PK\x03\x04") || starts(b"PK\x05\x06") {
        return Family::Zip;
    }
    let kind = if starts(b"\x89PNG\r\n\x1a\n") {
        AttachmentType::Png
    } else if starts(b"\xff\xd8\xff") {
        AttachmentType::Jpeg
    } else if starts(b"GIF87a") || starts(b"GIF89a") {
        AttachmentType::Gif
    } else if starts(b"RIFF") && head.get(8..12) == Some(b"WEBP") {
        AttachmentType::Webp
    } else if is_pdf(head) {
        AttachmentType::Pdf
    } else if is_dwg(head) {
        AttachmentType::Dwg
    } else if starts(b"AutoCAD Binary DXF\r\n\x1a\0") {
        AttachmentType::Dxf
    } else {
        return Family::Text;
    };
    Family::Fixed(kind)
}

/// Readers tolerate more before the mark, but then a file is easily something else too; blank lines are what scanners leave.
fn is_pdf(head: &[u8]) -> bool {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    head.trim_ascii_start().starts_with(b"%PDF-")
}

/// `AC1012` (release 13) to `AC1032` (2018) and what may follow.
fn is_dwg(head: &[u8]) -> bool {
    head.strip_prefix(b"AC10")
        .is_some_and(|version| version.len() >= 2 && version[..2].iter().all(u8::is_ascii_digit))
}
