//! Who is said to have agreed, and has not.

use desk::article::Stage;
use desk::ledger::{Act, Decision, Owed, Record, RecordEntry, Who};

use super::landing::{agreed, landed, list_key, record, said, said_by, signed, signed_for};
use super::{Forgery, corrected, published, refused};
use crate::audit::{EVE, MAIN, commit, id, publish, record_file};
use crate::newsroom::{ANA, JUN, MINA, Newsroom, Person};

const ONE_OF_TWO: &[&str] = &["ferry-fares: not everybody agreed who had to (1 of 2 people)"];

const NO_EDITOR: &[&str] = &["ferry-fares: not everybody agreed who had to (2 of 2 people; missing: `editorial`)"];

pub const PEOPLE: &[Forgery] = &[
    Forgery {
        name: "one person alone",
        refusal: ONE_OF_TWO,
        forge: |newsroom| agreed(newsroom, |own| vec![own[0].clone()]),
    },
    Forgery {
        name: "the same yes twice",
        refusal: ONE_OF_TWO,
        forge: |newsroom| agreed(newsroom, |own| vec![own[0].clone(), own[0].clone()]),
    },
    Forgery {
        name: "nobody at all",
        refusal: &["ferry-fares: not everybody agreed who had to (0 of 2 people; missing: `editorial`)"],
        forge: |newsroom| agreed(newsroom, |_| Vec::new()),
    },
    Forgery {
        name: "an approval copied from another article",
        refusal: ONE_OF_TWO,
        forge: |newsroom| {
            let path = record_file(newsroom);
            publish(newsroom, "pier-repairs", "Pier repairs begin in June");
            let records = newsroom.git(["ls-files", "records"]);
            let other = record(newsroom, records.lines().find(|other| **other != path).unwrap());
            newsroom.git(["reset", "--quiet", "--hard", "HEAD^1"]);
            agreed(newsroom, |own| vec![own[0].clone(), other.entries[0].assents[1].clone()]);
        },
    },
    Forgery {
        name: "an approval copied from another newsroom",
        refusal: ONE_OF_TWO,
        forge: |newsroom| {
            agreed(newsroom, |own| vec![own[0].clone(), said(&own[1], |it| it.newsroom = "herald-2".to_owned())]);
        },
    },
    Forgery {
        name: "an approval of other words",
        refusal: ONE_OF_TWO,
        forge: |newsroom| {
            agreed(newsroom, |own| {
                vec![own[0].clone(), said(&own[1], |it| it.content = desk::article::Digest::of(b"other words"))]
            });
        },
    },
    Forgery {
        name: "self-approval under another address of one's own",
        refusal: ONE_OF_TWO,
        forge: |newsroom| {
            let home = Person { name: "M. Park", address: "park@home.example" };
            again(newsroom, "\"mina@post.example\"", "\"mina@post.example\", \"park@home.example\"");
            agreed(newsroom, |own| vec![own[0].clone(), said_by(&own[0], home, &["editorial"])]);
        },
    },
    Forgery {
        name: "self-approval under a forge's no-reply address",
        refusal: ONE_OF_TWO,
        forge: |newsroom| {
            let web = Person { name: "mina-p", address: "77+mina-p@users.noreply.github.com" };
            let emails = "emails = [\"mina@post.example\"]";
            again(newsroom, emails, &format!("{emails}\nforges = {{ \"github.com\" = \"mina-p\" }}"));
            agreed(newsroom, |own| vec![own[0].clone(), said_by(&own[0], web, &["editorial"])]);
        },
    },
    Forgery {
        name: "self-approval under an address that is nobody's",
        refusal: ONE_OF_TWO,
        forge: |newsroom| {
            let other = Person { name: "Jun Seo", address: "jun@home.example" };
            agreed(newsroom, |own| vec![own[0].clone(), said_by(&own[0], other, &["editorial"])]);
        },
    },
    Forgery {
        name: "somebody who is not on the staff agrees",
        refusal: ONE_OF_TWO,
        forge: |newsroom| {
            agreed(newsroom, |own| vec![own[0].clone(), said_by(&own[0], EVE, &["editorial"])]);
        },
    },
    Forgery {
        name: "somebody who is not on the staff publishes",
        refusal: &["ferry-fares: `eve@elsewhere.example` was not on the staff list then"],
        forge: |newsroom| {
            landed(newsroom, EVE, |_| {});
        },
    },
    Forgery {
        name: "one person with two keys",
        refusal: ONE_OF_TWO,
        forge: |newsroom| {
            keyed(newsroom, |newsroom| {
                let two = |seed: u8| format!("\"{}\"", super::landing::key(seed).public_key().to_openssh().unwrap());
                list_key(newsroom, MINA, 1, &format!("KEY, {}", two(2)));
            });
            agreed(newsroom, |own| {
                vec![signed(&own[0], 1), signed(&said(&own[0], |it| it.decision = Decision::Approve), 2)]
            });
        },
    },
    Forgery {
        name: "a colleague's name over a signature that is not theirs, where all must sign",
        refusal: &["ferry-fares: not everybody agreed who had to (1 of 2 people)"],
        forge: |newsroom| {
            keyed(newsroom, must_sign);
            agreed(newsroom, |own| vec![signed(&own[0], 1), signed(&own[1], 9)]);
        },
    },
    Forgery {
        name: "a bare name, where all must sign",
        refusal: ONE_OF_TWO,
        forge: |newsroom| {
            keyed(newsroom, must_sign);
            agreed(newsroom, |own| vec![signed(&own[0], 1), own[1].clone()]);
        },
    },
    Forgery {
        name: "a signature over another statement",
        refusal: ONE_OF_TWO,
        forge: |newsroom| {
            keyed(newsroom, |newsroom| list_key(newsroom, JUN, 2, "KEY"));
            agreed(newsroom, |own| {
                let other = signed(&own[0], 2).signature;
                vec![own[0].clone(), desk::ledger::Assent { signature: other, ..own[1].clone() }]
            });
        },
    },
    Forgery {
        name: "a signature made for something else",
        refusal: ONE_OF_TWO,
        forge: |newsroom| {
            keyed(newsroom, |newsroom| list_key(newsroom, JUN, 2, "KEY"));
            agreed(newsroom, |own| vec![own[0].clone(), signed_for("git", &own[1], 2)]);
        },
    },
    Forgery {
        name: "a no that is counted as a yes",
        refusal: ONE_OF_TWO,
        forge: |newsroom| {
            agreed(newsroom, |own| vec![own[0].clone(), said(&own[1], |it| it.decision = Decision::Return)]);
        },
    },
    Forgery {
        name: "a role that somebody claims and has not",
        refusal: NO_EDITOR,
        forge: |newsroom| {
            agreed(newsroom, |own| {
                vec![said(&own[0], |it| it.roles = vec!["writer".to_owned()]), said_by(&own[1], ANA, &["editorial"])]
            });
        },
    },
    Forgery {
        name: "a role in which nobody agreed",
        refusal: NO_EDITOR,
        forge: |newsroom| {
            agreed(newsroom, |own| own.iter().map(|one| said(one, |it| it.roles = Vec::new())).collect());
        },
    },
    Forgery {
        name: "a day of change that is still to come, with the publication",
        refusal: &["ferry-fares: lines that only desk writes were changed by hand"],
        forge: |newsroom| {
            newsroom.edit(MAIN, "draft = false\n", "draft = false\nupdated = 2031-01-01T00:00:00Z\n");
            landed(newsroom, MINA, |_| {});
        },
    },
    Forgery {
        name: "published alone without the role for it",
        refusal: &["ferry-fares: it was published alone, and not by the rules for that"],
        forge: |newsroom| {
            landed(newsroom, MINA, |entry| {
                (entry.owed, entry.note) = (Owed::Assents, "nobody is awake".to_owned());
                entry.assents.truncate(1);
            });
        },
    },
    Forgery {
        name: "published alone without a reason",
        refusal: &["ferry-fares: it was published alone, and not by the rules for that"],
        forge: |newsroom| {
            again(newsroom, "\"writer\"", "\"writer\", \"duty\"");
            landed(newsroom, MINA, |entry| {
                entry.owed = Owed::Assents;
                entry.assents.truncate(1);
            });
        },
    },
    Forgery {
        name: "published alone past the lawyer",
        refusal: &["ferry-fares: it was published alone, and not by the rules for that"],
        forge: |newsroom| {
            newsroom.edit("staff.toml", "\"writer\"", "\"writer\", \"duty\"");
            newsroom.edit("desk.toml", "\"courts\"", "\"courts\", \"harbor\"");
            relanded(newsroom);
            landed(newsroom, MINA, |entry| {
                (entry.owed, entry.note) = (Owed::Assents, "nobody is awake".to_owned());
                entry.roles = vec!["editorial".to_owned(), "legal".to_owned()];
                entry.assents.truncate(1);
            });
        },
    },
    Forgery {
        name: "published alone past the lawyer, and read by somebody else in the same step",
        refusal: &["ferry-fares: it was published alone, and not by the rules for that"],
        forge: |newsroom| {
            newsroom.edit("staff.toml", "\"writer\"", "\"writer\", \"duty\"");
            newsroom.edit("desk.toml", "\"courts\"", "\"courts\", \"harbor\"");
            relanded(newsroom);
            landed(newsroom, MINA, |entry| {
                (entry.owed, entry.note) = (Owed::Assents, "nobody is awake".to_owned());
                entry.assents.truncate(1);
            });
            half_paid(newsroom);
        },
    },
    Forgery {
        name: "a story for the lawyer without one",
        refusal: &["ferry-fares: not everybody agreed who had to (2 of 2 people; missing: `legal`)"],
        forge: |newsroom| {
            newsroom.edit("desk.toml", "\"courts\"", "\"courts\", \"harbor\"");
            relanded(newsroom);
            landed(newsroom, MINA, |_| {});
        },
    },
];

