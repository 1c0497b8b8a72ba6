//! The address of a store, as an operator writes it.

use std::path::PathBuf;

use url::Url;

/// Where attachments lie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Address {
    /// A folder on disk.
    Folder(PathBuf),
    /// A bucket, and the folder in it (empty: none).
    Bucket {
        /// The bucket's name.
        bucket: String,
        /// What the names of all objects begin with, without slashes around it.
        prefix: String,
    },
}

impl Address {
    /// Reads `file:///folder`, `file://folder` (below the working folder) or `s3://bucket/prefix`.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        match text.split_once("://")? {
            ("file", path) => folder(path).map(Self::Folder),
            ("s3", _) => bucket(&Url::parse(text).ok()?),
            _ => None,
        }
    }
}

/// The folder of a `file` address; `%20` and the like stand for the letters they name.
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

fn bucket(url: &Url) -> Option<Address> {
    let plain = url.username().is_empty() && url.password().is_none() && url.port().is_none();
    let bucket = url
        .host_str()
        .filter(|_| plain && url.query().is_none() && url.fragment().is_none())?;
    Some(Address::Bucket {
        bucket: bucket.to_owned(),
        prefix: url.path().trim_matches('/').to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_are_read_absolute_and_relative() {
        for (text, path) in [
            ("file:///var/lib/ipt/files", "/var/lib/ipt/files"),
            ("file:///var/lib/ipt/", "/var/lib/ipt/"),
            ("file://localhost/var/lib", "/var/lib"),
            ("file:///srv/my%20files", "/srv/my files"),
            ("file://data/Files", "data/Files"),
            ("file://localhosts/x", "localhosts/x"),
        ] {
            assert_eq!(Address::parse(text), Some(Address::Folder(path.into())), "{text}");
        }
    }

    #[test]
    fn buckets_are_read_with_their_prefix() {
        for (text, bucket, prefix) in [
            ("s3://attachments", "attachments", ""),
            ("s3://attachments/", "attachments", ""),
            ("s3://my.attachments/ipt/live/", "my.attachments", "ipt/live"),
        ] {
            let expected = Address::Bucket {
                bucket: bucket.to_owned(),
                prefix: prefix.to_owned(),
            };
            assert_eq!(Address::parse(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn other_addresses_are_refused() {
        for text in [
            "",
            "data/files",
            "/var/lib",
            "file:",
            "file://",
            "file:///",
            "file:///a?b",
            "file:///a#b",
            "memory://",
            "http://a/b",
            "s3://",
            "s3:///x",
            "s3://key:secret@bucket/x",
            "s3://bucket:9000/x",
            "s3://bucket?region=x",
            "gs://bucket",
        ] {
            assert_eq!(Address::parse(text), None, "{text}");
        }
    }
}
