//! Records as lines of CSV (RFC 4180).

use super::dto::AuditDto;
use crate::problem::Problem;

/// The first line.
pub(super) const HEADER: &str =
    "id,sequence,at,actor_id,actor_name,on_behalf_of,session_id,action,object_kind,object_id,detail\r\n";

/// A record; its detail is JSON in one cell.
///
/// # Errors
/// When the detail cannot be written.
pub(super) fn line(record: &AuditDto) -> Result<String, Problem> {
    let or_empty = |value: Option<String>| value.unwrap_or_default();
    let AuditDto {
        id,
        sequence,
        at,
        actor,
        on_behalf_of,
        session_id,
        action,
        object,
        detail,
    } = record;
    let detail = detail.as_ref().map(serde_json::to_string).transpose();
    let cells = [
        id.to_string(),
        or_empty(sequence.map(|number| number.to_string())),
        at.to_string(),
        or_empty(actor.as_ref().map(|actor| actor.id.to_string())),
        or_empty(actor.as_ref().and_then(|actor| actor.name.clone())),
        or_empty(on_behalf_of.map(|id| id.to_string())),
        or_empty(session_id.map(|id| id.to_string())),
        action.clone(),
        object.kind.clone(),
        object.id.to_string(),
        or_empty(detail.map_err(Problem::internal)?),
    ];
    Ok(format!("{}\r\n", cells.map(cell).join(",")))
}

/// A cell: quoted where it must be, and never a formula to the spreadsheet that opens it.
fn cell(text: String) -> String {
    let text = if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{text}")
    } else {
        text
    };
    if text.contains(['"', ',', '\r', '\n']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::cell;

    #[test]
    fn a_cell_is_quoted_where_it_must_be_and_never_a_formula() {
        for (text, written) in [
            ("Asha Mushi", "Asha Mushi"),
            ("Mushi, Asha", "\"Mushi, Asha\""),
            ("the \"boss\"", "\"the \"\"boss\"\"\""),
            ("two\nlines", "\"two\nlines\""),
            ("=HYPERLINK(\"x\")", "\"'=HYPERLINK(\"\"x\"\")\""),
            ("@SUM", "'@SUM"),
            ("", ""),
        ] {
            assert_eq!(cell(text.to_owned()), written);
        }
    }
}
