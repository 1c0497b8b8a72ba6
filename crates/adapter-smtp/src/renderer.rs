//! The port `MailRenderer`.

use ipt_ports::mailer::{Letterhead, MailContent, MailError, MailRenderer, RenderedMail};
use minijinja::{
    AutoEscape, Environment, UndefinedBehavior, context,
    syntax::SyntaxConfig,
    value::{Serde, Value},
};
use serde_json::json;

use crate::{
    catalogue::{LANGUAGES, LAYOUT, Language, PARTS, SIGNATURE},
    one_line::one_line,
};

mod filters;

/// What separates the three parts of a template.
const BETWEEN: &str = "\n---\n";

/// The names under which the rules speak of the words that go with a decision.
const REMARKS: [&str; 3] = ["comments", "reason", "note"];

/// Renders mails from the templates in `templates/`. Values are escaped in the HTML; one that is missing, or that is
/// printed although it is null, is an error.
#[derive(Debug)]
pub struct TemplateRenderer(Environment<'static>);

impl TemplateRenderer {
    /// Reads all templates.
    ///
    /// # Errors
    /// [`MailError::Malformed`] for one with a mistake in it; a test renders each of them.
    pub fn new() -> Result<Self, MailError> {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_auto_escape_callback(|name| {
            let html = name.rsplit('.').next() == Some("html");
            if html { AutoEscape::Html } else { AutoEscape::None }
        });
        let syntax = SyntaxConfig::builder()
            .trim_blocks(true)
            .lstrip_blocks(true)
            .build();
        environment.set_syntax(syntax.map_err(malformed)?);
        filters::add(&mut environment);
        let mut add = |name: String, source: &'static str| {
            environment.add_template_owned(name, source).map_err(malformed)
        };
        add("layout.html".to_owned(), LAYOUT)?;
        add("parts.html".to_owned(), PARTS)?;
        add("signature.txt".to_owned(), SIGNATURE)?;
        for Language { tag, templates, .. } in LANGUAGES {
            for (name, source) in templates {
                let (subject, rest) = source.split_once(BETWEEN).ok_or_else(|| malformed(Parts(name)))?;
                let (text, html) = rest.split_once(BETWEEN).ok_or_else(|| malformed(Parts(name)))?;
                add(format!("{tag}/{name}.subject"), subject)?;
                add(format!("{tag}/{name}.txt"), text)?;
                add(format!("{tag}/{name}.html"), html)?;
            }
        }
        Ok(Self(environment))
    }

    fn part(&self, name: &str, values: &Value) -> Result<String, MailError> {
        self.0
            .get_template(name)
            .and_then(|template| template.render(values))
            .map_err(malformed)
    }
}

impl MailRenderer for TemplateRenderer {
    fn render(&self, content: &MailContent) -> Result<RenderedMail, MailError> {
        let Language { tag, footer, .. } = language(&content.language);
        let brand = brand(&content.letterhead);
        let values = Value::from(Serde(with_remark(&content.values, &brand)));
        let name = format!("{tag}/{}", content.template);
        let subject = one_line(&self.part(&format!("{name}.subject"), &values)?);
        let text = paragraphs(&self.part(&format!("{name}.txt"), &values)?);
        let text = format!("{text}{}", self.part("signature.txt", &values)?);
        let body = self.part(&format!("{name}.html"), &values)?;
        let html = context! { language => *tag, subject => subject.as_str(), footer => *footer, brand => Value::from(Serde(brand)), body => Value::from_safe_string(body) };
        let html = self.part("layout.html", &html)?;
        Ok(RenderedMail { subject, text, html })
    }
}

/// The catalogue for a language; `sw-TZ` is served by `sw`, one without a catalogue by English.
fn language(tag: &str) -> &'static Language {
    let primary = tag.split(['-', '_']).next().unwrap_or_default();
    let known = LANGUAGES
        .iter()
        .find(|language| language.tag.eq_ignore_ascii_case(primary));
    known.unwrap_or(&LANGUAGES[0])
}

/// The colour of buttons, and of the text upon them, where no institution has others.
const COLOURS: (&str, &str) = ("#0b5cab", "#ffffff");

/// What the templates know of the institution in whose name a mail is written.
fn brand(letterhead: &Letterhead) -> serde_json::Value {
    let Letterhead {
        display_name,
        colours,
        logo_text,
        logo_url,
    } = letterhead;
    let (colour, ink) = colours
        .as_ref()
        .map_or(COLOURS, |(colour, ink)| (colour.as_str(), ink.as_str()));
    json!({
        "display_name": display_name, "colour": colour, "ink": ink, "logo_text": logo_text, "logo_url": logo_url,
    })
}

/// The values, with the words that go with a decision as `remark` whatever name they came under (null without any), and the
/// institution as `brand`.
fn with_remark(values: &serde_json::Value, brand: &serde_json::Value) -> serde_json::Value {
    let remark = REMARKS
        .iter()
        .filter_map(|name| values.get(name))
        .find(|value| !value.is_null());
    let remark = remark.cloned().unwrap_or_default();
    let mut values = values.clone();
    if let Some(values) = values.as_object_mut() {
        values.insert("remark".to_owned(), remark);
        values.insert("brand".to_owned(), brand.clone());
    }
    values
}

/// Text with one empty line between paragraphs, however many the template's conditions leave.
fn paragraphs(text: &str) -> String {
    let mut kept = String::new();
    let mut empty = 0;
    for line in text.trim().lines().map(str::trim_end) {
        empty = if line.is_empty() { empty + 1 } else { 0 };
        if empty < 2 {
            kept.push_str(line);
            kept.push('\n');
        }
    }
    kept
}

/// A template without its three parts.
#[derive(Debug, thiserror::Error)]
#[error("the template {0} does not have its three parts")]
struct Parts(&'static str);

fn malformed(error: impl std::error::Error + Send + Sync + 'static) -> MailError {
    MailError::Malformed(Box::new(error))
}

#[cfg(test)]
mod tests;
