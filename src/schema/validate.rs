//! An article held against its schema.

use super::demand::{Demands, Writing, rank};
use super::place::Place;
use super::read::Schema;
use super::rules::{
    BODY_LENGTH, NOT_IN_LIST, OUT_OF_RANGE, REPEATED_ENTRY, TOO_LONG, TOO_SHORT, WRONG_FORM, WRONG_TYPE,
};
use super::words;
use crate::article::{Body, Data, Document, Stage, Value};
use crate::finding::{Edit, Finding, Level, Safety, Span};

impl Schema {
    /// What is wrong with an article that is to be at `stage`, in the order of its file. A draft is told what review
    /// and publication will demand ([`Finding::holds`]) and held to nothing but types and names. Of an article whose
    /// front matter could not be read nothing is said here.
    pub fn validate(&self, document: &Document, body: &Body, stage: Stage) -> Vec<Finding> {
        if !has_readable_front(document) {
            return Vec::new();
        }
        let mut findings = Vec::new();
        let instance = self.instance(document);
        if !self.validator.is_valid(&instance) {
            for error in self.validator.iter_errors(&instance) {
                findings.extend(words::findings(self, document, &error).into_iter().map(|one| softened(one, stage)));
            }
        }
        demanded(&self.demands, document, &Place::whole(document), &instance, stage, &mut findings);
        findings.extend(self.body_words(document, body, stage));
        findings.sort_by_key(|finding| finding.span);
        let mut told: Vec<Finding> = Vec::with_capacity(findings.len());
        for finding in findings {
            let same = |one: &&mut Finding| {
                (&one.rule, &one.message, one.span) == (&finding.rule, &finding.message, finding.span)
            };
            match told.iter_mut().rev().find(same) {
                Some(earlier) if earlier.level < finding.level => *earlier = finding,
                Some(_) => {}
                None => told.push(finding),
            }
        }
        told.into_iter().map(|finding| finding.in_file(document.path.as_str())).collect()
    }

    fn body_words(&self, document: &Document, body: &Body, stage: Stage) -> Option<Finding> {
        let wanted = self.words?;
        let count = body.words() as u64;
        let finding = |message: String, span: Span| {
            Some(due(Finding::new(BODY_LENGTH, Level::Error, message).at(span), wanted.from, stage))
        };
        let many = |count: u64| if count == 1 { "1 word".to_owned() } else { format!("{count} words") };
        match (wanted.minimum, wanted.maximum) {
            (Some(least), _) if count < least && count == 0 => {
                finding("the article has no body yet".to_owned(), Span::at(document.body.start))
            }
            (Some(least), _) if count < least => {
                finding(format!("the body has {}; {least} is the least", many(count)), document.body)
            }
            (_, Some(most)) if count > most => {
                let mut so_far = 0;
                let over = body.blocks.iter().find(|block| {
                    so_far += block.words() as u64;
                    so_far > most
                });
                let span = over.map_or(document.body, |block| block.span);
                finding(format!("the body has {}; {most} is the most", many(count)), span)
            }
            _ => None,
        }
    }
}

/// Whether there is front matter, and what it says is known.
fn has_readable_front(document: &Document) -> bool {
    let Some(span) = document.front_span else { return false };
    let blank = |line: &str| line.trim().is_empty() || line.trim_start().starts_with('#');
    !document.front.fields.is_empty() || document.text[span.range()].lines().all(blank)
}

/// Types and names hold from the first draft; lengths, lists and forms from review.
fn softened(finding: Finding, stage: Stage) -> Finding {
    let measured = [TOO_LONG, TOO_SHORT, NOT_IN_LIST, WRONG_FORM, OUT_OF_RANGE, REPEATED_ENTRY];
    if measured.contains(&finding.rule.as_str()) && rank(stage) < rank(Stage::Review) {
        return Finding { level: Level::Warning, holds: Some(Stage::Review.as_str()), ..finding };
    }
    finding
}

/// An error where `stage` has come to `from`, before that a note of what it will hold.
fn due(finding: Finding, from: Stage, stage: Stage) -> Finding {
    if rank(stage) >= rank(from) {
        return finding;
    }
    Finding { level: Level::Note, holds: Some(from.as_str()), ..finding }
}

/// What plain JSON Schema does not know: fields that a stage demands, and dates that stand in quotes.
fn demanded<'a>(
    demands: &Demands,
    document: &'a Document,
    place: &Place<'a>,
    instance: &serde_json::Value,
    stage: Stage,
    findings: &mut Vec<Finding>,
) {
    if place.value.is_none_or(|value| value.as_table().is_some()) {
        for (from, field) in &demands.required {
            if place.entry(document, field).is_none_or(|entry| is_empty(&entry.value)) {
                findings.push(due(words::missing(document, place, field), *from, stage));
            }
        }
    }
    if let (Some(writing), Some(value)) = (demands.writing, place.value) {
        findings.extend(written(writing, place, value));
    }
    for (name, below) in &demands.fields {
        if let (Some(field), Some(inner)) = (place.field(document, name), instance.get(name)) {
            demanded(below, document, &field, inner, stage, findings);
        }
    }
    if let (Some(below), Some(items)) = (&demands.items, instance.as_array()) {
        for (at, inner) in items.iter().enumerate() {
            if let Some(item) = place.item(at) {
                demanded(below, document, &item, inner, stage, findings);
            }
        }
    }
    for choice in &demands.choices {
        let branch = if choice.condition.is_valid(instance) { &choice.then } else { &choice.otherwise };
        demanded(branch, document, place, instance, stage, findings);
    }
}

/// What is empty is as good as missing.
fn is_empty(value: &Value) -> bool {
    match &value.data {
        Data::String(text) => text.trim().is_empty(),
        Data::Array(values) => values.iter().all(is_empty),
        _ => false,
    }
}

fn written(writing: Writing, place: &Place<'_>, value: &Value) -> Option<Finding> {
    let finding = |message: String| Finding::new(WRONG_TYPE, Level::Error, message).at(value.span);
    match (writing, &value.data) {
        (Writing::Text, Data::Datetime(date)) => {
            let quoted = format!("\"{date}\"");
            let finding = finding(format!("{} must be text in quotes, not a date", place.name));
            Some(finding.fix(Safety::Safe, vec![Edit::replace(value.span, quoted)]))
        }
        (Writing::Date, Data::String(text)) => {
            let finding = finding(format!("{} must be a date without quotes", place.name));
            let date = text.parse::<toml::value::Datetime>().ok();
            Some(match date {
                Some(date) => finding.fix(Safety::Safe, vec![Edit::replace(value.span, date.to_string())]),
                None => finding,
            })
        }
        _ => None,
    }
}
