//! Where sentences end.

use std::ops::Range;

use memchr::memchr3_iter;

/// What may close a sentence after its mark.
const CLOSERS: [char; 9] = ['"', '\'', ')', ']', '’', '”', '»', '*', '_'];

/// Words before a name or a number, after which no sentence begins.
const BEFORE_NAMES: &[&str] = &[
    "adm", "brig", "capt", "cmdr", "col", "cpl", "det", "dr", "fig", "figs", "fr", "gen", "gov", "hon", "insp", "lt",
    "maj", "messrs", "mlle", "mme", "mr", "mrs", "ms", "mt", "no", "nos", "pfc", "pp", "pres", "prof", "pvt", "rep",
    "reps", "rev", "sen", "sens", "sgt", "sr", "st", "supt", "vs", "v", "vol",
];

/// Words that are shortened, after which a sentence may begin.
const SHORTENED: &[&str] = &[
    "al", "apr", "approx", "assn", "aug", "ave", "blvd", "bros", "ca", "cf", "co", "corp", "dec", "dept", "dist", "ed",
    "est", "etc", "feb", "ft", "hwy", "inc", "jan", "jr", "jul", "jun", "ltd", "mar", "max", "min", "misc", "mph",
    "nov", "oct", "p", "rd", "sep", "sept", "ste", "univ",
];

/// The most bytes that any of these words has, and any initial.
const LONGEST: usize = 6;

/// Words that often begin a sentence.
const STARTERS: &[&str] = &[
    "a", "after", "all", "although", "an", "and", "as", "at", "because", "before", "but", "by", "even", "for", "from",
    "he", "her", "his", "how", "however", "i", "if", "in", "it", "its", "many", "more", "most", "mr", "my", "no",
    "not", "now", "of", "on", "one", "our", "she", "since", "so", "some", "such", "that", "the", "their", "then",
    "there", "these", "they", "this", "those", "though", "to", "under", "until", "we", "what", "when", "where",
    "while", "who", "why", "with", "yet", "you",
];

/// The sentences of `text`, without the blanks around them.
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut all = Vec::new();
    let whole = text.trim_end();
    let mut start = whole.len() - whole.trim_start().len();
    let mut looked = start;
    for mark in memchr3_iter(b'.', b'?', b'!', whole.as_bytes()) {
        if mark < looked {
            continue;
        }
        let first = whole[looked..mark].rfind(char::is_whitespace).map_or(looked, |blank| looked + blank);
        let rest = &whole[mark..];
        let last = mark + rest.find(char::is_whitespace).unwrap_or(rest.len());
        let after = whole[last..].trim_start();
        let Some(next) = after.split_whitespace().next() else { break };
        if ends(whole[first..last].trim_start(), next) {
            all.push(start..last);
            start = whole.len() - after.len();
        }
        looked = last;
    }
    if start < whole.len() {
        all.push(start..whole.len());
    }
    all
}

/// Whether a sentence ends with `word` when `next` follows.
fn ends(word: &str, next: &str) -> bool {
    let bare = word.trim_end_matches(CLOSERS);
    let is_closed = bare.len() < word.len();
    let opened = next.trim_start_matches(['"', '\'', '(', '[', '‘', '“', '«', '*', '_']);
    let is_lower = opened.starts_with(char::is_lowercase);
    if bare.ends_with(['?', '!']) {
        return !is_lower || !(is_closed || bare.ends_with("Yahoo!"));
    }
    let Some(stem) = bare.strip_suffix('.') else { return false };
    if is_closed && is_lower {
        return false;
    }
    let is_starter = || {
        let begins = opened.chars().take_while(|one| one.is_alphabetic()).collect::<String>().to_lowercase();
        !is_lower && STARTERS.contains(&begins.as_str())
    };
    let stem = stem.trim_start_matches(['"', '\'', '(', '[', '‘', '“', '«', '*', '_']);
    if stem.ends_with('.') || stem.is_empty() {
        return !is_lower && opened.starts_with(char::is_alphabetic);
    }
    if stem.len() > LONGEST && !stem.contains('.') {
        return true;
    }
    let lower = stem.to_lowercase();
    if BEFORE_NAMES.contains(&lower.as_str()) && !(lower == "no" && is_starter()) {
        return false;
    }
    let mut letters = stem.chars();
    let initial = letters.next().is_some_and(char::is_uppercase) && letters.next().is_none() && stem != "I";
    if initial || SHORTENED.contains(&lower.as_str()) || (stem.contains('.') && is_dotted(stem)) {
        return is_starter();
    }
    true
}

/// `U.S`, `a.m`: letters with dots between.
fn is_dotted(stem: &str) -> bool {
    stem.split('.').all(|part| part.chars().count() == 1 && part.chars().all(char::is_alphabetic))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn splits(text: &str, expected: &[&str]) {
        let found: Vec<&str> = sentences(text).into_iter().map(|range| &text[range]).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn no_shortened_word_is_longer() {
        assert!(BEFORE_NAMES.iter().chain(SHORTENED).all(|word| word.len() <= LONGEST));
    }

    #[test]
    fn sentences_end_where_a_reader_ends_them() {
        splits("The ferry left. It was late!  Who knew?", &["The ferry left.", "It was late!", "Who knew?"]);
        splits("Gov. Ana Reis met Dr. Oh at 5 a.m. on Friday.", &["Gov. Ana Reis met Dr. Oh at 5 a.m. on Friday."]);
        splits("It left at 5 a.m. The quay was empty.", &["It left at 5 a.m.", "The quay was empty."]);
        splits("“It is late.” She left.", &["“It is late.”", "She left."]);
        splits("“Is it late?” she asked. Yes.", &["“Is it late?” she asked.", "Yes."]);
        splits("It cost $3.50. So what", &["It cost $3.50.", "So what"]);
        splits("J. Wren of Alder Co. said\nso. ", &["J. Wren of Alder Co. said\nso."]);
        splits("wait... and see. No. 4 won", &["wait... and see.", "No. 4 won"]);
        splits("", &[]);
    }
}
