//! Between columns and submitted texts. An entry's row has the last one, `log_revision` those before.

use ipt_domain::{
    id::{LogRevisionId, UserId},
    logbook::{
        content::LogContent,
        hours::WorkedHours,
        kind::DayKind,
        location::{Fix, Verdict},
        report::{Location, Report, Submission},
        skill::Skills,
    },
    placement::position::Position,
};
use ipt_ports::{RepositoryError, logbook::RevisionView};
use sea_orm::prelude::{DateTimeUtc, Json};
use uuid::Uuid;

use super::file::Listed;
use crate::{
    cells::{Cells, list_to_json},
    fold::folded,
    logbook::{entry_row, revision_row},
    number,
    writes::Columns,
};

/// Declares the columns that both tables have, and how they are taken from a row of either.
macro_rules! columns {
    ($($column:ident: $kind:ty,)+) => {
        /// The columns of a submitted text.
        pub(super) struct Told {
            $($column: Option<$kind>,)+
        }

        impl Told {
            /// Takes them from an entry.
            pub(super) fn of_entry(row: &mut entry_row::Model) -> Self {
                Self { $($column: row.$column.take(),)+ }
            }

            /// Takes them from an earlier text.
            fn of_revision(row: &mut revision_row::Model) -> Self {
                Self { $($column: row.$column.take(),)+ }
            }
        }
    };
}

columns! {
    submitted_by_id: Uuid,
    submitted_at: DateTimeUtc,
    kind: String,
    content: String,
    worked_minutes: i32,
    hours_assumed: bool,
    excess_hours: bool,
    skills: Json,
    captured_at: DateTimeUtc,
    latitude: f64,
    longitude: f64,
    accuracy_m: f64,
    fix_captured_at: DateTimeUtc,
    verdict: String,
    distance_m: i32,
    location_notes: Json,
    attachments: Json,
}

impl Told {
    /// The submission; none when nothing was ever handed in.
    pub(super) fn submission(self, cells: &Cells) -> Result<Option<Submission>, RepositoryError> {
        let Some(at) = self.submitted_at else {
            return Ok(None);
        };
        let by = UserId::new(cells.needed("submitted_by_id", self.submitted_by_id)?);
        let excess_hours = cells.needed("excess_hours", self.excess_hours)?;
        Ok(Some(Submission {
            report: self.report(cells)?,
            by,
            at,
            excess_hours,
        }))
    }

    fn report(mut self, cells: &Cells) -> Result<Report, RepositoryError> {
        let location = self.location(cells)?;
        let kind = cells.needed("kind", self.kind)?;
        let content = self.content.map(|content| {
            LogContent::from_parts(&content)
                .map_err(|_| cells.damaged("content", "the text can never have been accepted"))
        });
        let hours = self
            .worked_minutes
            .map(|minutes| hours(cells, "worked_minutes", minutes));
        let files: Vec<Listed> = cells.list("attachments", self.attachments)?;
        let files = files.into_iter().map(Listed::into_domain).collect::<Option<_>>();
        Ok(Report {
            kind: cells.named("kind", &kind, DayKind::from_name)?,
            content: content.transpose()?,
            hours: hours.transpose()?,
            hours_assumed: cells.needed("hours_assumed", self.hours_assumed)?,
            skills: cells.list("skills", self.skills)?,
            captured_at: cells.needed("captured_at", self.captured_at)?,
            location,
            attachments: files.ok_or_else(|| cells.damaged("attachments", "a file's digest is none"))?,
        })
    }

    fn location(&mut self, cells: &Cells) -> Result<Location, RepositoryError> {
        let fix = match (self.latitude, self.longitude) {
            (None, None) => None,
            (Some(latitude), Some(longitude)) => {
                let position = Position::new(latitude, longitude)
                    .map_err(|_| cells.damaged("latitude", "it lies nowhere on the earth"))?;
                let fix = Fix::new(position, self.accuracy_m, self.fix_captured_at)
                    .map_err(|_| cells.damaged("accuracy_m", "it is no distance"))?;
                Some(fix)
            }
            (Some(_), None) | (None, Some(_)) => {
                return Err(cells.damaged("longitude", "a position has two coordinates"));
            }
        };
        let verdict = cells.needed("verdict", self.verdict.take())?;
        let distance = self
            .distance_m
            .map(|distance| cells.count("distance_m", distance))
            .transpose()?;
        Ok(Location {
            fix,
            verdict: cells.named("verdict", &verdict, |name| Verdict::from_parts(name, distance))?,
            notes: cells.list("location_notes", self.location_notes.take())?,
        })
    }
}

/// Worked hours in minutes.
pub(super) fn hours(
    cells: &Cells,
    column: &'static str,
    minutes: i32,
) -> Result<WorkedHours, RepositoryError> {
    WorkedHours::from_minutes(cells.count(column, minutes)?)
        .map_err(|_| cells.damaged(column, "these can never have been accepted as worked hours"))
}

/// Worked hours as they are stored.
pub(super) fn minutes(hours: WorkedHours) -> i32 {
    number::stored(hours.minutes().get())
}

/// Skills as they are stored.
pub(super) fn skills(skills: &Skills) -> Result<Option<Json>, RepositoryError> {
    list_to_json(skills.as_slice())
}

/// The columns of a submission that was made by the transition with the review `id`.
pub(super) fn submission_columns(submission: &Submission, id: Uuid) -> Result<Columns, RepositoryError> {
    let report = &submission.report;
    let fix = report.location.fix.as_ref();
    let content = report.content.as_ref().map(LogContent::as_str);
    let files: Vec<Listed> = report.attachments.iter().map(Listed::from).collect();
    Ok(vec![
        ("submission_id", id.into()),
        ("submitted_by_id", submission.by.uuid().into()),
        ("submitted_at", submission.at.into()),
        ("kind", report.kind.as_str().into()),
        ("content", content.into()),
        ("content_folded", content.map(folded).into()),
        ("worked_minutes", report.hours.map(minutes).into()),
        ("hours_assumed", report.hours_assumed.into()),
        ("excess_hours", submission.excess_hours.into()),
        ("skills", skills(&report.skills)?.into()),
        ("captured_at", report.captured_at.into()),
        ("latitude", fix.map(|fix| fix.position().lat()).into()),
        ("longitude", fix.map(|fix| fix.position().lng()).into()),
        ("accuracy_m", fix.and_then(Fix::accuracy_m).into()),
        ("fix_captured_at", fix.and_then(Fix::captured_at).into()),
        (
            "fix_at",
            fix.map(|fix| fix.captured_at().unwrap_or(report.captured_at))
                .into(),
        ),
        ("verdict", report.location.verdict.as_str().into()),
        (
            "distance_m",
            report.location.verdict.distance_m().map(number::stored).into(),
        ),
        ("location_notes", list_to_json(&report.location.notes)?.into()),
        ("attachments", list_to_json(&files)?.into()),
    ])
}

/// An earlier text from its row.
pub(in crate::logbook) fn revision(mut row: revision_row::Model) -> Result<RevisionView, RepositoryError> {
    let cells = Cells::of("log_revision", row.submission_id);
    let submission = Told::of_revision(&mut row).submission(&cells)?;
    Ok(RevisionView {
        id: LogRevisionId::new(row.submission_id),
        revision: cells.count("revision", row.revision)?,
        submission: cells.needed("submitted_at", submission)?,
    })
}
