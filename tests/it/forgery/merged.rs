//! Words that a forge merged, and entries that say they record them.

use std::sync::OnceLock;

use desk::article::ObjectId;
use desk::config::policy_digest;
use desk::ledger::RecordEntry;
use insta::assert_snapshot;

use super::landing::record;
use super::{push, tip};
use crate::audit::{MAIN, audit, begun, commit, publish, record_file, screen};
use crate::newsroom::{JUN, MINA, Mould, Newsroom, Person};

/// The hand of a forge.
const FORGE: Person = Person { name: "GitHub", address: "noreply@github.com" };

const OTHER: &str = "articles/2026/07/pier-repairs/index.md";

/// Two public articles. The last step corrected the first one, with desk.
fn twice() -> Newsroom {
    static MOULD: OnceLock<Mould> = OnceLock::new();
    let mould = MOULD.get_or_init(|| {
        let newsroom = Newsroom::new();
        publish(&newsroom, "ferry-fares", "Ferry fares rise in May");
        publish(&newsroom, "pier-repairs", "Pier repairs begin in June");
        newsroom.edit(MAIN, "four percent", "five percent");
        let note = "Fares rise by five percent. An earlier version said four, a figure of last year.";
        newsroom.run(["correct", "ferry-fares", "--kind", "correction", "--note", note]).ok();
        newsroom.run(["submit", "ferry-fares"]).ok();
        newsroom.as_(JUN).run(["approve", "ferry-fares", "--yes"]).ok();
        newsroom.run(["publish", "ferry-fares"]).ok();
        newsroom.mould()
    });
    mould.cast()
}

/// That correction, taken back: to be landed by a forge instead.
struct Taken {
    main: String,
    updated: String,
    entry: RecordEntry,
}

impl Taken {
    fn back(newsroom: &Newsroom) -> Self {
        let text = newsroom.read(MAIN);
        let updated = text.lines().find(|line| line.starts_with("updated = ")).unwrap().to_owned();
        let entry = record(newsroom, &record_file(newsroom)).entries.pop().unwrap();
        newsroom.git(["reset", "--quiet", "--hard", "HEAD^1"]);
        Self { main: text.replace(&format!("{updated}\n"), ""), updated, entry }
    }

    /// The forge merges its words, and whatever else `more` puts there.
    fn lands(&self, newsroom: &Newsroom, more: impl FnOnce(&Newsroom)) -> ObjectId {
        newsroom.write(MAIN, &self.main);
        more(newsroom);
        commit(newsroom, FORGE, "Merge pull request #7");
        tip(newsroom).parse().unwrap()
    }

    /// Mina records it, with whatever `forge` makes of the entry.
    fn is_recorded(&self, newsroom: &Newsroom, landing: ObjectId, forge: impl FnOnce(&mut RecordEntry)) {
        let draft = "draft = false\n";
        newsroom.edit(MAIN, draft, &format!("{draft}{}\n", self.updated));
        let path = record_file(newsroom);
        let mut entry = self.entry.clone();
        entry.landed = vec![landing];
        entry.policy = policy_digest(newsroom.read("desk.toml").as_bytes(), newsroom.read("staff.toml").as_bytes());
        forge(&mut entry);
        newsroom.write(&path, record(newsroom, &path).append(entry).bytes());
        commit(newsroom, MINA, "ferry-fares: correct");
    }
}

fn edited(newsroom: &Newsroom, path: &str, old: &str, new: &str) {
    newsroom.edit(path, old, new);
}

