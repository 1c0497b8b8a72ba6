//! Reading the layers, and saying what is wrong and where.

use std::path::{Path, PathBuf};

use config::{Config, File, FileFormat, Map, Source, Value, ValueKind};

use super::{
    Configuration,
    keys::{KEYS, nearest},
};

/// Where settings come from.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sources {
    /// The file named by `--config`; without it, `ipt.toml` in the working folder if there is one.
    pub(crate) file: Option<PathBuf>,
    /// The environment.
    pub(crate) environment: Vec<(String, String)>,
    /// Flags, by key.
    pub(crate) flags: Vec<(&'static str, String)>,
}

/// What is wrong with the settings.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ConfigurationError {
    /// The file cannot be read or is no TOML.
    #[error("{}: {problem}", file.display())]
    File {
        /// The file.
        file: PathBuf,
        /// What is wrong with it.
        problem: String,
    },
    /// A key of the file is none of ours.
    #[error("{}: there is no setting {key}{}", file.display(), hint(suggestion.as_ref()))]
    UnknownKey {
        /// The file.
        file: PathBuf,
        /// The key.
        key: String,
        /// The key that was probably meant.
        suggestion: Option<String>,
    },
    /// A variable of our form is none of ours.
    #[error("the environment variable {variable} is no setting{}", hint(suggestion.as_ref()))]
    UnknownVariable {
        /// The variable.
        variable: String,
        /// The variable that was probably meant.
        suggestion: Option<String>,
    },
    /// A value is not of the form that its key takes.
    #[error("{0}")]
    Value(String),
}

/// The environment of the process. Variables that are no text are none of ours.
#[expect(
    clippy::disallowed_methods,
    reason = "this is the one place where the environment enters"
)]
pub(crate) fn environment() -> Vec<(String, String)> {
    std::env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
        .collect()
}

/// The question after the fact.
fn hint(suggestion: Option<&String>) -> String {
    suggestion.map_or_else(String::new, |name| format!("; did you mean {name}?"))
}

/// Reads the settings.
///
/// # Errors
/// [`ConfigurationError`], naming the file or variable and the key.
pub(crate) fn load(sources: &Sources) -> Result<Configuration, ConfigurationError> {
    let mut builder = Config::builder();
    for key in KEYS {
        if let Some(default) = key.default {
            builder = builder
                .set_default(key.path, default)
                .map_err(|error| value_error(&error))?;
        }
    }
    if let Some(file) = file(sources)? {
        check_file(&file)?;
        builder = builder.add_source(File::from(file.as_path()).format(FileFormat::Toml));
    }
    if let Some((_, url)) = sources
        .environment
        .iter()
        .find(|(name, _)| name == "DATABASE_URL")
    {
        builder = builder.add_source(Layer::of("DATABASE_URL", "database.url", url));
    }
    for (variable, value) in &sources.environment {
        if let Some(path) = path_of(variable)? {
            builder = builder.add_source(Layer::of(variable, path, value));
        }
    }
    for (path, value) in &sources.flags {
        builder = builder.add_source(Layer::of("a flag", path, value));
    }
    builder
        .build()
        .and_then(Config::try_deserialize)
        .map_err(|error| value_error(&error))
}

/// The file to read, if any.
fn file(sources: &Sources) -> Result<Option<PathBuf>, ConfigurationError> {
    let usual = || Some(PathBuf::from("ipt.toml")).filter(|file| file.exists());
    match &sources.file {
        Some(file) if !file.exists() => Err(ConfigurationError::File {
            file: file.clone(),
            problem: "there is no such file".to_owned(),
        }),
        Some(file) => Ok(Some(file.clone())),
        None => Ok(usual()),
    }
}

/// Refuses keys of the file that are none of ours.
fn check_file(file: &Path) -> Result<(), ConfigurationError> {
    let problem = |error: config::ConfigError| ConfigurationError::File {
        file: file.to_owned(),
        problem: error.to_string(),
    };
    let sections = File::from(file)
        .format(FileFormat::Toml)
        .collect()
        .map_err(problem)?;
    for (section, value) in sections {
        let keys = match value.kind {
            ValueKind::Table(table) => table
                .into_keys()
                .map(|name| format!("{section}.{name}"))
                .collect(),
            _ => vec![section],
        };
        for key in keys {
            if !KEYS.iter().any(|known| known.path == key) {
                let suggestion = nearest(&key, |known| known.path.to_owned());
                return Err(ConfigurationError::UnknownKey {
                    file: file.to_owned(),
                    key,
                    suggestion,
                });
            }
        }
    }
    Ok(())
}

