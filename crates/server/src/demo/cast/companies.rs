//! The companies, their workplaces and their people.

use super::{Area, Company, Site, Trade, person};

/// Power, in the valley below the dam.
pub(super) const KILOMBERO_POWER: Company = Company {
    name: "Kilombero Power Works",
    sector: "energy",
    city: "Ifakara",
    country: "Tanzania",
    website: "https://kilombero-power.example",
    description: "Builds and keeps switchgear and control cabinets, and runs a small hydropower station.",
    trade: Trade::Electrical,
    sites: [
        Site {
            name: "Ifakara workshop",
            address: "Kilosa Road 14, Ifakara",
            position: (-8.1338, 36.6794),
            area: Area::Radius(200),
        },
        Site {
            name: "Kidatu substation",
            address: "Station Road, Kidatu",
            position: (-7.6641, 36.9779),
            area: Area::Square(150),
        },
    ],
    supervisors: [
        person("Juma Mrema", "industry"),
        person("Stella Kaaya", "stella.kaaya"),
    ],
    admin: Some(person("Winfrida Lema", "company")),
};

/// Food, at the coast.
pub(super) const PWANI_FOODS: Company = Company {
    name: "Pwani Foods",
    sector: "food processing",
    city: "Dar es Salaam",
    country: "Tanzania",
    website: "https://pwani-foods.example",
    description: "Presses fruit, mills maize and packs both for the shops of the region.",
    trade: Trade::Food,
    sites: [
        Site {
            name: "Mbagala plant",
            address: "Kilwa Road 210, Dar es Salaam",
            position: (-6.9012, 39.2668),
            area: Area::Radius(300),
        },
        Site {
            name: "Bagamoyo cold store",
            address: "Mangesani Street 3, Bagamoyo",
            position: (-6.4437, 38.8998),
            area: Area::Radius(120),
        },
    ],
    supervisors: [
        person("Mwanahawa Said", "mwanahawa.said"),
        person("Deogratias Komba", "deogratias.komba"),
    ],
    admin: None,
};

/// Bridges, across the lagoon.
pub(super) const LEKKI_SPAN: Company = Company {
    name: "Lekki Span Builders",
    sector: "construction",
    city: "Lagos",
    country: "Nigeria",
    website: "https://lekki-span.example",
    description: "Builds roads and short bridges, from the survey to the last coat of paint.",
    trade: Trade::Civil,
    sites: [
        Site {
            name: "Ring road bridge",
            address: "Chainage 7+400, Lekki–Epe Expressway, Lagos",
            position: (6.4471, 3.5412),
            area: Area::Square(400),
        },
        Site {
            name: "Ikeja drawing office",
            address: "Allen Avenue 88, Ikeja",
            position: (6.6021, 3.3526),
            area: Area::Radius(150),
        },
    ],
    supervisors: [
        person("Emeka Duru", "emeka.duru"),
        person("Folake Martins", "folake.martins"),
    ],
    admin: None,
};

/// Software, for those who run hospitals.
pub(super) const HARMATTAN_DATA: Company = Company {
    name: "Harmattan Data",
    sector: "information technology",
    city: "Lagos",
    country: "Nigeria",
    website: "https://harmattan-data.example",
    description: "Writes and runs software for clinics, and keeps their networks alive.",
    trade: Trade::Software,
    sites: [
        Site {
            name: "Yaba office",
            address: "Herbert Macaulay Way 301, Yaba",
            position: (6.5098, 3.3714),
            area: Area::Radius(100),
        },
        Site {
            name: "Surulere clinic",
            address: "Adeniran Ogunsanya Street 40, Surulere",
            position: (6.4926, 3.3569),
            area: Area::Radius(80),
        },
    ],
    supervisors: [
        person("Zainab Idris", "zainab.idris"),
        person("Obinna Kalu", "obinna.kalu"),
    ],
    admin: None,
};
