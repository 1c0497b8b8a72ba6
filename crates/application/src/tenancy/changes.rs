//! Changes of an institution, whoever makes them.

use std::collections::BTreeSet;

use chrono::{NaiveDate, Weekday};
use ipt_domain::tenancy::{
    branding::{self, Branding, Colour, LogoUrl},
    calendar::{WeekendDays, WorkingCalendar},
    institution::Institution,
};

use super::TenancyViolation;
use crate::{rules::BrokenRules, zone};

/// The most holidays of a calendar: some thirty a year for a generation.
pub const MAX_HOLIDAYS: usize = 1_000;

/// How an institution is to show itself in mails; what is left out, the product's own look stands in for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BrandingDraft {
    /// The name at the head of a mail.
    pub display_name: Option<String>,
    /// A colour, as `#rrggbb`.
    pub colour: Option<String>,
    /// A short text in place of a logo.
    pub logo_text: Option<String>,
    /// Where the picture of the logo lies: at an https address.
    pub logo_url: Option<String>,
}

/// What to change; what is left out stays.
#[derive(Clone, Debug, Default)]
pub struct Changes {
    /// The name.
    pub name: Option<String>,
    /// The time zone, as an IANA name. Days and due dates are judged by it from now on; those that are set stay.
    pub timezone: Option<String>,
    /// The weekly days off.
    pub weekend_days: Option<Vec<Weekday>>,
    /// The holidays.
    pub holidays: Option<BTreeSet<NaiveDate>>,
    /// Whether people may register themselves, as students.
    pub self_registration: Option<bool>,
    /// The look in mails, which replaces the former one whole.
    pub branding: Option<BrandingDraft>,
}

impl Changes {
    /// The institution as the changes have it; as it was when nothing differs.
    ///
    /// # Errors
    /// Every broken rule together.
    pub(super) fn apply(&self, institution: Institution) -> Result<Institution, BrokenRules> {
        let mut broken = BrokenRules::default();
        let calendar = self.calendar(institution.calendar(), &mut broken);
        let branding = self.branding(&mut broken);
        let mut changed = institution;
        if calendar != *changed.calendar() {
            changed = changed.with_calendar(calendar);
        }
        if let Some(open) = self
            .self_registration
            .filter(|open| *open != changed.takes_registrations())
        {
            changed = changed.with_self_registration(open);
        }
        if let Some(branding) = branding.filter(|branding| branding != changed.branding()) {
            changed = changed.with_branding(branding);
        }
        if let Some(name) = self.name.as_deref().filter(|name| *name != changed.name()) {
            let renamed = broken.keep(changed.clone().renamed(name).map_err(TenancyViolation::Name));
            changed = renamed.unwrap_or(changed);
        }
        broken.into_result()?;
        Ok(changed)
    }

    /// The calendar as the changes have it, as far as no rule is broken.
    pub(super) fn calendar(&self, before: &WorkingCalendar, broken: &mut BrokenRules) -> WorkingCalendar {
        let zone = self.timezone.as_deref().map(zone::parse);
        let zone = zone.and_then(|zone| broken.keep(zone.map_err(TenancyViolation::Zone)));
        let weekend = self
            .weekend_days
            .as_ref()
            .map(|days| WeekendDays::from_days(days.iter().copied()));
        let weekend = weekend.and_then(|days| broken.keep(days.map_err(TenancyViolation::Weekend)));
        if self
            .holidays
            .as_ref()
            .is_some_and(|days| days.len() > MAX_HOLIDAYS)
        {
            broken.push(TenancyViolation::TooManyHolidays { max: MAX_HOLIDAYS });
        }
        WorkingCalendar::new(
            zone.unwrap_or_else(|| before.zone()),
            weekend.unwrap_or_else(|| before.weekend()),
            self.holidays.clone().unwrap_or_else(|| before.holidays().clone()),
        )
    }

    /// The look as the changes have it, as far as no rule is broken.
    pub(super) fn branding(&self, broken: &mut BrokenRules) -> Option<Branding> {
        self.branding.as_ref().map(|draft| parsed(draft, broken))
    }
}

/// The look as it is drafted, as far as no rule is broken.
fn parsed(draft: &BrandingDraft, broken: &mut BrokenRules) -> Branding {
    let display_name = draft.display_name.as_deref().map(branding::display_name);
    let colour = draft.colour.as_deref().map(Colour::parse);
    let logo_text = draft.logo_text.as_deref().map(branding::logo_text);
    let logo_url = draft.logo_url.as_deref().map(LogoUrl::parse);
    Branding {
        display_name: display_name.and_then(|name| broken.keep(name.map_err(TenancyViolation::DisplayName))),
        colour: colour.and_then(|colour| broken.keep(colour.map_err(TenancyViolation::Colour))),
        logo_text: logo_text.and_then(|text| broken.keep(text.map_err(TenancyViolation::LogoText))),
        logo_url: logo_url.and_then(|url| broken.keep(url.map_err(TenancyViolation::LogoUrl))),
    }
}
