//! What readers see, changed by hand.

use desk::article::{Digest, Entry, ORDINARY_FILE, RepoPath};
use desk::ledger::{Assent, Record, Statement};

use super::landing::record;
use super::{Forgery, drafted, published, refused};
use crate::audit::{EVE, FOLDER, MAIN, commit, record_file};
use crate::newsroom::{ANA, JUN, MINA, Newsroom};

const CHANGED: &[&str] = &["ferry-fares: public words were changed and no record says so"];

pub const WORDS: &[Forgery] = &[
    Forgery {
        name: "a changed byte after approval",
        refusal: CHANGED,
        forge: |newsroom| edited(newsroom, "four percent", "five percent"),
    },
    Forgery {
        name: "a character that nobody sees",
        refusal: CHANGED,
        forge: |newsroom| edited(newsroom, "four percent", "four\u{200b} percent"),
    },
    Forgery {
        name: "other line ends",
        refusal: CHANGED,
        forge: |newsroom| {
            newsroom.write(MAIN, newsroom.read(MAIN).replace('\n', "\r\n"));
            commit(newsroom, JUN, "line ends");
        },
    },
    Forgery {
        name: "a changed byte that comes with a merge",
        refusal: CHANGED,
        forge: |newsroom| {
            newsroom.git(["switch", "--quiet", "-c", "fix"]);
            edited(newsroom, "four percent", "five percent");
            newsroom.git(["switch", "--quiet", "main"]);
            newsroom.as_(ANA).git(["merge", "--quiet", "--no-ff", "-m", "Merge branch 'fix'", "fix"]);
        },
    },
    Forgery {
        name: "a merge that resolves to other words",
        refusal: CHANGED,
        forge: |newsroom| {
            newsroom.git(["switch", "--quiet", "-c", "notes"]);
            newsroom.write("notes.txt", "harmless");
            commit(newsroom, JUN, "notes");
            newsroom.git(["switch", "--quiet", "main"]);
            newsroom.git(["merge", "--quiet", "--no-ff", "--no-commit", "notes"]);
            edited(newsroom, "four percent", "five percent");
        },
    },
    Forgery {
        name: "a changed byte under a colleague's name (--author)",
        refusal: CHANGED,
        forge: |newsroom| {
            newsroom.edit(MAIN, "four percent", "five percent");
            newsroom.as_(MINA).git(["commit", "--quiet", "--all", "-m", "x", "--author", "Jun Seo <jun@post.example>"]);
        },
    },
    Forgery {
        name: "a changed byte with the record made to match",
        refusal: &["ferry-fares: the record was rewritten: what stood there before is not there any more"],
        forge: matching_record,
    },
    Forgery {
        name: "a swapped photo",
        refusal: CHANGED,
        forge: |newsroom| {
            newsroom.write(&format!("{FOLDER}/boat.jpg"), "another picture");
            commit(newsroom, JUN, "a nicer picture");
        },
    },
    Forgery {
        name: "one more file",
        refusal: CHANGED,
        forge: |newsroom| {
            newsroom.write(&format!("{FOLDER}/extra.pdf"), "a document");
            commit(newsroom, JUN, "a document");
        },
    },
    Forgery {
        name: "a photo taken away",
        refusal: CHANGED,
        forge: |newsroom| {
            newsroom.git(["rm", "--quiet", &format!("{FOLDER}/boat.jpg")]);
            commit(newsroom, JUN, "no picture");
        },
    },
    Forgery {
        name: "a mode change",
        refusal: &[
            "ferry-fares: public words were changed and no record says so",
            "ferry-fares: this is not an ordinary file (mode 100755)",
        ],
        forge: |newsroom| {
            newsroom.git(["update-index", "--chmod=+x", MAIN]);
            newsroom.as_(JUN).git(["commit", "--quiet", "-m", "mode"]);
        },
    },
    Forgery {
        name: "a link in the place of a photo",
        refusal: &[
            "ferry-fares: public words were changed and no record says so",
            "ferry-fares: this is not an ordinary file (mode 120000)",
        ],
        forge: |newsroom| {
            let link = newsroom.as_(JUN).input("../../../../staff.toml").git(["hash-object", "-w", "--stdin"]);
            entry(newsroom, &format!("120000,{},{FOLDER}/boat.jpg", link.trim()));
        },
    },
    Forgery {
        name: "another repository in the article's folder",
        refusal: &[
            "ferry-fares: public words were changed and no record says so",
            "ferry-fares: this is not an ordinary file (mode 160000)",
        ],
        forge: |newsroom| {
            let head = newsroom.git(["rev-parse", "HEAD"]);
            entry(newsroom, &format!("160000,{},{FOLDER}/more", head.trim()));
        },
    },
    Forgery {
        name: "a deleted article",
        refusal: &["ferry-fares: a public article was deleted"],
        forge: |newsroom| {
            newsroom.git(["rm", "-r", "--quiet", FOLDER]);
            commit(newsroom, JUN, "we do not stand by this");
        },
    },
    Forgery {
        name: "a deleted article with its record",
        refusal: &["ferry-fares: the record was deleted"],
        forge: |newsroom| {
            newsroom.git(["rm", "-r", "--quiet", FOLDER, "records"]);
            commit(newsroom, JUN, "this was never there");
        },
    },
    Forgery {
        name: "a kept line edited: hidden",
        refusal: &["ferry-fares: a public article was hidden and no record says so"],
        forge: |newsroom| edited(newsroom, "draft = false", "draft = true"),
    },
    Forgery {
        name: "a kept line edited: an earlier date",
        refusal: &["ferry-fares: lines that only desk writes were changed by hand"],
        forge: |newsroom| edited(newsroom, "date = 2026-07-25", "date = 2026-07-20"),
    },
    Forgery {
        name: "a kept line edited: another stage",
        refusal: &["ferry-fares: lines that only desk writes were changed by hand"],
        forge: |newsroom| edited(newsroom, "stage = \"published\"", "stage = \"withdrawn\""),
    },
    Forgery {
        name: "a kept line quoted",
        refusal: CHANGED,
        forge: |newsroom| edited(newsroom, "draft = false", "\"draft\" = false"),
    },
    Forgery {
        name: "a kept line dotted",
        refusal: CHANGED,
        forge: |newsroom| {
            let text = newsroom.read(MAIN).replacen("stage = \"published\"\n", "", 1);
            newsroom.write(MAIN, text.replacen("[desk]", "desk.stage = \"published\"\n[desk]", 1));
            commit(newsroom, JUN, "dots");
        },
    },
    Forgery {
        name: "another kind after approval",
        refusal: CHANGED,
        forge: |newsroom| edited(newsroom, "kind = \"news\"", "kind = \"opinion\""),
    },
    Forgery {
        name: "an id of its own",
        refusal: &["ferry-fares: it became public and no record says so", "ferry-fares: a public article was deleted"],
        forge: |newsroom| {
            let id = crate::audit::id(newsroom).to_string();
            edited(newsroom, &id, "01K0Z6H8Q2W3N4P5R6S7T8V9WX");
        },
    },
    Forgery {
        name: "an id that climbs out of records",
        refusal: &[
            "ferry-fares: it became public and no record says so",
            "ferry-fares: public words were changed and no record says so",
        ],
        forge: |newsroom| {
            let id = crate::audit::id(newsroom).to_string();
            edited(newsroom, &id, "../../../../desk");
        },
    },
    Forgery {
        name: "the same words at another place",
        refusal: &[
            "boats: public words were changed and no record says so",
            "boats: readers knew it at `2026/07/ferry-fares`, which leads nowhere any more",
        ],
        forge: |newsroom| {
            newsroom.git(["mv", FOLDER, "articles/2026/07/boats"]);
            commit(newsroom, JUN, "a better name");
        },
    },
    Forgery {
        name: "a second article with the same id",
        refusal: &[
            "twin: another article has this id already (`articles/2026/07/ferry-fares`)",
            "twin: it became public and no record says so",
        ],
        forge: |newsroom| {
            newsroom.write("articles/2026/07/twin/index.md", newsroom.read(MAIN));
            commit(newsroom, JUN, "the same again");
        },
    },
];

