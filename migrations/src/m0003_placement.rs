//! Programmes, organisations, sites and placements.

use sea_orm_migration::prelude::{DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::ddl;

/// Programmes with their policies, organisations with the institutions' relations to them, sites, placements with their
/// history, the numbers of students of supervisors, and delegates.
#[derive(DeriveMigrationName)]
pub struct Migration;

/// A reference within an institution goes over the pair (institution, id), so that the database itself keeps a placement
/// from naming another institution's programme.
const DEFINITIONS: &[&str] = &[
    "CREATE TABLE programme (
        id UUID NOT NULL PRIMARY KEY,
        tenant_id UUID NOT NULL REFERENCES tenant (id),
        name TEXT NOT NULL CHECK (name <> ''),
        name_folded FOLDED NOT NULL,
        code TEXT NOT NULL CHECK (code <> ''),
        code_folded FOLDED NOT NULL,
        credit_units INT NOT NULL CHECK (credit_units >= 0),
        required_minutes INT NOT NULL CHECK (required_minutes >= 0),
        required_days INT NOT NULL CHECK (required_days >= 0),
        window_start DATE NOT NULL,
        window_end DATE NOT NULL,
        policy_version INT NOT NULL CHECK (policy_version >= 1),
        created_at INSTANT NOT NULL,
        version INT NOT NULL CHECK (version >= 1),
        CONSTRAINT programme_window CHECK (window_start <= window_end),
        UNIQUE (tenant_id, id)
    ) STRICT",
    // One programme for each code of an institution, whatever its case
    "CREATE UNIQUE INDEX programme_code ON programme (tenant_id, code_folded)",
    // programme_page by name, and by time
    "CREATE INDEX programme_name ON programme (tenant_id, name_folded, id)",
    "CREATE INDEX programme_created ON programme (tenant_id, created_at, id)",
    // Every policy that was ever in force: a placement keeps the version under which it was approved.
    "CREATE TABLE programme_policy (
        programme_id UUID NOT NULL,
        version INT NOT NULL CHECK (version >= 1),
        tenant_id UUID NOT NULL,
        policy JSON NOT NULL,
        created_at INSTANT NOT NULL,
        PRIMARY KEY (programme_id, version),
        FOREIGN KEY (tenant_id, programme_id) REFERENCES programme (tenant_id, id)
    ) STRICT",
    // An organisation exists once for the whole deployment, so that it belongs to no institution.
    "CREATE TABLE organisation (
        id UUID NOT NULL PRIMARY KEY,
        name TEXT NOT NULL CHECK (name <> ''),
        name_folded FOLDED NOT NULL,
        sector TEXT,
        sector_folded FOLDED,
        city TEXT,
        city_folded FOLDED,
        country TEXT,
        website TEXT,
        description TEXT,
        created_at INSTANT NOT NULL,
        version INT NOT NULL CHECK (version >= 1)
    ) STRICT",
    // organisation_page by name, and by time
    "CREATE INDEX organisation_name ON organisation (name_folded, id)",
    "CREATE INDEX organisation_created ON organisation (created_at, id)",
    // Its primary key serves organisation_page: the organisations of an institution
    "CREATE TABLE organisation_relation (
        tenant_id UUID NOT NULL REFERENCES tenant (id),
        organisation_id UUID NOT NULL REFERENCES organisation (id),
        since INSTANT NOT NULL,
        verified_at INSTANT,
        verified_by_id UUID REFERENCES user_account (id),
        contacts TEXT,
        notes TEXT,
        PRIMARY KEY (tenant_id, organisation_id),
        CONSTRAINT organisation_relation_verified CHECK ((verified_at IS NULL) = (verified_by_id IS NULL))
    ) STRICT",
    // A site without an institution is shared.
    "CREATE TABLE site (
        id UUID NOT NULL PRIMARY KEY,
        organisation_id UUID NOT NULL REFERENCES organisation (id),
        tenant_id UUID REFERENCES tenant (id),
        name TEXT NOT NULL CHECK (name <> ''),
        name_folded FOLDED NOT NULL,
        address TEXT,
        time_zone TEXT,
        latitude FLOAT CHECK (latitude BETWEEN -90 AND 90),
        longitude FLOAT CHECK (longitude BETWEEN -180 AND 180),
        geofence JSON,
        weekend_days INT CHECK (weekend_days BETWEEN 0 AND 126),
        holidays JSON,
        created_at INSTANT NOT NULL,
        version INT NOT NULL CHECK (version >= 1),
        CONSTRAINT site_position CHECK ((latitude IS NULL) = (longitude IS NULL))
    ) STRICT",
    // site_page by name, and by time
    "CREATE INDEX site_name ON site (organisation_id, name_folded, id)",
    "CREATE INDEX site_created ON site (organisation_id, created_at, id)",
    "CREATE TABLE placement (
        id UUID NOT NULL PRIMARY KEY,
        tenant_id UUID NOT NULL REFERENCES tenant (id),
        student_id UUID NOT NULL REFERENCES user_account (id),
        programme_id UUID NOT NULL,
        policy_version INT NOT NULL,
        organisation_id UUID NOT NULL REFERENCES organisation (id),
        site_id UUID REFERENCES site (id),
        mode TEXT NOT NULL CHECK (mode IN ('on_site', 'hybrid', 'remote')),
        continues_id UUID,
        start_date DATE NOT NULL,
        end_date DATE NOT NULL,
        industrial_supervisor_id UUID REFERENCES user_account (id),
        university_supervisor_id UUID REFERENCES user_account (id),
        relationship_declared TEXT,
        state TEXT NOT NULL CHECK (state IN ('proposed', 'changes_requested', 'approved', 'active', 'suspended',
            'completed', 'terminated', 'cancelled', 'withdrawn')),
        active_since DATE,
        suspended_since DATE,
        completed_on DATE,
        effective_date DATE,
        reason TEXT,
        created_at INSTANT NOT NULL,
        updated_at INSTANT NOT NULL,
        version INT NOT NULL CHECK (version >= 1),
        CONSTRAINT placement_period CHECK (start_date <= end_date),
        CONSTRAINT placement_active CHECK (state NOT IN ('active', 'suspended', 'completed') OR active_since IS NOT NULL),
        CONSTRAINT placement_suspended CHECK ((state = 'suspended') = (suspended_since IS NOT NULL)),
        CONSTRAINT placement_completed CHECK ((state = 'completed') = (completed_on IS NOT NULL)),
        CONSTRAINT placement_terminated CHECK ((state = 'terminated') = (effective_date IS NOT NULL)),
        UNIQUE (tenant_id, id),
        FOREIGN KEY (tenant_id, programme_id) REFERENCES programme (tenant_id, id),
        FOREIGN KEY (programme_id, policy_version) REFERENCES programme_policy (programme_id, version),
        FOREIGN KEY (tenant_id, continues_id) REFERENCES placement (tenant_id, id)
    ) STRICT",
    // submission_case without a placement, neighbours, placement_page of a student, and who looks at entries
    "CREATE INDEX placement_student ON placement (student_id, tenant_id, state)",
    // placement_page of a supervisor, and who looks at entries
    "CREATE INDEX placement_industrial ON placement (industrial_supervisor_id, tenant_id)
        WHERE industrial_supervisor_id IS NOT NULL",
    "CREATE INDEX placement_university ON placement (university_supervisor_id, tenant_id)
        WHERE university_supervisor_id IS NOT NULL",
    // placement_page of an institution by start, and by time
    "CREATE INDEX placement_start ON placement (tenant_id, start_date, id)",
    "CREATE INDEX placement_created ON placement (tenant_id, created_at, id)",
    // placement_page of an organisation
    "CREATE INDEX placement_organisation ON placement (organisation_id, tenant_id)",
    // to_activate
    "CREATE INDEX placement_waiting ON placement (start_date, id) WHERE state = 'approved'",
    // policy_use
    "CREATE INDEX placement_policy ON placement (programme_id, policy_version)",
    // days_of_chain
    "CREATE INDEX placement_continues ON placement (continues_id) WHERE continues_id IS NOT NULL",
    // What happened to a placement, for its history: written with each change, and never changed.
    "CREATE TABLE placement_event (
        id UUID NOT NULL PRIMARY KEY,
        tenant_id UUID NOT NULL,
        placement_id UUID NOT NULL,
        name TEXT NOT NULL,
        detail JSON NOT NULL,
        from_state TEXT,
        to_state TEXT NOT NULL,
        by_id UUID,
        at INSTANT NOT NULL,
        reason TEXT,
        version INT NOT NULL CHECK (version >= 1),
        FOREIGN KEY (tenant_id, placement_id) REFERENCES placement (tenant_id, id)
    ) STRICT",
    "CREATE INDEX placement_event_history ON placement_event (placement_id, version)",
    // How many students a supervisor has at one time, within an institution. A count over placements would let two
    // transactions both see room; this row is changed by one after the other.
    "CREATE TABLE supervisor_load (
        tenant_id UUID NOT NULL REFERENCES tenant (id),
        user_id UUID NOT NULL REFERENCES user_account (id),
        part TEXT NOT NULL CHECK (part IN ('industrial', 'academic')),
        students INT NOT NULL,
        PRIMARY KEY (tenant_id, user_id, part),
        CONSTRAINT supervisor_load_students CHECK (students >= 0)
    ) STRICT",
    // Whoever places a student writes this row first, and so waits for whoever is placing the same student.
    "CREATE TABLE student_hold (
        tenant_id UUID NOT NULL REFERENCES tenant (id),
        student_id UUID NOT NULL REFERENCES user_account (id),
        holds BIGINT NOT NULL,
        PRIMARY KEY (tenant_id, student_id)
    ) STRICT",
    "CREATE TABLE delegation (
        id UUID NOT NULL PRIMARY KEY,
        tenant_id UUID NOT NULL,
        placement_id UUID NOT NULL,
        part TEXT NOT NULL CHECK (part IN ('industrial', 'academic')),
        delegate_id UUID NOT NULL REFERENCES user_account (id),
        starts_on DATE NOT NULL,
        ends_on DATE NOT NULL,
        appointed_by_id UUID NOT NULL REFERENCES user_account (id),
        created_at INSTANT NOT NULL,
        CONSTRAINT delegation_days CHECK (starts_on <= ends_on),
        FOREIGN KEY (tenant_id, placement_id) REFERENCES placement (tenant_id, id)
    ) STRICT",
    // Every case of a placement
    "CREATE INDEX delegation_placement ON delegation (placement_id)",
    // Who looks at entries and placements
    "CREATE INDEX delegation_delegate ON delegation (delegate_id, tenant_id)",
];

const TABLES: &[&str] = &[
    "programme",
    "programme_policy",
    "organisation",
    "organisation_relation",
    "site",
    "placement",
    "placement_event",
    "supervisor_load",
    "student_hold",
    "delegation",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::run(manager, DEFINITIONS).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::drop_tables(manager, TABLES).await
    }
}
