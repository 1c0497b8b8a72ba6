//! Whether a text is markup, and whether that is SVG.

/// What the beginning says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    /// An SVG drawing.
    Svg,
    /// Other markup, HTML and PHP among it; or SVG whose root element does not come within what is kept of the beginning.
    Other,
    /// No markup.
    Text,
}

/// Skips what XML allows before the root element: the declaration and style sheets, comments, a document type.
pub(super) fn look(head: &[u8]) -> Look {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    let mut rest = head.trim_ascii_start();
    let opens = |next: u8| next.is_ascii_alphabetic() || b"!?/%_:".contains(&next);
    if rest.first() != Some(&b'<') || !rest.get(1).copied().is_some_and(opens) {
        return Look::Text;
    }
    loop {
        let after = if let Some(comment) = rest.strip_prefix(b"<!--") {
            after(comment, b"-->")
        } else if rest.starts_with(b"<?xml") {
            after(rest, b"?>")
        } else if let Some(doctype) = strip_prefix_ignoring_case(rest, b"<!doctype") {
            after_doctype(doctype)
        } else {
            return if is_svg_root(rest) { Look::Svg } else { Look::Other };
        };
        match after {
            Some(next) => rest = next.trim_ascii_start(),
            None => return Look::Other,
        }
    }
}

/// What comes after the first `end`.
fn after<'a>(bytes: &'a [u8], end: &[u8]) -> Option<&'a [u8]> {
    bytes
        .windows(end.len())
        .position(|window| window == end)
        .map(|at| &bytes[at + end.len()..])
}

/// What comes after a document type of `svg`, whose declarations may stand in brackets; none for another one.
fn after_doctype(doctype: &[u8]) -> Option<&[u8]> {
    let name = doctype.trim_ascii_start();
    if name.len() == doctype.len() || !is_name(name, b"svg") {
        return None;
    }
    let mut quote = None;
    let mut in_brackets = false;
    let mut at = 0;
    while let Some(byte) = name.get(at).copied() {
        match (quote, byte) {
            (Some(open), _) if byte == open => quote = None,
            (None, b'"' | b'\'') => quote = Some(byte),
            // A comment may hold a quote or a bracket that means nothing.
            (None, b'<') if name[at..].starts_with(b"<!--") => {
                at = name.len() - after(&name[at + 4..], b"-->")?.len();
                continue;
            }
            (None, b'[') => in_brackets = true,
            (None, b']') => in_brackets = false,
            (None, b'>') if !in_brackets => return Some(&name[at + 1..]),
            (Some(_) | None, _) => {}
        }
        at += 1;
    }
    None
}

/// Whether this is the element `svg`, with a prefix or without.
fn is_svg_root(element: &[u8]) -> bool {
    let Some(name) = element.strip_prefix(b"<") else {
        return false;
    };
    let prefix = name.iter().position(|byte| *byte == b':').filter(|at| {
        name[..*at]
            .iter()
            .all(|byte| byte.is_ascii_alphanumeric() || b"_-.".contains(byte))
    });
    is_name(name, b"svg") || prefix.is_some_and(|at| is_name(&name[at + 1..], b"svg"))
}

fn is_name(bytes: &[u8], name: &[u8]) -> bool {
    let rest = bytes.strip_prefix(name);
    rest.and_then(<[u8]>::first)
        .is_some_and(|next| next.is_ascii_whitespace() || b"/>[".contains(next))
}

fn strip_prefix_ignoring_case<'a>(bytes: &'a [u8], prefix: &[u8]) -> Option<&'a [u8]> {
    let (start, rest) = bytes.split_at_checked(prefix.len())?;
    start.eq_ignore_ascii_case(prefix).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drawings_are_told_by_their_root_element() {
        for head in [
            "<svg>",
            "<svg/>",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"10\"/>",
            "<svg\n  viewBox='0 0 1 1'>",
            "\u{feff}<?xml version=\"1.0\"?>\n<svg >",
            "  \n<!-- <html> --><!-- > --> <svg >",
            "<?xml version='1.0' encoding='UTF-8' standalone='no'?><!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\"><svg x='1'>",
            "<!DOCTYPE svg [ <!ENTITY a \"]>\"> <!-- ' ]> --> ] ><svg >",
            "<?xml-stylesheet href='a.css'?><svg >",
            "<svg:svg xmlns:svg=\"http://www.w3.org/2000/svg\">",
        ] {
            assert_eq!(look(head.as_bytes()), Look::Svg, "{head}");
        }
    }

    #[test]
    fn other_markup_is_not_taken_for_text_or_a_drawing() {
        for head in [
            "<html>",
            "<!DOCTYPE html><svg >",
            "<!doctype HTML>",
            "<body><svg/></body>",
            "<p>svg",
            "</p>",
            "<?php echo 1;",
            "<?= 1 ?>",
            "<% run %>",
            "<!-- only a comment -->",
            "<!-- never ends",
            "<svgx>",
            "<svg",
            "<SVG>",
            "<x:html>",
            "<a b:svg >",
            "<?xml version='1.0'?><rss>",
            "<?xml version='1.0'",
            "<!DOCTYPE svg [ ",
            "<!DOCTYPEsvg><svg>",
            "<script>",
            "<!DOCTYPE svg><html>",
        ] {
            assert_eq!(look(head.as_bytes()), Look::Other, "{head}");
        }
    }

    #[test]
    fn text_that_merely_holds_a_bracket_is_text() {
        for head in [
            "",
            "<",
            "<3 for the team",
            "x <svg>",
            "< 5 mm",
            "<<EOF",
            "Fitted <b>two</b> pumps",
        ] {
            assert_eq!(look(head.as_bytes()), Look::Text, "{head}");
        }
    }
}
