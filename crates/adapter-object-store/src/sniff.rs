//! What kind of file a stream of bytes is, told by its content.
//!
//! | kind | told by |
//! |---|---|
//! | PNG, JPEG, GIF, WebP, PDF, DWG, binary DXF | the mark at the beginning |
//! | ZIP, DOCX, XLSX, PPTX | the mark at the beginning, then the names in the archive ([`zip`]) |
//! | DXF | the first group of the text ([`dxf`]) |
//! | SVG | text whose root element is `svg` ([`markup`]) |
//! | CSV, plain text | UTF-8 without control characters from beginning to end, which is no markup and no script; CSV by the name's ending |
//!
//! Everything else is of no known kind: programs, HTML, PHP, an empty file. The name decides nothing but between CSV and
//! plain text. Of a long file the first and the last 64 KiB are kept ([`HEAD`], [`TAIL`]), and every byte of a text is
//! looked at once as it passes.

use ipt_domain::placement::attachment_type::AttachmentType;

mod dxf;
mod marks;
mod markup;
mod text;
mod zip;

use marks::Family;
use text::TextScan;

/// How much of the beginning is kept: SVG's root element and the archive's first names must lie in it.
const HEAD: usize = 64 * 1024;

/// How much of the end is kept at least, and up to twice of it: an archive's table of contents must lie in it, or the first
/// names decide.
const TAIL: usize = 64 * 1024;

/// Enough for every mark.
const MARK: usize = 64;

/// What is known so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// The rest will tell.
    Open,
    /// It is this, whatever follows.
    Known(AttachmentType),
    /// It is of no known kind, whatever follows.
    Unknown,
}

/// Looks at a file as it passes.
#[derive(Debug)]
pub(crate) struct Sniffer {
    named_csv: bool,
    family: Option<Family>,
    head: Vec<u8>,
    tail: Vec<u8>,
    text: TextScan,
    dxf: dxf::Look,
    length: u64,
}

impl Sniffer {
    pub(crate) fn new(file_name: &str) -> Self {
        let ending = file_name.rsplit_once('.').map(|(_, ending)| ending);
        Self {
            named_csv: ending.is_some_and(|ending| ending.eq_ignore_ascii_case("csv")),
            family: None,
            head: Vec::new(),
            tail: Vec::new(),
            text: TextScan::default(),
            dxf: dxf::Look::Short,
            length: 0,
        }
    }

    /// Looks at the next bytes.
    pub(crate) fn feed(&mut self, bytes: &[u8]) -> Verdict {
        self.length += bytes.len() as u64;
        let room = HEAD - self.head.len();
        self.head.extend_from_slice(&bytes[..room.min(bytes.len())]);
        if self.family.is_none_or(|family| family == Family::Text) {
            self.text.feed(bytes);
            if self.dxf == dxf::Look::Short {
                self.dxf = dxf::look(&self.head);
            }
        }
        if self.family.is_none_or(|family| family == Family::Zip) {
            keep_last(&mut self.tail, bytes, TAIL);
        }
        if self.family.is_none() && self.head.len() >= MARK {
            self.family = Some(marks::family(&self.head));
        }
        match self.family {
            Some(Family::Fixed(kind)) => Verdict::Known(kind),
            Some(Family::Text) if self.text.has_controls() => Verdict::Unknown,
            Some(Family::Text) if self.text.is_invalid() && self.dxf == dxf::Look::Other => Verdict::Unknown,
            Some(Family::Text | Family::Zip) | None => Verdict::Open,
        }
    }

    /// What it was, now that all of it has passed; none for no known kind.
    pub(crate) fn finish(mut self) -> Option<AttachmentType> {
        match self.family.unwrap_or_else(|| marks::family(&self.head)) {
            Family::Fixed(kind) => Some(kind),
            Family::Zip => Some(zip::kind(&self.head, &self.tail, self.length)),
            Family::Text => {
                self.text.end();
                self.text_kind()
            }
        }
    }

    fn text_kind(&self) -> Option<AttachmentType> {
        if self.length == 0 || self.text.has_controls() {
            return None;
        }
        // Drawings of older programs are in a code page of their time, not in UTF-8.
        if self.dxf == dxf::Look::Dxf {
            return Some(AttachmentType::Dxf);
        }
        if self.text.is_invalid() || self.head.starts_with(b"#!") {
            return None;
        }
        match markup::look(&self.head) {
            markup::Look::Svg => Some(AttachmentType::Svg),
            markup::Look::Other => None,
            markup::Look::Text if self.named_csv => Some(AttachmentType::Csv),
            markup::Look::Text => Some(AttachmentType::Text),
        }
    }
}

/// Keeps the last bytes of all given so far, at least `least` of them. It makes room seldom, so that a body in many small
/// pieces costs no more than one in few large ones.
fn keep_last(kept: &mut Vec<u8>, bytes: &[u8], least: usize) {
    let new = &bytes[bytes.len().saturating_sub(least)..];
    if new.len() == least {
        kept.clear();
    } else if kept.len() + new.len() > 2 * least {
        kept.drain(..kept.len() + new.len() - least);
    }
    kept.extend_from_slice(new);
}

#[cfg(test)]
mod samples;
#[cfg(test)]
mod tests;
