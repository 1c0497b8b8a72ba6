use super::*;

#[test]
fn every_permission_has_a_name_of_its_own_by_which_it_is_found() {
    for (index, permission) in Permission::ALL.iter().enumerate() {
        assert_eq!(Permission::from_name(permission.as_str()), Some(*permission));
        assert!(
            Permission::ALL
                .iter()
                .skip(index + 1)
                .all(|other| other.as_str() != permission.as_str())
        );
        let (context, right) = permission.as_str().split_once(':').unwrap();
        for part in [context, right] {
            assert!(
                !part.is_empty() && part.chars().all(|c| c.is_ascii_lowercase() || c == '_'),
                "{permission}"
            );
        }
    }
    assert_eq!(Permission::from_name("logbook:*"), None);
}

#[test]
fn all_permissions_fit_into_a_set() {
    assert!(Permission::ALL.len() <= 64);
    let all: PermissionSet = Permission::ALL.iter().copied().collect();
    assert_eq!(all.iter().collect::<Vec<_>>(), Permission::ALL);
}

#[test]
fn a_set_holds_what_was_put_in_and_nothing_else() {
    const REVIEW: PermissionSet =
        PermissionSet::of(&[Permission::LogbookReviewIndustry, Permission::NotificationOwn]);
    assert!(REVIEW.contains(Permission::LogbookReviewIndustry));
    assert!(!REVIEW.contains(Permission::LogbookReviewAcademic));
    assert_eq!(
        REVIEW.iter().collect::<Vec<_>>(),
        [Permission::LogbookReviewIndustry, Permission::NotificationOwn]
    );
    let more = REVIEW.union(PermissionSet::EMPTY.with(Permission::UserRead));
    assert!(more.contains_all(REVIEW) && more.contains(Permission::UserRead) && !REVIEW.contains_all(more));
    assert!(PermissionSet::EMPTY.is_empty() && !REVIEW.is_empty());
    assert_eq!(
        format!("{REVIEW:?}"),
        r#"{"logbook:review_industry", "notification:own"}"#
    );
}
