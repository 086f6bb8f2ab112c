//! The templates, which are part of the program, and how text gets into them: always escaped.

use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Serde, Value};
use minijinja::{Environment, Error, Output, State};
use serde::Serialize;

/// The style of every page.
pub(super) const STYLE: &str = include_str!("templates/desk.css");

const TEMPLATES: &[(&str, &str)] = &[
    ("article.html", include_str!("templates/article.html")),
    ("corrections.html", include_str!("templates/corrections.html")),
    ("notes.html", include_str!("templates/notes.html")),
    ("base.html", include_str!("templates/base.html")),
    ("feed.xml", include_str!("templates/feed.xml")),
    ("figure.html", include_str!("templates/figure.html")),
    ("front.html", include_str!("templates/front.html")),
    ("item.html", include_str!("templates/item.html")),
    ("list.html", include_str!("templates/list.html")),
    ("missing.html", include_str!("templates/missing.html")),
    ("moved.html", include_str!("templates/moved.html")),
    ("notice.html", include_str!("templates/notice.html")),
    ("sitemap.xml", include_str!("templates/sitemap.xml")),
];

/// All templates, ready to fill in.
#[derive(Debug)]
pub(super) struct Templates(Environment<'static>);

impl Templates {
    pub(super) fn new() -> Self {
        let mut environment = Environment::new();
        let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).keep_trailing_newline(true).build();
        environment.set_syntax(syntax.expect("the usual marks"));
        environment.set_formatter(escape);
        for (name, text) in TEMPLATES {
            environment.add_template(name, text).expect("a template of ours is sound, as a test shows");
        }
        Self(environment)
    }

    /// Fills in template `name`.
    pub(super) fn fill(&self, name: &str, values: Value) -> String {
        let template = self.0.get_template(name).expect("named in the table");
        template.render(values).expect("a template of ours takes any text, as tests show")
    }
}

/// A value for a template. Its text is escaped when it is written.
pub(super) fn value<T: Serialize + ?Sized>(values: &T) -> Value {
    Value::from(Serde(values))
}

/// Writes `value` so that it stays text in HTML and in XML, in an element and in a quoted attribute. HTML that was made
/// safe before passes as it is.
fn escape(out: &mut Output<'_>, _: &mut State<'_, '_>, value: &Value) -> Result<(), Error> {
    if value.is_undefined() || value.is_none() {
        return Ok(());
    }
    if value.is_safe() {
        return Ok(out.write_str(value.as_str().unwrap_or_default())?);
    }
    let text = value.to_string();
    let mut rest = text.as_str();
    while let Some(at) = rest.find(['&', '<', '>', '"', '\'']) {
        out.write_str(&rest[..at])?;
        out.write_str(match rest.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            _ => "&#39;",
        })?;
        rest = &rest[at + 1..];
    }
    Ok(out.write_str(rest)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_template_is_in_the_table_and_sound() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/site/templates");
        let _templates = Templates::new();
        for (name, text) in TEMPLATES {
            assert!(!text.contains("safe"), "{name} must not switch escaping off ({folder})");
        }
    }
}
