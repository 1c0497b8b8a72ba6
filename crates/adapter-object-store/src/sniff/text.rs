//! Whether a stream is text, whatever the pieces it comes in.

/// Sees every byte once. UTF-8 cut between two pieces is put together again.
#[derive(Debug, Default)]
pub(super) struct TextScan {
    controls: bool,
    invalid: bool,
    /// The beginning of a character that the next piece must complete; at most three bytes.
    begun: Vec<u8>,
}

impl TextScan {
    pub(super) fn feed(&mut self, mut bytes: &[u8]) {
        self.controls |= bytes.iter().any(|byte| is_control(*byte));
        while !self.invalid && !self.begun.is_empty() && !bytes.is_empty() {
            self.begun.push(bytes[0]);
            bytes = &bytes[1..];
            let begun = std::mem::take(&mut self.begun);
            self.check(&begun);
        }
        self.check(bytes);
    }

    /// Nothing follows: a character begun is a character broken.
    pub(super) fn end(&mut self) {
        self.invalid |= !self.begun.is_empty();
    }

    /// Whether there was a control character other than tab, line feed, carriage return and form feed.
    pub(super) const fn has_controls(&self) -> bool {
        self.controls
    }

    /// Whether there was something else than UTF-8.
    pub(super) const fn is_invalid(&self) -> bool {
        self.invalid
    }

    fn check(&mut self, bytes: &[u8]) {
        if self.invalid || !self.begun.is_empty() {
            return;
        }
        if let Err(error) = std::str::from_utf8(bytes) {
            match error.error_len() {
                Some(_) => self.invalid = true,
                None => self.begun = bytes[error.valid_up_to()..].to_vec(),
            }
        }
    }
}

const fn is_control(byte: u8) -> bool {
    byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c) || byte == 0x7f
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scan<'a>(pieces: impl IntoIterator<Item = &'a [u8]>) -> (bool, bool) {
        let mut scan = TextScan::default();
        for piece in pieces {
            scan.feed(piece);
        }
        scan.end();
        (scan.has_controls(), scan.is_invalid())
    }

    #[test]
    fn text_is_text_however_it_is_cut() {
        let text = "Ubao: čšž, 測量, 🧰, ﷽ — mwisho".as_bytes();
        for size in 1..=text.len() {
            assert_eq!(scan(text.chunks(size)), (false, false), "in pieces of {size}");
        }
        assert_eq!(scan([&b""[..], text, b""]), (false, false));
    }

    #[test]
    fn a_character_that_is_broken_or_missing_its_end_is_found_however_it_is_cut() {
        for text in [
            &b"abc\xff"[..],
            b"\xc3(",
            b"abc\xe6\xb8",
            b"\xed\xa0\x80 surrogate",
            b"\xc0\xaf overlong",
            b"\xf0\x9f\xa7",
        ] {
            for size in 1..=text.len() {
                assert_eq!(
                    scan(text.chunks(size)),
                    (false, true),
                    "{text:?} in pieces of {size}"
                );
            }
        }
    }

    #[test]
    fn control_characters_are_found_but_for_those_of_plain_text() {
        assert_eq!(scan([&b"a\tb\r\nc\x0cd\n"[..]]), (false, false));
        for control in (0..0x20)
            .chain([0x7f])
            .filter(|byte| !b"\t\n\r\x0c".contains(byte))
        {
            assert_eq!(
                scan([&b"abc"[..], &[control], b"def"]),
                (true, false),
                "{control:#x}"
            );
        }
    }
}
