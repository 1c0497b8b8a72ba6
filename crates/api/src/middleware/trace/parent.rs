//! The header `traceparent` (W3C Trace Context).

/// The trace and the span that a request belongs to.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct TraceParent<'a> {
    /// 32 hexadecimal digits, not all zero.
    pub(super) trace_id: &'a str,
    /// 16 hexadecimal digits, not all zero.
    pub(super) parent_id: &'a str,
}

impl<'a> TraceParent<'a> {
    /// Parses the header; a malformed one counts as absent, so that a new trace begins. Of a later version of the format
    /// the known fields are read.
    pub(super) fn parse(header: &'a str) -> Option<Self> {
        let mut fields = header.split('-');
        let version = fields.next().filter(|text| is_hex(text, 2) && *text != "ff")?;
        let trace_id = fields.next().filter(|text| is_hex(text, 32) && !is_zero(text))?;
        let parent_id = fields.next().filter(|text| is_hex(text, 16) && !is_zero(text))?;
        fields.next().filter(|text| is_hex(text, 2))?;
        if version == "00" && fields.next().is_some() {
            return None;
        }
        Some(Self { trace_id, parent_id })
    }
}

fn is_hex(text: &str, length: usize) -> bool {
    text.len() == length
        && text
            .bytes()
            .all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}

fn is_zero(text: &str) -> bool {
    text.bytes().all(|byte| byte == b'0')
}

#[cfg(test)]
mod tests {
    use super::TraceParent;

    const TRACE: &str = "4bf92f3577b34da6a3ce929d0e0e4736";
    const SPAN: &str = "00f067aa0ba902b7";

    #[test]
    fn a_trace_is_continued_in_this_and_later_versions_of_the_format() {
        let expected = Some(TraceParent {
            trace_id: TRACE,
            parent_id: SPAN,
        });
        assert_eq!(TraceParent::parse(&format!("00-{TRACE}-{SPAN}-01")), expected);
        assert_eq!(
            TraceParent::parse(&format!("01-{TRACE}-{SPAN}-01-more")),
            expected
        );
    }

    #[test]
    fn a_malformed_header_begins_a_new_trace() {
        let zero = "0".repeat(32);
        let upper = TRACE.to_uppercase();
        for header in [
            String::new(),
            "garbage".to_owned(),
            format!("ff-{TRACE}-{SPAN}-01"),
            format!("00-{zero}-{SPAN}-01"),
            format!("00-{TRACE}-0000000000000000-01"),
            format!("00-{upper}-{SPAN}-01"),
            format!("00-{TRACE}-{SPAN}"),
            format!("00-{TRACE}-{SPAN}-01-more"),
        ] {
            assert_eq!(TraceParent::parse(&header), None, "{header}");
        }
    }
}
