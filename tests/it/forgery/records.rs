//! What is written down for good, written otherwise.

use desk::article::ObjectId;
use desk::ledger::{Act, Owed, Record};

use super::landing::{landed, record};
use super::{Forgery, corrected, refused};
use crate::audit::{commit, record_file};
use crate::newsroom::{ANA, JUN, MINA, Newsroom};

const REWRITTEN: &[&str] = &["ferry-fares: the record was rewritten: what stood there before is not there any more"];

pub const RECORDS: &[Forgery] = &[
    Forgery {
        name: "a record edited",
        refusal: &["ferry-fares: the record is broken: entry 2 does not follow what stands before it"],
        forge: |newsroom| rewritten(newsroom, |text| text.replacen("Jun Seo <jun", "Ana Ruiz <ana", 1)),
    },
    Forgery {
        name: "the last entry of a record edited",
        refusal: REWRITTEN,
        forge: |newsroom| {
            rewritten(newsroom, |text| {
                let (first, last) = text.rsplit_once("\n[[entry]]").unwrap();
                format!("{first}\n[[entry]]{}", last.replacen("title = \"Ferry", "title = \"Berry", 1))
            });
        },
    },
    Forgery {
        name: "a record deleted",
        refusal: &["ferry-fares: the record was deleted"],
        forge: |newsroom| {
            newsroom.git(["rm", "--quiet", &record_file(newsroom)]);
            commit(newsroom, JUN, "tidy up");
        },
    },
    Forgery {
        name: "an entry dropped",
        refusal: REWRITTEN,
        forge: |newsroom| rewritten(newsroom, |text| text.rsplit_once("\n[[entry]]").unwrap().0.to_owned()),
    },
    Forgery {
        name: "all entries dropped",
        refusal: REWRITTEN,
        forge: |newsroom| rewritten(newsroom, |text| text.split_once("\n[[entry]]").unwrap().0.to_owned()),
    },
    Forgery {
        name: "entries reordered",
        refusal: &["ferry-fares: the record is broken: entry 1 does not follow what stands before it"],
        forge: |newsroom| {
            rewritten(newsroom, |text| {
                let parts: Vec<&str> = text.split("\n[[entry]]").collect();
                format!("{}\n[[entry]]{}\n[[entry]]{}", parts[0], parts[2], parts[1])
            });
        },
    },
    Forgery {
        name: "a whole record made anew",
        refusal: REWRITTEN,
        forge: |newsroom| {
            let path = record_file(newsroom);
            let old = record(newsroom, &path);
            let mut entry = old.entries[1].clone();
            entry.replaces = None;
            newsroom.write(&path, Record::new(old.article).append(entry).bytes());
            commit(newsroom, JUN, "tidy up");
        },
    },
    Forgery {
        name: "a remark in a record",
        refusal: &["ferry-fares: the record is broken: there is more here than was written"],
        forge: |newsroom| rewritten(newsroom, |text| format!("{text}# checked\n")),
    },
    Forgery {
        name: "bytes that are no text in a record",
        refusal: &["ferry-fares: the record is broken: this record is not UTF-8 text"],
        forge: |newsroom| {
            let path = record_file(newsroom);
            let mut bytes = newsroom.read(&path).into_bytes();
            bytes.push(0xff);
            newsroom.write(&path, bytes);
            commit(newsroom, JUN, "tidy up");
        },
    },
    Forgery {
        name: "a record that is a program",
        refusal: &[
            "ferry-fares: this is not an ordinary file (mode 100755)",
            "ferry-fares: something in `records/` was changed by hand",
        ],
        forge: |newsroom| {
            newsroom.git(["update-index", "--chmod=+x", &record_file(newsroom)]);
            newsroom.as_(JUN).git(["commit", "--quiet", "-m", "mode"]);
        },
    },
    Forgery {
        name: "something else in records",
        refusal: &["the newsroom: something in `records/` was changed by hand"],
        forge: |newsroom| {
            newsroom.write("records/notes.txt", "to be sorted\n");
            commit(newsroom, JUN, "notes");
        },
    },
    Forgery {
        name: "articles said to be older than desk",
        refusal: &["the newsroom: something in `records/` was changed by hand"],
        forge: |newsroom| {
            newsroom.write("records/before-desk.toml", "");
            commit(newsroom, JUN, "old ones");
        },
    },
    Forgery {
        name: "a record under the name of another article",
        refusal: &["records/01K0Z6H8Q2W3N4P5R6S7T8V9WX.toml: the record is broken: this is the record of `[id]`"],
        forge: |newsroom| {
            newsroom.write("records/01K0Z6H8Q2W3N4P5R6S7T8V9WX.toml", newsroom.read(&record_file(newsroom)));
            commit(newsroom, JUN, "a copy");
        },
    },
    Forgery {
        name: "a record of an article that is not there",
        refusal: &["records/01K0Z6H8Q2W3N4P5R6S7T8V9WX.toml: there is a record and no article"],
        forge: |newsroom| {
            let id = "01K0Z6H8Q2W3N4P5R6S7T8V9WX".parse().unwrap();
            let mut entry = record(newsroom, &record_file(newsroom)).entries[0].clone();
            entry.path = desk::article::RepoPath::new("articles/2026/07/ghost").unwrap();
            newsroom.write(&format!("records/{id}.toml"), Record::new(id).append(entry).bytes());
            commit(newsroom, JUN, "a ghost");
        },
    },
    Forgery {
        name: "an entry for words that are not there",
        refusal: &["ferry-fares: the record speaks of other words than are there"],
        forge: |newsroom| {
            landed(newsroom, MINA, |entry| {
                entry.content = desk::article::Digest::of(b"other words");
                for assent in &mut entry.assents {
                    *assent = super::landing::said(assent, |it| it.content = desk::article::Digest::of(b"other words"));
                }
            });
        },
    },
    Forgery {
        name: "an entry for another place",
        refusal: &["ferry-fares: the record speaks of other words than are there"],
        forge: |newsroom| {
            landed(newsroom, MINA, |entry| {
                entry.path = desk::article::RepoPath::new("articles/2026/07/boats").unwrap();
            });
        },
    },
    Forgery {
        name: "an entry of another time",
        refusal: &["ferry-fares: lines that only desk writes were changed by hand"],
        forge: |newsroom| {
            landed(newsroom, MINA, |entry| entry.time = "2026-07-25T12:00:00Z".parse().unwrap());
        },
    },
    Forgery {
        name: "a move that is none",
        refusal: &["ferry-fares: the record says `correct` from `draft` to `published`, which is not legal there"],
        forge: |newsroom| {
            landed(newsroom, MINA, |entry| {
                if let Act::Move { from, .. } = &mut entry.act {
                    *from = desk::article::Stage::Draft;
                }
            });
        },
    },
    Forgery {
        name: "a debt that nobody has",
        refusal: &["ferry-fares: it was published alone, and not by the rules for that"],
        forge: |newsroom| {
            landed(newsroom, ANA, |entry| {
                (entry.owed, entry.note) = (Owed::Assents, "later".to_owned());
                entry.assents.truncate(1);
            });
        },
    },
    Forgery {
        name: "made good what was never broken",
        refusal: &[
            "ferry-fares: the record says that it mends `070707070`, where nothing of this article is broken that it could",
        ],
        forge: |newsroom| landed(newsroom, MINA, |entry| entry.mends = vec![ObjectId::from_bytes([7; 20])]),
    },
];

#[test]
fn what_is_written_down() {
    refused(corrected(), RECORDS);
}

fn rewritten(newsroom: &Newsroom, change: impl FnOnce(&str) -> String) {
    let path = record_file(newsroom);
    let text = newsroom.read(&path);
    let after = change(&text);
    assert_ne!(after, text);
    newsroom.write(&path, after);
    commit(newsroom, JUN, "tidy up");
}
