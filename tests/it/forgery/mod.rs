//! Ways to forge a newsroom with plain git: a table per family, each forgery with what it is refused for, by the audit of
//! the past and by the judge of a push. What whole screens say of some of them: `screens`.

mod landing;
mod merged;
mod past;
mod people;
mod places;
mod records;
mod rules;
mod screens;
mod telling;
mod words;

use std::sync::OnceLock;

use crate::audit::{begun, publish};
use crate::newsroom::{JUN, Mould, Newsroom};

/// One way to forge.
pub struct Forgery {
    /// What somebody did.
    name: &'static str,
    /// Why it is refused: what breaks, and how.
    refusal: &'static [&'static str],
    /// Doing it.
    forge: fn(&Newsroom),
}

/// Every forgery of the table is refused for what it is, and no other reason.
#[track_caller]
pub fn refused(mould: &Mould, table: &[Forgery]) {
    let mut wrong = Vec::new();
    for Forgery { name, refusal, forge } in table {
        let newsroom = mould.cast();
        let before = tip(&newsroom);
        forge(&newsroom);
        let audited = newsroom.run(["audit"]);
        let shown = audited.stdout.replace(&crate::audit::id(&newsroom).to_string(), "[id]");
        let said: Vec<&str> = shown.lines().filter_map(a_break).collect();
        if audited.code != Some(1) || said != *refusal {
            wrong.push(format!("{name}: {said:#?}\n{audited}"));
        }
        let pushed = push(&newsroom, &before);
        if pushed.code != Some(1) || !pushed.stderr.starts_with("Not taken: refs/heads/main\n  ") {
            wrong.push(format!("{name}, pushed: {pushed}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// The first line of a break, as `desk audit` writes it: `  ferry-fares: public words were changed ...`.
fn a_break(line: &str) -> Option<&str> {
    let said = line.strip_prefix("  ").filter(|said| !said.starts_with(' '))?;
    said.contains(": ").then_some(said).filter(|said| !said.starts_with("owed "))
}

/// What a server's hook says of the public version as it is, where it was at `before` or what both come from.
pub fn push(newsroom: &Newsroom, before: &str) -> crate::newsroom::Output {
    let (tip, from) = (tip(newsroom), newsroom.git(["merge-base", "main", before]));
    let told = format!("{} {tip} refs/heads/main\n", from.trim());
    newsroom.as_(JUN).input(told).run(["audit", "--push"])
}

pub fn tip(newsroom: &Newsroom) -> String {
    newsroom.git(["rev-parse", "main"]).trim().to_owned()
}

/// A newsroom with one public article, to which Mina and Jun agreed.
pub fn published() -> &'static Mould {
    static MOULD: OnceLock<Mould> = OnceLock::new();
    MOULD.get_or_init(|| {
        let newsroom = Newsroom::new();
        publish(&newsroom, "ferry-fares", "Ferry fares rise in May");
        newsroom.mould()
    })
}

/// A newsroom whose one public article was corrected once.
pub fn corrected() -> &'static Mould {
    static MOULD: OnceLock<Mould> = OnceLock::new();
    MOULD.get_or_init(|| {
        let newsroom = published().cast();
        newsroom.edit(crate::audit::MAIN, "four percent", "five percent");
        let note = "Fares rise by five percent. An earlier version said four, a figure of last year.";
        newsroom.run(["correct", "ferry-fares", "--kind", "correction", "--note", note]).ok();
        newsroom.run(["submit", "ferry-fares"]).ok();
        newsroom.as_(JUN).run(["approve", "ferry-fares", "--yes"]).ok();
        newsroom.run(["publish", "ferry-fares"]).ok();
        newsroom.mould()
    })
}

/// A newsroom with nothing public, and a draft.
pub fn drafted() -> &'static Mould {
    static MOULD: OnceLock<Mould> = OnceLock::new();
    MOULD.get_or_init(|| {
        let newsroom = Newsroom::new();
        begun(&newsroom, "pier-repairs", "Pier repairs begin in June");
        newsroom.mould()
    })
}

#[test]
fn there_are_forty_and_more_each_by_its_own_name() {
    let tables = [words::WORDS, words::DRAFTS, people::PEOPLE, people::CORRECTED, rules::RULES, records::RECORDS];
    let tables = tables.into_iter().chain([telling::TOLD, telling::BACK, places::PLACES]);
    let mut names: Vec<&str> = tables.flatten().map(|one| one.name).collect();
    let all = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), all);
    assert!(all >= 40, "{all}");
}
