//! The mails, rendered from the templates as they are.

use serde_json::Value as Json;

use super::*;

mod completeness;
mod hostile;
mod samples;
mod wording;

use samples::values;

fn renderer() -> TemplateRenderer {
    TemplateRenderer::new().unwrap()
}

fn render(template: &str, language: &str, values: &Json) -> Result<RenderedMail, MailError> {
    let content = MailContent {
        template: template.to_owned(),
        language: language.to_owned(),
        values: values.clone(),
        letterhead: Letterhead::default(),
    };
    renderer().render(&content)
}

/// As an institution with a look of its own has it.
fn render_for(letterhead: Letterhead, template: &str) -> RenderedMail {
    let content = MailContent {
        template: template.to_owned(),
        language: "en".to_owned(),
        values: values(template),
        letterhead,
    };
    renderer().render(&content).unwrap()
}

fn each() -> impl Iterator<Item = (&'static str, &'static str)> {
    LANGUAGES
        .iter()
        .flat_map(|language| language.templates.iter().map(|(name, _)| (language.tag, *name)))
}

fn with(values: &Json, name: &str, value: impl Into<Json>) -> Json {
    let mut values = values.clone();
    values[name] = value.into();
    values
}
