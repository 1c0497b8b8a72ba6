//! Adding many people from a file, line by line: each stands or falls by itself, so that what was done before a line, or
//! before a kill, stays done. The same file sent again changes nothing that is there already, and goes on.

mod row;

use std::collections::{HashMap, HashSet};

use futures_util::future::join_all;
use ipt_domain::{
    id::{ProgrammeId, UserId},
    identity::{email::EmailAddress, permission::Permission, profile::StudentProfile},
};
use ipt_ports::{
    identity::Credentials,
    page::{Direction, PageRequest, Sort},
    placement::NameSort,
};
use sha2::{Digest as _, Sha256};

pub use row::{Column, Row};

use super::create::{self, Added};
use crate::{
    Caller, Services,
    identity::{
        IdentityError,
        profiles::{self, ProfileChange},
    },
    rules::BrokenRules,
};
use row::RowViolation;

/// The most lines of one file.
pub const MAX_LINES: u64 = 100_000;

/// How many refused lines a report tells; more are only counted.
pub const MAX_TOLD: usize = 1_000;

/// How many lines are done at once. They wait for the disk together, and leave connections to everybody else.
pub const AT_ONCE: usize = 4;

/// One thing that is wrong with a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineError {
    /// The stable code.
    pub code: &'static str,
    /// The column; none where the whole line is meant.
    pub column: Option<&'static str>,
    /// In words.
    pub detail: String,
}

/// A line that was refused. Nothing of it was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejected {
    /// Its number, from 1, the header included; of one that goes over several, the first.
    pub line: u64,
    /// What is wrong.
    pub errors: Vec<LineError>,
}

/// What became of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Lines with somebody who was no member before.
    pub created: u64,
    /// Lines with a member who got a role or other particulars.
    pub updated: u64,
    /// Lines by which nothing changed.
    pub unchanged: u64,
    /// Lines that were refused.
    pub refused: u64,
    /// The first of these.
    pub rejected: Vec<Rejected>,
    /// The last line that was looked at.
    pub last_line: u64,
}

/// What became of a line.
enum Outcome {
    Created,
    Updated,
    Unchanged,
}

/// A line that was read and understood.
struct Ready {
    command: create::Command,
    /// Who has the address, if anybody, and what is kept of that person as a student.
    known: Option<(UserId, StudentProfile)>,
}

/// A file on its way. It keeps sixteen bytes of each line, and the report.
pub struct Import<'a> {
    services: &'a Services,
    caller: &'a Caller,
    dry_run: bool,
    seen: HashSet<[u8; 16]>,
    programmes: HashMap<String, Option<ProgrammeId>>,
    report: Report,
}

impl<'a> Import<'a> {
    /// Begins. A dry run does everything that an import does, and undoes it line by line.
    ///
    /// # Errors
    /// [`IdentityError::Denied`].
    pub fn begin(services: &'a Services, caller: &'a Caller, dry_run: bool) -> Result<Self, IdentityError> {
        caller.tenant_with(Permission::UserManage).or_else(|denied| {
            caller
                .tenant_with(Permission::UserManageInOrganisation)
                .map_err(|_| denied)
        })?;
        Ok(Self {
            services,
            caller,
            dry_run,
            seen: HashSet::new(),
            programmes: HashMap::new(),
            report: Report::default(),
        })
    }

    /// Does some lines, [`AT_ONCE`] at most: they are understood one after the other, and done side by side.
    ///
    /// # Errors
    /// What is no fault of a line: a dependency that is down, or a lost race. The others may have been done.
    #[tracing::instrument(name = "usecase.identity.users.import_lines", level = "debug", skip_all)]
    pub async fn take(&mut self, lines: impl IntoIterator<Item = (u64, Row)>) -> Result<(), IdentityError> {
        let mut understood = Vec::with_capacity(AT_ONCE);
        for (line, row) in lines {
            understood.push((line, self.understand(&row).await));
        }
        let own = &*self;
        let work = understood.into_iter().map(async |(line, understood)| {
            let outcome = match understood {
                Ok(ready) => own.carry_out(ready).await,
                Err(error) => Err(error),
            };
            (line, outcome)
        });
        for (line, outcome) in join_all(work).await {
            self.report.last_line = line;
            match outcome {
                Ok(Outcome::Created) => self.report.created += 1,
                Ok(Outcome::Updated) => self.report.updated += 1,
                Ok(Outcome::Unchanged) => self.report.unchanged += 1,
                Err(error) => self.reject(line, told(error)?),
            }
        }
        Ok(())
    }

    /// Refuses a line that could not be read.
    pub fn reject(&mut self, line: u64, errors: Vec<LineError>) {
        self.report.last_line = line;
        self.report.refused += 1;
        if self.report.rejected.len() < MAX_TOLD {
            self.report.rejected.push(Rejected { line, errors });
        }
    }

    /// What became of all.
    pub fn finish(self) -> Report {
        self.report
    }

