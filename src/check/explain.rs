//! What the house says about its own rules.

use super::rule::Rule;
use super::rules::RULES;
use crate::finding::nearest;

/// The rule called `name`.
pub fn rule(name: &str) -> Result<&'static Rule, UnknownRule> {
    RULES.iter().copied().find(|rule| rule.name == name).ok_or_else(|| UnknownRule {
        name: name.to_owned(),
        meant: nearest(name, RULES.iter().map(|rule| rule.name)).map(str::to_owned),
    })
}

/// The documentation of the rule called `name`, in Markdown: what `--explain` prints.
pub fn explain(name: &str) -> Result<&'static str, UnknownRule> {
    rule(name).map(|rule| rule.doc)
}

/// A name that no rule has.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no rule called `{name}`")]
pub struct UnknownRule {
    /// What was asked for.
    pub name: String,
    /// The rule whose name is most like it.
    pub meant: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_hand_is_understood() {
        assert_eq!(rule("photo-alts").err().and_then(|unknown| unknown.meant).as_deref(), Some("photo-alt"));
    }
}