/// The key that a variable sets. Variables that are not of the form `IPT_SECTION__KEY` are none of ours.
fn path_of(variable: &str) -> Result<Option<&'static str>, ConfigurationError> {
    if !variable.starts_with("IPT_") || !variable.contains("__") {
        return Ok(None);
    }
    match KEYS.iter().find(|key| key.variable() == variable) {
        Some(key) => Ok(Some(key.path)),
        None => Err(ConfigurationError::UnknownVariable {
            variable: variable.to_owned(),
            suggestion: nearest(variable, super::keys::Key::variable),
        }),
    }
}

/// One value from one place, which is named when the value is wrong.
#[derive(Clone, Debug)]
struct Layer {
    origin: String,
    section: &'static str,
    name: &'static str,
    value: String,
}

impl Layer {
    fn of(origin: &str, path: &'static str, value: &str) -> Self {
        let (section, name) = path.split_once('.').unwrap_or((path, ""));
        Self {
            origin: origin.to_owned(),
            section,
            name,
            value: value.to_owned(),
        }
    }
}

impl Source for Layer {
    fn clone_into_box(&self) -> Box<dyn Source + Send + Sync> {
        Box::new(self.clone())
    }

    fn collect(&self) -> Result<Map<String, Value>, config::ConfigError> {
        let value = Value::new(Some(&self.origin), ValueKind::String(self.value.clone()));
        let table = Map::from_iter([(self.name.to_owned(), value)]);
        Ok(Map::from_iter([(
            self.section.to_owned(),
            Value::new(Some(&self.origin), ValueKind::Table(table)),
        )]))
    }
}

