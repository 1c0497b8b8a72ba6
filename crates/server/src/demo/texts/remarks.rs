//! What supervisors and coordinators say.

/// What industry says with an approval; most say nothing.
const APPROVALS: [Option<&str>; 7] = [
    None,
    Some("Clean work."),
    None,
    Some("Careful and quick to learn."),
    None,
    Some("Good notes. Keep the units with the numbers."),
    Some("Asked the right questions."),
];

/// What industry asks for.
const REJECTIONS: [&str; 4] = [
    "Please say which part of this you did yourself.",
    "The numbers are missing: what did you measure, and what is the limit?",
    "This reads like the manual. What did you see on the day?",
    "Wrong machine, I think: that line stood still on this day. Please check.",
];

/// What the academic side says with a validation; most say nothing.
const VALIDATIONS: [Option<&str>; 5] = [
    None,
    None,
    Some("Well told."),
    None,
    Some("Compare this with what you learned in the laboratory course."),
];

/// Why the academic side flags an entry.
const FLAGS: [&str; 3] = [
    "The same text stands in another student's log of this day.",
    "Nine hours on a day on which the works closed at noon, as far as I know. Please look into it.",
    "The work described does not fit the company's trade.",
];

/// What industry says with an approval.
pub(in crate::demo) fn approval(number: usize) -> Option<String> {
    APPROVALS[number % APPROVALS.len()].map(str::to_owned)
}

/// What industry asks for.
pub(in crate::demo) fn rejection(number: usize) -> String {
    REJECTIONS[number % REJECTIONS.len()].to_owned()
}

/// What the academic side says with a validation.
pub(in crate::demo) fn validation(number: usize) -> Option<String> {
    VALIDATIONS[number % VALIDATIONS.len()].map(str::to_owned)
}

/// Why the academic side flags an entry.
pub(in crate::demo) fn flag(number: usize) -> String {
    FLAGS[number % FLAGS.len()].to_owned()
}
