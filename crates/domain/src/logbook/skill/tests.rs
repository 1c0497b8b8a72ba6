use super::*;

fn numbered(count: usize) -> Vec<String> {
    (0..count).map(|number| format!("skill {number}")).collect()
}

#[test]
fn skills_keep_their_order_and_one_named_twice_in_another_case_counts_once() {
    let skills = Skills::parse([" Welding ", "CAD", "welding", "ÉLECTRICITÉ", "électricité", "cad"]).unwrap();
    assert_eq!(skills.as_slice(), ["Welding", "CAD", "ÉLECTRICITÉ"]);
    assert_eq!(
        skills.iter().collect::<Vec<_>>(),
        ["Welding", "CAD", "ÉLECTRICITÉ"]
    );
}

#[test]
fn there_are_at_most_fifty_different_skills() {
    assert_eq!(Skills::parse(numbered(50)).unwrap().len(), 50);
    assert_eq!(Skills::parse(numbered(51)), Err(SkillsError::TooMany));
    let mut doubled = numbered(50);
    doubled.extend(numbered(50));
    assert_eq!(Skills::parse(doubled).unwrap().len(), 50);
}

#[test]
fn a_skill_is_one_line_of_1_to_80_characters() {
    assert!(Skills::parse(["é".repeat(80)]).is_ok());
    let refused = [
        ("é".repeat(81), TextError::TooLong { max: 80, actual: 81 }),
        ("  ".to_owned(), TextError::Empty),
        (
            "a\nb".to_owned(),
            TextError::Characters {
                character: '\n',
                position: 1,
            },
        ),
    ];
    for (name, error) in refused {
        assert_eq!(
            Skills::parse(["CAD", &name]),
            Err(SkillsError::Name { index: 1, error })
        );
    }
}

#[test]
fn no_skills_are_a_list_too() {
    assert_eq!(Skills::parse(Vec::<String>::new()), Ok(Skills::NONE));
    assert!(Skills::NONE.is_empty());
}

#[test]
fn each_refusal_has_its_code() {
    let name = SkillsError::Name {
        index: 0,
        error: TextError::Empty,
    };
    assert_eq!(
        [SkillsError::TooMany.code(), name.code()],
        ["too_many_skills", "skill_name"]
    );
}
