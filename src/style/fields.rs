//! Reading a rule's file key by key: a key is known because something asked for it, and every wrong value is a finding.

use std::cell::RefCell;

use super::yaml::{Data, Entry, Node};
use crate::finding::{Finding, Level, Span, nearest};

/// The name of what is found in a file of `styles/` that cannot be used as it is.
pub(super) const INVALID: &str = "style-invalid";
/// The name of what is found in such a file that desk cannot do.
pub(super) const UNSUPPORTED: &str = "style-unsupported";

/// The keys of one file.
pub(super) struct Fields<'a> {
    entries: &'a [Entry],
    asked: RefCell<Vec<&'static str>>,
    findings: RefCell<Vec<Finding>>,
}

impl<'a> Fields<'a> {
    pub(super) fn new(entries: &'a [Entry]) -> Self {
        Self { entries, asked: RefCell::default(), findings: RefCell::default() }
    }

    /// The entry of a key; upper and lower case are one. Of two with one name the last counts.
    fn entry(&self, key: &'static str) -> Option<&'a Entry> {
        self.asked.borrow_mut().push(key);
        self.entries.iter().rev().find(|entry| entry.key.eq_ignore_ascii_case(key))
    }

    /// Where a key's value stands.
    pub(super) fn span(&self, key: &str) -> Span {
        let entry = self.entries.iter().rev().find(|entry| entry.key.eq_ignore_ascii_case(key));
        entry.map_or(Span::at(0), |entry| entry.value.span)
    }

    /// Says that something cannot be used.
    pub(super) fn wrong(&self, span: Span, message: impl Into<String>) {
        self.findings.borrow_mut().push(Finding::new(INVALID, Level::Error, message).at(span));
    }

    /// Says that something is not done.
    pub(super) fn unsupported(&self, span: Span, message: impl Into<String>) {
        self.findings.borrow_mut().push(Finding::new(UNSUPPORTED, Level::Warning, message).at(span));
    }

    /// Whether anything was found that makes the rule unusable.
    pub(super) fn has_failed(&self) -> bool {
        self.findings.borrow().iter().any(|finding| finding.level == Level::Error)
    }

    pub(super) fn text(&self, key: &'static str) -> Option<&'a str> {
        let entry = self.entry(key)?;
        match &entry.value.data {
            Data::Text(text) => Some(text),
            _ => {
                self.wrong(entry.value.span, format!("`{key}` must be one text"));
                None
            }
        }
    }

    /// A truth value; a missing one is `default`.
    pub(super) fn truth(&self, key: &'static str, default: bool) -> bool {
        let Some(text) = self.text(key) else { return default };
        match text.to_ascii_lowercase().as_str() {
            "true" | "yes" | "on" | "1" => true,
            "false" | "no" | "off" | "0" | "" => false,
            _ => {
                self.wrong(self.span(key), format!("`{key}` must be `true` or `false`, not `{text}`"));
                default
            }
        }
    }

    /// A number; a missing one is none.
    pub(super) fn number(&self, key: &'static str) -> Option<f64> {
        let text = self.text(key)?;
        let number = text.trim().parse::<f64>().ok().filter(|number| number.is_finite());
        if number.is_none() {
            self.wrong(self.span(key), format!("`{key}` must be a number, not `{text}`"));
        }
        number
    }

    /// A whole number from nothing up; a missing one is none.
    pub(super) fn count(&self, key: &'static str) -> usize {
        let number = self.number(key).unwrap_or_default();
        if number < 0.0 { 0 } else { number as usize }
    }

    /// A list of texts, or one text alone.
    pub(super) fn texts(&self, key: &'static str) -> Vec<(&'a str, Span)> {
        let Some(entry) = self.entry(key) else { return Vec::new() };
        let text = |node: &'a Node| match &node.data {
            Data::Text(text) => Some((text.as_str(), node.span)),
            _ => {
                self.wrong(node.span, format!("`{key}` must be a list of texts"));
                None
            }
        };
        match &entry.value.data {
            Data::Text(empty) if empty.is_empty() => Vec::new(),
            Data::List(list) => list.iter().filter_map(text).collect(),
            _ => text(&entry.value).into_iter().collect(),
        }
    }

    /// A table of texts.
    pub(super) fn pairs(&self, key: &'static str) -> Vec<(&'a str, &'a str, Span)> {
        let Some(entry) = self.entry(key) else { return Vec::new() };
        let Data::Table(pairs) = &entry.value.data else {
            self.wrong(entry.value.span, format!("`{key}` must be a table of texts"));
            return Vec::new();
        };
        let pair = |entry: &'a Entry| match &entry.value.data {
            Data::Text(text) => Some((entry.key.as_str(), text.as_str(), entry.key_span)),
            _ => {
                self.wrong(entry.value.span, format!("`{}` must stand for one text", entry.key));
                None
            }
        };
        pairs.iter().filter_map(pair).collect()
    }

    /// The keys of a table inside; none when it is not given.
    pub(super) fn table(&self, key: &'static str) -> Option<Self> {
        let entry = self.entry(key)?;
        match &entry.value.data {
            Data::Table(entries) => Some(Self::new(entries)),
            _ => {
                self.wrong(entry.value.span, format!("`{key}` must be a table"));
                None
            }
        }
    }

    /// Takes over what was found inside.
    pub(super) fn absorb(&self, inner: Self) {
        self.findings.borrow_mut().extend(inner.finish());
    }

    /// What was found, the keys that nothing asked for left aside.
    pub(super) fn found(self) -> Vec<Finding> {
        self.findings.into_inner()
    }

    /// What was found, and the keys that nothing asked for.
    pub(super) fn finish(self) -> Vec<Finding> {
        let asked = self.asked.into_inner();
        let mut findings = self.findings.into_inner();
        for entry in self.entries {
            if !asked.iter().any(|key| entry.key.eq_ignore_ascii_case(key)) {
                let message = format!("`{}` means nothing in a rule of this kind", entry.key);
                let finding = Finding::new(UNSUPPORTED, Level::Warning, message).at(entry.key_span);
                findings.push(match nearest(&entry.key, asked.iter().copied()) {
                    Some(meant) => finding.help(format!("did you mean `{meant}`?")),
                    None => finding,
                });
            }
        }
        findings
    }
}
