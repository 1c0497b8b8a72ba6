//! Programmes, organisations, sites and placements in memory.

use async_trait::async_trait;
use chrono::NaiveDate;
use ipt_domain::{
    Instant,
    id::{OrganisationId, PlacementId, ProgrammeId, SiteId, TenantId, UserId},
    placement::{
        delegation::Part,
        neighbour::Neighbour,
        organisation::Organisation,
        placement::Placement,
        policy::{Policy, PolicyVersion},
        programme::Programme,
        site::{Site, Workplace},
        state::PlacementStateName,
    },
};
use ipt_ports::{
    RepositoryError,
    logbook::LogCase,
    page::{Page, PageRequest},
    placement::{
        DayOfProgress, NameSort, OrganisationFilter, OrganisationView, PlacementCase, PlacementFilter,
        PlacementReader, PlacementSort, PlacementView,
    },
};

use super::work::MemoryWork;

impl MemoryWork {
    fn find_placement(&self, id: PlacementId) -> Option<&Placement> {
        let found = self.state.placements.iter().find(|known| known.id() == id);
        found.filter(|known| self.covers(Some(known.tenant_id())))
    }

    pub(crate) fn of_same_name(&self, organisation: &Organisation) -> Option<OrganisationId> {
        let told = |it: &Organisation| (it.name().to_lowercase(), it.city().map(str::to_lowercase));
        let all = self.state.organisations.iter();
        let mut same = all.filter(|known| told(known) == told(organisation));
        let first = same.clone().next().map(Organisation::id);
        first.filter(|_| !same.any(|known| known.id() == organisation.id()))
    }

    fn name_of(&self, user: UserId) -> String {
        self.state.account(user).account.full_name.as_str().to_owned()
    }

    pub(crate) fn placement_view(&self, placement: &Placement) -> PlacementView {
        let organisation = self
            .state
            .organisations
            .iter()
            .find(|known| known.id() == placement.organisation_id());
        let programme = self
            .state
            .programmes
            .iter()
            .find(|known| known.id() == placement.programme_id());
        PlacementView {
            placement: placement.clone(),
            student_name: self.name_of(placement.student_id()),
            organisation_name: organisation.unwrap().name().to_owned(),
            programme_name: programme.unwrap().name().to_owned(),
            industrial_supervisor_name: placement.industrial_supervisor().map(|user| self.name_of(user)),
            university_supervisor_name: placement.university_supervisor().map(|user| self.name_of(user)),
        }
    }

    /// The policy of a programme at a version.
    fn policy_at(&self, programme: ProgrammeId, version: PolicyVersion) -> Option<Policy> {
        let every = self.state.programmes.iter().chain(&self.state.earlier_programmes);
        let mut found = every.filter(|known| known.id() == programme && known.policy_version() == version);
        found.next().map(|known| known.policy().clone())
    }

    pub(crate) fn case_of(&self, placement: &Placement) -> LogCase {
        let institution = self
            .state
            .institutions
            .iter()
            .find(|known| known.id() == placement.tenant_id())
            .unwrap();
        let policy = self
            .policy_at(placement.programme_id(), placement.policy_version())
            .unwrap();
        let site = self
            .state
            .sites
            .iter()
            .find(|site| Some(site.id()) == placement.site_id());
        LogCase {
            workplace: Workplace::of(site, institution.calendar(), placement.mode(), &policy),
            policy,
            institution: institution.calendar().clone(),
            delegations: self.state.delegations.clone(),
            student_name: self.name_of(placement.student_id()),
            placement: placement.clone(),
        }
    }

    /// How many other placements that are not ended the supervisor of a part has.
    pub(crate) fn load(&self, placement: &Placement, part: Part) -> usize {
        let Some(supervisor) = placement.supervisor(part) else {
            return 0;
        };
        let counts = |other: &&Placement| {
            other.id() != placement.id()
                && other.tenant_id() == placement.tenant_id()
                && other.supervisor(part) == Some(supervisor)
                && !other.state().name().is_final()
        };
        self.state.placements.iter().filter(counts).count()
    }

