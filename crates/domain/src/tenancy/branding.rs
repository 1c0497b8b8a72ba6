//! How an institution shows itself in mails.

use std::fmt;

use crate::text::{self, TextError};

/// The longest name that a mail is headed with.
pub const MAX_DISPLAY_NAME: usize = 100;
/// The longest text that stands for a logo.
pub const MAX_LOGO_TEXT: usize = 40;
/// The longest address of a logo, in bytes.
const MAX_URL: usize = 500;

/// Why a colour is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a colour has the form #rrggbb, six hexadecimal digits")]
pub struct ColourError;

impl ColourError {
    /// The stable code.
    pub const fn code(&self) -> &'static str {
        "colour_invalid"
    }
}

/// A colour, as red, green and blue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Colour([u8; 3]);

impl Colour {
    /// Parses `#rrggbb`.
    ///
    /// # Errors
    /// When it has another form.
    pub fn parse(text: &str) -> Result<Self, ColourError> {
        let digits = text.strip_prefix('#').ok_or(ColourError)?;
        if digits.len() != 6 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(ColourError);
        }
        let channel = |at: usize| {
            let two = digits.get(at..at + 2).ok_or(ColourError)?;
            u8::from_str_radix(two, 16).map_err(|_| ColourError)
        };
        Ok(Self([channel(0)?, channel(2)?, channel(4)?]))
    }

    /// Black or white: in which of them text upon this colour is read more easily. By the weights of ITU-R BT.601.
    #[must_use]
    pub const fn ink(self) -> Self {
        let Self([red, green, blue]) = self;
        let brightness = 299 * red as u32 + 587 * green as u32 + 114 * blue as u32;
        if brightness < 150_000 {
            Self([255; 3])
        } else {
            Self([0; 3])
        }
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self([red, green, blue]) = self;
        write!(formatter, "#{red:02x}{green:02x}{blue:02x}")
    }
}

/// Why the address of a logo is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a logo has an address of the form https://host/path, in ASCII, with at most {MAX_URL} characters")]
pub struct LogoUrlError;

impl LogoUrlError {
    /// The stable code.
    pub const fn code(&self) -> &'static str {
        "logo_url_invalid"
    }
}

/// The address of a picture: `https` only, with a host of at least two labels, and neither user nor password in it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct LogoUrl(String);

impl LogoUrl {
    /// Parses an address, as it is: nothing is trimmed or encoded.
    ///
    /// # Errors
    /// When it has another form.
    pub fn parse(url: &str) -> Result<Self, LogoUrlError> {
        let rest = url.strip_prefix("https://").ok_or(LogoUrlError)?;
        let (host, _) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
        let (host, port) = host
            .split_once(':')
            .map_or((host, None), |(host, port)| (host, Some(port)));
        let is_fine = url.len() <= MAX_URL
            && is_host(host)
            && port.is_none_or(|port| port.parse::<u16>().is_ok_and(|port| port > 0))
            && rest.bytes().all(is_plain);
        if is_fine {
            Ok(Self(url.to_owned()))
        } else {
            Err(LogoUrlError)
        }
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What RFC 3986 lets stand in an address, but for the quotation mark of HTML's attributes.
const fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || matches!(
            byte,
            b'-' | b'.'
                | b'_'
                | b'~'
                | b':'
                | b'/'
                | b'?'
                | b'#'
                | b'%'
                | b'!'
                | b'$'
                | b'&'
                | b'('
                | b')'
                | b'*'
                | b'+'
                | b','
                | b';'
                | b'='
                | b'@'
        )
}

/// Two labels or more, of letters, digits and hyphens.
fn is_host(host: &str) -> bool {
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && label
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    host.contains('.') && host.split('.').all(is_label)
}

/// How an institution shows itself in mails; what is left out, the product's own look stands in for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Branding {
    /// The name at the head of a mail.
    pub display_name: Option<String>,
    /// The colour of the head and of buttons.
    pub colour: Option<Colour>,
    /// A short text in place of a logo, or for those whose program shows no pictures.
    pub logo_text: Option<String>,
    /// Where the picture of the logo lies.
    pub logo_url: Option<LogoUrl>,
}

impl Branding {
    /// Whether nothing is set.
    pub const fn is_plain(&self) -> bool {
        self.display_name.is_none()
            && self.colour.is_none()
            && self.logo_text.is_none()
            && self.logo_url.is_none()
    }
}

/// The name at the head of a mail: one line of 1 to [`MAX_DISPLAY_NAME`] characters.
///
/// # Errors
/// [`TextError`].
pub fn display_name(text: &str) -> Result<String, TextError> {
    text::name(text, MAX_DISPLAY_NAME)
}

/// The text that stands for a logo: one line of 1 to [`MAX_LOGO_TEXT`] characters.
///
/// # Errors
/// [`TextError`].
pub fn logo_text(text: &str) -> Result<String, TextError> {
    text::name(text, MAX_LOGO_TEXT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_is_six_hexadecimal_digits_behind_a_hash() {
        assert_eq!(Colour::parse("#0B5cAb").unwrap().to_string(), "#0b5cab");
        for wrong in [
            "",
            "#",
            "0b5cab",
            "#0b5ca",
            "#0b5cabf",
            "#0b5cag",
            "red",
            "#0b5c\u{e9}",
            "#+b5cab",
        ] {
            assert_eq!(Colour::parse(wrong), Err(ColourError), "{wrong}");
        }
    }

    #[test]
    fn text_on_a_dark_colour_is_white_and_on_a_light_one_black() {
        for (colour, ink) in [
            ("#000000", "#ffffff"),
            ("#0b5cab", "#ffffff"),
            ("#ffff00", "#000000"),
            ("#ffffff", "#000000"),
        ] {
            assert_eq!(Colour::parse(colour).unwrap().ink().to_string(), ink, "{colour}");
        }
    }

    #[test]
    fn a_logo_lies_at_an_https_address_and_nowhere_else() {
        for fine in [
            "https://www.udsm.ac.tz/logo.png",
            "https://cdn.example.org:8443/a%20b.svg?v=2#x",
            "https://udsm.ac.tz",
        ] {
            assert_eq!(LogoUrl::parse(fine).unwrap().as_str(), fine);
        }
        for wrong in [
            "",
            "http://udsm.ac.tz/logo.png",
            "HTTPS://udsm.ac.tz/logo.png",
            "//udsm.ac.tz/logo.png",
            "javascript:alert(1)",
            "data:image/png;base64,AAAA",
            "https://",
            "https:///logo.png",
            "https://localhost/logo.png",
            "https://user:secret@udsm.ac.tz/logo.png",
            "https://udsm.ac.tz:0/logo.png",
            "https://udsm.ac.tz:99999/logo.png",
            "https://udsm.ac.tz/\"onerror=\"alert(1)",
            "https://udsm.ac.tz/'x",
            "https://udsm.ac.tz/a b",
            "https://udsm.ac.tz/<b>",
            "https://udsm.ac.tz/\u{202e}",
            "https://udsm.ac.tz/a\nb",
            " https://udsm.ac.tz/logo.png",
        ] {
            assert_eq!(LogoUrl::parse(wrong), Err(LogoUrlError), "{wrong}");
        }
        let long = format!("https://udsm.ac.tz/{}", "a".repeat(500));
        assert_eq!(LogoUrl::parse(&long), Err(LogoUrlError));
    }
}
