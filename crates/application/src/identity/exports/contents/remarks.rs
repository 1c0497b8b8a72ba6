//! What the person wrote about logs: a supervisor's comments, a coordinator's reasons, a student's disputes.
//!
//! Of others' logs no more than their ids: the rest is their students'.

use ipt_domain::{
    logbook::{hours::WorkedHours, review::ReviewRecord, state::StateName},
    text::Remark,
};
use serde_json::{Value, json};

use super::{super::build::BuildError, Contents, array::AT_ONCE};

/// Writes them.
pub(super) async fn write(contents: &mut Contents<'_>) -> Result<(), BuildError> {
    let user = contents.user();
    let mut array = contents.begin_array("remarks.json").await?;
    let mut after = None;
    loop {
        let mut reader = contents.reader().await?;
        let found = reader.logbook().remarks_of(user, after, AT_ONCE).await?;
        drop(reader);
        for record in &found {
            contents.add(&mut array, &of_remark(record)).await?;
        }
        match found.last() {
            Some(last) if found.len() == usize::from(AT_ONCE) => after = Some((last.at, last.id)),
            _ => break,
        }
    }
    contents.end_array(array).await
}

fn of_remark(record: &ReviewRecord) -> Value {
    json!({
        "log_id": record.entry_id,
        "action": record.action.as_str(),
        "at": record.at,
        "from": record.from.map(StateName::as_str),
        "to": record.to.as_str(),
        "revision": record.revision,
        "comments": record.comments.as_ref().map(Remark::as_str),
        "skills_demonstrated": record.skills.as_slice(),
        "hours_confirmed": record.hours_confirmed.map(WorkedHours::as_hours),
    })
}
