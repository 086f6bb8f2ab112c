//! `alt-repeats-caption`

use crate::check::rule::{Levels, Rule, Scope, Seeks};
use crate::check::subject::Subject;
use crate::check::words::folded;
use crate::finding::Finding;

pub(super) static RULE: Rule = Rule {
    name: "alt-repeats-caption",
    levels: Levels::ADVICE,
    seeks: &[Seeks::Field("photos")],
    scope: Scope::Article(check),
    doc: DOC,
};

const DOC: &str = r##"# alt-repeats-caption

## What it says
A photo's `alt` has the words of its caption, or is the name of its file. Captions of three words or fewer
are left alone.

## Why it matters
People who cannot see the photo hear the caption twice, and nothing of what is in the picture.

## Bad
```toml
caption = "The dredger Alder Queen at berth 4 on Saturday."
alt = "The dredger Alder Queen at berth 4 on Saturday"
```

## Good
```toml
caption = "The dredger Alder Queen at berth 4 on Saturday."
alt = "A red dredger moored at a quay, its crane raised"
```

## How to mend it
Say what is to be seen; the caption says what it means.
"##;

/// Fewer words may stand in both.
const FEWEST: usize = 4;

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let photos = subject.document().tables_of("photos").into_iter();
    photos
        .filter_map(|photo| {
            let alt = photo.get("alt")?;
            let words = folded(alt.as_str()?);
            if words.is_empty() {
                return None;
            }
            let stem = |file: &str| file.rsplit_once('.').map_or_else(|| folded(file), |(stem, _)| folded(stem));
            let file = photo.text("file").is_some_and(|file| {
                folded(file) == words || (stem(file) == words && (words.contains('-') || words.contains('_')))
            });
            // A caption of a few words may say what is seen, and no more.
            let long = words.split(' ').count() >= FEWEST;
            let message = if long && photo.text("caption").is_some_and(|caption| folded(caption) == words) {
                "these are the caption's words"
            } else if file {
                "this is the file's name"
            } else {
                return None;
            };
            Some(RULE.finding(message).at(alt.span).help("say what is to be seen in the photo"))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::check::rules::tests::messages_of;

    #[test]
    fn a_description_says_what_is_seen() {
        let said = |alt: &str| {
            let photo =
                format!("[[photos]]\nfile = \"dredger.jpg\"\ncaption = \"The dredger at berth 4.\"\nalt = \"{alt}\"\n");
            messages_of("alt-repeats-caption", &format!("+++\ntitle = \"A\"\n{photo}+++\nA.\n")).len()
        };
        assert_eq!(
            (said("the dredger at berth 4"), said("dredger.jpg"), said("A ship"), said(""), said("Dredger")),
            (1, 1, 0, 0, 0)
        );
    }
}
