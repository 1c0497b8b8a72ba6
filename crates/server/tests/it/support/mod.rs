//! The world in which the tests act: an institution with its people, a company, a placement that is under way.

mod answer;
mod client;
pub(crate) mod database;
mod deployment;
mod people;
pub(crate) mod process;
mod proxy;
mod raw;
mod serving;
pub(crate) mod tampering;
pub(crate) mod trainee;
mod world;

pub(crate) use answer::Answer;
pub(crate) use client::Client;
pub(crate) use database::Kind;
pub(crate) use deployment::Deployment;
pub(crate) use people::{PASSWORD, other_than};
pub(crate) use proxy::Proxy;
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

/// Declares tests of the program itself, each in a deployment on both databases.
macro_rules! deployed_on_both_databases {
    ($($name:ident),+ $(,)?) => {
        mod on_sqlite {
            $(#[test]
            fn $name() {
                crate::support::Deployment::run(crate::support::Kind::Sqlite, super::$name);
            })+
        }
        mod on_postgres {
            $(#[test]
            fn $name() {
                crate::support::Deployment::run(crate::support::Kind::Postgres, super::$name);
            })+
        }
    };
}
