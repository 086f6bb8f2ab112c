//! `link-words`

use crate::article::CODE;
use crate::check::rule::{Levels, Rule, Scope, Seeks};
use crate::check::subject::Subject;
use crate::check::words::folded;
use crate::finding::Finding;

pub(super) static RULE: Rule =
    Rule { name: "link-words", levels: Levels::ADVICE, seeks: &[Seeks::Links], scope: Scope::Words(check), doc: DOC };

const DOC: &str = r##"# link-words

## What it says
A link has no words or no address, or its words say nothing of where it leads: "here", "click here", "this link".

## Why it matters
Whoever hears a page goes from link to link, and hears "here, here, here". A link without words cannot be pressed.

## Bad
```markdown
Read the permit [here](https://port.example/permit).
```

## Good
```markdown
Read [the permit](https://port.example/permit).
```

## How to mend it
Link the words that name what is there.
"##;

/// Words that say nothing of where they lead.
const EMPTY: [&str; 16] = [
    "here",
    "click here",
    "click",
    "this",
    "this link",
    "this page",
    "link",
    "the link",
    "read more",
    "more",
    "see here",
    "read here",
    "tap here",
    "website",
    "source link",
    "right here",
];

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let blocks = subject.piece.body.blocks.iter().filter(|block| !block.quoted);
    let mut findings = Vec::new();
    for block in blocks {
        for link in block.links.iter().filter(|link| !link.image) {
            let words = link.text.trim();
            let shows = block.links.iter().any(|other| other.image && link.span.contains(other.span));
            let finding = if link.url.trim().is_empty() {
                RULE.finding("this link leads nowhere").help("write the address, or take the brackets out")
            } else if words.is_empty() && !shows {
                RULE.finding("this link has no words").help("link the words that name what is there")
            } else if !words.contains(CODE) && EMPTY.contains(&&*folded(words)) {
                RULE.finding(format!("`{words}` does not say where this link leads"))
                    .help("link the words that name what is there")
            } else {
                continue;
            };
            findings.push(finding.at(link.span));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use crate::check::rules::tests::messages;

    #[test]
    fn a_link_says_where_it_leads() {
        for good in
            ["[the permit](https://a.example)", "[![a](dredger.jpg)](https://a.example)", "[`here`](https://a.example)"]
        {
            assert!(messages("link-words", &format!("See {good}.\n")).is_empty(), "{good}");
        }
        for bad in ["[Here](https://a.example)", "[](https://a.example)", "[the permit]()", "[Click here!](/x)"] {
            assert_eq!(messages("link-words", &format!("See {bad}.\n")).len(), 1, "{bad}");
        }
    }
}