pub const CORRECTED: &[Forgery] = &[
    Forgery {
        name: "an old approval replayed after a correction",
        refusal: ONE_OF_TWO,
        forge: |newsroom| {
            let first = record(newsroom, &record_file(newsroom)).entries[0].assents[1].clone();
            agreed(newsroom, |own| vec![own[0].clone(), first]);
        },
    },
    Forgery {
        name: "a yes to these words in place of others",
        refusal: ONE_OF_TWO,
        forge: |newsroom| agreed(newsroom, |own| vec![own[0].clone(), said(&own[1], |it| it.replaces = None)]),
    },
    Forgery {
        name: "an earlier day of first publication, with a correction",
        refusal: &["ferry-fares: lines that only desk writes were changed by hand"],
        forge: |newsroom| {
            let text = newsroom.read(MAIN);
            newsroom.write(MAIN, text.replacen("\ndate = 2026", "\ndate = 2019", 1));
            landed(newsroom, MINA, |_| {});
        },
    },
    Forgery {
        name: "a correction that says it is the first publication",
        refusal: &[
            "ferry-fares: the record says `publish` from `review` to `published`, which is not legal there",
            "ferry-fares: the record names other words as the ones before",
            "ferry-fares: lines that only desk writes were changed by hand",
            "ferry-fares: not everybody agreed who had to (0 of 2 people; missing: `editorial`)",
        ],
        forge: |newsroom| {
            let first = record(newsroom, &record_file(newsroom)).entries[0].act;
            landed(newsroom, MINA, |entry| (entry.act, entry.replaces) = (first, None));
        },
    },
];

