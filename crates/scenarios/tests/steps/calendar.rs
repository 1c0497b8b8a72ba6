//! Time, and the days on which nobody works.

use cucumber::{given, when};

use super::{
    params::{Day, Moment},
    term::Term,
};

#[given(expr = "it is {moment}")]
#[when(expr = "it is {moment}")]
fn it_is(term: &mut Term, moment: Moment) {
    term.now = moment.0;
    term.begin_when_due();
}

#[given(expr = "{day} is a holiday at the workplace")]
fn holiday_of_the_workplace(term: &mut Term, day: Day) {
    term.workplace_holiday(day.0);
}

#[given(expr = "{day} is a holiday at the university")]
fn holiday_of_the_university(term: &mut Term, day: Day) {
    term.university_holiday(day.0);
}
