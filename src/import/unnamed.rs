//! Sources without a name: who a text says spoke without being named.

/// Words that say that someone will not be named.
const SIGNS: &[&str] = &[
    "asked for anonymity",
    "asked not to be identified",
    "asked not to be named",
    "asked to remain anonymous",
    "asked to remain unnamed",
    "condition of anonymity",
    "declined to be identified",
    "declined to be named",
    "requested anonymity",
    "requesting anonymity",
    "spoke anonymously",
    "wished to remain anonymous",
];

/// Words before a role that say the same.
const UNNAMED: &[&str] = &["anonymous", "unidentified", "unnamed"];

/// Who speaks without a name.
const ROLES: &[&str] = &[
    "adviser",
    "advisor",
    "aide",
    "analyst",
    "commander",
    "diplomat",
    "employee",
    "executive",
    "investigator",
    "lawmaker",
    "lawyer",
    "minister",
    "officer",
    "official",
    "person",
    "prosecutor",
    "researcher",
    "source",
    "spokesman",
    "spokesperson",
    "spokeswoman",
    "staffer",
    "witness",
    "worker",
];

/// How the paragraph calls someone whom it does not name; none when it names all.
pub(super) fn find(paragraph: &str) -> Option<String> {
    let lower = paragraph.to_ascii_lowercase();
    let signed = SIGNS.iter().filter_map(|sign| lower.find(sign)).min().and_then(|at| before(paragraph, at));
    signed.or_else(|| marked(paragraph))
}

/// Whether `other` is the same person as `name`, as far as words go: every word of the one is in the other.
pub(super) fn same(name: &str, other: &str) -> bool {
    let within = |small: &str, large: &str| small.split(' ').all(|word| large.split(' ').any(|one| one == word));
    within(name, other) || within(other, name)
}

/// The description that stands in the same sentence before the sign.
fn before(paragraph: &str, at: usize) -> Option<String> {
    let start = paragraph[..at].rfind(['.', '!', '?', '\u{201c}']).map_or(0, |end| end + 1);
    let start = (start..at).find(|&start| paragraph.is_char_boundary(start))?;
    let words: Vec<&str> = paragraph[start..at].split_whitespace().collect();
    let role = words.iter().rposition(|word| is_role(word))?;
    Some(describe(&words, role))
}

/// The description that begins with `unnamed` or its like.
fn marked(paragraph: &str) -> Option<String> {
    let words: Vec<&str> = paragraph.split_whitespace().collect();
    let mark = words.iter().position(|word| UNNAMED.contains(&bare(word).as_str()))?;
    let role = (mark + 1..words.len().min(mark + 5)).find(|&at| is_role(words[at]))?;
    Some(describe(&words[mark + 1..], role - mark - 1))
}

/// The role with the words before it, back to the article, and `at the Port Authority` behind it.
fn describe(words: &[&str], role: usize) -> String {
    let article = |word: &str| matches!(bare(word).as_str(), "a" | "an" | "the" | "one" | "another");
    let ends =
        |word: &str| word.ends_with([',', ';', ':', ')', '.']) || word.contains("--") || word.contains('\u{2014}');
    let first = words[..role]
        .iter()
        .rposition(|word| article(word) || ends(word))
        .map_or(role.saturating_sub(1), |article| article + 1);
    // What reaches back further than four words is a sentence, not a title.
    let first = first.max(role.saturating_sub(4));
    let mut name: Vec<&str> = words[first..=role].to_vec();
    if !ends(words[role])
        && words.get(role + 1).is_some_and(|word| matches!(*word, "at" | "of" | "in" | "with" | "from"))
    {
        for &word in words[role + 1..].iter().take(8) {
            if matches!(word, "who" | "that" | "which" | "said" | "told" | "says" | "on" | "and")
                || word.starts_with("--")
            {
                break;
            }
            name.push(word);
            if ends(word) {
                break;
            }
        }
    }
    let name = name.join(" ");
    name.trim_matches(|one: char| !one.is_alphanumeric()).to_owned()
}

fn is_role(word: &str) -> bool {
    ROLES.contains(&bare(word).as_str())
}

fn bare(word: &str) -> String {
    word.trim_matches(|one: char| !one.is_alphanumeric()).to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(paragraph: &str, name: &str) {
        assert_eq!(find(paragraph).as_deref(), Some(name));
    }

    #[test]
    fn the_description_is_found() {
        check(
            "Fares may rise, a senior official at the Port Authority -- who asked not to be named -- said.",
            "senior official at the Port Authority",
        );
        check("\u{201c}It leaks,\u{201d} one dock worker said on condition of anonymity.", "dock worker");
        check("No date is set, the unnamed port official said.", "port official");
        check("An aide, who declined to be identified, said no.", "aide");
    }

    #[test]
    fn who_is_named_is_no_finding() {
        for paragraph in ["An official, Jun Seo, said so.", "The unnamed ship sank.", "", "On condition of anonymity."]
        {
            assert_eq!(find(paragraph), None, "{paragraph}");
        }
    }

    #[test]
    fn a_shorter_name_is_the_same_person() {
        assert!(same("senior official", "senior official at the Port Authority"));
        assert!(!same("dock worker", "senior official at the Port Authority"));
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read(paragraph in "(an? |the |unnamed |official |who |asked not to be named |[-.,“é] ?){0,12}") {
            drop(find(&paragraph));
        }
    }
}
