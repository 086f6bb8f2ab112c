//! Markdown as it is spelt beside the words that it says: where escapes and entities stand for other characters.

use std::ops::Range;

/// A run of words, and where it stands in what is spelt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Run {
    /// In the words.
    pub(super) words: Range<usize>,
    /// In what is spelt; as long as the words unless it is an entity.
    pub(super) spelt: Range<usize>,
}

/// The runs of `words` in `spelt`; none when the two do not say the same.
pub(super) fn align(spelt: &str, words: &str) -> Option<Vec<Run>> {
    let mut runs: Vec<Run> = Vec::new();
    let (mut at, mut said) = (0, 0);
    while let Some(word) = words[said..].chars().next() {
        let rest = &spelt[at..];
        let mut spelling = rest.chars();
        let first = spelling.next()?;
        let escaped = spelling.next().filter(|next| first == '\\' && next.is_ascii_punctuation() && *next == word);
        let (from, to, length) = if escaped.is_some() {
            (at + 1, at + 2, 1)
        } else if let Some(entity) = entity(rest).filter(|entity| !words[said..].starts_with(&rest[..*entity])) {
            (at, at + entity, stands_for(&rest[entity..], &words[said..]))
        } else if first == word {
            (at, at + first.len_utf8(), first.len_utf8())
        } else {
            return None;
        };
        match runs.last_mut() {
            Some(last) if last.spelt.end == from && is_exact(last) && to - from == length => {
                last.words.end = said + length;
                last.spelt.end = to;
            }
            _ => runs.push(Run { words: said..said + length, spelt: from..to }),
        }
        at = to;
        said += length;
    }
    Some(runs)
}

fn is_exact(run: &Run) -> bool {
    run.words.len() == run.spelt.len()
}

/// How long the entity is that `text` begins with.
fn entity(text: &str) -> Option<usize> {
    let name = text.strip_prefix('&')?;
    let end = name.find(|one: char| !one.is_ascii_alphanumeric() && one != '#')?;
    ((1..=32).contains(&end) && name[end..].starts_with(';')).then_some(end + 2)
}

/// How many bytes of `words` an entity stands for, `after` being what is spelt behind it: one character, and two of the
/// few that are two.
fn stands_for(after: &str, words: &str) -> usize {
    let mut chars = words.chars();
    let one = chars.next().map_or(0, char::len_utf8);
    let (second, third) = (chars.next(), chars.next());
    let next = after.chars().next();
    let is_two = next != second && next.is_some() && next == third && !after.starts_with(['\\', '&']);
    if is_two { one + second.map_or(0, char::len_utf8) } else { one }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_lead_back() {
        let (spelt, words) = (r"a \* b &amp; cé &#233;d", "a * b & cé éd");
        let runs = align(spelt, words).expect("the same");
        let pairs: Vec<_> = runs.iter().map(|run| (&words[run.words.clone()], &spelt[run.spelt.clone()])).collect();
        assert_eq!(
            pairs,
            [("a ", "a "), ("* b ", "* b "), ("&", "&amp;"), (" cé ", " cé "), ("é", "&#233;"), ("d", "d")]
        );
        assert_eq!(align("abc", "abd"), None);
        assert_eq!(align("&zebra;x", "&zebra;x").map(|runs| runs.len()), Some(1));
    }

    proptest::proptest! {
        #[test]
        fn any_two_texts_give_whole_characters(spelt in "[a&;#é\\\\*1]{0,20}", words in "[a&;#é\\\\*1]{0,20}") {
            for run in align(&spelt, &words).unwrap_or_default() {
                proptest::prop_assert!(spelt.get(run.spelt.clone()).is_some() && words.get(run.words.clone()).is_some());
            }
        }
    }
}
