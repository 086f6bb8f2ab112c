//! Everything that the newsroom has put right: a page for readers and a register for machines, from the same records that
//! stand in the articles.

use minijinja::context;
use serde::Serialize;
use serde_json::{Value, json};

use super::address::{Address, alias_file};
use super::article::{Note, Story};
use super::press::{Press, Told};
use super::templates::value;
use crate::article::amendment::Label;
use crate::article::{Amendment, RepoPath, Withdrawal, notice};

#[derive(Serialize)]
struct Item<'a> {
    href: String,
    /// None where the title went with the words.
    title: Option<&'a str>,
    told: Told<'a>,
}

/// Where the page is; none when one of `stories` stands there, which may be the newsroom's own page of that name.
pub(super) fn address<'a>(mut stories: impl Iterator<Item = &'a Story<'a>>) -> Option<Address> {
    let own = Address::own("corrections", None)?;
    let is_there = |story: &Story<'_>| {
        let aliases = story.source.document.list_of("aliases");
        story.address.page() == own.page() || aliases.into_iter().filter_map(alias_file).any(|file| file == own.page())
    };
    (!stories.any(is_there)).then_some(own)
}

/// Every change of every article that readers find, newest first.
fn all<'p>(press: &'p Press<'_>) -> Vec<(&'p Story<'p>, &'p Note)> {
    let stories = press.stories.iter().chain(&press.notices);
    let mut all: Vec<_> = stories.flat_map(|story| story.changes.iter().map(move |change| (story, change))).collect();
    let when = |change: &Note| change.date.as_ref().map(|date| date.at.timestamp());
    all.sort_by(|(one_story, one), (other_story, other)| {
        let place = |story: &Story<'_>| story.address.href();
        when(other)
            .cmp(&when(one))
            .then_with(|| place(one_story).cmp(&place(other_story)))
            .then(other.number.cmp(&one.number))
    });
    all
}

/// The title of an article, unless it went with the words.
fn title<'s>(story: &'s Story<'_>) -> Option<&'s str> {
    match notice::told(&story.source.document) {
        Some((Withdrawal::Kill | Withdrawal::Legal, _)) => None,
        _ => Some(&story.title),
    }
}

/// The page: what was wrong, could be misread, or was withdrawn. What is merely new is no correction.
pub(super) fn page(press: &Press<'_>) -> Option<(RepoPath, String)> {
    let href = press.frame.corrections.as_deref()?;
    let address = Address::own("corrections", None)?;
    let put_right = |label: Label| {
        matches!(
            label,
            Label::Change(Amendment::Correction | Amendment::Clarification | Amendment::EditorsNote)
                | Label::Withdrawal(_)
        )
    };
    let items: Vec<Item<'_>> = all(press)
        .into_iter()
        .filter(|(_, change)| put_right(change.label) && change.is_shown())
        .map(|(story, change)| Item {
            href: story.address.href(),
            title: title(story),
            told: press.tell(story, change),
        })
        .collect();
    let text = press.templates.fill(
        "corrections.html",
        context! {
            site => value(&press.frame),
            words => value(press.words),
            title => format!("{} — {}", press.words.corrections, press.info.name),
            canonical => press.base.as_ref().map(|base| format!("{base}{href}")),
            root => address.to_root(),
            name_tag => "p",
            items => value(&items),
        },
    );
    Some((address.page(), text))
}