pub const DRAFTS: &[Forgery] = &[
    Forgery {
        name: "a draft made public by hand",
        refusal: &["pier-repairs: it became public and no record says so"],
        forge: |newsroom| {
            let main = "articles/2026/07/pier-repairs/index.md";
            newsroom.edit(main, "stage = \"draft\"", "stage = \"published\"").edit(
                main,
                "draft = true",
                "draft = false",
            );
            commit(newsroom, JUN, "publish");
        },
    },
    Forgery {
        name: "a draft that generators show",
        refusal: &["pier-repairs: it became public and no record says so"],
        forge: |newsroom| {
            newsroom.edit("articles/2026/07/pier-repairs/index.md", "draft = true", "draft = false");
            commit(newsroom, JUN, "just a look");
        },
    },
    Forgery {
        name: "a draft that only some generators hide",
        refusal: &["pier-repairs: it became public and no record says so"],
        forge: |newsroom| {
            newsroom.edit("articles/2026/07/pier-repairs/index.md", "draft = true", "draft = true\nDraft = false");
            commit(newsroom, JUN, "just a look");
        },
    },
    Forgery {
        name: "words without front matter",
        refusal: &["bare: it became public and no record says so"],
        forge: |newsroom| {
            newsroom.write("articles/2026/07/bare.md", "Words that nobody read.\n");
            commit(newsroom, EVE, "one more");
        },
    },
    Forgery {
        name: "words that desk does not keep",
        refusal: &["bare: it became public and no record says so"],
        forge: |newsroom| {
            newsroom.write("articles/2026/07/bare.md", "+++\ntitle = \"Bare\"\n+++\nWords that nobody read.\n");
            commit(newsroom, EVE, "one more");
        },
    },
    Forgery {
        name: "a draft that was never sent and never begun",
        refusal: &["pier-repairs: the stage went from `draft` to `withdrawn`, which no move does"],
        forge: |newsroom| {
            newsroom.edit("articles/2026/07/pier-repairs/index.md", "stage = \"draft\"", "stage = \"withdrawn\"");
            commit(newsroom, JUN, "withdrawn");
        },
    },
];

