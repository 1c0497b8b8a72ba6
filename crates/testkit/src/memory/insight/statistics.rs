//! An institution in numbers.

use std::collections::{BTreeMap, BTreeSet};

use ipt_domain::{
    id::{TenantId, UserId},
    identity::membership::Membership,
    logbook::state::StateName,
    placement::state::PlacementStateName,
};
use ipt_ports::insight::TenantStatistics;

use crate::memory::unit_of_work::MemoryUnitOfWork;

impl MemoryUnitOfWork {
    pub(super) fn statistics_of(&self, tenant: TenantId) -> TenantStatistics {
        if !self.sees(tenant) {
            return TenantStatistics::default();
        }
        let state = self.state();
        let held: Vec<&Membership> = state
            .memberships
            .values()
            .filter(|held| held.tenant_id == Some(tenant))
            .collect();
        let is_active = |held: &&&Membership| {
            let account = state.accounts.get(&held.user_id);
            held.is_active() && account.is_some_and(|known| !known.account.is_disabled())
        };
        let people = |held: &mut dyn Iterator<Item = &&Membership>| {
            held.map(|held| held.user_id).collect::<BTreeSet<UserId>>().len() as u64
        };
        let mut holders: BTreeMap<String, BTreeSet<UserId>> = BTreeMap::new();
        for held in held.iter().filter(is_active) {
            let standard = held.roles.iter().map(|role| role.as_str());
            let further = held.further.iter().map(|role| role.key.as_str());
            for role in standard.chain(further) {
                holders.entry(role.to_owned()).or_default().insert(held.user_id);
            }
        }
        let active_people = people(&mut held.iter().filter(is_active));
        let placements = state.placements.values().filter(|own| own.tenant_id() == tenant);
        let placements: Vec<_> = placements.map(|placement| placement.state().name()).collect();
        let entries = || state.entries.values().filter(|own| own.tenant_id() == tenant);
        let logs: Vec<_> = entries().map(|entry| entry.state().name()).collect();
        let own_entries: BTreeSet<_> = entries().map(ipt_domain::logbook::entry::LogEntry::id).collect();
        let files: Vec<_> = state
            .files
            .values()
            .filter(|file| own_entries.contains(&file.entry_id))
            .collect();
        let records = state
            .records
            .values()
            .filter(|record| record.tenant == Some(tenant));
        TenantStatistics {
            active_people,
            disabled_people: people(&mut held.iter()).saturating_sub(active_people),
            by_role: holders
                .into_iter()
                .map(|(role, people)| (role, people.len() as u64))
                .collect(),
            organisations: state.relations.keys().filter(|(own, _)| *own == tenant).count() as u64,
            programmes: state
                .programmes
                .values()
                .filter(|made| made.thing.tenant_id() == tenant)
                .count() as u64,
            placements: counted(&PlacementStateName::ALL, &placements),
            logs: counted(&StateName::ALL, &logs),
            attachments: files.len() as u64,
            attachment_bytes: files.iter().map(|file| file.attachment.size()).sum(),
            last_activity_at: records.map(|record| record.at).max(),
        }
    }
}

/// How often each of these occurs, without those that do not.
fn counted<T: Copy + PartialEq>(all: &[T], found: &[T]) -> Vec<(T, u64)> {
    let count = |one: &T| found.iter().filter(|other| *other == one).count() as u64;
    all.iter()
        .map(|one| (*one, count(one)))
        .filter(|(_, number)| *number > 0)
        .collect()
}