    fn seen_by(&self, filter: &PlacementFilter, placement: &Placement) -> bool {
        let user = Some(filter.onlooker.user_id);
        let party = [
            Some(placement.student_id()),
            placement.industrial_supervisor(),
            placement.university_supervisor(),
        ];
        self.covers(Some(placement.tenant_id()))
            && (filter.onlooker.coordinates.contains(&placement.tenant_id()) || party.contains(&user))
            && (filter.states.is_empty() || filter.states.contains(&placement.state().name()))
    }
}

impl MemoryWork {
    fn sites_of(&self, organisation: OrganisationId) -> impl Iterator<Item = &Site> {
        let of_it = self
            .state
            .sites
            .iter()
            .filter(move |known| known.organisation_id() == organisation);
        of_it.filter(|known| known.owner().is_none() || self.covers(known.owner()))
    }
}

#[async_trait]
impl PlacementReader for MemoryWork {
    async fn programme(&mut self, id: ProgrammeId) -> Result<Option<Programme>, RepositoryError> {
        let found = self.state.programmes.iter().find(|known| known.id() == id);
        Ok(found
            .filter(|known| self.covers(Some(known.tenant_id())))
            .cloned())
    }

    async fn programme_page(
        &mut self,
        text: Option<&str>,
        page: &PageRequest<NameSort>,
    ) -> Result<Page<Programme>, RepositoryError> {
        let text = text.unwrap_or_default();
        let own = self
            .state
            .programmes
            .iter()
            .filter(|known| self.covers(Some(known.tenant_id())));
        let items = own
            .filter(|known| known.name().contains(text))
            .take(usize::from(page.limit));
        Ok(Page {
            items: items.cloned().collect(),
            next: None,
        })
    }

    async fn programme_count(&mut self, _: Option<&str>) -> Result<u64, RepositoryError> {
        let own = self
            .state
            .programmes
            .iter()
            .filter(|known| self.covers(Some(known.tenant_id())));
        Ok(own.count() as u64)
    }

    async fn policy(
        &mut self,
        programme: ProgrammeId,
        version: PolicyVersion,
    ) -> Result<Option<Policy>, RepositoryError> {
        Ok(self.policy_at(programme, version))
    }

    async fn policy_use(&mut self, _: ProgrammeId) -> Result<Vec<(PolicyVersion, u64)>, RepositoryError> {
        Ok(self.state.policy_use.clone())
    }

    async fn organisation(
        &mut self,
        id: OrganisationId,
        tenant: Option<TenantId>,
    ) -> Result<Option<OrganisationView>, RepositoryError> {
        let found = self
            .state
            .organisations
            .iter()
            .find(|known| known.id() == id)
            .cloned();
        let relation = self
            .state
            .relations
            .iter()
            .find(|known| known.organisation_id() == id && Some(known.tenant_id()) == tenant)
            .cloned();
        Ok(found.map(|organisation| OrganisationView {
            organisation,
            relation,
        }))
    }

    async fn organisation_of_same_name(
        &mut self,
        organisation: &Organisation,
    ) -> Result<Option<OrganisationId>, RepositoryError> {
        Ok(self.of_same_name(organisation))
    }

    async fn organisation_page(
        &mut self,
        filter: &OrganisationFilter,
        page: &PageRequest<NameSort>,
    ) -> Result<Page<OrganisationView>, RepositoryError> {
        let mut items = Vec::new();
        for organisation in self.state.organisations.clone() {
            let view = self.organisation(organisation.id(), filter.tenant).await?;
            let own = filter.own.contains(&organisation.id());
            items.extend(view.filter(|view| filter.directory || own || view.relation.is_some()));
        }
        items.truncate(usize::from(page.limit));
        Ok(Page { items, next: None })
    }

    async fn organisation_count(&mut self, _: &OrganisationFilter) -> Result<u64, RepositoryError> {
        Ok(self.state.organisations.len() as u64)
    }

    async fn site(&mut self, id: SiteId) -> Result<Option<Site>, RepositoryError> {
        let found = self.state.sites.iter().find(|known| known.id() == id);
        Ok(found
            .filter(|known| known.owner().is_none() || self.covers(known.owner()))
            .cloned())
    }

