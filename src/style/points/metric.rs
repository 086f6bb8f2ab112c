//! `metric`: a formula over the whole article; `readability`: five formulas that everybody knows.

use super::{Chunk, Frame, Hit, Memory, Point, Surroundings};
use crate::style::fields::Fields;
use crate::style::formula::{Value, value};
use crate::style::pattern::{Exhausted, Pattern};
use crate::style::scope::Scope;
use crate::style::statistics::Statistics;

#[derive(Debug)]
struct Metric {
    formula: String,
    condition: String,
}

/// The grades that `readability` knows, with their formulas.
const GRADES: [(&str, &str); 5] = [
    ("SMOG", "1.0430 * math.sqrt(polysyllabic_words * 30.0 / sentences) + 3.1291"),
    ("Gunning Fog", "0.4 * (words / sentences + 100.0 * complex_words / words)"),
    ("Coleman-Liau", "0.0588 * (characters / words) * 100 - 0.296 * (sentences / words) * 100 - 15.8"),
    ("Flesch-Kincaid", "0.39 * words / sentences + 11.8 * syllables / words - 15.59"),
    ("Automated Readability", "4.71 * (characters / words) + 0.5 * (words / sentences) - 21.43"),
];

pub(super) fn read(fields: &Fields<'_>, _: &Surroundings<'_>) -> Option<Box<dyn Point>> {
    let formula = fields.text("formula").unwrap_or_default().trim().to_owned();
    let condition = fields.text("condition").unwrap_or_default().trim().to_owned();
    let numbers = Statistics::of_one().numbers;
    let checks = [("formula", value(&formula, &numbers)), ("condition", value(&format!("1.0 {condition}"), &numbers))];
    for (key, value) in checks {
        match value {
            Ok(Value::Number(_)) if key == "condition" => {
                fields.wrong(fields.span(key), "`condition` must be a comparison, such as `> 8`");
            }
            Ok(_) => {}
            Err(why) => fields.wrong(fields.span(key), format!("`{key}` cannot be reckoned: {why}")),
        }
    }
    Some(Box::new(Metric { formula, condition }))
}

/// Reads the five grades by their names.
pub(super) fn read_grades(fields: &Fields<'_>, _: &Surroundings<'_>) -> Option<Box<dyn Point>> {
    let grade = fields.number("grade").unwrap_or_default();
    let mut formulas = Vec::new();
    for (name, span) in fields.texts("metrics") {
        match GRADES.iter().find(|(known, _)| *known == name) {
            Some((_, formula)) => formulas.push(format!("({formula})")),
            None => fields.wrong(span, format!("there is no grade called `{name}`")),
        }
    }
    if formulas.is_empty() {
        fields.wrong(fields.span("metrics"), "`metrics` names no grade");
        return None;
    }
    let formula = format!("({}) / {}.0", formulas.join(" + "), formulas.len());
    Some(Box::new(Metric { formula, condition: format!("> {grade}") }))
}

impl Point for Metric {
    fn look(&self, _: &Chunk<'_>, _: &Frame<'_>, _: &mut Memory) -> Result<Vec<Hit>, Exhausted> {
        Ok(Vec::new())
    }

    fn reckon(&self, statistics: &Statistics) -> Vec<Hit> {
        let numbers = &statistics.numbers;
        let Ok(Value::Number(number)) = value(&self.formula, numbers) else { return Vec::new() };
        let holds = value(&format!("({number:.6}) {}", self.condition), numbers) == Ok(Value::Truth(true));
        let words = vec![format!("{number:.2}")];
        if holds { vec![Hit { words, ..Hit::default() }] } else { Vec::new() }
    }

    fn scope(&self) -> Option<Scope> {
        Some(Scope::of(["summary"]))
    }
    fn needs(&self) -> Option<Vec<&Pattern>> {
        Some(Vec::new())
    }
}
