//! The templates, carried in the binary.

/// One language's templates.
pub(crate) struct Language {
    /// Its tag (BCP 47), the primary part only.
    pub(crate) tag: &'static str,
    /// What stands below each HTML mail.
    pub(crate) footer: &'static str,
    /// Name and source.
    pub(crate) templates: &'static [(&'static str, &'static str)],
}

/// Shared by the HTML of all languages.
pub(crate) const LAYOUT: &str = include_str!("../templates/layout.html");
/// Shared by the HTML of all languages.
pub(crate) const PARTS: &str = include_str!("../templates/parts.html");

/// Below the text of all languages.
pub(crate) const SIGNATURE: &str = include_str!("../templates/signature.txt");

/// The templates of one language's folder, under their names.
macro_rules! templates {
    ($folder:literal: $($name:literal)+) => {
        &[$(($name, include_str!(concat!("../templates/", $folder, "/", $name, ".jinja")))),+]
    };
}

/// Every template there is, of one language's folder.
macro_rules! every_template {
    ($folder:literal) => {
        templates!($folder:
            "data_export_ready"
            "email_verification"
            "invitation"
            "log_approved"
            "log_days_reopened"
            "log_disputed"
            "log_flagged"
            "log_rejected"
            "log_retracted"
            "log_returned_academic"
            "log_returned_industry"
            "log_returned_student"
            "log_submitted"
            "log_validated"
            "log_voided"
            "membership_added"
            "password_changed"
            "password_reset"
            "password_reset_ordered"
            "registration_attempt"
            "review_digest"
            "signed_in_on_new_device"
        )
    };
}

/// The languages; the first one stands in for those that are not here.
pub(crate) const LANGUAGES: [Language; 2] = [
    Language {
        tag: "en",
        footer: "This mail was sent by the platform for practical training. Please do not reply to it.",
        templates: every_template!("en"),
    },
    Language {
        tag: "sw",
        footer: "Barua hii imetumwa na mfumo wa mafunzo kwa vitendo. Tafadhali usiijibu.",
        templates: every_template!("sw"),
    },
];
