//! Rows put past the adapter, for what the repository under test only reads.

use chrono::NaiveDate;
use ipt_adapter_sea_orm::Dialect;
use ipt_domain::{
    Instant,
    id::{LogEntryId, OrganisationId, PlacementId, ProgrammeId, TenantId, UserId},
    identity::role::Role,
};
use uuid::Uuid;

use super::{
    Fixture,
    seeds::{at, july},
};

/// A value of a row.
pub(crate) enum Cell {
    None,
    Id(Uuid),
    Text(&'static str),
    Number(i64),
    Date(NaiveDate),
    Instant(Instant),
}

impl Cell {
    /// The value as it stands in a statement.
    fn spelled(&self, dialect: Dialect) -> String {
        match (self, dialect) {
            (Self::None, _) => "NULL".to_owned(),
            (Self::Id(id), Dialect::Postgres) => format!("'{id}'"),
            (Self::Id(id), Dialect::Sqlite) => format!("x'{}'", id.simple()),
            (Self::Text(text), _) => format!("'{text}'"),
            (Self::Number(number), _) => number.to_string(),
            (Self::Date(date), _) => format!("'{date}'"),
            (Self::Instant(at), _) => {
                format!("'{}'", at.to_rfc3339_opts(chrono::SecondsFormat::AutoSi, false))
            }
        }
    }
}

impl<T: Into<Cell>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::None, Into::into)
    }
}

impl From<NaiveDate> for Cell {
    fn from(date: NaiveDate) -> Self {
        Self::Date(date)
    }
}

impl From<Instant> for Cell {
    fn from(at: Instant) -> Self {
        Self::Instant(at)
    }
}

impl From<UserId> for Cell {
    fn from(user: UserId) -> Self {
        Self::Id(user.uuid())
    }
}

impl Fixture {
    /// Puts one row into a table.
    pub(crate) async fn put(&self, table: &str, cells: &[(&str, Cell)]) {
        let columns: Vec<&str> = cells.iter().map(|(column, _)| *column).collect();
        let values: Vec<String> = cells
            .iter()
            .map(|(_, cell)| cell.spelled(self.database.dialect()))
            .collect();
        let sql = format!(
            "INSERT INTO {table} ({}) VALUES ({})",
            columns.join(", "),
            values.join(", ")
        );
        self.as_owner(&sql).await.expect("the row is taken");
    }

    /// An id as it stands in a statement.
    pub(crate) fn spelled(&self, id: Uuid) -> String {
        Cell::Id(id).spelled(self.database.dialect())
    }
}

/// An institution with a programme, an organisation, a student and two supervisors.
pub(crate) struct Placed {
    pub(crate) tenant: TenantId,
    pub(crate) student: UserId,
    pub(crate) industrial: UserId,
    pub(crate) university: UserId,
    programme: ProgrammeId,
    organisation: OrganisationId,
}

/// A placement, as far as tests differ in it.
pub(crate) struct Placement {
    pub(crate) student: UserId,
    pub(crate) state: &'static str,
    pub(crate) start: NaiveDate,
    pub(crate) end: NaiveDate,
    pub(crate) industrial: Option<UserId>,
    pub(crate) university: Option<UserId>,
}

/// An entry, as far as tests differ in it.
pub(crate) struct Entry {
    pub(crate) state: &'static str,
    pub(crate) day: NaiveDate,
    pub(crate) first_submitted_at: Option<Instant>,
    pub(crate) due_on: Option<NaiveDate>,
    pub(crate) due_at: Option<Instant>,
    pub(crate) decided_at: Option<Instant>,
}

impl Entry {
    /// One that waits for a review, due at a moment of July 6th.
    pub(crate) fn due(state: &'static str, day: u32, due_at: Instant) -> Self {
        Self {
            due_on: Some(july(6)),
            due_at: Some(due_at),
            ..Self::waiting(state, day)
        }
    }

    /// One for which no review is due.
    pub(crate) fn waiting(state: &'static str, day: u32) -> Self {
        Self {
            state,
            day: july(day),
            first_submitted_at: Some(at("08:00:00")),
            due_on: None,
            due_at: None,
            decided_at: None,
        }
    }
}

impl Placed {
    /// The institution with this code, and its people.
    pub(crate) async fn new(fixture: &Fixture, code: &str) -> Self {
        let tenant = fixture.institution(code).await;
        let placed = Self {
            tenant,
            student: fixture.member(tenant, "The Student", &[Role::Student]).await,
            industrial: fixture
                .member(tenant, "Of Industry", &[Role::IndustrialSupervisor])
                .await,
            university: fixture
                .member(tenant, "Of University", &[Role::UniversitySupervisor])
                .await,
            programme: fixture.id(),
            organisation: fixture.id(),
        };
        let id = Cell::Id(placed.organisation.uuid());
        let (name, created_at) = (Cell::Text("Bandari Ltd"), Cell::Instant(at("07:00:00")));
        let folded = Cell::Text("bandari ltd");
        // Each institution of a test has one of its own by this name.
        let namesake = i32::try_from(placed.organisation.uuid().as_u128() % 1_000_000).expect("a number");
        fixture
            .put(
                "organisation",
                &[
                    ("id", id),
                    ("name", name),
                    ("name_folded", folded),
                    ("namesake", Cell::Number(namesake.into())),
                    ("created_at", created_at),
                    ("version", Cell::Number(1)),
                ],
            )
            .await;
        placed.put_programme(fixture).await;
        placed
    }

