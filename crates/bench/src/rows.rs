//! The rows that a submission writes, taken from a real one, as statements for a bare database.

/// A value that differs from one submission to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Slot {
    /// The entry's id.
    Entry,
    /// The row's own id: those of different tables may be equal, so that one serves for all.
    Id,
    /// The placement.
    Placement,
    /// Its student.
    Student,
    /// The day, which a placement has once.
    Day,
}

/// A table that a submission writes to.
pub(crate) struct Table {
    /// Its name.
    pub(crate) name: &'static str,
    /// Which of its rows belong to the entry `ENTRY`, whose id as text is `TEXT`.
    pub(crate) of_entry: &'static str,
    /// The columns that differ.
    pub(crate) slots: &'static [(&'static str, Slot)],
}

/// The tables, in the order in which rows depend on each other.
pub(crate) const TABLES: &[Table] = &[
    Table {
        name: "log_entry",
        of_entry: "id = ENTRY",
        slots: &[
            ("id", Slot::Entry),
            ("placement_id", Slot::Placement),
            ("student_id", Slot::Student),
            ("log_date", Slot::Day),
        ],
    },
    Table {
        name: "log_review",
        of_entry: "entry_id = ENTRY",
        slots: &[("id", Slot::Id), ("entry_id", Slot::Entry)],
    },
    Table {
        name: "outbox",
        of_entry: "CAST(payload AS text) LIKE '%TEXT%'",
        slots: &[("id", Slot::Id)],
    },
    Table {
        name: "audit_record",
        of_entry: "object_id = ENTRY",
        slots: &[("id", Slot::Id), ("object_id", Slot::Entry)],
    },
    Table {
        name: "audit_detail",
        of_entry: "record_id IN (SELECT id FROM audit_record WHERE object_id = ENTRY)",
        slots: &[("record_id", Slot::Id)],
    },
    Table {
        name: "audit_unlinked",
        of_entry: "record_id IN (SELECT id FROM audit_record WHERE object_id = ENTRY)",
        slots: &[("record_id", Slot::Id)],
    },
];

/// What makes a submitted entry an approved one; `ID` is its id: asked for
/// once, in a subquery, because it may be the next of a sequence.
pub(crate) const APPROVE: &str = "UPDATE log_entry SET state = 'industry_verified', verified_kind = 'industry', \
    verified_by_id = student_id, verified_at = submitted_at, updated_at = submitted_at, version = version + 1 \
    WHERE id = (SELECT ID) AND version = 1";

/// The statement that writes a row like `row`, each column with its value as the database writes it itself; `slot` gives
/// what stands in the place of a value that differs.
pub(crate) fn insert(table: &Table, row: &[(String, String)], slot: impl Fn(Slot) -> String) -> String {
    let columns = row.iter().map(|(column, _)| format!("\"{column}\""));
    let values = row.iter().map(|(column, value)| {
        let differs = table.slots.iter().find(|(name, _)| name == column);
        differs.map_or_else(|| value.clone(), |(_, kind)| slot(*kind))
    });
    format!(
        "INSERT INTO {} ({}) SELECT {}",
        table.name,
        columns.collect::<Vec<_>>().join(", "),
        values.collect::<Vec<_>>().join(", ")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_differs_is_replaced_and_the_rest_stays_as_it_was() {
        let row = [
            ("id".to_owned(), "'7'".to_owned()),
            ("action".to_owned(), "'submit'".to_owned()),
        ];
        let table = &TABLES[1];
        assert_eq!(
            insert(table, &row, |_| "?1".to_owned()),
            "INSERT INTO log_review (\"id\", \"action\") SELECT ?1, 'submit'"
        );
    }
}
