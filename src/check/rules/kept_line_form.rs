//! `kept-line-form`

use crate::article::Stage;
use crate::article::kept::{self, Kept};
use crate::check::rule::{Levels, Rule, Scope, Seeks};
use crate::check::subject::Subject;
use crate::finding::Finding;
use crate::finding::{Safety, nearest};

pub(super) static RULE: Rule = Rule {
    name: "kept-line-form",
    levels: Levels::ALWAYS,
    seeks: &[Seeks::Field("desk")],
    scope: Scope::Article(check),
    doc: DOC,
};

const DOC: &str = r##"# kept-line-form

## What it says
One of the lines that desk writes (`draft`, `date`, `updated`, and `stage` in `[desk]`) stands in a form that desk
does
not keep: quoted, dotted, in braces, with a comment behind it. Or `stage` is missing, or no stage at all.

## Why it matters
desk changes exactly these lines when an article moves, and leaves them out of what an approval covers. In any other
form
the line would be words like all others, and desk could not publish the article without changing approved words.

## Bad
```toml
draft = true # for now

[desk]
stage = "publish"
```

## Good
```toml
draft = true

[desk]
stage = "draft"
```

## How to mend it
Write the key bare, at the start of a line of its own, with nothing behind the value. `--fix` does where
only quotes or blanks are in the way, `--unsafe-fixes` also takes a comment out.

This cannot be allowed: no suppression and no baseline leaves it out.
"##;

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let document = subject.document();
    if !document.is_adopted() {
        return Vec::new();
    }
    let mut findings: Vec<Finding> = Kept::ALL
        .into_iter()
        .filter_map(|kept| kept::line(document, kept).err())
        .map(|fault| {
            let finding = RULE
                .finding(fault.to_string())
                .at(fault.span)
                .help("nothing else on the line, no comment, no quotes around the key");
            match kept::straighten(document, fault.kept) {
                Some(line) => finding.fix(if line.comment { Safety::Unsafe } else { Safety::Safe }, line.edits),
                None => finding,
            }
        })
        .collect();
    let Some(stage) = document.value("desk.stage") else {
        let place = document.front.field("desk").map_or(document.body, |desk| desk.key_span);
        findings.push(RULE.finding("this article has no stage").at(place).labelled("add below: stage = \"draft\""));
        return findings;
    };
    let word = stage.as_str().unwrap_or_default();
    if document.stage().is_none() && !word.is_empty() {
        let finding = RULE.finding(format!("`{word}` is not a stage")).at(stage.span);
        findings.push(match nearest(word, Stage::ALL.map(Stage::as_str)) {
            Some(meant) => finding.help(format!("did you mean `{meant}`?")),
            None => finding.help("draft, review, published, withdrawn and spiked are"),
        });
    }
    findings
}

#[cfg(test)]
mod tests {
    use crate::check::rules::tests::messages_of;

    #[test]
    fn an_article_that_desk_does_not_keep_may_write_as_it_likes() {
        assert!(messages_of("kept-line-form", "+++\ndraft = true # x\n+++\n").is_empty());
        assert_eq!(
            messages_of("kept-line-form", "+++\n[desk]\nstage = \"publishd\"\n+++\n"),
            ["`publishd` is not a stage"]
        );
        assert_eq!(messages_of("kept-line-form", "+++\n[desk]\nkind = \"news\"\n+++\n"), ["this article has no stage"]);
    }
}