#[test]
fn who_agreed() {
    refused(published(), PEOPLE);
}

#[test]
fn who_agreed_to_a_correction() {
    refused(corrected(), CORRECTED);
}

/// The staff list was otherwise before the publication.
fn again(newsroom: &Newsroom, old: &str, new: &str) {
    newsroom.edit("staff.toml", old, new);
    relanded(newsroom);
}

/// Jun has read what was published alone, in the very commit that made it public.
fn half_paid(newsroom: &Newsroom) {
    let path = record_file(newsroom);
    let entries = record(newsroom, &path).entries;
    let paid = RecordEntry {
        act: Act::Assent { at: Stage::Published },
        assents: vec![said_by(&entries[0].assents[0], JUN, &["editorial"])],
        person: Who::new(JUN.name, JUN.address),
        roles: vec!["editorial".to_owned(), "legal".to_owned()],
        note: String::new(),
        ..entries[0].clone()
    };
    newsroom.write(&path, Record::new(id(newsroom)).append(entries[0].clone()).append(paid).bytes());
    newsroom.git(["add", "--all"]);
    newsroom.git(["commit", "--quiet", "--amend", "--no-edit"]);
}

pub fn keyed(newsroom: &Newsroom, list: impl FnOnce(&Newsroom)) {
    list(newsroom);
    relanded(newsroom);
}

pub fn must_sign(newsroom: &Newsroom) {
    list_key(newsroom, MINA, 1, "KEY");
    list_key(newsroom, JUN, 2, "KEY");
    newsroom.edit("desk.toml", "\npeople = 2", "\nsignatures = \"required\"\npeople = 2");
}

/// What the working folder has of the rules comes before the publication, which follows it as it was.
fn relanded(newsroom: &Newsroom) {
    let (desk, staff) = (newsroom.read("desk.toml"), newsroom.read("staff.toml"));
    let publication = newsroom.git(["rev-parse", "HEAD"]);
    newsroom.git(["reset", "--quiet", "--hard", "HEAD^1"]);
    newsroom.write("desk.toml", desk).write("staff.toml", staff);
    commit(newsroom, MINA, "staff: as it was all along");
    newsroom.git(["cherry-pick", "--mainline", "1", publication.trim()]);
}