#[test]
fn what_readers_see() {
    refused(published(), WORDS);
}

#[test]
fn what_readers_should_not_see() {
    refused(drafted(), DRAFTS);
}

fn edited(newsroom: &Newsroom, old: &str, new: &str) {
    newsroom.edit(MAIN, old, new);
    commit(newsroom, JUN, "a small fix");
}

fn entry(newsroom: &Newsroom, entry: &str) {
    newsroom.git(["update-index", "--add", "--cacheinfo", entry]);
    newsroom.as_(JUN).git(["commit", "--quiet", "-m", "an entry"]);
}

fn matching_record(newsroom: &Newsroom) {
    newsroom.edit(MAIN, "four percent", "five percent");
    let path = record_file(newsroom);
    let record = record(newsroom, &path);
    let mut entry = record.entries[0].clone();
    let entries = [MAIN.to_owned(), format!("{FOLDER}/boat.jpg")].map(|file| Entry {
        bytes: newsroom.read(&file).into_bytes(),
        path: RepoPath::new(file).unwrap(),
        mode: ORDINARY_FILE,
    });
    let (home, main) = (RepoPath::new(FOLDER).unwrap(), RepoPath::new(MAIN).unwrap());
    entry.content = Digest::of_article(record.article, &home, &main, &entries).unwrap();
    for assent in &mut entry.assents {
        *assent = Assent::new(Statement { content: entry.content, ..assent.statement.clone() }, None);
    }
    newsroom.write(&path, Record::new(record.article).append(entry).bytes());
    commit(newsroom, JUN, "a small fix");
}
