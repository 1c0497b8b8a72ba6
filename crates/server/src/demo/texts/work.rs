//! What students tell of their days: ten sentences for each trade, put together anew for each day.

use crate::demo::cast::Trade;

const ELECTRICAL: [&str; 10] = [
    "Stripped and labelled the cables of control cabinet 4 and landed them on the terminal strip according to the diagram.",
    "Tested the insulation of two 11 kV cables with the megohmmeter; both were well above the limit.",
    "Helped to replace the worn contacts of the reversing starter of the crane and adjusted the overload relay.",
    "Drew the single-line diagram of the workshop's distribution board after tracing every outgoing cable.",
    "Calibrated three pressure transmitters against the dead-weight tester and filled in their sheets.",
    "Measured the earth resistance at five points around the transformer and plotted the fall of potential.",
    "Wrote a first ladder program for the pump station's level control and tried it on the training rig.",
    "Watched the synchronising of generator 2 from the control room and noted each step of the operator.",
    "Took apart, cleaned and greased the bearings of a 15 kW motor, and aligned the coupling with the dial gauge.",
    "Checked the battery bank cell by cell: voltage, density and temperature; one cell is to be replaced.",
];

const FOOD: [&str; 10] = [
    "Took samples from the pasteuriser every half hour and recorded temperature and holding time.",
    "Measured the sugar of nine batches of mango pulp with the refractometer; one was sent back.",
    "Helped to clean the filling line in place: rinse, lye, rinse, acid, rinse, and a swab at the end.",
    "Followed the maize from the intake to the mill and drew the flow chart with its control points.",
    "Plated out water samples from the cold store and counted yesterday's colonies; all were within the limit.",
    "Checked the seals of two hundred bottles with the torque meter after the capper had been set anew.",
    "Weighed forty bags at random and drew the control chart; the mean had drifted and the scale was adjusted.",
    "Worked out how much pulp is lost at each change of flavour, with numbers from the last three weeks.",
    "Sorted incoming pineapples by ripeness with the receiving clerk and learned to judge them by the shell.",
    "Walked the monthly hygiene round with the quality officer and wrote up the six findings.",
];

const CIVIL: [&str; 10] = [
    "Set out the centre line of the approach slab with the total station and drove the pegs every ten metres.",
    "Did slump tests on eleven deliveries of concrete and cast cubes of four of them for the laboratory.",
    "Checked the reinforcement of pier cap 3 against the bending schedule: diameter, spacing, laps and cover.",
    "Levelled the sub-base in cross-sections of twenty metres and marked where it was low.",
    "Counted and entered the deliveries of the week and compared them with the bill of quantities.",
    "Crushed the seven-day cubes in the laboratory; all of them passed, with 19 to 23 N/mm².",
    "Helped the foreman to plan the pour of the deck: order of the bays, vibrators, curing, and the night shift.",
    "Drew the drainage along chainage 7+200 to 7+600 in the drawing office, with the corrections of the engineer.",
    "Did three sand-replacement tests on the compacted fill; the density reached 97 per cent.",
    "Took part in the safety briefing and inspected the scaffold of pier 2 with the checklist.",
];

const SOFTWARE: [&str; 10] = [
    "Wrote the form for registering patients and its validation, with tests for each field.",
    "Found out why the appointment list was slow: a missing index; the page went from four seconds to a tenth.",
    "Crimped and tested twelve network cables at the clinic, and labelled both ends and the patch panel.",
    "Set up the nightly copy of the database and brought one back on a spare machine to see that it works.",
    "Paired with a colleague on the export of the pharmacy's stock and learned to review a change before it goes in.",
    "Answered the help desk in the morning: three printers, one forgotten password and one broken access point.",
    "Split a long function of the billing module into four, after writing the tests that it lacked.",
    "Made a dashboard of the waiting times from the log files, and showed it to the clinic's matron.",
    "Set up a virtual network for the two branches, and measured the throughput before and after.",
    "Wrote the notes for the release and tried the upgrade twice on the staging server.",
];

/// How a day ended: so that not every report ends alike, most are empty.
const ENDINGS: [&str; 6] = [
    "",
    "",
    " Tomorrow I shall go on with it.",
    " I still have to read up on why this is done in that order.",
    "",
    " My supervisor explained what to look out for the next time.",
];

const fn sentences(trade: Trade) -> &'static [&'static str; 10] {
    match trade {
        Trade::Electrical => &ELECTRICAL,
        Trade::Food => &FOOD,
        Trade::Civil => &CIVIL,
        Trade::Software => &SOFTWARE,
    }
}

/// The report of a student's day.
pub(in crate::demo) fn told(trade: Trade, student: usize, day: usize) -> String {
    let pool = sentences(trade);
    let number = student * 7 + day * 37;
    let first = number % pool.len();
    // Never the first one again: the step lies between 1 and 9.
    let second = (first + 1 + number / 10 % (pool.len() - 1)) % pool.len();
    let ending = ENDINGS[number / 90 % ENDINGS.len()];
    if number % 8 == 3 {
        format!("{}{ending}", pool[first])
    } else {
        format!("{} {}{ending}", pool[first], pool[second])
    }
}

/// The same report, after a reviewer has asked for more.
pub(in crate::demo) fn revised(trade: Trade, student: usize, day: usize) -> String {
    let told = told(trade, student, day);
    format!(
        "{told}\nI did this together with the shift team from eight to four; my own part were the measurements and the notes."
    )
}

/// Skills that a day's work shows.
pub(in crate::demo) fn skills(trade: Trade, student: usize, day: usize) -> Vec<String> {
    let pool: [&str; 6] = match trade {
        Trade::Electrical => [
            "Wiring",
            "Measuring",
            "Motor control",
            "Technical drawing",
            "Safety",
            "PLC programming",
        ],
        Trade::Food => [
            "Quality control",
            "Sampling",
            "Hygiene",
            "Process control",
            "Record keeping",
            "Statistics",
        ],
        Trade::Civil => [
            "Surveying",
            "Concrete testing",
            "Technical drawing",
            "Safety",
            "Site records",
            "Planning",
        ],
        Trade::Software => [
            "Programming",
            "Testing",
            "Networks",
            "Databases",
            "Documentation",
            "Teamwork",
        ],
    };
    let count = (student + day) % 3;
    (0..=count)
        .map(|index| pool[(student * 5 + day + index * 2) % pool.len()].to_owned())
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn hardly_two_reports_of_a_company_read_alike() {
        // Every other student of a university is at the same company.
        let days = (0..20)
            .step_by(2)
            .flat_map(|student| (0..12).map(move |day| told(Trade::Civil, student, day)));
        let different: BTreeSet<String> = days.collect();
        assert!(different.len() > 115, "{} of 120", different.len());
    }

    #[test]
    fn no_skill_is_named_twice_with_a_day() {
        for (student, day) in (0..20).flat_map(|student| (0..12).map(move |day| (student, day))) {
            let named = skills(Trade::Food, student, day);
            assert_eq!(named.iter().collect::<BTreeSet<_>>().len(), named.len());
            assert!(!named.is_empty());
        }
    }
}
