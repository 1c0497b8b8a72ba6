//! Who is in the demonstration, and where. All of it is made up.

mod companies;
mod universities;

pub(super) use universities::UNIVERSITIES;

/// The domain of every address.
pub(super) const DOMAIN: &str = "demo.example";

/// Everybody's password. It exists in demonstrations only.
pub(super) const PASSWORD: &str = "demo-Training-2026";

/// Whoever keeps the deployment.
pub(super) const SUPERADMIN: Person = person("Salome Operator", "super");

/// A person.
#[derive(Clone, Copy, Debug)]
pub(super) struct Person {
    /// The full name.
    pub(super) name: &'static str,
    /// The mail address before the `@`.
    pub(super) mailbox: &'static str,
}

impl Person {
    /// The mail address.
    pub(super) fn email(&self) -> String {
        format!("{}@{DOMAIN}", self.mailbox)
    }
}

const fn person(name: &'static str, mailbox: &'static str) -> Person {
    Person { name, mailbox }
}

/// An institution with its people and the companies that it deals with.
#[derive(Clone, Copy, Debug)]
pub(super) struct University {
    /// The code.
    pub(super) code: &'static str,
    /// The name.
    pub(super) name: &'static str,
    /// The time zone, as an IANA name.
    pub(super) zone: &'static str,
    /// Public holidays that come each year: month and day.
    pub(super) holidays: &'static [(u32, u32)],
    /// What it calls its industrial training: name and code.
    pub(super) training: (&'static str, &'static str),
    /// Whether reviews are due by the week rather than by the day.
    pub(super) weekly: bool,
    /// Its administrator.
    pub(super) admin: Person,
    /// Its coordinators.
    pub(super) coordinators: [Person; 2],
    /// Its supervisors.
    pub(super) supervisors: [Person; 3],
    /// Its students.
    pub(super) students: [Person; 20],
    /// The companies that host them.
    pub(super) companies: [Company; 2],
}

/// A company.
#[derive(Clone, Copy, Debug)]
pub(super) struct Company {
    /// The name.
    pub(super) name: &'static str,
    /// The sector.
    pub(super) sector: &'static str,
    /// The city.
    pub(super) city: &'static str,
    /// The country.
    pub(super) country: &'static str,
    /// The website.
    pub(super) website: &'static str,
    /// What it does.
    pub(super) description: &'static str,
    /// What students do there.
    pub(super) trade: Trade,
    /// Where they do it.
    pub(super) sites: [Site; 2],
    /// Who looks after them.
    pub(super) supervisors: [Person; 2],
    /// Who keeps its profile, if anybody does.
    pub(super) admin: Option<Person>,
}

/// What students do at a company.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trade {
    /// Power and control.
    Electrical,
    /// Food on its way through a plant.
    Food,
    /// Roads and bridges.
    Civil,
    /// Software and networks.
    Software,
}

/// A workplace.
#[derive(Clone, Copy, Debug)]
pub(super) struct Site {
    /// The name.
    pub(super) name: &'static str,
    /// The postal address.
    pub(super) address: &'static str,
    /// Latitude and longitude, in degrees.
    pub(super) position: (f64, f64),
    /// The area in which a student is expected.
    pub(super) area: Area,
}

/// The area around a workplace.
#[derive(Clone, Copy, Debug)]
pub(super) enum Area {
    /// This far around, in metres.
    Radius(u32),
    /// A square with its middle at the position, this far to each side, in metres.
    Square(u32),
}

impl Area {
    /// How far it reaches to the east, in metres.
    pub(super) const fn reach_m(self) -> u32 {
        match self {
            Self::Radius(metres) | Self::Square(metres) => metres,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn nobody_shares_an_address() {
        let mut mailboxes = vec![SUPERADMIN.mailbox];
        for university in UNIVERSITIES {
            mailboxes.push(university.admin.mailbox);
            mailboxes.extend(university.coordinators.map(|person| person.mailbox));
            mailboxes.extend(university.supervisors.map(|person| person.mailbox));
            mailboxes.extend(university.students.map(|person| person.mailbox));
            for company in university.companies {
                mailboxes.extend(company.supervisors.map(|person| person.mailbox));
                mailboxes.extend(company.admin.map(|person| person.mailbox));
            }
        }
        assert_eq!(mailboxes.iter().collect::<BTreeSet<_>>().len(), mailboxes.len());
    }

    #[test]
    fn the_people_of_the_walk_through_are_there() {
        let [udd, _] = UNIVERSITIES;
        let walked = [
            udd.students[0],
            udd.companies[0].supervisors[0],
            udd.supervisors[0],
            udd.coordinators[0],
            udd.admin,
            SUPERADMIN,
        ];
        let expected = [
            "newcomer",
            "industry",
            "academic",
            "coordinator",
            "admin",
            "super",
        ];
        assert_eq!(walked.map(|person| person.mailbox), expected);
    }
}
