//! What a rule would have done with the words that it finds.

use super::fields::Fields;
use super::pattern::Pattern;

/// What is to be done.
#[derive(Debug)]
pub(super) enum Action {
    /// Nothing that a machine could do.
    None,
    /// Put one of these in their place; without any, what the rule itself expects.
    Replace(Vec<String>),
    /// Take them out.
    Remove,
    /// Change them so.
    Edit(Change),
    /// Offer words that are spelt alike.
    Suggest,
    /// `camelCase` as `camel case`.
    Simplify,
}

/// A change of the words themselves.
#[derive(Debug)]
pub(super) enum Change {
    Replace(Box<Pattern>, String),
    Trim(Vec<char>),
    TrimLeft(Vec<char>),
    TrimRight(Vec<char>),
    /// What stands before the first of these.
    Before(String),
    /// The part with this number between these.
    Part(String, usize),
}

impl Action {
    /// Reads the table `action` of a rule.
    pub(super) fn read(fields: &Fields<'_>) -> Self {
        let Some(table) = fields.table("action") else { return Self::None };
        let name = table.text("name").unwrap_or_default();
        let params: Vec<String> = table.texts("params").into_iter().map(|(text, _)| text.to_owned()).collect();
        let action = match (name, params.as_slice()) {
            ("", _) => Ok(Self::None),
            ("replace", _) => Ok(Self::Replace(params)),
            ("remove", _) => Ok(Self::Remove),
            ("suggest", []) => Ok(Self::Suggest),
            ("suggest", [what]) if what == "spellings" => Ok(Self::Suggest),
            ("convert", [what]) if what == "simple" => Ok(Self::Simplify),
            ("edit", params) => change(params).map(Self::Edit),
            _ => Err(format!("desk does not do the action `{} {}`", name, params.join(" ")).trim_end().to_owned()),
        };
        let action = action.unwrap_or_else(|why| {
            table.unsupported(table.span("name"), why);
            Self::None
        });
        fields.absorb(table);
        action
    }

    /// What stands in the place of `words` then; none when nothing is done.
    pub(super) fn outcome(&self, words: &str) -> Option<Vec<String>> {
        Some(match self {
            Self::None | Self::Suggest => return None,
            Self::Replace(options) => options.clone(),
            Self::Remove => vec![String::new()],
            Self::Edit(change) => vec![change.of(words)?.trim().to_owned()],
            Self::Simplify => vec![simple(words)],
        })
    }
}

fn change(params: &[String]) -> Result<Change, String> {
    let set = |text: &String| text.chars().collect::<Vec<char>>();
    match params.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["regex", pattern, with] => {
            let pattern =
                Pattern::new(*pattern).map_err(|why| format!("the pattern of `action` cannot be read: {why}"))?;
            Ok(Change::Replace(Box::new(pattern), (*with).to_owned()))
        }
        ["trim", _] => Ok(Change::Trim(set(&params[1]))),
        ["trim_left", _] => Ok(Change::TrimLeft(set(&params[1]))),
        ["trim_right", _] => Ok(Change::TrimRight(set(&params[1]))),
        ["truncate", at] => Ok(Change::Before((*at).to_owned())),
        ["split", at, index] => match index.parse() {
            Ok(index) => Ok(Change::Part((*at).to_owned(), index)),
            Err(_) => Err(format!("`{index}` is not a number")),
        },
        _ => Err(format!("desk does not do the edit `{}`", params.join(" "))),
    }
}

impl Change {
    fn of(&self, words: &str) -> Option<String> {
        Some(match self {
            Self::Replace(pattern, with) => pattern.replace(words, with),
            Self::Trim(set) => words.trim_matches(set.as_slice()).to_owned(),
            Self::TrimLeft(set) => words.trim_start_matches(set.as_slice()).to_owned(),
            Self::TrimRight(set) => words.trim_end_matches(set.as_slice()).to_owned(),
            Self::Before(at) => words.split(at.as_str()).next()?.to_owned(),
            Self::Part(at, index) => words.split(at.as_str()).nth(*index)?.to_owned(),
        })
    }
}

/// Small letters, with a blank where a capital or a mark stood.
fn simple(words: &str) -> String {
    let mut out = String::new();
    let mut last = ' ';
    for (at, one) in words.char_indices() {
        let is_alphanumeric = one.is_alphanumeric();
        if (at > 1 && last.is_lowercase() && one.is_uppercase()) || !is_alphanumeric {
            out.push(' ');
        }
        if is_alphanumeric {
            out.extend(one.to_lowercase());
        }
        last = one;
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::style::yaml::{Data, parse};

    #[track_caller]
    fn does(action: &str, words: &str, expected: Option<&str>) {
        let node = parse(&format!("action: {action}\n")).expect("YAML");
        let Data::Table(entries) = &node.data else { panic!("a table") };
        let fields = Fields::new(entries);
        let outcome = Action::read(&fields).outcome(words).and_then(|options| options.first().cloned());
        assert_eq!(outcome.as_deref(), expected, "{action}");
        assert!(fields.finish().is_empty(), "{action}");
    }

    #[test]
    fn words_are_changed() {
        does("{name: replace, params: [a, b]}", "x", Some("a"));
        does("{name: remove}", "x", Some(""));
        does("{name: edit, params: [trim, ' ']}", " — ", Some("—"));
        does("{name: edit, params: [trim_right, '!']}", "so!!", Some("so"));
        does("{name: edit, params: [regex, '(\\w)-', '$1 ']}", "a-b", Some("a b"));
        does("{name: edit, params: [truncate, ' ']}", "the the", Some("the"));
        does("{name: edit, params: [split, ' ', 1]}", "a b", Some("b"));
        does("{name: convert, params: [simple]}", "camelCase", Some("camel case"));
        does("{name: suggest, params: [spellings]}", "x", None);
    }

    #[test]
    fn scripts_are_named() {
        let node = parse("action: {name: suggest, params: [CamelToSnake.tengo]}").expect("YAML");
        let Data::Table(entries) = &node.data else { panic!("a table") };
        let fields = Fields::new(entries);
        assert!(Action::read(&fields).outcome("x").is_none());
        assert_eq!(fields.finish().len(), 1);
    }
}
