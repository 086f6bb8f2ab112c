//! Bylines, date lines and datelines.

use super::furniture::is_address;
use crate::article::english::{DAYS, MONTHS};

/// Who wrote it, and what of the line went.
#[derive(Debug, PartialEq, Eq, Default)]
pub(super) struct Byline {
    pub(super) names: Vec<String>,
    pub(super) left_out: Vec<String>,
}

/// Takes apart `By Mina Park and Jun Seo (mina@post.example)`.
pub(super) fn read(line: &str) -> Option<Byline> {
    let prefixes = ["Written by ", "Reported by ", "By: ", "By ", "BY ", "by "];
    let (prefix, rest) = prefixes.iter().find_map(|prefix| Some((prefix.trim(), line.strip_prefix(prefix)?)))?;
    let mut byline = names(rest)?;
    byline.left_out.insert(0, prefix.to_owned());
    Some(byline)
}

/// Takes names apart that are known to be a byline; none when a part of it is no name.
pub(super) fn names(text: &str) -> Option<Byline> {
    let mut byline = Byline::default();
    let mut name: Vec<&str> = Vec::new();
    let mut words = text.split_whitespace();
    let finish = |name: &mut Vec<&str>, byline: &mut Byline| {
        let whole = name.join(" ");
        let sound = is_name(&whole);
        byline.names.push(whole);
        name.clear();
        sound
    };
    while let Some(word) = words.next() {
        if is_address(word.trim_end_matches(',')) {
            byline.left_out.push(word.to_owned());
        } else if matches!(word, "and" | "AND" | "&") {
            byline.left_out.push(word.to_owned());
            if !finish(&mut name, &mut byline) {
                return None;
            }
        } else if let Some(last) = word.strip_suffix(',').filter(|last| !last.is_empty()) {
            name.push(last);
            if !finish(&mut name, &mut byline) {
                return None;
            }
        } else if matches!(word, "|" | "/" | "-" | "\u{b7}" | "\u{2022}") {
            byline.left_out.push(word.to_owned());
            byline.left_out.extend(words.by_ref().map(str::to_owned));
        } else {
            name.push(word);
        }
    }
    let ended = name.is_empty() || finish(&mut name, &mut byline);
    let role = |name: &String| ROLES.contains(&name.to_lowercase().as_str());
    let (roles, names): (Vec<_>, Vec<_>) = byline.names.into_iter().partition(role);
    byline.left_out.extend(roles);
    byline.names = names;
    (ended && !byline.names.is_empty()).then_some(byline)
}

/// What stands behind a name in a byline and is none.
const ROLES: &[&str] = &[
    "associated press",
    "chief correspondent",
    "contributing writer",
    "correspondent",
    "editor",
    "reporter",
    "senior writer",
    "staff",
    "staff reporter",
    "staff writer",
];

/// Whether these may be one person's names: two to five words, each with a capital where its script has them.
fn is_name(text: &str) -> bool {
    let words: Vec<&str> = text.split(' ').collect();
    let particle =
        |word: &str| matches!(word, "de" | "da" | "del" | "di" | "la" | "van" | "von" | "der" | "den" | "bin" | "al");
    let part = |word: &&str| {
        particle(word)
            || word.chars().next().is_some_and(|first| first.is_alphabetic() && !first.is_lowercase())
                && word.chars().all(|one| one.is_alphabetic() || matches!(one, '-' | '\'' | '\u{2019}' | '.'))
    };
    (2..=5).contains(&words.len()) && words.iter().all(part) && !particle(words[words.len() - 1])
}

/// Words that stand in a line that only says when.
const WHEN: &[&str] = &[
    "am",
    "at",
    "date",
    "est",
    "edt",
    "et",
    "first",
    "gmt",
    "kst",
    "last",
    "modified",
    "on",
    "pm",
    "posted",
    "published",
    "updated",
    "utc",
    "a",
    "p",
    "m",
    "registered",
    "input",
];

/// Days and months as they are cut short.
const SHORT_MONTHS: &[&str] =
    &["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec"];
