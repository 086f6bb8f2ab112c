//! `missing-anchor`

use crate::article::{Block, BlockKind, CODE};
use crate::check::rule::{Levels, Rule, Scope, Seeks};
use crate::check::subject::Subject;
use crate::config::Generator;
use crate::finding::{Finding, nearest};

pub(super) static RULE: Rule = Rule {
    name: "missing-anchor",
    levels: Levels::FROM_PUBLICATION,
    seeks: &[Seeks::Links],
    scope: Scope::Words(check),
    doc: DOC,
};

const DOC: &str = r##"# missing-anchor

## What it says
A link leads to a place in the same article (`#who-pays`), and no heading there is called so.

## Why it matters
The reader presses it and nothing happens.

## Bad
```markdown
As we said [above](#who-pay).

## Who pays
```

## Good
```markdown
As we said [above](#who-pays).

## Who pays
```

## How to mend it
Write the heading's words in lower case, with hyphens for blanks and without marks.
"##;

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let blocks = &subject.piece.body.blocks;
    let links = blocks.iter().flat_map(|block| &block.links).filter(|link| !link.image);
    let inside: Vec<_> = links.filter_map(|link| Some((link.url.strip_prefix('#')?, link.span))).collect();
    if inside.is_empty() {
        return Vec::new();
    }
    let file = &*subject.document().text;
    let headings: Vec<String> = blocks.iter().filter_map(|block| words_of(block, file)).collect();
    let names: Vec<String> = headings.iter().map(|heading| name(heading)).collect();
    let text = subject.document().body_text();
    // Zola writes letters and signs outside ASCII in ASCII, by tables of its own.
    let spelt: &[String] = if subject.context.config.site.generator == Generator::Zola { &headings } else { &[] };
    let missing = inside.into_iter().filter(|(place, _)| !is_there(place, &names, text) && !may_be(place, spelt));
    missing
        .map(|(place, span)| {
            let finding = RULE.finding(format!("no heading here is called `#{place}`")).at(span);
            match nearest(place, names.iter().map(String::as_str)) {
                Some(meant) => finding.help(format!("did you mean `#{meant}`?")),
                None => finding.help("a place is a heading's words in lower case, with hyphens for blanks"),
            }
        })
        .collect()
}

fn is_there(place: &str, names: &[String], text: &str) -> bool {
    // `#` and `#top` lead to the top of every page; what raw HTML or a template names is out of sight.
    if matches!(place, "" | "top") || text.contains("{{") || place.contains('%') {
        return true;
    }
    let bare =
        place.rsplit_once('-').filter(|(_, number)| number.parse::<u8>().is_ok()).map_or(place, |(bare, _)| bare);
    let named = [format!("id=\"{place}\""), format!("name=\"{place}\""), format!("{{#{place}"), format!("id={place}")];
    let wanted = [folded(place), folded(bare)];
    let note = place.strip_prefix("fn").is_some_and(|rest| rest.starts_with(['-', ':', 'r']));
    note || names.iter().any(|name| wanted.contains(&folded(name))) || named.iter().any(|name| text.contains(name))
}

/// Whether `place` begins as one of `headings` does up to its first letter or sign outside ASCII.
fn may_be(place: &str, headings: &[String]) -> bool {
    let place = folded(place);
    let begins = |heading: &String| {
        let plain = heading.find(|one: char| !one.is_ascii()).map(|end| folded(&heading[..end]));
        plain.is_some_and(|plain| place.starts_with(&plain))
    };
    headings.iter().any(begins)
}

/// The words of a heading. Code in it counts as words.
fn words_of(block: &Block, file: &str) -> Option<String> {
    matches!(block.kind, BlockKind::Heading(_)).then(|| {
        let mut said = String::with_capacity(block.text.len());
        for (at, one) in block.text.char_indices() {
            match one {
                CODE => said.push_str(file.get(block.place(at, at + one.len_utf8()).range()).unwrap_or_default()),
                one => said.push(one),
            }
        }
        said
    })
}

/// What a heading is called in addresses.
fn name(heading: &str) -> String {
    let lower = heading.trim().to_lowercase();
    let kept = lower.chars().filter(|one| one.is_alphanumeric() || matches!(one, ' ' | '-' | '_'));
    kept.map(|one| if one == ' ' { '-' } else { one }).collect()
}

/// Generators differ in what they do with marks and with runs of hyphens.
fn folded(place: &str) -> String {
    place.to_lowercase().chars().filter(|one| one.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use crate::check::rules::tests::messages;

    #[test]
    fn a_place_is_a_heading() {
        let said = |place: &str| {
            messages("missing-anchor", &format!("See [above](#{place}).\n\n## Who pays: the port’s bill?\n")).len()
        };
        for good in
            ["", "top", "who-pays-the-ports-bill", "who-pays-the-port-s-bill", "Who-pays-the-ports-bill-1", "fn-1"]
        {
            assert_eq!(said(good), 0, "{good}");
        }
        assert_eq!(said("who-pay"), 1);
        assert!(messages("missing-anchor", "See [it](#the-desk-log).\n\n## The `desk log`\n").is_empty());
    }
}