    /// Reads a line in the light of those before it.
    async fn understand(&mut self, row: &Row) -> Result<Ready, IdentityError> {
        let mut broken = BrokenRules::default();
        let given = row.parsed(&mut broken);
        let email = EmailAddress::parse(row.text(Column::Email)).ok();
        if email
            .as_ref()
            .is_some_and(|email| !self.is_first("email", email.normalised()))
        {
            broken.push(RowViolation::Repeated(Column::Email));
        }
        let number = row.text(Column::RegistrationNumber).to_lowercase();
        if !number.is_empty() && !self.is_first("number", &number) {
            broken.push(RowViolation::Repeated(Column::RegistrationNumber));
        }
        let programme = self.programme(row.text(Column::Programme), &mut broken).await?;
        broken.into_result()?;
        let known = self.known(email.as_ref()).await?;
        let before = known
            .as_ref()
            .map(|(_, student)| student.clone())
            .unwrap_or_default();
        let student = row.student(&before, &given, programme);
        let changes = row.tells_of_student() && student != before;
        let profile = ProfileChange {
            student: changes.then_some(Some(student)),
            ..ProfileChange::default()
        };
        let command = create::Command {
            email: row.text(Column::Email).to_owned(),
            full_name: row.text(Column::FullName).to_owned(),
            roles: given.roles,
            password: None,
            organisation_id: given.organisation,
            profile,
        };
        Ok(Ready { command, known })
    }

    /// Does a line, and undoes it if that was all there was to do.
    async fn carry_out(&self, ready: Ready) -> Result<Outcome, IdentityError> {
        let Ready { command, known } = ready;
        match create::add(self.services, self.caller, &command, !self.dry_run).await {
            Ok((_, Added::Person | Added::Member)) => Ok(Outcome::Created),
            Ok((_, Added::Roles)) => Ok(Outcome::Updated),
            Err(IdentityError::Rules(rules)) if is_member_already(&rules) => {
                self.particulars(known, command.profile).await
            }
            Err(error) => Err(error),
        }
    }

    /// The particulars of somebody who has the roles already.
    async fn particulars(
        &self,
        known: Option<(UserId, StudentProfile)>,
        change: ProfileChange,
    ) -> Result<Outcome, IdentityError> {
        let Some((user, _)) = known.filter(|_| !change.is_empty()) else {
            return Ok(Outcome::Unchanged);
        };
        let command = profiles::update::Command {
            user,
            seen: None,
            change,
        };
        profiles::update::run(self.services, self.caller, &command, !self.dry_run).await?;
        Ok(Outcome::Updated)
    }

    /// Whether a text of a kind comes up for the first time in the file.
    fn is_first(&mut self, kind: &str, text: &str) -> bool {
        let digest: [u8; 32] = Sha256::new()
            .chain_update(kind)
            .chain_update([0])
            .chain_update(text)
            .finalize()
            .into();
        self.seen.insert(std::array::from_fn(|place| digest[place]))
    }

    /// Who has the address, if anybody, and what the institution keeps of that person as a student.
    async fn known(
        &self,
        email: Option<&EmailAddress>,
    ) -> Result<Option<(UserId, StudentProfile)>, IdentityError> {
        let (Some(email), Some(tenant)) = (email, self.caller.tenant_id()) else {
            return Ok(None);
        };
        let mut reader = self.services.database.read(self.caller.scope()).await?;
        let Some(Credentials { account, .. }) = reader.people().credentials_by_email(email).await? else {
            return Ok(None);
        };
        let profile = reader.profiles().profile(tenant, account.id).await?;
        let student = profile.and_then(|profile| profile.student).unwrap_or_default();
        Ok(Some((account.id, student)))
    }

    /// The programme with this code; each is looked up once.
    async fn programme(
        &mut self,
        code: &str,
        broken: &mut BrokenRules,
    ) -> Result<Option<ProgrammeId>, IdentityError> {
        if code.is_empty() {
            return Ok(None);
        }
        let folded = code.to_lowercase();
        let known = if let Some(known) = self.programmes.get(&folded) {
            *known
        } else {
            let found = self.look_up(code, &folded).await?;
            // A file with a code of its own on each line finds no room to grow here.
            if self.programmes.len() < 1_000 {
                self.programmes.insert(folded, found);
            }
            found
        };
        if known.is_none() {
            broken.push(RowViolation::ProgrammeUnknown);
        }
        Ok(known)
    }

    async fn look_up(&self, code: &str, folded: &str) -> Result<Option<ProgrammeId>, IdentityError> {
        let mut reader = self.services.database.read(self.caller.scope()).await?;
        let mut page = PageRequest {
            limit: 100,
            after: None,
            sort: vec![Sort {
                field: NameSort::Name,
                direction: Direction::Ascending,
            }],
        };
        loop {
            let found = reader.placement().programme_page(Some(code), &page).await?;
            let mut codes = found.items.iter();
            if let Some(programme) = codes.find(|programme| programme.code().to_lowercase() == folded) {
                return Ok(Some(programme.id()));
            }
            match found.next {
                Some(next) => page.after = Some(next),
                None => return Ok(None),
            }
        }
    }
}

/// Whether nothing is wrong but that the person has the roles already.
fn is_member_already(rules: &BrokenRules) -> bool {
    rules.iter().all(|rule| rule.code() == "membership_exists")
}

/// What is wrong with a line, unless it is no fault of the line.
fn told(error: IdentityError) -> Result<Vec<LineError>, IdentityError> {
    match error {
        IdentityError::Rules(rules) => Ok(rules
            .iter()
            .filter(|rule| rule.code() != "membership_exists")
            .map(|rule| LineError {
                code: rule.code(),
                column: Column::at(rule.pointer()).map(Column::as_str),
                detail: rule.to_string(),
            })
            .collect()),
        IdentityError::Roles(refusal) => Ok(vec![LineError {
            code: refusal.code(),
            column: Some(Column::Roles.as_str()),
            detail: refusal.to_string(),
        }]),
        IdentityError::Denied(denied) => Ok(vec![LineError {
            code: denied.code(),
            column: None,
            detail: denied.to_string(),
        }]),
        other => Err(other),
    }
}
