//! The rules of the package `Vale`, which needs no file.

use super::vocabulary::Vocabulary;

/// What the package is called.
pub(super) const PACKAGE: &str = "Vale";
/// Its rules.
pub(super) const NAMES: [&str; 4] = ["Vale.Avoid", "Vale.Repetition", "Vale.Spelling", "Vale.Terms"];

/// The file that a rule of the package would have; none when the vocabularies give it nothing to do.
pub(super) fn file(rule: &str, vocabulary: &Vocabulary) -> Option<String> {
    let quoted = |text: &str| format!("'{}'", text.replace('\'', "''"));
    match rule {
        "Vale.Spelling" => Some(
            "extends: spelling\nmessage: \"Did you really mean '%s'?\"\nlevel: error\n\
             action:\n  name: suggest\n  params: [spellings]\n"
                .to_owned(),
        ),
        "Vale.Repetition" => Some(
            "extends: repetition\nmessage: \"'%s' is repeated!\"\nlevel: error\nalpha: true\n\
             action:\n  name: edit\n  params: [truncate, ' ']\ntokens: ['[^\\s]+']\n"
                .to_owned(),
        ),
        "Vale.Terms" => {
            let is_phrase = |term: &&String| term.chars().all(|one| one.is_alphanumeric() || one == ' ' || one == '-');
            let terms = vocabulary.accepted.iter().filter(is_phrase);
            let swap: String =
                terms.map(|term| format!("  {}: {}\n", quoted(&term.to_lowercase()), quoted(term))).collect();
            (!swap.is_empty()).then(|| {
                format!(
                    "extends: substitution\nmessage: \"Use '%s' instead of '%s'.\"\nlevel: error\nignorecase: true\n\
                     vocab: false\nswap:\n{swap}"
                )
            })
        }
        "Vale.Avoid" => {
            let tokens: String = vocabulary.rejected.iter().map(|term| format!("  - {}\n", quoted(term))).collect();
            (!tokens.is_empty())
                .then(|| format!("extends: existence\nmessage: \"Avoid using '%s'.\"\nlevel: error\ntokens:\n{tokens}"))
        }
        _ => None,
    }
}
