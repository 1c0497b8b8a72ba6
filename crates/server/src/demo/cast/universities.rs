//! The universities and their people.

use super::{Person, University, companies, person};

/// The universities. The first is that of the walk-through.
pub(in crate::demo) static UNIVERSITIES: [University; 2] = [UDD, UDA];

const UDD: University = University {
    code: "udd",
    name: "Udzungwa University of Design and Development",
    zone: "Africa/Dar_es_Salaam",
    holidays: &[
        (1, 1),
        (1, 12),
        (4, 7),
        (4, 26),
        (5, 1),
        (7, 7),
        (8, 8),
        (10, 14),
        (12, 9),
        (12, 25),
        (12, 26),
    ],
    training: ("Industrial practical training, second year", "IPT-2"),
    weekly: false,
    admin: person("Adelina Rweyemamu", "admin"),
    coordinators: [
        person("Consolata Mwakyusa", "coordinator"),
        person("Elias Nyoni", "elias.nyoni"),
    ],
    supervisors: [
        person("Dr Aloyce Mtui", "academic"),
        person("Dr Grace Ndosi", "grace.ndosi"),
        person("Eng. Hamza Mbwana", "hamza.mbwana"),
    ],
    students: UDD_STUDENTS,
    companies: [companies::KILOMBERO_POWER, companies::PWANI_FOODS],
};

const UDD_STUDENTS: [Person; 20] = [
    person("Neema Kessy", "newcomer"),
    person("Asha Mushi", "asha.mushi"),
    person("Baraka Lyimo", "baraka.lyimo"),
    person("Fatuma Salum", "fatuma.salum"),
    person("Godfrey Mlay", "godfrey.mlay"),
    person("Halima Abdallah", "halima.abdallah"),
    person("Innocent Shayo", "innocent.shayo"),
    person("Jackline Tarimo", "jackline.tarimo"),
    person("Khamis Juma", "khamis.juma"),
    person("Lilian Massawe", "lilian.massawe"),
    person("Musa Kiondo", "musa.kiondo"),
    person("Naima Rashid", "naima.rashid"),
    person("Omari Mdee", "omari.mdee"),
    person("Pendo Ngowi", "pendo.ngowi"),
    person("Rehema Chuwa", "rehema.chuwa"),
    person("Samwel Urio", "samwel.urio"),
    person("Tumaini Mboya", "tumaini.mboya"),
    person("Upendo Swai", "upendo.swai"),
    person("Victor Makundi", "victor.makundi"),
    person("Zawadi Mrisho", "zawadi.mrisho"),
];

const UDA: University = University {
    code: "uda",
    name: "Udala University of Applied Sciences",
    zone: "Africa/Lagos",
    holidays: &[(1, 1), (5, 1), (6, 12), (10, 1), (12, 25), (12, 26)],
    training: ("Students' industrial work experience", "SIWE-300"),
    weekly: true,
    admin: person("Bolanle Adeyemi", "admin.uda"),
    coordinators: [
        person("Chidinma Okeke", "coordinator.uda"),
        person("Tunde Bakare", "tunde.bakare"),
    ],
    supervisors: [
        person("Dr Ngozi Eze", "ngozi.eze"),
        person("Dr Sani Danjuma", "sani.danjuma"),
        person("Prof. Yetunde Alabi", "yetunde.alabi"),
    ],
    students: UDA_STUDENTS,
    companies: [companies::LEKKI_SPAN, companies::HARMATTAN_DATA],
};

const UDA_STUDENTS: [Person; 20] = [
    person("Abiola Ogunleye", "abiola.ogunleye"),
    person("Amaka Nwosu", "amaka.nwosu"),
    person("Bashir Lawal", "bashir.lawal"),
    person("Chinedu Obi", "chinedu.obi"),
    person("Damilola Ajayi", "damilola.ajayi"),
    person("Ebele Umeh", "ebele.umeh"),
    person("Farouk Bello", "farouk.bello"),
    person("Gift Ekanem", "gift.ekanem"),
    person("Hauwa Musa", "hauwa.musa"),
    person("Ifeanyi Onah", "ifeanyi.onah"),
    person("Jumoke Balogun", "jumoke.balogun"),
    person("Kelechi Iwu", "kelechi.iwu"),
    person("Lateef Oyelaran", "lateef.oyelaran"),
    person("Maryam Abubakar", "maryam.abubakar"),
    person("Nnamdi Chukwu", "nnamdi.chukwu"),
    person("Osaze Igbinedion", "osaze.igbinedion"),
    person("Patience Udo", "patience.udo"),
    person("Rukayat Salami", "rukayat.salami"),
    person("Segun Adebayo", "segun.adebayo"),
    person("Uche Anyanwu", "uche.anyanwu"),
];