/// What breaks, by the names that programs read.
fn reasons(newsroom: &Newsroom) -> Vec<String> {
    let audited = newsroom.run(["audit", "--format", "json"]).json();
    let all = audited["articles"].as_array().unwrap().iter().chain([&audited]);
    let breaks = all.flat_map(|one| one["breaks"].as_array().unwrap());
    breaks.map(|one| one["reason"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn what_a_forge_merged_is_whole_once_it_is_recorded_and_says_when() {
    let newsroom = twice();
    let before = tip(&newsroom);
    let taken = Taken::back(&newsroom);
    let landing = taken.lands(&newsroom, |_| {});
    assert_snapshot!(audit(&newsroom), @r"
    Port Alder Post: 2 public articles, 4 steps judged since 13:02
      claimed  1  a yes rests on a name in git, which anybody could write
      broken   1  not what was agreed to, see below
    BROKEN
      ferry-fares: these words have landed, and nothing records yet who agreed to them
          [4] by GitHub <noreply@github.com>, 13:19, articles/2026/07/ferry-fares
    1 break in 1 article.   desk audit ferry-fares
    [exit 1]
    ");
    assert_eq!(push(&newsroom, &before).code, Some(1), "nobody but a forge lands it so");
    taken.is_recorded(&newsroom, landing, |_| {});
    assert_snapshot!(screen(&newsroom, &newsroom.run(["audit", "ferry-fares"])), @r"
    Ferry fares rise in May
      articles/2026/07/ferry-fares, public, claimed
      13:06   published (review -> published) by Mina Park, [2]
          Mina Park submitted as writer, admin and editorial  13:04  claimed
          Jun Seo approved as editorial                       13:05  claimed
          needed 2 people, editorial; had them
      13:14   corrected by Mina Park, [5]
          Mina Park submitted as writer, admin and editorial  13:12  claimed
          Jun Seo approved as editorial                       13:13  claimed
          needed 2 people, editorial; had them
          readers saw them from 13:19 on, in [4]; recorded after they were public
    Whole.
    [exit 0]
    ");
    assert_eq!(newsroom.run(["audit", "--range", "HEAD^1..HEAD"]).code, Some(0), "also where the landing came before");
}

type Forging<'a> = (&'a str, &'a [&'a str], &'a dyn Fn(&Newsroom, &Taken));

#[test]
fn an_entry_takes_no_other_break_away() {
    let cases: [Forging<'_>; 8] = [
        ("names no landing", &["not-recorded", "untold"], &|newsroom, taken| {
            let landing = taken.lands(newsroom, |_| {});
            taken.is_recorded(newsroom, landing, |entry| entry.landed.clear());
        }),
        (
            "names the landing of another article",
            &["not-recorded", "records-no-landing", "not-recorded"],
            &|newsroom, taken| {
                let other = newsroom.read(OTHER).replace("four percent", "six percent");
                let note = &taken.main[taken.main.find("[[changes]]").unwrap()..taken.main.find("\n[desk]").unwrap()];
                newsroom.write(OTHER, other.replace("\n[desk]", &format!("\n{note}\n[desk]")));
                commit(newsroom, FORGE, "Merge pull request #6");
                let theirs: ObjectId = tip(newsroom).parse().unwrap();
                let landing = taken.lands(newsroom, |_| {});
                taken.is_recorded(newsroom, landing, |entry| entry.landed = vec![theirs]);
            },
        ),
        ("names its landing twice", &["not-recorded", "records-no-landing"], &|newsroom, taken| {
            let landing = taken.lands(newsroom, |_| {});
            taken.is_recorded(newsroom, landing, |entry| entry.landed.push(landing));
        }),
        ("a landing with a line that only desk writes", &["changed-without-record"], &|newsroom, taken| {
            taken.lands(newsroom, |newsroom| {
                newsroom.edit(MAIN, "draft = false\n", "draft = false\nupdated = 2026-07-26T09:00:00Z\n");
            });
        }),
        ("a landing that changes another article too", &["changed-without-record"], &|newsroom, taken| {
            let landing = taken.lands(newsroom, |newsroom| edited(newsroom, OTHER, "four", "six"));
            taken.is_recorded(newsroom, landing, |_| {});
        }),
        ("a landing of other words than were agreed to", &["not-recorded", "other-content"], &|newsroom, taken| {
            let landing = taken.lands(newsroom, |newsroom| edited(newsroom, MAIN, "port said", "port denied"));
            taken.is_recorded(newsroom, landing, |_| {});
        }),
        (
            "a landing that is changed before it is recorded",
            &["not-recorded", "changed-without-record", "other-content"],
            &|newsroom, taken| {
                let landing = taken.lands(newsroom, |_| {});
                newsroom.edit(MAIN, "port said", "port denied");
                commit(newsroom, JUN, "a small fix");
                taken.is_recorded(newsroom, landing, |_| {});
            },
        ),
        ("a landing before the rules were made looser", &["landed-without"], &|newsroom, taken| {
            newsroom.edit("desk.toml", "people = 2", "people = 3");
            commit(newsroom, MINA, "three people");
            let landing = taken.lands(newsroom, |_| {});
            newsroom.edit("desk.toml", "people = 3", "people = 2");
            commit(newsroom, MINA, "two people");
            taken.is_recorded(newsroom, landing, |_| {});
        }),
    ];
    for (what, expected, forge) in cases {
        let newsroom = twice();
        let before = tip(&newsroom);
        let taken = Taken::back(&newsroom);
        forge(&newsroom, &taken);
        assert_eq!(reasons(&newsroom), expected, "{what}");
        assert_eq!(push(&newsroom, &before).code, Some(1), "{what}, pushed");
    }
}

#[test]
fn what_landed_sealed_says_that_its_record_follows() {
    let newsroom = Newsroom::new();
    newsroom.edit("desk.toml", "[review]\n", "[review]\nstamp = \"submit\"\n");
    commit(&newsroom, MINA, "nobody pushes to the public version");
    begun(&newsroom, "ferry-fares", "Ferry fares rise in May");
    newsroom.run(["submit", "ferry-fares"]).ok();
    newsroom.as_(JUN).run(["approve", "ferry-fares", "--yes"]).ok();
    newsroom.edit(MAIN, "stage = \"review\"", "stage = \"published\"");
    newsroom.edit(MAIN, "draft = true\n", "draft = false\ndate = 2026-07-25T09:05:00-04:00\n");
    commit(&newsroom, FORGE, "Merge pull request #7");
    assert_snapshot!(audit(&newsroom), @r"
    Port Alder Post: 1 public article, 3 steps judged since 13:02
      claimed  1  a yes rests on a name in git, which anybody could write
      landed   1  the record follows with the next change: ferry-fares
    Whole: every public word is what its people agreed to.
    [exit 0]
    ");
    assert_snapshot!(screen(&newsroom, &newsroom.run(["audit", "ferry-fares"])), @r"
    Ferry fares rise in May
      articles/2026/07/ferry-fares, public, claimed
      13:09   landed, [3]: the record follows with the next change
          Mina Park submitted as writer, admin and editorial  13:06  claimed
          Jun Seo approved as editorial                       13:07  claimed
    Whole.
    [exit 0]
    ");
    let told = newsroom.run(["audit", "--format", "json"]).json();
    assert_eq!(told["articles"][0]["following"]["assents"].as_array().map(Vec::len), Some(2));
    // Without what Jun said it is a break like any other.
    for line in newsroom.git(["for-each-ref", "--format=%(refname)", "refs/desk/approvals"]).lines() {
        if newsroom.git(["show", &format!("{line}:statement")]).contains("decision: approve") {
            newsroom.git(["update-ref", "-d", line]);
        }
    }
    assert_eq!(reasons(&newsroom), ["not-recorded"]);
}
