//! Files put where nobody looks, or where two programs see two things.

use super::{Forgery, published, refused};
use crate::audit::{EVE, FOLDER, MAIN, commit};
use crate::newsroom::{JUN, Newsroom};

const OUTER: &str = "articles/2026/index.md";
const HIDDEN: &str = "+++\ntitle = \"All of it\"\ndraft = true\n+++\n";

pub const PLACES: &[Forgery] = &[
    Forgery {
        name: "a draft whose folder takes public articles in",
        refusal: &["ferry-fares: a public article was deleted"],
        forge: |newsroom| {
            newsroom.write(OUTER, HIDDEN);
            commit(newsroom, EVE, "a draft");
            newsroom.edit(MAIN, "four percent", "five percent");
            commit(newsroom, EVE, "nobody is looking");
        },
    },
    Forgery {
        name: "words in the folder of a draft that goes",
        refusal: &["bare: it became public and no record says so"],
        forge: |newsroom| {
            newsroom.write("articles/drafts/index.md", HIDDEN);
            newsroom.write("articles/drafts/bare/index.md", "+++\ntitle = \"Bare\"\n+++\nWords that nobody read.\n");
            commit(newsroom, EVE, "a draft");
            newsroom.git(["rm", "--quiet", "articles/drafts/index.md"]);
            commit(newsroom, EVE, "no draft");
        },
    },
    Forgery {
        name: "a file that stands twice in its folder",
        refusal: &[
            "the newsroom: `articles/2026/07/ferry-fares/index.md` stands more than once in its folder, and what readers get \
             of it is chance",
            "ferry-fares: it became public and no record says so",
        ],
        forge: |newsroom| {
            let words = newsroom.read(MAIN).replace("four percent", "nine percent");
            let blob = newsroom.as_(JUN).input(words).git(["hash-object", "-w", "--stdin"]);
            with_entry(newsroom, FOLDER, |entries| entries.push(("100644".to_owned(), blob, "index.md".to_owned())));
        },
    },
    Forgery {
        name: "a folder beside a file of the same name",
        refusal: &[
            "the newsroom: `records.txt` stands more than once in its folder, and what readers get of it is chance",
        ],
        forge: |newsroom| {
            newsroom.write("records.txt", "harmless");
            commit(newsroom, JUN, "a file");
            let folder = newsroom.git(["rev-parse", "HEAD:articles"]);
            with_entry(newsroom, "", |entries| entries.push(("40000".to_owned(), folder, "records.txt".to_owned())));
        },
    },
    Forgery {
        name: "a page in a form that desk does not keep",
        refusal: &[
            "articles/2026/07/bare.html: `eve@elsewhere.example` changed a page that desk keeps no record of, without the \
             role `editorial`",
        ],
        forge: |newsroom| {
            newsroom.write("articles/2026/07/bare.html", "<p>Words that nobody read.</p>\n");
            commit(newsroom, EVE, "one more");
        },
    },
    Forgery {
        name: "a front page that desk does not keep",
        refusal: &[
            "articles/index.md: `eve@elsewhere.example` changed a page that desk keeps no record of, without the role \
             `editorial`",
        ],
        forge: |newsroom| {
            newsroom.write("articles/index.md", "+++\ntitle = \"Front\"\n+++\nWords that nobody read.\n");
            commit(newsroom, EVE, "one more");
        },
    },
    Forgery {
        name: "a section's page in another language",
        refusal: &["the newsroom: `eve@elsewhere.example` changed how the newsroom works without the role `editorial`"],
        forge: |newsroom| {
            newsroom.write("articles/_index.fr.md", "+++\ntitle = \"Tout\"\n+++\n");
            commit(newsroom, EVE, "one more");
        },
    },
    Forgery {
        name: "the site's settings changed",
        refusal: &["the newsroom: `eve@elsewhere.example` changed how the newsroom works without the role `editorial`"],
        forge: |newsroom| {
            newsroom.write("hugo.toml", "buildDrafts = true\n");
            commit(newsroom, EVE, "drafts are nice");
        },
    },
    Forgery {
        name: "the site's templates changed",
        refusal: &["the newsroom: `eve@elsewhere.example` changed how the newsroom works without the role `editorial`"],
        forge: |newsroom| {
            newsroom.write("layouts/_default/single.html", "Something else.\n");
            commit(newsroom, EVE, "a nicer page");
        },
    },
];

#[test]
fn where_nobody_looks() {
    refused(published(), PLACES);
}

type Entries = Vec<(String, String, String)>;

/// Commits the tree with other entries in one of its folders, as git itself would never write it.
fn with_entry(newsroom: &Newsroom, folder: &str, change: impl FnOnce(&mut Entries)) {
    let mut entries = listed(newsroom, folder);
    change(&mut entries);
    let mut tree = written(newsroom, &entries);
    let mut at = folder;
    while !at.is_empty() {
        let (parent, name) = at.rsplit_once('/').unwrap_or(("", at));
        let mut entries = listed(newsroom, parent);
        entries.iter_mut().filter(|entry| entry.2 == name).for_each(|entry| entry.1.clone_from(&tree));
        tree = written(newsroom, &entries);
        at = parent;
    }
    let commit = newsroom.as_(JUN).git(["commit-tree", &tree, "-p", "HEAD", "-m", "a small fix"]);
    newsroom.git(["update-ref", "refs/heads/main", commit.trim()]);
}

/// The mode, the object and the name of all that is in a folder.
fn listed(newsroom: &Newsroom, folder: &str) -> Entries {
    let listing = newsroom.git(["ls-tree", &format!("HEAD:{folder}")]);
    let entry = |line: &str| {
        let (meta, name) = line.split_once('\t').unwrap();
        let parts: Vec<&str> = meta.split(' ').collect();
        (parts[0].trim_start_matches('0').to_owned(), parts[2].to_owned(), name.to_owned())
    };
    listing.lines().map(entry).collect()
}

fn written(newsroom: &Newsroom, entries: &Entries) -> String {
    let mut bytes = Vec::new();
    for (mode, object, name) in entries {
        bytes.extend(format!("{mode} {name}\0").bytes());
        let object = object.trim();
        bytes.extend((0..object.len()).step_by(2).map(|at| u8::from_str_radix(&object[at..at + 2], 16).unwrap()));
    }
    let written = newsroom.as_(JUN).input(bytes).git(["hash-object", "-t", "tree", "-w", "--stdin", "--literally"]);
    written.trim().to_owned()
}
