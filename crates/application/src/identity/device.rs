//! Devices on which people sign in.

use ipt_ports::{
    RepositoryError,
    engagement::Message,
    identity::{DeviceSeen, PeopleRepository, Session},
};
use sha2::{Digest as _, Sha256};

use crate::{
    Services,
    engagement::{About, account_mail},
};

/// Remembers the device of a session just opened by a sign-in. The mail to the person, when it is a new one: whoever has got
/// hold of the password does not go unnoticed.
pub(super) async fn notice(
    services: &Services,
    people: &mut dyn PeopleRepository,
    session: &Session,
) -> Result<Vec<Message>, RepositoryError> {
    let (user, now) = (session.user_id, session.created_at);
    let seen = people.meet_device(user, &digest(&session.device), now).await?;
    let about = About::Session {
        session_id: session.id,
    };
    Ok(match seen {
        DeviceSeen::New => vec![account_mail(
            services,
            user,
            "signed_in_on_new_device",
            about,
            now,
        )],
        DeviceSeen::Before | DeviceSeen::First => Vec::new(),
    })
}

/// The SHA-256 of a device's name without its digits: a browser that was updated is no other device.
fn digest(name: &str) -> [u8; 32] {
    let name: String = name.chars().filter(|letter| !letter.is_ascii_digit()).collect();
    Sha256::digest(name).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_that_was_updated_is_the_same_device() {
        let of_version = |version: &str| {
            digest(&format!(
                "Mozilla/5.0 (X11; Linux x86_64; rv:{version}) Gecko/20100101 Firefox/{version}"
            ))
        };
        assert_eq!(of_version("141.0"), of_version("142.10"));
        assert_ne!(of_version("141.0"), digest("ipt-app/3.1 (Android 15)"));
    }
}
