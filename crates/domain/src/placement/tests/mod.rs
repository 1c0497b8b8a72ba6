//! The rules of placements, from the outside.

mod activation;
mod amendment;
mod approval;
mod delegation;
mod ending;
mod grid;
mod histories;
mod load;
mod order_of_checks;
mod proposal;
#[cfg(feature = "serde")]
mod serialised;
mod storage;
mod supervisors;
mod world;
