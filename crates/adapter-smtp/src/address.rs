//! Where mail goes, as an operator writes it.

use std::path::PathBuf;

use lettre::transport::smtp::authentication::Credentials;
use percent_encoding::percent_decode_str;
use url::Url;

/// The address of the mail server is not one. It says no more, for the address may hold a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "the address for mail must be smtp://host:port, smtps://host:port or smtp+starttls://host:port, with user:password@ before \
     the host where the server asks for it, or file:///folder"
)]
pub struct AddressError;

/// Where mail goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Address {
    /// Into a folder.
    Folder(PathBuf),
    /// To a server.
    Server(Server),
}

/// A mail server. Its password is not printed: lettre's credentials show nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Server {
    pub(crate) host: String,
    pub(crate) port: u16,
    pub(crate) security: Security,
    pub(crate) credentials: Option<Credentials>,
}

/// How the connection is kept from others' eyes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Security {
    /// Not at all: for a server on the same machine or network.
    None,
    /// TLS from the first byte.
    Tls,
    /// TLS after a greeting; a server that does not offer it gets no mail.
    StartTls,
}

impl Address {
    pub(crate) fn parse(text: &str) -> Result<Self, AddressError> {
        match text.split_once("://").ok_or(AddressError)? {
            ("file", path) => folder(path).map(Self::Folder),
            ("smtp", _) => server(text, Security::None, 25).map(Self::Server),
            ("smtps", _) => server(text, Security::Tls, 465).map(Self::Server),
            ("smtp+starttls", _) => server(text, Security::StartTls, 587).map(Self::Server),
            _ => None,
        }
        .ok_or(AddressError)
    }
}

/// The folder of a `file` address, absolute or below the working folder; `%20` and the like stand for what they name.
fn folder(path: &str) -> Option<PathBuf> {
    let path = path
        .strip_prefix("localhost")
        .filter(|rest| rest.starts_with('/'))
        .unwrap_or(path);
    let relative = !path.starts_with('/');
    let url = Url::parse(&format!("file://{}{path}", if relative { "/" } else { "" })).ok()?;
    if url.query().is_some() || url.fragment().is_some() {
        return None;
    }
    let folder = url.to_file_path().ok()?;
    let folder = if relative {
        folder.strip_prefix("/").ok()?.to_owned()
    } else {
        folder
    };
    (!folder.as_os_str().is_empty() && folder.parent().is_some()).then_some(folder)
}

fn server(text: &str, security: Security, usual_port: u16) -> Option<Server> {
    let url = Url::parse(text).ok()?;
    let host = url.host_str().filter(|host| !host.is_empty())?;
    let bare = matches!(url.path(), "" | "/") && url.query().is_none() && url.fragment().is_none();
    let credentials = match (url.username(), url.password()) {
        ("", None) => None,
        (user, Some(password)) if !user.is_empty() => {
            Some(Credentials::new(decoded(user)?, decoded(password)?))
        }
        _ => return None,
    };
    bare.then(|| Server {
        host: host.trim_matches(['[', ']']).to_owned(),
        port: url.port().unwrap_or(usual_port),
        security,
        credentials,
    })
}

fn decoded(text: &str) -> Option<String> {
    Some(percent_decode_str(text).decode_utf8().ok()?.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn servers_are_read_with_their_usual_ports() {
        for (text, host, port, security) in [
            ("smtp://localhost:1025", "localhost", 1025, Security::None),
            (
                "smtp://mail.example.ac.tz",
                "mail.example.ac.tz",
                25,
                Security::None,
            ),
            ("smtp://127.0.0.1:2525/", "127.0.0.1", 2525, Security::None),
            ("smtp://[::1]:2525", "::1", 2525, Security::None),
            (
                "smtps://mail.example.ac.tz",
                "mail.example.ac.tz",
                465,
                Security::Tls,
            ),
            (
                "smtp+starttls://mail.example.ac.tz",
                "mail.example.ac.tz",
                587,
                Security::StartTls,
            ),
            (
                "smtp+starttls://mail.example.ac.tz:25",
                "mail.example.ac.tz",
                25,
                Security::StartTls,
            ),
        ] {
            let server = Server {
                host: host.to_owned(),
                port,
                security,
                credentials: None,
            };
            assert_eq!(Address::parse(text), Ok(Address::Server(server)), "{text}");
        }
    }

    #[test]
    fn user_and_password_are_read_and_never_shown() {
        let read = Address::parse("smtps://ipt%40example.com:p%3Ass%2Fw%20rd@mail.example.com").unwrap();
        let Address::Server(server) = &read else {
            panic!("a server")
        };
        let expected = Credentials::new("ipt@example.com".to_owned(), "p:ss/w rd".to_owned());
        assert_eq!(server.credentials, Some(expected));
        let shown = format!("{read:?}");
        assert!(!shown.contains("ss/w") && !shown.contains("ss%2Fw"), "{shown}");
    }

    #[test]
    fn folders_are_read_absolute_and_relative() {
        for (text, path) in [
            ("file:///var/lib/ipt/mail", "/var/lib/ipt/mail"),
            ("file://data/mail", "data/mail"),
            ("file://localhost/srv/my%20mail", "/srv/my mail"),
        ] {
            assert_eq!(Address::parse(text), Ok(Address::Folder(path.into())), "{text}");
        }
    }

    #[test]
    fn other_addresses_are_refused_and_not_repeated() {
        for text in [
            "",
            "mail.example.com",
            "mail.example.com:25",
            "http://mail.example.com",
            "smtp://",
            "smtp:///x",
            "smtp://a:b",
            "smtp://user@host",
            "smtp://:secret@host",
            "smtps://user:secret@host/path",
            "smtps://user:secret@host?tls=none",
            "smtps://user:%ff@host",
            "file:",
            "file://",
            "file:///",
            "file:///a?secret",
            "sendmail://x",
        ] {
            assert_eq!(Address::parse(text), Err(AddressError), "{text}");
        }
        assert!(!AddressError.to_string().contains("secret"));
    }
}
