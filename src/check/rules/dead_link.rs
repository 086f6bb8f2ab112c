//! `dead-link`

use crate::article::Document;
use crate::check::reference::{Reference, Wanted};
use crate::check::rule::{Levels, Rule, Scope};
use crate::check::subject::{Card, Context};
use crate::config::{Articles, folded};
use crate::finding::{Finding, nearest};
use std::collections::HashSet;

pub(super) static RULE: Rule =
    Rule { name: "dead-link", levels: Levels::FROM_PUBLICATION, seeks: &[], scope: Scope::Newsroom(check), doc: DOC };

const DOC: &str = r##"# dead-link

## What it says
A link leads to an article that does not exist: to no file among the articles, or to an address beside those of other
articles that none of them has. The same of an entry of `related`. Addresses elsewhere on the site are not judged: pages
may stand there that are no articles. Links to other sites are not followed.

## Why it matters
Readers meet a page that says "not found", and do not come back to the story.

## Bad
```markdown
The permit [came late](/2026/07/harbour-permit/).
```

## Good
```markdown
The permit [came late](/2026/07/harbor-permit/).
```

## How to mend it
Mend the address. If the article has moved, list its old address among its `aliases`; `desk rename` does that by itself.
"##;

fn check(cards: &[Card], context: &Context<'_>) -> Vec<Finding> {
    if cards.iter().all(|card| card.references.is_empty()) {
        return Vec::new();
    }
    let known = Known::of(cards, &context.config.articles);
    let each = cards.iter().flat_map(|card| card.references.iter().map(move |reference| (card, reference)));
    each.filter(|(_, reference)| known.lacks(&reference.wanted))
        .map(|(card, reference)| {
            let finding = RULE
                .finding(format!("there is no article at `{}`", reference.written))
                .in_file(card.path.as_str())
                .at(reference.span);
            match known.meant(reference) {
                Some(meant) => finding.help(format!("did you mean `{meant}`?")),
                None => finding.help("mend the address, or take the link out"),
            }
        })
        .collect()
}

/// What leads to an article.
struct Known<'a> {
    articles: &'a Articles,
    files: HashSet<&'a str>,
    addresses: HashSet<&'a str>,
    /// Ids and slugs, in lower case.
    names: HashSet<String>,
    folders: HashSet<&'a str>,
}

impl<'a> Known<'a> {
    fn of(cards: &'a [Card], articles: &'a Articles) -> Self {
        let addresses = || cards.iter().flat_map(|card| &card.addresses).map(|address| address.path.as_str());
        let ids = cards.iter().filter_map(|card| Some(card.id.as_ref()?.0.to_lowercase()));
        let slugs = addresses().map(|address| address.rsplit('/').next().unwrap_or(address).to_owned());
        Self {
            articles,
            files: cards.iter().map(|card| card.path.as_str()).collect(),
            addresses: addresses().collect(),
            names: ids.chain(slugs).collect(),
            folders: addresses().filter_map(|address| Some(address.rsplit_once('/')?.0)).collect(),
        }
    }

    fn lacks(&self, wanted: &Wanted) -> bool {
        match wanted {
            // The file of an article that was renamed: where it stood, its alias leads on.
            Wanted::File(path) => {
                let stood = self.articles.address(&Document::read(path.clone(), b"").0);
                !self.files.contains(path.as_str()) && !self.addresses.contains(folded(&stood).as_str())
            }
            Wanted::Address(address) => {
                let beside_articles = address.rsplit_once('/').is_some_and(|(folder, _)| self.folders.contains(folder));
                beside_articles
                    && !self.addresses.contains(address.as_str())
                    && !self.folders.contains(address.as_str())
            }
            Wanted::Name(name) => !self.names.contains(name) && !self.addresses.contains(name.as_str()),
        }
    }

    /// What was most likely to be written.
    fn meant(&self, reference: &Reference) -> Option<String> {
        match &reference.wanted {
            Wanted::File(path) => nearest(path.as_str(), sorted(&self.files)).map(str::to_owned),
            Wanted::Address(address) => {
                let (folder, slug) = address.rsplit_once('/')?;
                let beside = sorted(&self.addresses).filter_map(|other| other.rsplit_once('/'));
                let slugs = beside.filter(|(other, _)| *other == folder).map(|(_, slug)| slug);
                nearest(slug, slugs).map(|slug| format!("/{folder}/{slug}/"))
            }
            Wanted::Name(name) => {
                let mut names: Vec<&str> = self.names.iter().map(String::as_str).collect();
                names.sort_unstable();
                nearest(name, names).map(str::to_owned)
            }
        }
    }
}

fn sorted<'a>(names: &HashSet<&'a str>) -> impl Iterator<Item = &'a str> {
    let mut names: Vec<&str> = names.iter().copied().collect();
    names.sort_unstable();
    names.into_iter()
}

#[cfg(test)]
mod tests {
    use crate::check::rules::tests::messages_among;

    #[track_caller]
    fn found(link: &str, expected: usize) {
        let text = format!("+++\ntitle = \"A\"\n+++\nSee [the fares]({link}).\n");
        let other = "+++\ntitle = \"B\"\naliases = [\"/old/fares/\"]\n+++\nB.\n";
        let said = messages_among("dead-link", &[("2026/07/quay", &text), ("2026/07/ferry-fares", other)]);
        assert_eq!(said.len(), expected, "{link}: {said:?}");
    }

    #[test]
    fn links_among_articles_lead_somewhere() {
        for good in [
            "/2026/07/ferry-fares/",
            "../ferry-fares/",
            "../ferry-fares/index.md#top",
            "@/2026/07/ferry-fares/index.md",
            "/old/fares/",
            "/about/",
            "/tags/port/",
            "/2026/07/",
            "/2026/08/new/",
            "https://a.example/2026/07/x/",
            "report.pdf",
            "/2026/07/x.pdf",
        ] {
            found(good, 0);
        }
        for bad in ["/2026/07/ferry-fare/", "../ferry", "../ferry/index.md", "@/2026/ferry.md", "/old/fare"] {
            found(bad, 1);
        }
    }

    #[test]
    fn related_names_articles() {
        let said = |related: &str| {
            let text = format!("+++\ntitle = \"A\"\nrelated = [\"{related}\"]\n+++\nA.\n");
            messages_among("dead-link", &[("2026/07/quay", &text), ("2026/07/ferry", "+++\ntitle = \"B\"\n+++\nB.\n")])
        };
        for good in ["ferry", "2026/07/ferry", "/2026/07/ferry/", "../ferry/index.md"] {
            assert!(said(good).is_empty(), "{good}");
        }
        assert_eq!(said("ferries"), ["articles/2026/07/quay/index.md: there is no article at `ferries`"]);
    }
}
