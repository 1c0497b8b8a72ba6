//! Things of the domain as tests need them: right by themselves, and otherwise as plain as can be. Everything lies in
//! Dar es Salaam (UTC+3, weekends on Saturday and Sunday); placements run from Monday 6 July to 25 September 2026.
//!
//! # Panics
//! All of these do when they are given a text that the domain refuses: such a test is wrong.
#![expect(
    clippy::expect_used,
    reason = "a test that asks for something that cannot be is wrong"
)]
#![expect(clippy::missing_panics_doc, reason = "told once, for all of them")]

use std::{borrow::Cow, collections::BTreeSet};

use chrono::NaiveDate;
use ipt_domain::{
    Instant,
    audit::record::AuditRecord,
    id::{AuditRecordId, MembershipId, OrganisationId, PlacementId, ProgrammeId, SiteId, TenantId, UserId},
    identity::{
        account::Account,
        email::EmailAddress,
        membership::{Membership, MembershipStatus},
        name::PersonName,
        role::Role,
    },
    placement::{
        mode::Mode,
        organisation::{Organisation, OrganisationDraft},
        period::Period,
        placement::{Placement, PlacementParts},
        policy::{PolicyDraft, PolicyVersion},
        position::Position,
        programme::{Programme, ProgrammeDraft},
        site::{Site, SiteDraft},
        state::PlacementState,
    },
    tenancy::{
        calendar::{WeekendDays, WorkingCalendar},
        institution::{Institution, TenantCode},
    },
    text::Remark,
    version::Version,
};
use ipt_ports::{
    audit::AuditEntry,
    engagement::{Message, Trail},
};
use uuid::Uuid;

/// A moment: `2026-07-06T08:00:00Z`.
pub fn moment(text: &str) -> Instant {
    text.parse().expect("a moment in RFC 3339")
}

/// A day: `2026-07-06`.
pub fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day as year, month and day")
}

/// A comment, a reason or a note.
pub fn remark(text: &str) -> Remark {
    Remark::parse(Some(text))
        .expect("a text")
        .expect("a visible character")
}

/// The calendar of Dar es Salaam, without holidays.
pub fn calendar() -> WorkingCalendar {
    WorkingCalendar::new(
        chrono_tz::Africa::Dar_es_Salaam,
        WeekendDays::SATURDAY_AND_SUNDAY,
        BTreeSet::new(),
    )
}

/// An institution.
pub fn institution(id: TenantId, code: &str) -> Institution {
    let parsed = TenantCode::parse(code).expect("the code of an institution");
    Institution::new(id, parsed, &format!("Institution {code}"), calendar()).expect("a name")
}

/// A programme for all of 2026: 320 hours on 40 days, with the default policy but for what `policy` says.
pub fn programme(id: ProgrammeId, tenant: TenantId, code: &str, policy: PolicyDraft) -> Programme {
    let draft = ProgrammeDraft {
        name: format!("Practical training {code}"),
        code: code.to_owned(),
        credit_units: 12.0,
        required_hours: 320.0,
        required_days: 40,
        window: (day("2026-01-01"), day("2026-12-31")),
        policy,
    };
    Programme::create(id, tenant, draft).expect("a programme within its bounds")
}

/// An organisation.
pub fn organisation(id: OrganisationId, name: &str) -> Organisation {
    let draft = OrganisationDraft {
        name: name.to_owned(),
        ..OrganisationDraft::default()
    };
    Organisation::create(id, &draft).expect("the name of an organisation")
}

/// A site on the equator, so that a longitude is a distance: of one institution, or shared.
pub fn site(id: SiteId, organisation: OrganisationId, owner: Option<TenantId>, name: &str) -> Site {
    let position = Position::new(0.0, 39.0).expect("a position");
    let draft = SiteDraft {
        name: name.to_owned(),
        position: Some(position),
        ..SiteDraft::default()
    };
    Site::create(id, organisation, owner, draft).expect("the name of a site")
}

/// Whom and what a placement brings together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Placed {
    /// The institution.
    pub tenant: TenantId,
    /// The programme, of which the first policy holds.
    pub programme: ProgrammeId,
    /// Who hosts.
    pub organisation: OrganisationId,
    /// Where.
    pub site: Option<SiteId>,
    /// The student.
    pub student: UserId,
    /// The workplace's supervisor.
    pub industrial: Option<UserId>,
    /// The institution's supervisor.
    pub university: Option<UserId>,
}

/// A placement, active since its first day.
pub fn active_placement(id: PlacementId, placed: Placed) -> Placement {
    placement(
        id,
        placed,
        PlacementState::Active {
            since: day("2026-07-06"),
        },
    )
}

/// A placement in some state.
pub fn placement(id: PlacementId, placed: Placed, state: PlacementState) -> Placement {
    Placement::from_parts(placement_parts(id, placed, state)).expect("a placement without contradictions")
}

/// The parts of a placement, for one that is unlike the others.
pub fn placement_parts(id: PlacementId, placed: Placed, state: PlacementState) -> PlacementParts {
    let period = Period::new(day("2026-07-06"), day("2026-09-25")).expect("a period");
    PlacementParts {
        id,
        tenant_id: placed.tenant,
        student_id: placed.student,
        programme_id: placed.programme,
        policy_version: PolicyVersion::FIRST,
        organisation_id: placed.organisation,
        site_id: placed.site,
        mode: Mode::OnSite,
        continues: None,
        period,
        industrial_supervisor: placed.industrial,
        university_supervisor: placed.university,
        relationship_declared: None,
        state,
        version: Version::FIRST,
        created_at: moment("2026-06-01T06:00:00Z"),
        updated_at: moment("2026-06-01T06:00:00Z"),
    }
}

/// An account with a verified address, `NAME@example.org`.
pub fn account(id: UserId, name: &str) -> Account {
    let address = format!("{}@example.org", name.to_lowercase().replace(' ', "."));
    let email = EmailAddress::parse(&address).expect("a name that makes an address");
    let made = moment("2026-01-05T08:00:00Z");
    let account = Account::new(id, email, PersonName::parse(name).expect("a name"), made);
    Account {
        email_verified_at: Some(made),
        ..account
    }
}

/// An active membership in an institution, of no organisation; none: over the deployment.
pub fn membership(id: MembershipId, user: UserId, tenant: Option<TenantId>, roles: &[Role]) -> Membership {
    Membership {
        further: Vec::new(),
        id,
        user_id: user,
        tenant_id: tenant,
        organisation_id: None,
        roles: roles.to_vec(),
        status: MembershipStatus::Active,
        created_at: moment("2026-02-02T08:00:00Z"),
        version: Version::FIRST,
    }
}

/// The trail of an action by nobody in particular, without values beside its record.
pub fn trail(id: Uuid, tenant: Option<TenantId>, action: &'static str, messages: Vec<Message>) -> Trail {
    let record = AuditRecord {
        id: AuditRecordId::new(id),
        tenant,
        at: moment("2026-07-06T05:00:00Z"),
        actor: None,
        on_behalf_of: None,
        session: None,
        action: Cow::Borrowed(action),
        object_kind: Cow::Borrowed("test"),
        object_id: id,
        detail_digest: [7; 32],
    };
    Trail {
        audit: AuditEntry { record, detail: None },
        messages,
    }
}