/// The error of a value; the library names the key and, where it knows, the origin.
fn value_error(error: &config::ConfigError) -> ConfigurationError {
    ConfigurationError::Value(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(environment: &[(&str, &str)]) -> Result<Configuration, ConfigurationError> {
        let environment = environment
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        load(&Sources {
            environment,
            ..Sources::default()
        })
    }

    fn with_file(text: &str) -> Result<Configuration, ConfigurationError> {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("ipt.toml");
        std::fs::write(&file, text).unwrap();
        load(&Sources {
            file: Some(file),
            ..Sources::default()
        })
    }

    #[test]
    fn without_any_setting_the_defaults_hold() {
        let configuration = with(&[]).unwrap();
        assert_eq!(configuration.server.listen.port(), 8000);
        assert_eq!(configuration.public_url(), "http://127.0.0.1:8000");
        assert_eq!(configuration.rate_limit.requests_per_minute.get(), 120);
    }

    #[test]
    fn the_environment_stands_above_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("other.toml");
        std::fs::write(
            &file,
            "[server]\nlisten = \"127.0.0.1:9000\"\n[log]\nformat = \"json\"\n",
        )
        .unwrap();
        let environment = vec![("IPT_SERVER__LISTEN".to_owned(), "127.0.0.1:9001".to_owned())];
        let configuration = load(&Sources {
            file: Some(file),
            environment,
            flags: Vec::new(),
        })
        .unwrap();
        assert_eq!(configuration.server.listen.port(), 9001);
        assert_eq!(configuration.log.format, super::super::LogFormat::Json);
    }

    #[test]
    fn a_flag_stands_above_everything() {
        let environment = vec![("IPT_LOG__FORMAT".to_owned(), "pretty".to_owned())];
        let flags = vec![("log.format", "json".to_owned())];
        let configuration = load(&Sources {
            file: None,
            environment,
            flags,
        })
        .unwrap();
        assert_eq!(configuration.log.format, super::super::LogFormat::Json);
    }

    #[test]
    fn a_misspelt_variable_is_named_with_the_one_that_was_meant() {
        let error = with(&[("IPT_SERVER__LISTNE", "127.0.0.1:1")])
            .unwrap_err()
            .to_string();
        assert!(
            error.contains("IPT_SERVER__LISTNE") && error.contains("did you mean IPT_SERVER__LISTEN?"),
            "{error}"
        );
    }

    #[test]
    fn a_variable_of_another_form_is_none_of_ours() {
        assert!(with(&[("IPT_TEST_POSTGRES_URL", "postgres://localhost")]).is_ok());
    }

    #[test]
    fn an_unknown_key_in_the_file_is_named() {
        let error = with_file("[server]\nlisten_on = \"127.0.0.1:1\"\n")
            .unwrap_err()
            .to_string();
        assert!(
            error.contains("ipt.toml") && error.contains("server.listen_on"),
            "{error}"
        );
    }

    #[test]
    fn an_unknown_section_in_the_file_is_named() {
        let error = with_file("[sever]\nlisten = \"127.0.0.1:1\"\n")
            .unwrap_err()
            .to_string();
        assert!(
            error.contains("sever.listen") && error.contains("did you mean server.listen?"),
            "{error}"
        );
    }

    #[test]
    fn a_value_of_another_form_is_refused_with_its_key_and_origin() {
        let error = with(&[("IPT_RATE_LIMIT__REQUESTS_PER_MINUTE", "many")])
            .unwrap_err()
            .to_string();
        assert!(error.contains("requests_per_minute"), "{error}");
        assert!(error.contains("IPT_RATE_LIMIT__REQUESTS_PER_MINUTE"), "{error}");
    }

    #[test]
    fn several_values_are_a_list_in_the_file_and_stand_between_commas_in_the_environment() {
        let expected = ["old.pem", "next.pem"].map(PathBuf::from);
        let listed = with_file("[auth]\naccepted_key_files = [\"old.pem\", \"next.pem\"]\n").unwrap();
        assert_eq!(listed.auth.accepted_key_files, expected);
        let listed = with(&[("IPT_AUTH__ACCEPTED_KEY_FILES", " old.pem, next.pem,")]).unwrap();
        assert_eq!(listed.auth.accepted_key_files, expected);
        assert!(with(&[]).unwrap().auth.accepted_key_files.is_empty());
        let none = with(&[("IPT_AUTH__ACCEPTED_KEY_FILES", "")]).unwrap();
        assert!(none.auth.accepted_key_files.is_empty());
    }

    #[test]
    fn proxies_and_origins_are_read_and_a_wrong_one_is_named() {
        let configuration = with(&[
            ("IPT_SERVER__TRUSTED_PROXIES", "10.0.0.0/8, ::1"),
            (
                "IPT_SERVER__CORS_ORIGINS",
                "https://app.example.org,http://localhost:5173",
            ),
        ])
        .unwrap();
        assert_eq!(configuration.server.trusted_proxies.len(), 2);
        assert_eq!(configuration.server.cors_origins.len(), 2);
        for (variable, value, key) in [
            (
                "IPT_SERVER__TRUSTED_PROXIES",
                "10.0.0.0/8,proxy",
                "trusted_proxies",
            ),
            ("IPT_SERVER__CORS_ORIGINS", "*", "cors_origins"),
            (
                "IPT_SERVER__CORS_ORIGINS",
                "https://app.example.org/",
                "cors_origins",
            ),
        ] {
            let error = with(&[(variable, value)]).unwrap_err().to_string();
            let wrong = value.rsplit(',').next().unwrap();
            assert!(error.contains(key) && error.contains(wrong), "{error}");
        }
    }

    #[test]
    fn the_plain_database_url_is_read_and_our_own_stands_above_it() {
        use secrecy::ExposeSecret;
        let plain = with(&[("DATABASE_URL", "postgres://plain")]).unwrap();
        assert_eq!(plain.database.url.expose_secret(), "postgres://plain");
        let both = with(&[
            ("DATABASE_URL", "postgres://plain"),
            ("IPT_DATABASE__URL", "postgres://ours"),
        ])
        .unwrap();
        assert_eq!(both.database.url.expose_secret(), "postgres://ours");
    }

    #[test]
    fn a_printed_configuration_shows_no_secret() {
        let configuration = with(&[("IPT_DATABASE__URL", "postgres://ipt:hunter2@db/ipt")]).unwrap();
        assert!(!format!("{configuration:?}").contains("hunter2"));
    }
}
