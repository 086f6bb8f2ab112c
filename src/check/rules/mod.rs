//! The table of rules: a file each, in the order of the alphabet.

mod abbreviation_first_use;
mod abbreviation_unused;
mod age_mismatch;
mod alt_repeats_caption;
mod anonymity_unexplained;
mod byline_form;
mod byline_person;
mod conflict_marks;
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
mod figure_mismatch;
mod heading_levels;
mod headline_form;
mod headline_repeated;
mod hidden_characters;
mod hidden_link;
mod impossible_date;
mod kept_line_form;
mod legal_words;
mod link_gone;
mod link_unsure;
mod link_words;
mod lone_unnamed_source;
mod look_alikes;
mod missing_anchor;
mod missing_file;
mod missing_photo;
mod mixed_quotes;
mod name_spelling;
mod pasted_furniture;
mod photo_alt;
mod photo_caption;
mod photo_credit;
mod photos;
mod placeholder;
mod plural_sources;
mod private_link;
mod raw_html;
mod rights_ending;
mod rights_lapsed;
mod sources;
mod sum_mismatch;
mod suppression_expired;
mod suppression_form;
mod suppression_reason;
mod suppression_rule;
mod suppression_unused;
mod tracking_parameters;
mod unattributed_quote;
mod undated_weekday;
mod unique_field;
mod unknown_key;
mod unknown_kind;
mod unmatched_quotes;
mod unnamed_source_reason;
mod unrecorded_source;
mod unused_file;
mod unused_source;
mod vague_source;
mod weekday_mismatch;

use super::rule::Rule;

/// Every rule.
pub static RULES: &[&Rule] = &[
    &abbreviation_first_use::RULE,
    &abbreviation_unused::RULE,
    &age_mismatch::RULE,
    &alt_repeats_caption::RULE,
    &anonymity_unexplained::RULE,
    &byline_form::RULE,
    &byline_person::RULE,
    &conflict_marks::RULE,
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
    &figure_mismatch::RULE,
    &heading_levels::RULE,
    &headline_form::RULE,
    &headline_repeated::RULE,
    &hidden_characters::RULE,
    &hidden_link::RULE,
    &impossible_date::RULE,
    &kept_line_form::RULE,
    &legal_words::RULE,
    &link_gone::RULE,
    &link_unsure::RULE,
    &link_words::RULE,
    &lone_unnamed_source::RULE,
    &look_alikes::RULE,
    &missing_anchor::RULE,
    &missing_file::RULE,
    &missing_photo::RULE,
    &mixed_quotes::RULE,
    &name_spelling::RULE,
    &pasted_furniture::RULE,
    &photo_alt::RULE,
    &photo_caption::RULE,
    &photo_credit::RULE,
    &placeholder::RULE,
    &plural_sources::RULE,
    &private_link::RULE,
    &raw_html::RULE,
    &rights_ending::RULE,
    &rights_lapsed::RULE,
    &sum_mismatch::RULE,
    &suppression_expired::RULE,
    &suppression_form::RULE,
    &suppression_reason::RULE,
    &suppression_rule::RULE,
    &suppression_unused::RULE,
    &tracking_parameters::RULE,
    &unattributed_quote::RULE,
    &undated_weekday::RULE,
    &unique_field::RULE,
    &unknown_key::RULE,
    &unknown_kind::RULE,
    &unmatched_quotes::RULE,
    &unnamed_source_reason::RULE,
    &unrecorded_source::RULE,
    &unused_file::RULE,
    &unused_source::RULE,
    &vague_source::RULE,
    &weekday_mismatch::RULE,
];

#[cfg(test)]
pub(in crate::check) mod tests;
