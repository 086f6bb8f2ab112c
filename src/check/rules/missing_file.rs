//! `missing-file`

use super::photos;
use crate::check::rule::{Levels, Rule, Scope, Seeks};
use crate::check::subject::{Sort, Subject};
use crate::finding::{Finding, nearest};

pub(super) static RULE: Rule = Rule {
    name: "missing-file",
    levels: Levels::FROM_REVIEW,
    seeks: &[Seeks::Links],
    scope: Scope::Article(check),
    doc: DOC,
};

const DOC: &str = r##"# missing-file

## What it says
A link leads to a file of the article's own folder, and the folder has none of that name, or only a link to a file
elsewhere. Photos are `missing-photo`'s.

## Why it matters
The document that the story rests on is the one readers press on.

## Bad
```markdown
Read [the permit](permitt.pdf).
```

## Good
```markdown
Read [the permit](permit.pdf).
```

## How to mend it
Put the file into the article's folder, or mend the name. Capitals count.
"##;

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let Some(folder) = subject.piece.folder() else { return Vec::new() };
    let links = subject.piece.body.blocks.iter().flat_map(|block| &block.links).filter(|link| !link.image);
    links
        .filter_map(|link| {
            let name = photos::file_of(&link.url);
            if !photos::is_beside(&link.url) || !is_file(name) || name.contains(['{', '}']) {
                return None;
            }
            let path = folder.join(name).ok()?;
            let (message, help) = match subject.piece.files.iter().find(|file| file.path == path) {
                Some(file) if file.sort == Sort::Ordinary => return None,
                Some(_) => (format!("`{name}` is a link to somewhere else"), "put the file itself there".to_owned()),
                None => {
                    let names = subject.piece.files.iter().filter_map(|file| file.path.below(&folder));
                    let help = nearest(name, names).map(|meant| format!("did you mean `{meant}`?"));
                    (
                        format!("there is no `{name}` in the article's folder"),
                        help.unwrap_or_else(|| format!("put it into {folder}")),
                    )
                }
            };
            Some(RULE.finding(message).at(link.span).help(help))
        })
        .collect()
}

/// Whether `name` looks like a file's in the same folder, and not like a page or a site's name without its `https://`.
fn is_file(name: &str) -> bool {
    const ENDINGS: [&str; 27] = [
        "csv", "doc", "docx", "gif", "gpx", "ics", "jpeg", "jpg", "json", "kml", "m4a", "mov", "mp3", "mp4", "ods",
        "odt", "ogg", "pdf", "png", "ppt", "pptx", "svg", "tsv", "txt", "webp", "xlsx", "zip",
    ];
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    !name.contains("../") && ending.is_some_and(|ending| ENDINGS.contains(&&*ending))
}

#[cfg(test)]
mod tests {
    use crate::check::rules::tests::messages;

    #[test]
    fn a_file_stands_in_the_folder() {
        assert_eq!(messages("missing-file", "[a](permit.pdf) [b](./dredgr.jpg)\n").len(), 2);
        let good =
            "[a](dredger.jpg) [b](https://a.example/x.pdf) [c](/x.pdf) [d](a.example) [e](../x.pdf) [f](#x.pdf)\n";
        assert!(messages("missing-file", good).is_empty());
    }
}
