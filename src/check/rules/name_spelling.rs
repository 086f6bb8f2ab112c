//! `name-spelling`

use crate::check::passage::Part;
use crate::check::rule::{Levels, Rule, Scope};
use crate::check::subject::Subject;
use crate::check::words::stands_alone;
use crate::finding::Finding;
use std::collections::HashSet;

pub(super) static RULE: Rule =
    Rule { name: "name-spelling", levels: Levels::ADVICE, seeks: &[], scope: Scope::Words(check), doc: DOC };

const DOC: &str = r##"# name-spelling

## What it says
A name in the title, the description or a caption differs by one letter from a name in the text, and does not stand in
the text as it is written there. Names of five letters and more are compared; other endings (Korea, Korean) and British
and American spellings are left alone.

## Why it matters
People forgive much, but not that their name is wrong.

## Bad
```markdown
title = "Tillelli opens the wall"

John Tilelli, a retired general, opened the wall.
```

## Good
```markdown
title = "Tilelli opens the wall"

John Tilelli, a retired general, opened the wall.
```

## How to mend it
Look the name up, and mend the one that is wrong.
"##;

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let is_head = |part: Part| matches!(part, Part::Title | Part::Description | Part::Caption);
    let body = || subject.passages.iter().filter(|passage| !is_head(passage.part));
    let candidates = subject.passages.iter().filter(|passage| is_head(passage.part)).flat_map(|passage| {
        // A capital at the beginning makes no name.
        let begins =
            |range: &std::ops::Range<usize>, word: &str| range.start == 0 && (word.len() < 6 || word.ends_with('s'));
        let named = passage.words().iter().map(move |(range, word)| (passage, range, bare(word)));
        let named = named.filter(move |(_, range, word)| is_name(word) && !begins(range, word));
        // Most names stand in the text as they do above it.
        named.filter(|(.., word)| word.contains('-') || !body().any(|passage| stands_alone(passage.text, word)))
    });
    let candidates: Vec<_> = candidates.collect();
    if candidates.is_empty() {
        return Vec::new();
    }
    let mut text: HashSet<String> = HashSet::new();
    let mut names: Vec<(&str, crate::finding::Span)> = Vec::new();
    for passage in body() {
        let all = passage.words();
        for (at, (range, word)) in all.iter().enumerate() {
            let word = bare(word);
            text.insert(word.to_lowercase());
            // Behind another name: `John Tilelli`, `General Tilelli`.
            let behind_name = at.checked_sub(1).is_some_and(|last| {
                all[last].1.starts_with(char::is_uppercase) && &passage.text[all[last].0.end..range.start] == " "
            });
            if is_name(word) && behind_name && !names.iter().any(|(known, _)| *known == word) {
                names.push((word, passage.place(range.start, range.end)));
            }
        }
    }
    let mut findings = Vec::new();
    for (passage, range, word) in candidates {
        if text.contains(&word.to_lowercase()) {
            continue;
        }
        let other = names.iter().find(|(name, _)| is_slip(word, name));
        if let Some((name, place)) = other {
            let at = passage.place(range.start, range.start + word.len());
            findings.push(RULE.finding(format!("`{word}` is `{name}` in the text")).at(at).beside(*place, "here"));
        }
    }
    findings
}

fn bare(word: &str) -> &str {
    word.strip_suffix("\u{2019}s").or_else(|| word.strip_suffix("'s")).unwrap_or(word)
}

fn is_name(word: &str) -> bool {
    word.len() >= 5
        && word.starts_with(char::is_uppercase)
        && word.chars().skip(1).any(char::is_lowercase)
        && word.chars().all(|one| one.is_alphabetic() || one == '-')
}

/// Whether two names differ by a slip: one letter inside, or two changed places.
fn is_slip(one: &str, other: &str) -> bool {
    let (lower, wanted) = (one.to_lowercase(), other.to_lowercase());
    if lower.len().abs_diff(wanted.len()) > 1 || lower.chars().next() != wanted.chars().next() {
        return false;
    }
    if strsim::damerau_levenshtein(&lower, &wanted) != 1 {
        return false;
    }
    let ends = |word: &str| word.chars().next_back();
    // Another ending makes another word: Korea and Korean, Maria and Mario.
    let ending = ends(&lower) != ends(&wanted)
        && (lower.len() != wanted.len() || [&lower, &wanted].iter().any(|word| word.ends_with(INFLECTED)));
    !ending && folded(&lower) != folded(&wanted)
}

/// Letters that endings are made of.
const INFLECTED: [char; 12] = ['s', 'n', 'd', 'r', 'e', 'a', 'o', 'y', 'i', 't', 'l', 'g'];

/// British and American spellings as one.
fn folded(word: &str) -> String {
    let word = word.replace("our", "or").replace("ence", "ense").replace("ise", "ize").replace("isa", "iza");
    let word = if word.ends_with("re") { format!("{}er", &word[..word.len() - 2]) } else { word };
    word.replace("lling", "ling").replace("lled", "led").replace("grey", "gray").replace("ae", "e")
}

#[cfg(test)]
mod tests {
    use crate::check::rules::tests::messages_of;

    #[track_caller]
    fn says(title: &str, body: &str, expected: &[&str]) {
        let text = format!("+++\ntitle = \"{title}\"\ndate = 2026-07-25\n+++\n{body}\n");
        assert_eq!(messages_of("name-spelling", &text), expected, "{title} / {body}");
    }

    #[test]
    fn a_name_is_written_in_one_way() {
        says("Tillelli opens the wall", "John Tilelli opened it.", &["`Tillelli` is `Tilelli` in the text"]);
        says("Minister Lee Jong-sub flies", "Lee Jong-sup flew.", &["`Jong-sub` is `Jong-sup` in the text"]);
        says("Tilelli’s wall", "John Tilelli opened it.", &[]);
        says("Korean wall", "South Korea built it.", &[]);
        says("Defence chiefs", "The Department Defense of Port Alder.", &[]);
        says("Harbour opens", "The Port Harbor opens.", &[]);
        says("Pilots strike", "The Harbor Pilot strikes.", &[]);
        says("Fares rise", "Kim Farms sells it.", &[]);
        says("Maria sings", "Mario and Anna Mario came.", &[]);
    }
}