const SHORT_DAYS: &[&str] = &["mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "sun"];

/// Whether the line says when and nothing else: `Published : Jul 24, 2022 - 15:03`.
pub(super) fn is_date(line: &str) -> bool {
    if line.chars().count() > 120 {
        return false;
    }
    let words: Vec<String> =
        line.split(|one: char| !one.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
    let number = |word: &String| word.starts_with(|first: char| first.is_ascii_digit());
    let month = |word: &String| SHORT_MONTHS.contains(&word.as_str()) || MONTHS.contains(&word.as_str());
    let year = |word: &String| word.len() == 4 && word.chars().all(|one| one.is_ascii_digit());
    let day = |word: &String| SHORT_DAYS.contains(&word.as_str()) || DAYS.contains(&word.as_str());
    let when = |word: &String| number(word) || month(word) || day(word) || WHEN.contains(&word.as_str());
    words.iter().all(when)
        && words.iter().any(number)
        && words.iter().any(|word| month(word) || year(word))
        && words.iter().filter(|word| number(word)).count() >= 2
}

/// A dateline at the head of a paragraph.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Dateline<'a> {
    pub(super) place: &'a str,
    /// What stood between the place and the story: a date, an agency, a dash.
    pub(super) left_out: &'a str,
    pub(super) story: &'a str,
}

/// Takes apart `SEOUL, July 25 (Yonhap) -- The story`.
pub(super) fn dateline(paragraph: &str) -> Option<Dateline<'_>> {
    let (at, dash) = ["--", "\u{2014}", "\u{2013}", " - "]
        .iter()
        .filter_map(|dash| Some((paragraph.find(dash)?, *dash)))
        .min()
        .filter(|(at, _)| *at <= 80)?;
    let head = &paragraph[..at];
    let story = paragraph[at + dash.len()..].trim_start();
    let end = head.find([',', '(']).unwrap_or(head.len());
    let place = head[..end].trim_end();
    let rest = &head[end..];
    let letters = place.chars().filter(|one| one.is_alphabetic()).count();
    let capital = place.chars().all(|one| !one.is_lowercase() && (one.is_alphabetic() || " .-'\u{2019}".contains(one)));
    let explained = rest.trim().is_empty() || rest.contains(|one: char| one.is_ascii_digit()) || rest.contains('(');
    let region = rest.trim_start_matches(',').split_whitespace().count() <= 2;
    let found = letters >= 3 && capital && (explained || region) && !story.is_empty();
    found.then(|| Dateline { place, left_out: paragraph[place.len()..paragraph.len() - story.len()].trim(), story })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, names: &[&str], left_out: &[&str]) {
        let byline = read(line).expect("a byline");
        assert_eq!(byline.names, names);
        assert_eq!(byline.left_out, left_out);
    }

    #[test]
    fn names_come_apart() {
        check("By Mina Park", &["Mina Park"], &["By"]);
        check(
            "By Mina Park and Jun Seo-won (mina@post.example)",
            &["Mina Park", "Jun Seo-won"],
            &["By", "and", "(mina@post.example)"],
        );
        check("By Ana de la Ruiz, Staff Writer", &["Ana de la Ruiz"], &["By", "Staff Writer"]);
        check("By Mina Park | Port Alder Post", &["Mina Park"], &["By", "|", "Port", "Alder", "Post"]);
    }

    #[test]
    fn a_sentence_is_no_byline() {
        for line in ["By Monday the port was open", "By midnight", "By far the largest", "By 2030, Fares Rise"] {
            assert_eq!(read(line), None, "{line}");
        }
    }

    #[test]
    fn lines_that_only_say_when() {
        for line in
            ["Published : Jul 24, 2022 - 15:03", "2026-07-25 09:00", "Updated on Saturday, July 25, 2026 at 9 a.m. KST"]
        {
            assert!(is_date(line), "{line}");
        }
        for line in ["In 2022 the port closed", "Freedom Shield", "May 2026 be better", "July", "7 of 10"] {
            assert!(!is_date(line), "{line}");
        }
    }

    #[test]
    fn datelines_come_apart() {
        let found = dateline("PORT ALDER, July 25 (Post) -- The ferry -- again.").expect("a dateline");
        assert_eq!(
            found,
            Dateline { place: "PORT ALDER", left_out: ", July 25 (Post) --", story: "The ferry -- again." }
        );
        assert_eq!(dateline("SEOUL \u{2014} Fares rise.").expect("a dateline").place, "SEOUL");
        for line in ["The ferry -- again", "Seoul -- calm", "THE PORT IS CLOSED NOW", "US - no"] {
            assert_eq!(dateline(line), None, "{line}");
        }
    }
}
