//! Institutions, their look and their calendars.

use super::Code;

/// All of them.
pub(super) const ALL: &[&Code] = &[
    &Code::new(
        "tenant_code",
        422,
        "Not a code of an institution",
        "The code is not 2 to 32 lower-case letters, digits and hyphens.",
        "Use a to z, 0 to 9 and hyphens inside.",
    ),
    &Code::new(
        "tenant_code_taken",
        409,
        "The code is taken",
        "Another institution of the deployment has this code.",
        "Choose another one.",
    ),
    &Code::new(
        "colour_invalid",
        422,
        "Not a colour",
        "The colour does not have the form `#rrggbb`.",
        "Write a hash and six hexadecimal digits, such as `#0b5cab`.",
    ),
    &Code::new(
        "logo_url_invalid",
        422,
        "Not the address of a logo",
        "The address is not an `https` one with a host name, is longer than 500 characters, or holds characters that must be \
         encoded.",
        "Put the picture on a public web server, and give its address in full.",
    ),
    &Code::new(
        "weekend_days",
        422,
        "No working day is left",
        "The weekend takes all seven days, so that no due date could be found.",
        "Leave at least one working day.",
    ),
    &Code::new(
        "timezone_unknown",
        422,
        "Not a time zone",
        "The name is not one of the IANA database.",
        "Name the zone as `Africa/Dar_es_Salaam`, for example.",
    ),
    &Code::new(
        "too_many_holidays",
        422,
        "Too many holidays",
        "A calendar takes a bounded number of holidays.",
        "Leave out those of long ago.",
    ),
];
