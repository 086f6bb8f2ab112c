//! The names of what a schema finds.

/// A name that findings of this room carry, with what it means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// The name, as in `[check.levels]`.
    pub name: &'static str,
    /// What it means and what to do, for `desk check --explain`.
    pub text: &'static str,
}

/// Every one of them.
pub const RULES: &[Rule] = &[
    Rule {
        name: MISSING_FIELD,
        text: "A field that articles of this kind must have is missing or empty. Some are wanted in a draft already, \
               some before review, some before publication: the schema says which (`x-required-from`).",
    },
    Rule {
        name: UNKNOWN_FIELD,
        text: "The schema of this kind has no such field. Usually its name is misspelt, and then neither desk nor the \
               site sees it.",
    },
    Rule { name: UNWANTED_FIELD, text: "Articles of this kind must not have this field." },
    Rule {
        name: WRONG_TYPE,
        text: "A text stands where a list belongs, a text in quotes where a date belongs, and so on.",
    },
    Rule { name: TOO_LONG, text: "A text has more characters than the schema allows, or a list more entries." },
    Rule { name: TOO_SHORT, text: "A text has fewer characters than the schema asks for, or a list fewer entries." },
    Rule { name: NOT_IN_LIST, text: "The schema lists the values that this field may have, and this is none of them." },
    Rule {
        name: WRONG_FORM,
        text: "A value does not have the form that the schema asks for: a date, an address, a pattern.",
    },
    Rule { name: OUT_OF_RANGE, text: "A number is larger or smaller than the schema allows." },
    Rule { name: REPEATED_ENTRY, text: "A list has the same entry twice." },
    Rule { name: BODY_LENGTH, text: "The body has more or fewer words than articles of this kind have." },
    Rule { name: SCHEMA, text: "A value does not fit the schema of this kind in some other way." },
    Rule {
        name: INVALID_SCHEMA,
        text: "A file in `schemas/` is no schema, or leans on one that is not in the same file.",
    },
];

pub(super) const MISSING_FIELD: &str = "missing-field";
pub(super) const UNKNOWN_FIELD: &str = "unknown-field";
pub(super) const UNWANTED_FIELD: &str = "unwanted-field";
pub(super) const WRONG_TYPE: &str = "wrong-type";
pub(super) const TOO_LONG: &str = "too-long";
pub(super) const TOO_SHORT: &str = "too-short";
pub(super) const NOT_IN_LIST: &str = "not-in-list";
pub(super) const WRONG_FORM: &str = "wrong-form";
pub(super) const OUT_OF_RANGE: &str = "out-of-range";
pub(super) const REPEATED_ENTRY: &str = "repeated-entry";
pub(super) const BODY_LENGTH: &str = "body-length";
pub(super) const SCHEMA: &str = "schema";
pub(super) const INVALID_SCHEMA: &str = "invalid-schema";
