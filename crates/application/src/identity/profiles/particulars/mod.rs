//! Sensitive particulars: sealed before they are stored, opened for those who need them, each look of somebody else on
//! record.

pub mod get;
pub mod update;

use std::collections::BTreeMap;

use ipt_domain::{
    id::{TenantId, UserId},
    identity::personal::PersonalField,
    version::Version,
};
use ipt_ports::identity::{OpenError, Place, SealedParticulars};
use secrecy::SecretString;

use crate::Services;

/// A person's particulars, opened.
#[derive(Debug)]
pub struct Particulars {
    /// The person's version.
    pub version: Version,
    /// What is kept, and could be opened.
    pub known: BTreeMap<PersonalField, SecretString>,
    /// What is kept and does not open, with the reason.
    pub unreadable: BTreeMap<PersonalField, OpenError>,
}

/// Opens what is kept. One value that does not open leaves the others readable.
fn open(
    services: &Services,
    (tenant_id, user_id): (TenantId, UserId),
    sealed: &SealedParticulars,
    version: Version,
) -> Particulars {
    let (mut known, mut unreadable) = (BTreeMap::new(), BTreeMap::new());
    for (field, sealed) in sealed {
        let place = Place {
            tenant_id,
            user_id,
            field: *field,
        };
        match services.sealer.open(place, sealed) {
            Ok(value) => {
                known.insert(*field, value);
            }
            Err(error) => {
                tracing::error!(user.id = %user_id, field = %field, %error, "a sealed value does not open");
                unreadable.insert(*field, error);
            }
        }
    }
    Particulars {
        version,
        known,
        unreadable,
    }
}