    async fn site_page(
        &mut self,
        organisation: OrganisationId,
        page: &PageRequest<NameSort>,
    ) -> Result<Page<Site>, RepositoryError> {
        Ok(Page {
            items: self
                .sites_of(organisation)
                .take(usize::from(page.limit))
                .cloned()
                .collect(),
            next: None,
        })
    }

    async fn site_count(&mut self, organisation: OrganisationId) -> Result<u64, RepositoryError> {
        Ok(self.sites_of(organisation).count() as u64)
    }

    async fn placement(&mut self, id: PlacementId) -> Result<Option<PlacementView>, RepositoryError> {
        Ok(self
            .find_placement(id)
            .map(|placement| self.placement_view(placement)))
    }

    async fn placement_case(&mut self, id: PlacementId) -> Result<Option<PlacementCase>, RepositoryError> {
        let Some(placement) = self.find_placement(id) else {
            return Ok(None);
        };
        let programme = self
            .state
            .programmes
            .iter()
            .find(|known| known.id() == placement.programme_id());
        let verified = self.state.relations.iter().any(|known| {
            known.organisation_id() == placement.organisation_id()
                && known.tenant_id() == placement.tenant_id()
                && known.is_verified()
        });
        Ok(Some(PlacementCase {
            case: self.case_of(placement),
            programme: programme.unwrap().clone(),
            organisation_verified: verified,
        }))
    }

    async fn placement_page(
        &mut self,
        filter: &PlacementFilter,
        page: &PageRequest<PlacementSort>,
    ) -> Result<Page<PlacementView>, RepositoryError> {
        let seen = self
            .state
            .placements
            .iter()
            .filter(|placement| self.seen_by(filter, placement));
        let items = seen
            .take(usize::from(page.limit))
            .map(|placement| self.placement_view(placement));
        Ok(Page {
            items: items.collect(),
            next: None,
        })
    }

    async fn placement_count(&mut self, filter: &PlacementFilter) -> Result<u64, RepositoryError> {
        Ok(self
            .state
            .placements
            .iter()
            .filter(|placement| self.seen_by(filter, placement))
            .count() as u64)
    }

    async fn neighbours(
        &mut self,
        tenant: TenantId,
        student: UserId,
    ) -> Result<Vec<Neighbour>, RepositoryError> {
        assert!(
            self.state.held_students.contains(&student),
            "neighbours are read once the student is held"
        );
        let own = self
            .state
            .placements
            .iter()
            .filter(|placement| placement.student_id() == student);
        let own = own.filter(|placement| placement.tenant_id() == tenant);
        Ok(own.filter_map(Neighbour::of).collect())
    }

    async fn days_of_chain(
        &mut self,
        placement: PlacementId,
        _: Instant,
    ) -> Result<Vec<(PlacementId, DayOfProgress)>, RepositoryError> {
        let mut chain = vec![placement];
        while let Some(earlier) = chain
            .last()
            .and_then(|last| self.find_placement(*last)?.continues())
        {
            chain.push(earlier);
        }
        Ok(self
            .state
            .days
            .iter()
            .filter(|(of, _)| chain.contains(of))
            .copied()
            .collect())
    }

    async fn entry_days_outside(
        &mut self,
        placement: PlacementId,
        from: NaiveDate,
        to: NaiveDate,
    ) -> Result<Vec<NaiveDate>, RepositoryError> {
        let own = self.state.days.iter().filter(|(of, _)| *of == placement);
        Ok(own
            .map(|(_, day)| day.day.date)
            .filter(|date| !(from..=to).contains(date))
            .collect())
    }

    async fn to_activate(
        &mut self,
        latest: NaiveDate,
        limit: u32,
    ) -> Result<Vec<PlacementId>, RepositoryError> {
        let due = self.state.placements.iter().filter(|placement| {
            placement.state().name() == PlacementStateName::Approved
                && placement.industrial_supervisor().is_some()
                && placement.university_supervisor().is_some()
                && placement.period().start() <= latest
        });
        Ok(due
            .take(usize::try_from(limit).unwrap())
            .map(Placement::id)
            .collect())
    }
}
