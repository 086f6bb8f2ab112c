//! `missing-photo`

use super::photos;
use crate::article::RepoPath;
use crate::check::rule::{Levels, Rule, Scope, Seeks};
use crate::check::subject::Sort;
use crate::check::subject::Subject;
use crate::finding::Finding;
use crate::finding::nearest;

pub(super) static RULE: Rule = Rule {
    name: "missing-photo",
    levels: Levels::FROM_REVIEW,
    seeks: &[Seeks::Field("photos"), Seeks::Links],
    scope: Scope::Article(check),
    doc: DOC,
};

const DOC: &str = r##"# missing-photo

## What it says
The article names a photo that is not in its folder, or one that is only a link to a file elsewhere.

## Why it matters
Readers would see a hole. And what is approved is the article's folder, byte for byte: a file outside could change
afterwards, and nobody would have seen it.

## Bad
```toml
[[photos]]
file = "dregder.jpg"
```

## Good
```toml
[[photos]]
file = "dredger.jpg"
```

## How to mend it
Put the file into the article's folder (`desk photo` does), or mend the name. Capitals count: `Dredger.JPG` and
`dredger.jpg` are two files on the machine that builds the site.
"##;

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let Some(folder) = subject.piece.folder() else { return Vec::new() };
    let photos = subject.document().tables_of("photos").into_iter();
    let named = photos.filter_map(|photo| photo.get("file")).filter_map(|file| Some((file.as_str()?, file.span)));
    let blocks = subject.piece.body.blocks.iter();
    let shown = blocks.flat_map(|block| &block.links).filter(|link| link.image).map(|link| (&*link.url, link.span));
    named
        .chain(shown)
        .filter_map(|(name, span)| judge(subject, &folder, name).map(|finding| finding.at(span)))
        .collect()
}

fn judge(subject: &Subject<'_>, folder: &RepoPath, name: &str) -> Option<Finding> {
    if !photos::is_beside(name) {
        return None;
    }
    let name = photos::file_of(name);
    let Ok(path) = folder.join(name) else {
        return Some(
            RULE.finding(format!("`{name}` is not in the article's folder"))
                .help("copy the photo into the folder, and name it without a path"),
        );
    };
    match subject.piece.files.iter().find(|file| file.path == path) {
        Some(file) if file.sort == Sort::Ordinary => None,
        Some(_) => Some(
            RULE.finding(format!("`{name}` is a link to somewhere else"))
                .help("put the file itself into the article's folder"),
        ),
        None => {
            let names = subject.piece.files.iter().filter_map(|file| file.path.below(folder));
            let finding = RULE.finding(format!("there is no `{name}` in the article's folder"));
            Some(match nearest(name, names) {
                Some(meant) => finding.help(format!("did you mean `{meant}`?")),
                None => finding.help(format!("put it into {folder}")),
            })
        }
    }
}
