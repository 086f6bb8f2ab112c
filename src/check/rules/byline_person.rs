//! `byline-person`

use crate::check::rule::{Levels, Rule, Scope, Seeks};
use crate::check::subject::Subject;
use crate::check::words::folded;
use crate::finding::Finding;

pub(super) static RULE: Rule = Rule {
    name: "byline-person",
    levels: Levels::ADVICE,
    seeks: &[Seeks::Field("authors")],
    scope: Scope::Article(check),
    doc: DOC,
};

const DOC: &str = r##"# byline-person

## What it says
An entry of `authors` is nobody: "Staff", "Admin", "Our correspondent". Briefs, which are the house's, are left alone.

## Why it matters
A byline says who answers for the words. "Admin" is what a publishing system writes when nobody was asked.

## Bad
```toml
authors = ["Staff"]
```

## Good
```toml
authors = ["Mina Park"]
```

## How to mend it
Name who wrote it. If the house itself speaks, write the newsroom's own name, or leave `authors` out where the kind of
article allows it.
"##;

/// What stands in bylines for nobody.
const NOBODY: [&str; 36] = [
    "admin",
    "administrator",
    "agencies",
    "anonymous",
    "author",
    "author name",
    "contributor",
    "correspondent",
    "desk",
    "desk staff",
    "editor",
    "editorial staff",
    "editors",
    "guest",
    "guest author",
    "guest writer",
    "n a",
    "news desk",
    "newsdesk",
    "newsroom",
    "none",
    "online desk",
    "our correspondent",
    "our reporter",
    "our staff",
    "reporter",
    "special correspondent",
    "staff",
    "staff reporter",
    "staff writer",
    "unknown",
    "user",
    "web desk",
    "webmaster",
    "wire services",
    "writer",
];

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    if subject.document().kind() == Some("brief") {
        return Vec::new();
    }
    let house = folded(&subject.context.config.newsroom.name);
    let authors = subject.document().field("authors");
    let authors = authors.into_iter().flat_map(|value| value.as_array().unwrap_or(std::slice::from_ref(value)));
    authors
        .filter_map(|author| {
            let name = author.as_str()?;
            let plain = folded(name);
            (NOBODY.contains(&&*plain) && plain != house).then(|| {
                RULE.finding(format!("`{}` is nobody who could answer for these words", name.trim()))
                    .at(author.span)
                    .help("name who wrote it, or the newsroom itself")
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::check::rules::tests::messages_of;

    #[test]
    fn a_byline_is_somebody() {
        let said = |author: &str, kind: &str| {
            let desk = format!("[desk]\nkind = \"{kind}\"\nstage = \"draft\"\n");
            messages_of("byline-person", &format!("+++\ntitle = \"A\"\nauthors = [\"{author}\"]\n{desk}+++\nA.\n"))
                .len()
        };
        assert_eq!(said("Our Correspondent", "news"), 1);
        assert_eq!(said("STAFF", "opinion"), 1);
        assert_eq!(said("Staff", "brief"), 0);
        assert_eq!(said("Jun Staff", "news"), 0);
        assert_eq!(said("The Editorial Board", "opinion"), 0);
    }
}
