//! What a ZIP archive holds, by the names in it (PKWARE's APPNOTE 6.3).

use ipt_domain::placement::attachment_type::AttachmentType;

/// DOCX, XLSX or PPTX when the archive has their table of contents and the main part of exactly one of them, and no
/// macros; ZIP otherwise. The names are those of the archive's own table at its end; when that lies farther from the end
/// than what is kept, those of the entries at the beginning.
pub(super) fn kind(head: &[u8], tail: &[u8], length: u64) -> AttachmentType {
    let whole_in_head = head.len() as u64 == length;
    let names = table_names(if whole_in_head { head } else { tail }).unwrap_or_else(|| entry_names(head));
    let has = |name: &[u8]| names.contains(&name);
    let macros = names.iter().any(|name| name.ends_with(b"/vbaProject.bin"));
    if macros || !has(b"[Content_Types].xml") {
        return AttachmentType::Zip;
    }
    match (
        has(b"word/document.xml"),
        has(b"xl/workbook.xml"),
        has(b"ppt/presentation.xml"),
    ) {
        (true, false, false) => AttachmentType::Docx,
        (false, true, false) => AttachmentType::Xlsx,
        (false, false, true) => AttachmentType::Pptx,
        _ => AttachmentType::Zip,
    }
}

/// The names in the table of contents, if all of it lies in `tail`, which ends where the archive ends.
fn table_names(tail: &[u8]) -> Option<Vec<&[u8]>> {
    const END: usize = 22;
    let ends_there = |at: usize| {
        tail[at..].starts_with(b"PK\x05\x06") && number(tail, at + 20, 2) == Some(tail.len() - at - END)
    };
    let end = (0..=tail.len().checked_sub(END)?)
        .rev()
        .find(|at| ends_there(*at))?;
    let (entries, size) = (number(tail, end + 10, 2)?, number(tail, end + 12, 4)?);
    let mut rest = &tail[end.checked_sub(size)?..end];
    let mut names = Vec::new();
    while rest.starts_with(b"PK\x01\x02") {
        let (name, extra, comment) = (number(rest, 28, 2)?, number(rest, 30, 2)?, number(rest, 32, 2)?);
        names.push(rest.get(46..46 + name)?);
        rest = rest.get(46 + name + extra + comment..)?;
    }
    (names.len() == entries && rest.is_empty()).then_some(names)
}

/// The names of the entries in `head`, one after the other. Where an entry does not say how long it is, the next mark is
/// looked for.
fn entry_names(head: &[u8]) -> Vec<&[u8]> {
    let mut names = Vec::new();
    let mut at = 0;
    while let Some((name, next)) = entry(head, at) {
        names.push(name);
        let Some(found) = head
            .get(next..)
            .and_then(|rest| rest.windows(4).position(|mark| mark == b"PK\x03\x04"))
        else {
            break;
        };
        at = next + found;
    }
    names
}

/// The name of the entry at `at`, and where its content, as far as its size is told, ends.
fn entry(head: &[u8], at: usize) -> Option<(&[u8], usize)> {
    let (size, name, extra) = (
        number(head, at + 18, 4)?,
        number(head, at + 26, 2)?,
        number(head, at + 28, 2)?,
    );
    let start = at + 30;
    Some((head.get(start..start + name)?, start + name + extra + size))
}

/// A little-endian number of `size` bytes.
fn number(bytes: &[u8], at: usize, size: usize) -> Option<usize> {
    let bytes = bytes.get(at..at + size)?;
    Some(
        bytes
            .iter()
            .rev()
            .fold(0, |number, byte| number << 8 | usize::from(*byte)),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sniff::samples::{archive, streamed_archive};

    const WORD: [&str; 3] = ["[Content_Types].xml", "_rels/.rels", "word/document.xml"];

    fn of(archive: &[u8]) -> AttachmentType {
        let tail = &archive[archive.len().saturating_sub(crate::sniff::TAIL)..];
        kind(
            &archive[..archive.len().min(crate::sniff::HEAD)],
            tail,
            archive.len() as u64,
        )
    }

    #[test]
    fn office_documents_are_told_by_their_main_part() {
        assert_eq!(of(&archive(&WORD, 100)), AttachmentType::Docx);
        assert_eq!(
            of(&archive(&["xl/workbook.xml", "[Content_Types].xml"], 100)),
            AttachmentType::Xlsx
        );
        assert_eq!(
            of(&archive(
                &["[Content_Types].xml", "ppt/slides/1.xml", "ppt/presentation.xml"],
                9
            )),
            AttachmentType::Pptx
        );
    }

    #[test]
    fn an_archive_is_no_office_document_because_of_a_folder() {
        for names in [
            &["word/document.xml"][..],
            &["[Content_Types].xml"],
            &["[Content_Types].xml", "word/notes.txt"],
            &["[Content_Types].xml", "sub/word/document.xml"],
            &["[Content_Types].xml", "word/document.xml", "xl/workbook.xml"],
            &["[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"],
            &["readme.txt"],
            &[],
        ] {
            assert_eq!(of(&archive(names, 10)), AttachmentType::Zip, "{names:?}");
        }
    }

    #[test]
    fn the_main_part_may_lie_behind_a_large_picture() {
        let names = [
            "[Content_Types].xml",
            "word/media/image1.png",
            "word/document.xml",
        ];
        assert_eq!(of(&archive(&names, 200_000)), AttachmentType::Docx);
        assert_eq!(of(&streamed_archive(&names, 200_000)), AttachmentType::Docx);
    }

    #[test]
    fn without_its_table_the_entries_at_the_beginning_decide() {
        for whole in [archive(&WORD, 100), streamed_archive(&WORD, 100)] {
            let table = whole.windows(4).position(|mark| mark == b"PK\x01\x02").unwrap();
            assert_eq!(of(&whole[..table]), AttachmentType::Docx);
        }
    }

    #[test]
    fn a_table_longer_than_what_is_kept_is_made_up_for_by_the_beginning() {
        let many: Vec<String> = (0..3_000)
            .map(|number| format!("word/media/picture-{number}.png"))
            .collect();
        let names: Vec<&str> = WORD.into_iter().chain(many.iter().map(String::as_str)).collect();
        assert_eq!(of(&archive(&names, 1)), AttachmentType::Docx);
    }

    #[test]
    fn a_name_inside_a_file_of_the_archive_is_not_taken_for_an_entry() {
        let inner = archive(&WORD, 10);
        let mut outer = archive(&["notes.txt"], 0);
        // The inner archive as the content of the only entry, stored as it is.
        let table = outer.windows(4).position(|mark| mark == b"PK\x01\x02").unwrap();
        outer.splice(table..table, inner);
        assert_eq!(of(&outer), AttachmentType::Zip);
    }

    #[test]
    fn nonsense_behind_the_mark_is_survived() {
        let mut whole = archive(&WORD, 100);
        for at in 0..whole.len() {
            let was = std::mem::replace(&mut whole[at], 0xff);
            of(&whole);
            whole[at] = was;
            of(&whole[..at]);
            of(&whole[at..]);
        }
        of(b"PK\x03\x04");
        of(b"");
    }
}
