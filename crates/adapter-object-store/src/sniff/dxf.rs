//! The drawing exchange format as text: pairs of lines, a group's code and its value.

/// How much of the beginning is looked at: comments before the first group are a few lines.
const HEAD: usize = 4 * 1024;

/// What the beginning says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    /// It begins like a drawing.
    Dxf,
    /// It begins like something else.
    Other,
    /// It ends before it tells.
    Short,
}

/// A drawing begins with `0`, `SECTION`; comments (`999` and a line) may come before. Blanks around both do not count.
pub(super) fn look(head: &[u8]) -> Look {
    match first_group(&head[..head.len().min(HEAD)]) {
        Look::Short if head.len() >= HEAD => Look::Other,
        look => look,
    }
}

fn first_group(head: &[u8]) -> Look {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    // Only whole lines: what stands after the last line feed may go on.
    let Some(end) = head.iter().rposition(|byte| *byte == b'\n') else {
        return Look::Short;
    };
    let mut lines = head[..end].split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii);
    loop {
        match (lines.next(), lines.next()) {
            (Some(b"999"), Some(_)) => {}
            (Some(b"0"), Some(b"SECTION")) => return Look::Dxf,
            (None | Some(b"0" | b"999"), None) => return Look::Short,
            _ => return Look::Other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drawing_is_told_by_its_first_group() {
        for head in [
            &b"0\nSECTION\n2\nHEADER\n"[..],
            b"  0\r\nSECTION\r\n",
            b"999\nMade by hand\n999\n\n  0\nSECTION\n",
        ] {
            assert_eq!(look(head), Look::Dxf, "{head:?}");
        }
        for head in [
            &b"0\nsection one\n"[..],
            b"SECTION\n0\n",
            b"\n0\nSECTION\n",
            b"Monday: fitted a pump\n",
            b"0 1 2\n3 4 5\n",
        ] {
            assert_eq!(look(head), Look::Other, "{head:?}");
        }
        for head in [
            &b""[..],
            b"0",
            b"0\n",
            b"0\nSECT",
            b"999\n",
            b"999\nMade by",
            b"999\nx\n",
        ] {
            assert_eq!(look(head), Look::Short, "{head:?}");
        }
    }

    #[test]
    fn a_drawing_that_does_not_begin_within_four_kilobytes_is_none() {
        let after = |length: usize| [b"999\n", "x".repeat(length).as_bytes(), b"\n0\nSECTION\n"].concat();
        assert_eq!(look(&after(4_000)), Look::Dxf);
        assert_eq!(look(&after(5_000)), Look::Other);
        assert_eq!(look("x".repeat(5_000).as_bytes()), Look::Other);
    }
}
