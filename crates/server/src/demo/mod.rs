//! The demonstration: two universities in the middle of a term, in a folder of their own.
//!
//! Everything in it came about through the use cases, in the order in which it would have happened, on a clock that is
//! moved along: so no rule is broken, and whatever a state needs before it is there. [`cast`] says who and where,
//! [`founding`] makes them, [`plan`] says what happened on which day, and [`course`] lets it happen. There is no chance in
//! it: the same day gives the same term.

mod agenda;
mod cast;
mod clock;
mod course;
mod days;
mod fill;
mod folder;
mod founding;
mod guide;
mod mailer;
mod plan;
mod texts;

pub(crate) use fill::fill;
pub(crate) use folder::{Folder, Held};
pub(crate) use guide::{accounts, age, guide};

#[cfg(test)]
mod tests;
