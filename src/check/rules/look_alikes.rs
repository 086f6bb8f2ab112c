//! `look-alikes`

use crate::article::{Data, Table, Value};
use crate::check::marks::Marks;
use crate::check::rule::{Levels, Rule, Scope};
use crate::check::subject::Subject;
use crate::check::words::words;
use crate::finding::{Edit, Finding, Safety};

pub(super) static RULE: Rule =
    Rule { name: "look-alikes", levels: Levels::FROM_REVIEW, seeks: &[], scope: Scope::Words(check), doc: DOC };

const DOC: &str = r##"# look-alikes

## What it says
A word is written in two scripts: a Cyrillic or Greek letter that looks like a Latin one stands among Latin letters. Or
two letters have become one sign, as PDF files do (`ﬁ`). The words of the article, its names, its slug and the sites it
links to are looked at.

## Why it matters
The word cannot be searched for, is read out wrongly, and a name or an address that looks right is another's.

## Bad
```markdown
The pеrmit came late.   <!-- the first e is Cyrillic -->
```

## Good
```markdown
The permit came late.
```

## How to mend it
Type the word again; `--fix` does it outside quotations.
"##;

/// Letters of other scripts with the Latin ones that they look like.
const ALIKE: &str = "аaеeоoрpсcуyхxіiјjѕsԁdһhԛqԝwАAВBЕEКKМMНHОOРPСCТTХXІIЈJЅSУYΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧXοo";

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    if subject.document().text.is_ascii() {
        return Vec::new();
    }
    let mut findings = Vec::new();
    for passage in subject.passages.iter().filter(|passage| passage.has(Marks::LOOK_ALIKE)) {
        for (range, word) in passage.words().iter().filter(|(_, word)| !word.is_ascii()) {
            let Some((message, right)) = fault(word) else { continue };
            let place = passage.place(range.start, range.end);
            let finding = RULE.finding(message).at(place).help(format!("type `{right}` again"));
            let plain = subject.document().text.get(place.range()) == Some(word);
            findings.push(if plain { finding.fix(Safety::Safe, vec![Edit::replace(place, right)]) } else { finding });
        }
    }
    let mut names = Vec::new();
    strings(&subject.document().front, &mut names);
    let passed = |value: &Value| subject.passages.iter().any(|passage| passage.span() == value.span);
    for (value, text) in names.into_iter().filter(|(value, text)| !text.is_ascii() && !passed(value)) {
        if let Some((message, right)) = words(text).find_map(|(_, word)| fault(word)) {
            findings.push(RULE.finding(message).at(value.span).help(format!("type `{right}` again")));
        }
    }
    for link in subject.piece.body.blocks.iter().flat_map(|block| &block.links) {
        let host = link.url.split_once("://").map(|(_, rest)| rest.split(['/', '?', '#']).next().unwrap_or(rest));
        if host.filter(|host| !host.is_ascii()).is_some_and(|host| words(host).any(|(_, word)| fault(word).is_some())) {
            findings.push(RULE.finding("the name of this site is written in two scripts").at(link.span));
        }
    }
    findings
}

/// What is wrong with `word`, and the word that was meant.
fn fault(word: &str) -> Option<(String, String)> {
    if let Some(one) = word.chars().find(|one| ('\u{fb00}'..='\u{fb06}').contains(one)) {
        let right = word.chars().map(apart).collect::<String>();
        return Some((format!("`{one}` is one sign for several letters"), right));
    }
    let part = word.split('-').find(|part| is_mixed(part))?;
    let one = part.chars().find(|one| latin(*one).is_some())?;
    let right = word.split('-').map(|part| if is_mixed(part) { mended(part) } else { part.to_owned() });
    let right: Vec<String> = right.collect();
    Some((format!("`{one}` (U+{:04X}) only looks like a Latin letter", u32::from(one)), right.join("-")))
}

/// Whether `part` has Latin letters, and others that all look like Latin ones.
fn is_mixed(part: &str) -> bool {
    let (mut own, mut foreign) = (0, 0);
    for one in part.chars().filter(|one| one.is_alphabetic()) {
        if one <= '\u{24f}' {
            own += 1;
        } else if latin(one).is_some() {
            foreign += 1;
        } else {
            return false;
        }
    }
    own >= 2 && foreign > 0
}

fn mended(part: &str) -> String {
    part.chars().map(|one| latin(one).unwrap_or(one)).collect()
}

fn latin(one: char) -> Option<char> {
    let mut pairs = ALIKE.chars();
    while let (Some(other), Some(latin)) = (pairs.next(), pairs.next()) {
        if other == one {
            return Some(latin);
        }
    }
    None
}

fn apart(one: char) -> String {
    let letters = ["ff", "fi", "fl", "ffi", "ffl", "st", "st"];
    let at = u32::from(one).checked_sub(0xfb00).and_then(|at| letters.get(at as usize));
    at.map_or_else(|| one.to_string(), |letters| (*letters).to_owned())
}

fn strings<'a>(table: &'a Table, all: &mut Vec<(&'a Value, &'a str)>) {
    table.fields.iter().for_each(|field| of_value(&field.value, all));
}

fn of_value<'a>(value: &'a Value, all: &mut Vec<(&'a Value, &'a str)>) {
    match &value.data {
        Data::String(text) => all.push((value, text)),
        Data::Array(values) => values.iter().for_each(|value| of_value(value, all)),
        Data::Table(table) => strings(table, all),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::fault;
    use crate::check::rules::tests::{messages_of, said};

    #[test]
    fn a_word_is_of_one_script() {
        for good in ["permit", "Привет", "μm", "β-carotene", "Ω", "naïve", "한국", "ΔT", "σχέδιο", "Łódź", "x"]
        {
            assert_eq!(fault(good), None, "{good}");
        }
        assert_eq!(fault("p\u{435}rmit").map(|(_, right)| right).as_deref(), Some("permit"));
        assert_eq!(fault("\u{fb01}nd").map(|(_, right)| right).as_deref(), Some("find"));
        assert_eq!(fault("co-\u{430}uthor").map(|(_, right)| right).as_deref(), Some("co-author"));
    }

    #[test]
    fn names_and_sites_count_and_code_does_not() {
        assert_eq!(said("look-alikes", "The p\u{435}rmit `p\u{435}rmit`.\n"), ["p\u{435}rmit"]);
        assert_eq!(said("look-alikes", "[a](https://ex\u{430}mple.example/)\n").len(), 1);
        let text = "+++\ntitle = \"A\"\nauthors = [\"Mina P\u{430}rk\"]\n+++\nA.\n";
        assert_eq!(messages_of("look-alikes", text).len(), 1);
    }
}
