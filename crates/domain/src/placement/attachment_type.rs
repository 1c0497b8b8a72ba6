//! Kinds of files that may come with a log.

/// A kind of file, told by its content. Its media type is what is stored and served.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
pub enum AttachmentType {
    /// PNG picture.
    Png,
    /// JPEG picture.
    Jpeg,
    /// WebP picture.
    Webp,
    /// GIF picture.
    Gif,
    /// PDF document.
    Pdf,
    /// Plain text.
    Text,
    /// Comma-separated values.
    Csv,
    /// Word document.
    Docx,
    /// Excel workbook.
    Xlsx,
    /// `PowerPoint` presentation.
    Pptx,
    /// SVG drawing; never shown inline, for it can carry scripts.
    Svg,
    /// `AutoCAD` drawing.
    Dwg,
    /// Drawing exchange format.
    Dxf,
    /// ZIP archive.
    Zip,
}

impl AttachmentType {
    /// Every kind.
    pub const ALL: [Self; 14] = [
        Self::Png,
        Self::Jpeg,
        Self::Webp,
        Self::Gif,
        Self::Pdf,
        Self::Text,
        Self::Csv,
        Self::Docx,
        Self::Xlsx,
        Self::Pptx,
        Self::Svg,
        Self::Dwg,
        Self::Dxf,
        Self::Zip,
    ];

    /// The name in the contract.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Jpeg => "jpeg",
            Self::Webp => "webp",
            Self::Gif => "gif",
            Self::Pdf => "pdf",
            Self::Text => "text",
            Self::Csv => "csv",
            Self::Docx => "docx",
            Self::Xlsx => "xlsx",
            Self::Pptx => "pptx",
            Self::Svg => "svg",
            Self::Dwg => "dwg",
            Self::Dxf => "dxf",
            Self::Zip => "zip",
        }
    }

    /// The kind with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }

    /// The media type, as registered.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Webp => "image/webp",
            Self::Gif => "image/gif",
            Self::Pdf => "application/pdf",
            Self::Text => "text/plain",
            Self::Csv => "text/csv",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Pptx => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
            Self::Svg => "image/svg+xml",
            Self::Dwg => "image/vnd.dwg",
            Self::Dxf => "image/vnd.dxf",
            Self::Zip => "application/zip",
        }
    }

    /// How names of such files end, in lower case and without the dot; the usual one first.
    pub const fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Png => &["png"],
            Self::Jpeg => &["jpg", "jpeg"],
            Self::Webp => &["webp"],
            Self::Gif => &["gif"],
            Self::Pdf => &["pdf"],
            Self::Text => &["txt", "text", "md", "log", "csv", "tsv"],
            Self::Csv => &["csv", "tsv", "txt"],
            Self::Docx => &["docx"],
            Self::Xlsx => &["xlsx"],
            Self::Pptx => &["pptx"],
            Self::Svg => &["svg"],
            Self::Dwg => &["dwg"],
            Self::Dxf => &["dxf"],
            Self::Zip => &["zip"],
        }
    }

    /// The kind with this media type; letter case and parameters (`; charset=…`) do not count.
    pub fn from_media_type(media_type: &str) -> Option<Self> {
        let essence = media_type.split(';').next().unwrap_or_default().trim();
        Self::ALL
            .into_iter()
            .find(|kind| kind.media_type().eq_ignore_ascii_case(essence))
    }
}

impl std::fmt::Display for AttachmentType {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_is_found_by_its_name_and_by_its_media_type() {
        for kind in AttachmentType::ALL {
            assert_eq!(AttachmentType::from_name(kind.as_str()), Some(kind));
            assert_eq!(AttachmentType::from_media_type(kind.media_type()), Some(kind));
        }
        assert_eq!(
            AttachmentType::from_media_type("Text/Plain; charset=utf-8"),
            Some(AttachmentType::Text)
        );
    }

    #[test]
    fn each_kind_is_shown_by_its_name_and_has_an_ending_of_its_own() {
        let mut usual = std::collections::BTreeSet::new();
        for kind in AttachmentType::ALL {
            assert_eq!(kind.to_string(), kind.as_str());
            assert!(usual.insert(kind.endings()[0]), "{kind}");
        }
    }

    #[test]
    fn what_is_no_kind_is_none() {
        assert_eq!(AttachmentType::from_name("exe"), None);
        for other in ["", "text/html", "application/octet-stream", "image"] {
            assert_eq!(AttachmentType::from_media_type(other), None, "{other}");
        }
    }
}
