//! `byline-form`

use crate::check::rule::{Levels, Rule, Scope, Seeks};
use crate::check::subject::Subject;
use crate::finding::Finding;

pub(super) static RULE: Rule = Rule {
    name: "byline-form",
    levels: Levels::FROM_PUBLICATION,
    seeks: &[Seeks::Field("authors")],
    scope: Scope::Article(check),
    doc: DOC,
};

const DOC: &str = r##"# byline-form

## What it says
An entry of `authors` is not a name alone: it begins with "By", is an e-mail address or a web address, holds two people
at once, or is written in capitals.

## Why it matters
The page writes the byline itself, feeds and search engines read each entry as one name, and an address in it is there
for every harvester of addresses.

## Bad
```toml
authors = ["By Mina Park and Jun Seo"]
```

## Good
```toml
authors = ["Mina Park", "Jun Seo"]
```

## How to mend it
One entry for each person, with the name as they sign.
"##;

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let authors = subject.document().field("authors");
    let authors = authors.into_iter().flat_map(|value| value.as_array().unwrap_or(std::slice::from_ref(value)));
    authors
        .filter_map(|author| {
            let (message, help) = fault(author.as_str()?.trim())?;
            Some(RULE.finding(message).at(author.span).help(help))
        })
        .collect()
}

fn fault(name: &str) -> Option<(&'static str, String)> {
    let lower = name.to_lowercase();
    if let Some(first) =
        ["by ", "by: ", "story by ", "written by ", "words by "].iter().find(|by| lower.starts_with(*by))
    {
        let rest = name.get(first.len()..).unwrap_or(name).trim();
        return Some(("a byline is the name alone", format!("write \"{rest}\": the page adds the \"by\"")));
    }
    if lower.contains('@') {
        return Some(("an address stands where a name belongs", "write the person's name".to_owned()));
    }
    if lower.contains("://") || lower.starts_with("www.") {
        return Some(("a web address stands where a name belongs", "write the person's name".to_owned()));
    }
    if is_more_than_one(name) {
        let each: Vec<String> = name.split([',', ';', '&']).flat_map(|part| part.split(" and ")).map(entry).collect();
        let each: Vec<&str> = each.iter().map(String::as_str).filter(|name| *name != "\"\"").collect();
        return Some(("more than one person stands in one entry", format!("give each an entry: {}", each.join(", "))));
    }
    let words: Vec<&str> = name.split_whitespace().collect();
    let shouted = |word: &&str| word.chars().filter(|one| one.is_alphabetic()).count() > 2 && is_upper(word);
    if words.len() > 1 && words.iter().filter(|word| shouted(word)).count() > 1 && is_upper(name) {
        return Some(("this name is written in capitals", "write it as the person does".to_owned()));
    }
    None
}

fn is_upper(text: &str) -> bool {
    !text.chars().any(char::is_lowercase) && text.chars().any(char::is_uppercase)
}

fn entry(name: &str) -> String {
    let name = name.trim();
    format!("\"{}\"", name.strip_prefix("and ").unwrap_or(name).trim())
}

/// Two full names in one entry. `Smith and Sons` is one.
fn is_more_than_one(name: &str) -> bool {
    let Some((one, other)) = [" and ", " & ", ";", ", "].iter().find_map(|between| name.split_once(between)) else {
        return false;
    };
    let full = |name: &str| {
        let words: Vec<&str> = name.split_whitespace().collect();
        let capital = |word: &&str| word.starts_with(char::is_uppercase) && word.chars().any(char::is_lowercase);
        (2..=4).contains(&words.len()) && words.iter().filter(|word| capital(word)).count() >= 2
    };
    const NO_NAMES: [&str; 24] = [
        "staff",
        "editor",
        "reporter",
        "writer",
        "correspondent",
        "post",
        "news",
        "ministry",
        "department",
        "desk",
        "team",
        "bureau",
        "office",
        "council",
        "committee",
        "group",
        "director",
        "manager",
        "professor",
        "university",
        "institute",
        "association",
        "chief",
        "of",
    ];
    let name = |name: &str| !name.to_lowercase().split_whitespace().any(|word| NO_NAMES.contains(&word));
    // The first of several: `Mina Park, Jun Seo and Ana Ruiz`.
    let first = other.split([',', ';', '&']).next().unwrap_or(other);
    let first = first.split(" and ").next().unwrap_or(first);
    full(one) && full(first) && name(one) && name(first)
}

#[cfg(test)]
mod tests {
    use super::fault;

    #[test]
    fn an_entry_is_one_name() {
        for good in [
            "Mina Park",
            "Mina Park, Jr.",
            "J. R. Seo",
            "Smith and Sons",
            "Ministry of Trade and Industry",
            "AFP",
            "Byron Lee",
            "María de la Cruz",
            "박민아",
            "Mina Park, Post Staff",
            "Mina Park, Project Director of Ports",
            "Foreign Policy and Public Safety Desk",
        ] {
            assert_eq!(fault(good), None, "{good}");
        }
        let many = fault("Mina Park, Jun Seo, and Ana Ruiz").map(|(_, help)| help);
        assert_eq!(many.as_deref(), Some("give each an entry: \"Mina Park\", \"Jun Seo\", \"Ana Ruiz\""));
        for bad in [
            "By Mina Park",
            "mina@post.example",
            "Mina Park and Jun Seo",
            "Mina Park, Jun Seo",
            "MINA PARK",
            "www.a.example",
        ] {
            assert!(fault(bad).is_some(), "{bad}");
        }
    }
}
