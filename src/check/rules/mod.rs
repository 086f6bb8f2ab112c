//! The table of rules: a file each, in the order of the alphabet.

mod abbreviation_first_use;
mod anonymity_unexplained;
mod byline_form;
mod byline_person;
mod dateline_form;
mod dateline_repeated;
mod dates_in_order;
mod dead_link;
mod doubled_word;
mod draft_mismatch;
mod duplicate_id;
mod duplicate_paragraph;
mod duplicate_slug;
mod embargo;
mod heading_levels;
mod headline_form;
mod headline_repeated;
mod hidden_characters;
mod hidden_link;
mod kept_line_form;
mod missing_anchor;
mod missing_file;
mod missing_photo;
mod pasted_furniture;
mod photo_alt;
mod photo_caption;
mod photo_credit;
mod photos;
mod placeholder;
mod rights_ending;
mod rights_lapsed;
mod suppression_expired;
mod suppression_form;
mod suppression_reason;
mod suppression_rule;
mod suppression_unused;
mod tracking_parameters;
mod unique_field;
mod unknown_key;
mod unknown_kind;
mod unmatched_quotes;
mod unnamed_source_reason;
mod unused_file;
mod weekday_mismatch;

use super::rule::Rule;

/// Every rule.
pub static RULES: &[&Rule] = &[
    &abbreviation_first_use::RULE,
    &anonymity_unexplained::RULE,
    &byline_form::RULE,
    &byline_person::RULE,
    &dateline_form::RULE,
    &dateline_repeated::RULE,
    &dates_in_order::RULE,
    &dead_link::RULE,
    &doubled_word::RULE,
    &draft_mismatch::RULE,
    &duplicate_id::RULE,
    &duplicate_paragraph::RULE,
    &duplicate_slug::RULE,
    &embargo::RULE,
    &heading_levels::RULE,
    &headline_form::RULE,
    &headline_repeated::RULE,
    &hidden_characters::RULE,
    &hidden_link::RULE,
    &kept_line_form::RULE,
    &missing_anchor::RULE,
    &missing_file::RULE,
    &missing_photo::RULE,
    &pasted_furniture::RULE,
    &photo_alt::RULE,
    &photo_caption::RULE,
    &photo_credit::RULE,
    &placeholder::RULE,
    &rights_ending::RULE,
    &rights_lapsed::RULE,
    &suppression_expired::RULE,
    &suppression_form::RULE,
    &suppression_reason::RULE,
    &suppression_rule::RULE,
    &suppression_unused::RULE,
    &tracking_parameters::RULE,
    &unique_field::RULE,
    &unknown_key::RULE,
    &unknown_kind::RULE,
    &unmatched_quotes::RULE,
    &unnamed_source_reason::RULE,
    &unused_file::RULE,
    &weekday_mismatch::RULE,
];

#[cfg(test)]
pub(super) mod tests;
