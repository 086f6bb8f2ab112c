//! What readers are told of changes, left out or made up by people who all agree to it.

use std::sync::OnceLock;

use desk::article::{Digest, Entry, ORDINARY_FILE, RepoPath};
use desk::ledger::{Assent, Statement};

use super::landing::landed;
use super::{Forgery, corrected, refused};
use crate::audit::{FOLDER, MAIN};
use crate::newsroom::{ANA, JUN, MINA, Mould, Newsroom};

const NOTES: &[&str] = &["ferry-fares: a note that readers have seen was changed, dropped or moved"];

/// Of an article that was corrected twice.
pub const TOLD: &[Forgery] = &[
    Forgery {
        name: "a correction without a note",
        refusal: &["ferry-fares: public words were changed and no note tells readers so"],
        forge: |newsroom| told(newsroom, |text| without(text, 1)),
    },
    Forgery {
        name: "a correction with an empty note",
        refusal: &["ferry-fares: change 2 has no `note` that can stand"],
        forge: |newsroom| told(newsroom, |text| text.replace(SECOND, "...")),
    },
    Forgery {
        name: "a public note dropped with a correction",
        refusal: NOTES,
        forge: |newsroom| told(newsroom, |text| without(text, 0)),
    },
    Forgery {
        name: "a public note put in other words with a correction",
        refusal: NOTES,
        forge: |newsroom| told(newsroom, |text| text.replace("a figure of last year", "a misprint")),
    },
    Forgery {
        name: "public notes reordered",
        refusal: NOTES,
        forge: |newsroom| {
            told(newsroom, |text| {
                let [first, second] = [0, 1].map(|at| text[place(text, at)].to_owned());
                text.replace(&format!("{first}{second}"), &format!("{second}{first}"))
            });
        },
    },
    Forgery {
        name: "a correction that says it corrects a note nobody has seen",
        refusal: &["ferry-fares: change 2 corrects no note that readers have seen"],
        forge: |newsroom| {
            let note = format!("note = \"{SECOND}\"\n");
            told(newsroom, |text| text.replace(&note, &format!("{note}corrects = 2\n")));
        },
    },
    Forgery {
        name: "changed words called a refile",
        refusal: &["ferry-fares: a refile changes no word, and paragraph 1 says something else now"],
        forge: |newsroom| told(newsroom, refiled),
    },
    Forgery {
        name: "changed words called a refile, which one person agrees to",
        refusal: &[
            "ferry-fares: not everybody agreed who had to (1 of 2 people)",
            "ferry-fares: a refile changes no word, and paragraph 1 says something else now",
        ],
        forge: |newsroom| {
            landed(newsroom, MINA, |entry| {
                entry.assents = entry.assents.iter().filter(|one| is_minas(one)).cloned().collect();
                entry.content = reworded(newsroom, refiled);
                (entry.people, entry.roles) = (1, Vec::new());
                restated(&mut entry.assents, entry.content);
            });
        },
    },
];

/// Of an article that was retracted and came back.
pub const BACK: &[Forgery] = &[Forgery {
    name: "words that come back as if they had never been retracted",
    refusal: NOTES,
    forge: |newsroom| told(newsroom, |text| without(text, 1)),
}];

const SECOND: &str = "Fares rise by six percent. An earlier version said five.";

#[test]
fn what_readers_are_told() {
    refused(twice(), TOLD);
}

#[test]
fn what_readers_were_told_of_words_that_come_back() {
    refused(returned(), BACK);
}

/// A newsroom whose one public article was corrected twice.
fn twice() -> &'static Mould {
    static MOULD: OnceLock<Mould> = OnceLock::new();
    MOULD.get_or_init(|| {
        let newsroom = corrected().cast();
        newsroom.edit(MAIN, "five percent on", "six percent on");
        newsroom.run(["correct", "ferry-fares", "--kind", "correction", "--note", SECOND]).ok();
        land(&newsroom);
        newsroom.mould()
    })
}

/// A newsroom whose one public article was corrected, retracted and published again.
fn returned() -> &'static Mould {
    static MOULD: OnceLock<Mould> = OnceLock::new();
    MOULD.get_or_init(|| {
        let newsroom = corrected().cast();
        let note = "The port never said this.";
        newsroom.as_(ANA).run(["withdraw", "ferry-fares", "--kind", "retraction", "--note", note]).ok();
        newsroom.run(["revive", "ferry-fares"]).ok();
        land(&newsroom);
        newsroom.run(["audit"]).ok();
        newsroom.mould()
    })
}

fn land(newsroom: &Newsroom) {
    newsroom.run(["submit", "ferry-fares"]).ok();
    newsroom.as_(JUN).run(["approve", "ferry-fares", "--yes"]).ok();
    newsroom.run(["publish", "ferry-fares"]).ok();
}

/// Takes the last publication back and lands other words, to which everybody has agreed who agreed to it.
fn told(newsroom: &Newsroom, change: impl FnOnce(&str) -> String) {
    landed(newsroom, MINA, |entry| {
        entry.content = reworded(newsroom, change);
        restated(&mut entry.assents, entry.content);
    });
}

/// Writes other words, and names them.
fn reworded(newsroom: &Newsroom, change: impl FnOnce(&str) -> String) -> Digest {
    let text = newsroom.read(MAIN);
    let after = change(&text);
    assert_ne!(after, text);
    newsroom.write(MAIN, after);
    let entries = [MAIN.to_owned(), format!("{FOLDER}/boat.jpg")].map(|file| Entry {
        bytes: newsroom.read(&file).into_bytes(),
        path: RepoPath::new(file).unwrap(),
        mode: ORDINARY_FILE,
    });
    let (home, main) = (RepoPath::new(FOLDER).unwrap(), RepoPath::new(MAIN).unwrap());
    Digest::of_article(crate::audit::id(newsroom), &home, &main, &entries).unwrap()
}

/// The same people say yes to these words.
fn restated(assents: &mut [Assent], content: Digest) {
    for assent in assents {
        *assent = Assent::new(Statement { content, ..assent.statement.clone() }, None);
    }
}

fn is_minas(assent: &Assent) -> bool {
    assent.statement.person.address == MINA.address
}

/// Where a change record stands in the front matter, the first being 0.
fn place(text: &str, at: usize) -> std::ops::Range<usize> {
    let starts: Vec<usize> = text.match_indices("[[changes]]").map(|(start, _)| start).collect();
    let start = starts[at];
    let end = starts.get(at + 1).copied().unwrap_or_else(|| {
        let rest = &text[start + 2..];
        start + 2 + rest.find("\n[").or_else(|| rest.find("\n+++")).unwrap() + 1
    });
    start..end
}

fn without(text: &str, at: usize) -> String {
    let place = place(text, at);
    format!("{}{}", &text[..place.start], &text[place.end..])
}

/// The second correction under another name.
fn refiled(text: &str) -> String {
    let second = place(text, 1);
    let (before, record) = (&text[..second.start], &text[second.start..]);
    format!("{before}{}", record.replacen("\"correction\"", "\"refile\"", 1))
}
