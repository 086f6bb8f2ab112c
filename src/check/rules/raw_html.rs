//! `raw-html`

use crate::article::BlockKind;
use crate::check::rule::{Levels, Rule, Scope};
use crate::check::subject::Subject;
use crate::config::Generator;
use crate::finding::{Finding, Span};

pub(super) static RULE: Rule =
    Rule { name: "raw-html", levels: Levels::ADVICE, seeks: &[], scope: Scope::Words(check), doc: DOC };

const DOC: &str = r##"# raw-html

## What it says
The body has raw HTML. Comments are left alone. Each run of it is told once, at its beginning. Nothing is said where
Zola makes the pages, which shows it, and in a folder that is no newsroom, where desk does not know what makes them.

## Why it matters
`desk build` leaves it out, and so do Hugo and feed readers as they come: readers would miss what stands there. Scripts
in it would run under the newsroom's name.

## Bad
```markdown
<div class="note">The permit came late.</div>
```

## Good
```markdown
> The permit came late.
```

## How to mend it
Write it in Markdown. What the site needs besides belongs into its templates or short codes.
"##;

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    if subject.context.config.site.generator == Generator::Zola {
        return Vec::new();
    }
    let text = &*subject.document().text;
    let mut findings = Vec::new();
    for block in &subject.piece.body.blocks {
        let place = if block.kind == BlockKind::Html {
            Some(block.span).filter(|span| is_markup(&text[span.range()]))
        } else {
            block.html.iter().copied().find(|span| is_markup(&text[span.range()]))
        };
        if let Some(place) = place {
            let inside = &text[place.range()];
            let end = inside.find('>').map_or(inside.len(), |end| end + 1);
            let tag = &inside[..end];
            // Told at the tag that opens it: the rest may be long.
            let at = Span::new(place.start, place.start + tag.len());
            findings.push(RULE.finding("raw HTML does not reach readers").at(at).help("write it in Markdown"));
        }
    }
    findings
}

/// Whether there is more to it than comments.
fn is_markup(html: &str) -> bool {
    let mut rest = html.trim();
    while let Some(comment) = rest.strip_prefix("<!--") {
        let Some(end) = comment.find("-->") else { return false };
        rest = comment[end + 3..].trim_start();
    }
    rest.contains('<')
}

#[cfg(test)]
mod tests {
    use crate::check::rules::tests::said;

    #[test]
    fn comments_are_no_markup() {
        assert_eq!(
            said("raw-html", "<div class=\"x\">\nA\n</div>\n\nOne <b>two</b> three.\n"),
            ["<div class=\"x\">", "<b>"]
        );
        assert!(said("raw-html", "<!-- a note -->\n\nOne <!-- two --> `<b>` 3 < 4.\n\n    <b>\n").is_empty());
    }
}
