//! One rule of a style: what all of them have in common, and what it looks for.

use super::action::Action;
use super::fields::{Fields, INVALID};
use super::points::{self, Frame, Point, Surroundings};
use super::scope::{Scope, is_idle, problem};
use super::yaml::{Data, parse};
use crate::finding::{Finding, Level, Span};

/// A rule of a style, ready to look.
#[derive(Debug)]
pub(super) struct Rule {
    pub(super) about: About,
    pub(super) scope: Scope,
    pub(super) action: Action,
    /// How often it is told of one article; as often as it is found for 0.
    pub(super) limit: usize,
    pub(super) point: Box<dyn Point>,
}

/// What a rule's file says of the rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    /// Its name: `Google.Passive`.
    pub name: String,
    /// Its message, with `%s` where words are put in.
    pub message: String,
    /// Why it says so.
    pub description: Option<String>,
    /// Where more is said.
    pub link: Option<String>,
    /// What it weighs.
    pub level: Level,
    /// What it extends: `existence`, `substitution`.
    pub extends: String,
    /// Its file below the newsroom; none for a rule that needs none.
    pub path: Option<String>,
}

impl Rule {
    pub(super) fn frame(&self) -> Frame<'_> {
        Frame { rule: &self.about.name, message: &self.about.message, action: &self.action }
    }
}

/// Reads a rule's file. The findings say what is wrong with it and what is not done; without a rule it is not used.
pub(super) fn read(text: &str, path: Option<&str>, around: &Surroundings<'_>) -> (Option<Rule>, Vec<Finding>) {
    let node = match parse(text) {
        Ok(node) => node,
        Err(unreadable) => {
            return (None, vec![Finding::new(INVALID, Level::Error, unreadable.why).at(unreadable.span)]);
        }
    };
    let Data::Table(entries) = &node.data else {
        return (
            None,
            vec![Finding::new(INVALID, Level::Error, "this is not a list of keys with values").at(node.span)],
        );
    };
    let fields = Fields::new(entries);
    let about = about(&fields, path, around.name);
    let selectors = fields.texts("scope");
    for (selector, span) in &selectors {
        if let Some(why) = problem(selector) {
            fields.wrong(*span, why);
        } else if is_idle(selector) {
            fields.unsupported(*span, format!("no part of an article is `{selector}`, so nothing is read for it"));
        }
    }
    let scope =
        if selectors.is_empty() { Scope::of(["text"]) } else { Scope::of(selectors.iter().map(|(one, _)| *one)) };
    let (limit, action) = (fields.count("limit"), Action::read(&fields));
    fields.text("name");
    if fields.truth("code", false) {
        fields.unsupported(fields.span("code"), "`code` does nothing: write `scope: raw`, and code is read");
    }
    let point = points::read(&fields, around);
    if point.is_none() {
        // What the other keys of such a rule mean is not known here.
        let findings = fields.found();
        return (None, findings);
    }
    let failed = fields.has_failed();
    let findings = fields.finish();
    let rule = point.zip(about).filter(|_| !failed).map(|(point, about)| {
        let scope = point.scope().unwrap_or(scope);
        Rule { about, scope, action, limit, point }
    });
    (rule, findings)
}

/// What a rule's file says of the rule, whether it can be used or not.
pub(super) fn overview(text: &str, path: Option<&str>, name: &str) -> Option<About> {
    let node = parse(text).ok()?;
    let Data::Table(entries) = &node.data else { return None };
    about(&Fields::new(entries), path, name)
}

/// What a rule's file says of the rule; none, and a finding, when the least is missing.
fn about(fields: &Fields<'_>, path: Option<&str>, name: &str) -> Option<About> {
    let level = match fields.text("level") {
        None | Some("warning") => Level::Warning,
        Some("suggestion") => Level::Note,
        Some("error") => Level::Error,
        Some(other) => {
            let message = format!("`level` must be one of `suggestion`, `warning`, `error`, not `{other}`");
            fields.wrong(fields.span("level"), message);
            Level::Warning
        }
    };
    let (extends, message) = (fields.text("extends"), fields.text("message"));
    for (key, value) in [("extends", extends), ("message", message)] {
        if value.is_none() {
            fields.wrong(Span::at(0), format!("the key `{key}` is missing"));
        }
    }
    let text = |key| fields.text(key).filter(|text| !text.trim().is_empty()).map(str::to_owned);
    let (description, link) = (text("description"), text("link"));
    Some(About {
        name: name.to_owned(),
        message: message?.to_owned(),
        description,
        link,
        level,
        extends: extends?.to_owned(),
        path: path.map(|path| format!("styles/{path}")),
    })
}
