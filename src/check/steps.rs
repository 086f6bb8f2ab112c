//! What is said of a commit, not of a text: its documentation. The judge is the room `history`; a newsroom cannot set
//! these to another level, because they are about what happened.

/// Each with the text that `--explain` prints.
pub(super) const STEPS: [(&str, &str); 9] = [
    (
        "stealth-edit",
        r#"# stealth-edit

## What it says
A commit changes the words (or the photos, or the place) of a public article, and it is neither a stamp of desk's nor part
of a correction that desk was told of. Or it is such a correction, and readers would not be told, or not truly: it brings no
note of its own (`[[changes]]`), an earlier note is changed, dropped or moved, a note corrects one that is not there, or a
refile, which one person may make, changes a word.

## Why it matters
Readers would meet other words than those that people agreed to, and nobody would have said so. A correction that is not
told is the one thing a newsroom cannot take back.

## Bad
```
git commit -m "typo" articles/2026/07/ferry/index.md
```

## Good
```
desk edit ferry
desk correct ferry
desk submit ferry
desk publish ferry
```

## How to mend it
A correction without its note gets one from `desk correct ferry`. What was committed by hand: take the change back, then make
it again with `desk edit` and `desk correct`. The words go through `submit` and `publish` with the note, and the article's
record says who agreed to both.
"#,
    ),
    (
        "kept-lines",
        r#"# kept-lines

## What it says
A commit changes `draft`, `date`, `updated` or `stage` of a public article without a move of desk's.

## Why it matters
These four lines say what is public and since when. No approval covers them, because desk alone writes them, in a stamp
that stands in the article's record.

## Bad
```
git commit -m "new date" articles/2026/07/ferry/index.md
```

## Good
```
desk publish ferry
```

## How to mend it
Put the lines back as they were. The next move of the article writes them as they should be.
"#,
    ),
    (
        "illegal-move",
        r#"# illegal-move

## What it says
A commit brings an article from one stage to another in a way that no move does: it becomes public without a record, a
public one is deleted or hidden, a draft becomes `published` by hand.

## Why it matters
What is public has been agreed to, by the people and roles that the newsroom's own rules ask for. A stage that somebody
typed says nothing of the kind.

## Bad
```toml
[desk]
stage = "published"   # typed by hand
```

## Good
```
desk submit ferry
desk publish ferry
```

## How to mend it
Take the commit back before it leaves this machine; on a branch that others have, leave it out of what is merged. Then let
the article move with `desk submit`, `desk return`, `desk publish`, `desk spike` or `desk revive`.
"#,
    ),
    (
        "record-edited",
        r#"# record-edited

## What it says
Something in `records/` was changed otherwise than by a move, a record says other than what is there, or a record is gone.

## Why it matters
A record is what `desk audit` reads: who agreed to which words, and when. Each entry holds the hash of all before it, so
that nothing in it can be changed later.

## Bad
```
git rm records/01K0Z6H8Q2W3N4P5R6S7T8V9WX.toml
```

## Good
```
desk publish ferry    # adds an entry
```

## How to mend it
Put the file back as it was: `git checkout REV -- records/NAME.toml`, with the last commit in which it was whole.
"#,
    ),
    (
        "policy-not-met",
        r#"# policy-not-met

## What it says
A publication's record does not show the yes of everybody whose yes the newsroom's rules asked for then, names other rules
than held then, or is by somebody who was not on the staff list.

## Why it matters
Where the rules ask for two people, nobody makes words public alone.

## Bad
```
desk publish ferry    # with a desk whose rules were changed for the occasion
```

## Good
```
desk submit ferry
desk approve ferry    # somebody else
desk publish ferry
```

## How to mend it
`desk show ferry --needs` says who must still agree. What is public already is mended with a correction that they agree to.
"#,
    ),
    (
        "governed-file",
        r#"# governed-file

## What it says
A file that says how the newsroom works (`desk.toml`, `staff.toml`, `baseline.toml`, `schemas/`, `styles/`, `.github/`,
`CODEOWNERS`, `.gitattributes`, `_index.md`; the site's `hugo.toml`, `config.toml`, `config/`, `templates/`, `layouts/`,
`themes/`) was changed by somebody without the role for it, or cannot be read any more. The same is said of a page among
the articles that desk keeps no record of, such as `about.html`.

## Why it matters
Whoever changes the rules decides what an approval means. So the rules before the change say who may change them: never
those that the change itself brings.

## Bad
```
git commit -m "one person is enough" desk.toml    # by a writer
```

## Good
```
git commit -m "one person is enough" desk.toml    # by somebody with the role admin
```

## How to mend it
Ask somebody with the role (`admin`, or those in `[review] governed`) to make the change.
"#,
    ),
    (
        "not-ordinary-file",
        r#"# not-ordinary-file

## What it says
A commit puts a link, a program, another repository or a name that leads out of the newsroom where desk keeps its files.

## Why it matters
What is approved is a text, byte for byte. A link's text is elsewhere, and may change after everybody has read it.

## Bad
```
ln -s /etc/passwd articles/2026/07/ferry/photo.jpg
```

## Good
```
cp photo.jpg articles/2026/07/ferry/photo.jpg
```

## How to mend it
Put the file itself in its place, without the right to be run.
"#,
    ),
    (
        "lost-address",
        r#"# lost-address

## What it says
A commit takes an address away at which readers found a public article: it was renamed, or an alias was struck out, and
nothing leads from the old address to the article any more.

## Why it matters
Links on other sites, bookmarks and search engines lead to the old address for years. Readers who follow them meet a page
that says "not found".

## Bad
```
git mv articles/2026/07/ferry articles/2026/07/ferry-fares
```

## Good
```
desk rename ferry ferry-fares
```

## How to mend it
Write the old address among the article's `aliases`, as `"/2026/07/ferry/"`: the site then leads readers on. `desk rename`
does that by itself.
"#,
    ),
    (
        "embargo-exposed",
        r#"# embargo-exposed

## What it says
The article's `embargo` has not passed, and everybody can read its words already: they are public words of the base, or
they stand in a branch that was sent to a remote which is not known as the staff's own (`private` under `[newsroom]` names
those). Branches are those that this copy has fetched or sent, with every commit that is not part of the public version.

## Why it matters
A branch of a public repository is published, whatever its name: search engines and colleagues of other papers read it.
Who gave the words under embargo will not ask whether it was the front page.

## Bad
```
git push origin desk/budget-leak    # to a public repository, before the embargo has passed
```

## Good
```toml
[articles]
share = "submit"    # drafts stay here; sent once the embargo has passed
```

## How to mend it
Take the branch away there (`git push origin --delete BRANCH`) and tell those who gave you the words. Deleting it does not
call back what was read. If the embargo was lifted, take the line out.
"#,
    ),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::SECTIONS;

    #[test]
    fn each_has_every_section_in_order() {
        for (name, text) in STEPS {
            assert!(text.starts_with(&format!("# {name}\n")), "{name}");
            let at: Vec<Option<usize>> = SECTIONS.iter().map(|section| text.find(section)).collect();
            assert!(at.iter().all(Option::is_some) && at.is_sorted(), "{name} {at:?}");
        }
    }
}
