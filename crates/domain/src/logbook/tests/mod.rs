//! The rules of the logbook, from the outside.

mod comments;
mod credit;
mod due;
mod edge_cases;
mod files;
mod fixtures;
mod grid;
mod guards;
mod histories;
mod hours;
mod lateness;
mod location;
mod order_of_checks;
mod people;
mod records;
mod review;
mod said;
mod shapes;
mod storage;
mod violations;
mod visibility;
mod world;
mod writing;
