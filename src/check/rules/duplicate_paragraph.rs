//! `duplicate-paragraph`

use crate::article::edit;
use crate::check::passage::{Part, Passage};
use crate::check::rule::{Levels, Rule, Scope};
use crate::check::subject::Subject;
use crate::check::words::{folded, opening, sum};
use crate::finding::{Finding, Safety, Span};
use std::collections::HashMap;
use std::collections::hash_map::Entry;

pub(super) static RULE: Rule =
    Rule { name: "duplicate-paragraph", levels: Levels::ADVICE, seeks: &[], scope: Scope::Words(check), doc: DOC };

const DOC: &str = r##"# duplicate-paragraph

## What it says
The same paragraph, list entry or caption stands twice.

## Why it matters
It comes from pasting: web pages carry a caption once for the eye and once for the screen reader.

## Bad
```markdown
The dredger Alder Queen at berth 4 on Saturday.

The dredger Alder Queen at berth 4 on Saturday.
```

## Good
```markdown
The dredger Alder Queen at berth 4 on Saturday.
```

## How to mend it
Take one of the two out; `--unsafe-fixes` takes the second paragraph. If it is a caption, it belongs into `[[photos]]`.
"##;

/// Fewer words than this may come back on purpose.
const FEWEST: usize = 6;

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let file = &*subject.document().text;
    let read = |part| matches!(part, Part::Paragraph | Part::Item | Part::Caption | Part::Description);
    let passages: Vec<&Passage<'_>> = subject.passages.iter().filter(|passage| read(passage.part)).collect();
    let mut findings = Vec::new();
    for passage in passages.iter().filter(|passage| passage.part == Part::Paragraph) {
        findings.extend(lines(passage, file));
    }
    for (at, first) in repeated(passages.iter().map(|passage| passage.text)) {
        let (passage, first) = (passages[at], passages[first]);
        let finding = RULE.finding("this paragraph stands twice").at(passage.span()).beside(first.span(), "here first");
        let removal = edit::remove_block(file, passage.span());
        findings.push(match removal.filter(|_| passage.part == Part::Paragraph) {
            Some(removal) => finding.fix(Safety::Unsafe, vec![removal]),
            None => finding,
        });
    }
    findings
}

/// Lines of one paragraph that stand in it twice: paragraphs pasted without an empty line between them are one to
/// Markdown.
fn lines(passage: &Passage<'_>, file: &str) -> Vec<Finding> {
    let whole = passage.span();
    let lines = file[whole.range()].split_inclusive('\n');
    let twice = repeated(lines.clone());
    if twice.is_empty() || !is_long(&folded(passage.text)) {
        return Vec::new();
    }
    let lines: Vec<&str> = lines.collect();
    let place = |at: usize| {
        let start = whole.start + lines[..at].iter().map(|line| line.len()).sum::<usize>();
        Span::new(start, start + lines[at].trim_end().len())
    };
    let say = |(at, first): (usize, usize)| {
        RULE.finding("this line stands twice").at(place(at)).beside(place(first), "here first")
    };
    twice.into_iter().map(say).collect()
}

/// Which of `texts` have the words of an earlier one, each with the number of that.
fn repeated<'t>(texts: impl Iterator<Item = &'t str> + Clone) -> Vec<(usize, usize)> {
    // Most texts differ as they begin, and nearly all of the others in what they add up to.
    if begin_apart(texts.clone()) {
        return Vec::new();
    }
    let texts: Vec<&str> = texts.collect();
    let suspects = alike((0..texts.len()).collect(), |at| opening(texts[at]));
    let mut suspects = alike(suspects, |at| sum(texts[at]));
    suspects.sort_unstable();
    let mut seen: HashMap<String, usize> = HashMap::new();
    let mut repeated = Vec::new();
    for at in suspects {
        let words = folded(texts[at]);
        if is_long(&words) {
            match seen.entry(words) {
                Entry::Vacant(place) => drop(place.insert(at)),
                Entry::Occupied(first) => repeated.push((at, *first.get())),
            }
        }
    }
    repeated
}

/// Whether none of `texts` begins as another does that adds up to the same, where they are few enough to say so without
/// ado.
fn begin_apart<'t>(texts: impl Iterator<Item = &'t str>) -> bool {
    let mut seen = [(0, ""); 32];
    for (at, text) in texts.enumerate() {
        let begun = opening(text);
        let mut alike = seen[..at.min(seen.len())].iter().filter(|(before, _)| *before == begun);
        if at == seen.len() || alike.any(|(_, before)| sum(before) == sum(text)) {
            return false;
        }
        seen[at] = (begun, text);
    }
    true
}

/// Those that have their key with another.
fn alike<K: Ord>(among: Vec<usize>, key: impl Fn(usize) -> K) -> Vec<usize> {
    let mut keyed: Vec<(K, usize)> = among.into_iter().map(|at| (key(at), at)).collect();
    keyed.sort_unstable();
    let same = keyed.chunk_by(|(one, _), (other, _)| one == other).filter(|same| same.len() > 1);
    same.flatten().map(|(_, at)| *at).collect()
}

/// Whether words, as [`folded`] gives them, are too many to come back on purpose.
fn is_long(words: &str) -> bool {
    words.split(' ').nth(FEWEST - 1).is_some()
}

#[cfg(test)]
mod tests {
    use crate::check::rules::tests::said;

    #[test]
    fn twice_in_one_paragraph_counts_too() {
        let once = "The dredger Alder Queen lies at berth 4.";
        assert_eq!(said("duplicate-paragraph", &format!("{once}\n\nBetween.\n\n{once}\n")), [once]);
        assert_eq!(said("duplicate-paragraph", &format!("{once}\n{once}\n")).len(), 1);
        assert!(said("duplicate-paragraph", "He said so.\n\nHe said so.\n").is_empty());
    }

    #[test]
    fn what_only_begins_alike_is_told_apart() {
        let begun = "The dredger Alder Queen lies at";
        let berths: Vec<String> = (0..40).map(|berth| format!("{begun} berth {berth}, says the master.")).collect();
        assert!(said("duplicate-paragraph", &berths.join("\n\n")).is_empty());
        for count in [3, 40] {
            let text = format!("{}\n\n{}\n", berths[..count].join("\n\n"), berths[1].to_uppercase());
            assert_eq!(said("duplicate-paragraph", &text), [berths[1].to_uppercase()], "{count}");
            assert_eq!(said("duplicate-paragraph", &text.replace("\n\n", "\n")).len(), 1, "{count}");
        }
    }
}
