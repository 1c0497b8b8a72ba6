//! Profiles and sensitive particulars.

use super::Code;

/// All of them.
pub(super) const ALL: &[&Code] = &[
    &Code::new(
        "registration_number_taken",
        409,
        "The registration number is taken",
        "Another student of the institution has this registration number.",
        "Check the number, and which of the two has it rightly.",
    ),
    &Code::new(
        "profile_misplaced",
        422,
        "Particulars of a role that the person does not hold",
        "A section of a profile belongs to a role: of a student, of a supervisor, of a coordinator. The person holds none of that kind here.",
        "Give the role first, or leave the section out.",
    ),
    &Code::new(
        "year_of_study_out_of_range",
        422,
        "Not a year of study",
        "A year of study is 1 to 10.",
        "Correct it, or leave it out.",
    ),
    &Code::new(
        "too_many_fields_of_expertise",
        422,
        "Too many fields of expertise",
        "At most 20 fields of expertise are kept.",
        "Name the most important ones.",
    ),
    &Code::new(
        "phone_invalid",
        422,
        "Not a telephone number",
        "A telephone number has 5 to 15 digits, a plus before them perhaps, and spaces, hyphens, points, slashes or brackets between.",
        "Write it like `+255 22 240 0500`.",
    ),
    &Code::new(
        "birth_date_invalid",
        422,
        "Not a birth date",
        "A birth date is written `YYYY-MM-DD` and lies in the past, no more than 130 years ago.",
        "Correct it, or leave it out.",
    ),
];