    async fn put_programme(&self, fixture: &Fixture) {
        let tenant = || Cell::Id(self.tenant.uuid());
        let programme = || Cell::Id(self.programme.uuid());
        let cells = [
            ("id", programme()),
            ("tenant_id", tenant()),
            ("name", Cell::Text("Practical training")),
            ("name_folded", Cell::Text("practical training")),
            ("code", Cell::Text("PT1")),
            ("code_folded", Cell::Text("pt1")),
            ("credit_units", Cell::Number(8)),
            ("required_minutes", Cell::Number(19_200)),
            ("required_days", Cell::Number(40)),
            ("window_start", Cell::Date(july(1))),
            ("window_end", Cell::Date(july(31))),
            ("policy_version", Cell::Number(1)),
            ("created_at", Cell::Instant(at("07:00:00"))),
            ("version", Cell::Number(1)),
        ];
        fixture.put("programme", &cells).await;
        let cells = [
            ("programme_id", programme()),
            ("version", Cell::Number(1)),
            ("tenant_id", tenant()),
            ("policy", Cell::Text("{}")),
            ("created_at", Cell::Instant(at("07:00:00"))),
        ];
        fixture.put("programme_policy", &cells).await;
    }

    /// A placement of the student with both supervisors, the whole month.
    pub(crate) fn usual(&self, state: &'static str) -> Placement {
        Placement {
            student: self.student,
            state,
            start: july(1),
            end: july(31),
            industrial: Some(self.industrial),
            university: Some(self.university),
        }
    }

    /// Puts the usual placement in this state.
    pub(crate) async fn placement(&self, fixture: &Fixture, state: &'static str) -> PlacementId {
        self.put(fixture, self.usual(state)).await
    }

    /// Puts a placement. A terminated one ended on the 10th.
    pub(crate) async fn put(&self, fixture: &Fixture, placement: Placement) -> PlacementId {
        let id: PlacementId = fixture.id();
        let when = |states: &[&str], day| states.contains(&placement.state).then(|| july(day));
        let cells = [
            ("id", Cell::Id(id.uuid())),
            ("tenant_id", Cell::Id(self.tenant.uuid())),
            ("student_id", placement.student.into()),
            ("programme_id", Cell::Id(self.programme.uuid())),
            ("policy_version", Cell::Number(1)),
            ("organisation_id", Cell::Id(self.organisation.uuid())),
            ("mode", Cell::Text("on_site")),
            ("start_date", placement.start.into()),
            ("end_date", placement.end.into()),
            ("industrial_supervisor_id", placement.industrial.into()),
            ("university_supervisor_id", placement.university.into()),
            ("state", Cell::Text(placement.state)),
            (
                "active_since",
                when(&["active", "suspended", "completed", "terminated"], 1).into(),
            ),
            ("suspended_since", when(&["suspended"], 5).into()),
            ("completed_on", when(&["completed"], 31).into()),
            ("effective_date", when(&["terminated"], 10).into()),
            ("created_at", Cell::Instant(at("07:00:00"))),
            ("updated_at", Cell::Instant(at("07:00:00"))),
            ("version", Cell::Number(1)),
        ];
        fixture.put("placement", &cells).await;
        id
    }

    /// Puts an entry of a placement.
    pub(crate) async fn entry(&self, fixture: &Fixture, placement: PlacementId, entry: Entry) -> LogEntryId {
        let id: LogEntryId = fixture.id();
        let cells = [
            ("id", Cell::Id(id.uuid())),
            ("tenant_id", Cell::Id(self.tenant.uuid())),
            ("placement_id", Cell::Id(placement.uuid())),
            ("student_id", self.student.into()),
            ("log_date", entry.day.into()),
            ("revision", Cell::Number(1)),
            ("state", Cell::Text(entry.state)),
            ("submitted_at", entry.first_submitted_at.into()),
            ("first_submitted_at", entry.first_submitted_at.into()),
            ("due_on", entry.due_on.into()),
            ("due_at", entry.due_at.into()),
            ("decided_at", entry.decided_at.into()),
            ("flag_count", Cell::Number(0)),
            ("created_at", Cell::Instant(at("08:00:00"))),
            ("updated_at", Cell::Instant(at("08:00:00"))),
            ("version", Cell::Number(1)),
        ];
        fixture.put("log_entry", &cells).await;
        id
    }

    /// Puts the record of a transition of an entry.
    pub(crate) async fn review(
        &self,
        fixture: &Fixture,
        entry: LogEntryId,
        action: &'static str,
        at: Instant,
    ) {
        let cells = [
            ("id", Cell::Id(fixture.id())),
            ("tenant_id", Cell::Id(self.tenant.uuid())),
            ("entry_id", Cell::Id(entry.uuid())),
            ("action", Cell::Text(action)),
            ("to_state", Cell::Text("submitted")),
            ("by_id", self.student.into()),
            ("way", Cell::Text("single")),
            ("at", Cell::Instant(at)),
            ("revision", Cell::Number(1)),
        ];
        fixture.put("log_review", &cells).await;
    }
}