/// The register: every change record, as JSON.
pub(super) fn register(press: &Press<'_>) -> String {
    let root = press.base.as_deref().unwrap_or_default();
    let entry = |(story, change): (&Story<'_>, &Note)| {
        let mut entry = json!({
            "article": {
                "id": story.source.document.id().map(|id| id.to_string()),
                "title": title(story),
                "url": format!("{root}{}", story.address.href()),
            },
            "number": change.number,
            "kind": change.label.as_str(),
            "date": change.date.as_ref().map(|date| date.shown().machine),
            "note": change.note,
        });
        if let (Some(corrects), Value::Object(fields)) = (change.corrects, &mut entry) {
            fields.insert("corrects".to_owned(), corrects.into());
        }
        entry
    };
    let changes: Vec<Value> = all(press).into_iter().map(entry).collect();
    let newsroom = json!({ "id": press.info.id, "name": press.info.name });
    let register = json!({ "version": 1, "newsroom": newsroom, "changes": changes });
    let mut text = serde_json::to_string_pretty(&register).unwrap_or_else(|_| register.to_string());
    text.push('\n');
    text
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;

    use crate::article::{Document, RepoPath};
    use crate::site::{Content, PublicArticle, Site, SiteInfo, build};

    const TWICE: &str = "title = \"Ferry\"\ndate = 2026-07-01T10:00:00Z\nupdated = 2026-07-05T10:00:00Z\n\
        [[changes]]\nkind = \"correction\"\ndate = 2026-07-02T10:00:00Z\nnote = \"It is <8>, not 9.\"\n\
        [[changes]]\nkind = \"clarification\"\ndate = 2026-07-03T10:00:00Z\nnote = \"For adults.\"\n\
        [[changes]]\nkind = \"correction\"\ndate = 2026-07-04T10:00:00Z\nnote = \"It is 7 after all.\"\ncorrects = 1\n\
        [[changes]]\nkind = \"refile\"\ndate = 2026-07-05T10:00:00Z\nnote = \"A comma.\"\n\
        [desk]\nid = \"01K0Z6H8Q2W3N4P5R6S7T8V9WX\"\nstage = \"published\"";
    const KILLED: &str = "title = \"Mayor\"\ndate = 2026-07-01T10:00:00Z\n[[changes]]\nkind = \"kill\"\n\
        date = 2026-07-06T10:00:00Z\nnote = \"Nobody said this.\"\n[desk]\nstage = \"withdrawn\"";

    fn article(home: &str, front: &str) -> PublicArticle {
        let path = RepoPath::new(format!("articles/{home}/index.md")).expect("a path");
        let text = format!("+++\n{front}\n+++\nWords stand here.\n");
        PublicArticle {
            document: Document::read(path.clone(), text.as_bytes()).0,
            home: path.parent().expect("a folder"),
            files: vec![path],
            first_published: None,
            last_changed: None,
        }
    }

    fn site(articles: &[PublicArticle]) -> Site {
        let info = SiteInfo {
            id: "post-1".to_owned(),
            name: "Post".to_owned(),
            url: Some("https://post.example".to_owned()),
            language: "en".to_owned(),
            timezone: TimeZone::UTC,
            description: None,
            root: RepoPath::new("articles").expect("a path"),
        };
        build(&info, "2026-08-01T00:00:00Z".parse().expect("a time"), articles).expect("no collision")
    }

    fn text(site: &Site, at: &str) -> String {
        let page = site.pages.iter().find(|page| page.path.as_str() == at).map(|page| &page.content);
        let Some(Content::Bytes(bytes)) = page else { panic!("{at} is not there") };
        String::from_utf8(bytes.clone()).expect("text")
    }

    #[test]
    fn one_record_feeds_every_output() {
        let site = site(&[article("ferry", TWICE), article("mayor", KILLED)]);
        let page = text(&site, "ferry/index.html");
        let at = |part: &str| page.find(part).unwrap_or_else(|| panic!("no {part} in {page}"));
        assert!(at("id=\"change-1\"") < at("id=\"change-3\"") && at("id=\"change-3\"") < at("Words stand here"));
        assert!(at("Words stand here") < at("id=\"change-2\""), "a clarification stands below");
        assert!(page.contains("It is &lt;8&gt;, not 9.") && !page.contains("A comma."), "{page}");
        assert!(page.contains("href=\"#change-1\"") && page.contains("href=\"#change-3\""), "the chain is shown");
        // No word changed last: readers see when one did, machines when the page did.
        assert!(page.contains("2026-07-04 10:00 UTC") && !page.contains("2026-07-05 10:00"), "{page}");
        assert!(page.contains("\"dateModified\":\"2026-07-05T10:00:00+00:00\""), "{page}");
        assert!(page.contains("https://post.example/ferry/#change-1"), "{page}");
        let feed = text(&site, "feed.xml");
        assert!(feed.contains("<updated>2026-07-04T10:00:00+00:00</updated>") && feed.contains("It is 7 after all."));
        let list = text(&site, "corrections/index.html");
        assert!(list.contains("Nobody said this.") && list.contains("For adults.") && !list.contains("A comma."));
        assert!(!list.contains("Mayor") && !text(&site, "corrections.json").contains("Mayor"), "its title went too");
        let register: serde_json::Value = serde_json::from_str(&text(&site, "corrections.json")).expect("JSON");
        let kinds: Vec<_> = register["changes"].as_array().expect("a list").iter().map(|one| &one["kind"]).collect();
        assert_eq!(kinds, ["kill", "refile", "correction", "clarification", "correction"]);
        assert_eq!((&register["changes"][2]["corrects"], &register["changes"][2]["number"]), (&1.into(), &3.into()));
    }

    #[test]
    fn words_that_came_back_are_not_told_as_gone() {
        let back = format!("{}\"published\"", KILLED.strip_suffix("\"withdrawn\"").expect("a stage"));
        let again = "This article was published again later.";
        let gone = site(&[article("mayor", KILLED)]);
        let site = site(&[article("mayor", &back)]);
        for page in ["mayor/index.html", "corrections/index.html", "feed.xml"] {
            assert!(text(&site, page).contains(again) && !text(&gone, page).contains(again), "{page}");
        }
    }

    #[test]
    fn a_newsrooms_own_page_of_corrections_stays() {
        let own = "title = \"What we got wrong\"\ndate = 2026-07-01\n[desk]\nstage = \"published\"";
        let site = site(&[article("corrections", own)]);
        assert!(text(&site, "corrections/index.html").contains("Words stand here."));
        assert!(!text(&site, "404.html").contains("corrections/"));
    }
}
