//! The world in which the tests act: an institution with its people, a company, a placement that is under way.

mod answer;
mod client;
pub(crate) mod database;
mod people;
pub(crate) mod process;
mod world;

pub(crate) use answer::Answer;
pub(crate) use client::Client;
pub(crate) use database::Kind;
pub(crate) use people::PASSWORD;
pub(crate) use world::{World, id, report};

/// Declares tests that run on both databases.
macro_rules! on_both_databases {
    ($($name:ident),+ $(,)?) => {
        mod on_sqlite {
            $(#[test]
            fn $name() {
                crate::support::World::run(crate::support::Kind::Sqlite, super::$name);
            })+
        }
        mod on_postgres {
            $(#[test]
            fn $name() {
                crate::support::World::run(crate::support::Kind::Postgres, super::$name);
            })+
        }
    };
}
