//! Judging a commit that has not reached the base: by the rules of the base, never by those it brings itself.
//!
//! On a branch nothing is public, so it may do what the base may not: hold other words of a public article, if that is
//! a correction. What only a stamp does (`published`, dates, records) it may not do.

use std::collections::BTreeSet;

use super::article::{Found, Pair, touched};
use super::broken::{Break, Reason};
use super::judge::{Judgement, Judging, is_in_records};
use super::landing::{is_following, is_sealed, same_lines};
use super::step::{Past, Rules, Step};
use super::telling::recorded;
use crate::article::amendment::{self, Untold};
use crate::article::{ArticleId, Document, Move, ObjectId, RepoPath, Stage};
use crate::config::{Format, Stamp};
use crate::ledger::{BeforeDesk, record_id};

/// What proposed commits are judged by.
#[derive(Debug, Clone, Copy)]
pub struct Bench<'a> {
    /// The commit of the base that they want to follow.
    pub base: ObjectId,
    /// The rules there.
    pub rules: &'a Rules,
    /// The articles that desk was told to correct: their commits say so.
    pub corrections: &'a BTreeSet<ArticleId>,
}

/// Judges one commit: `sides` is it against each of its parents. What a merge took from one of them as it was is not its
/// own doing; of what is wrong against every one of them, it is told what is wrong against the last, which came from
/// elsewhere.
pub fn judge_proposed<P: Past>(sides: &[Step], past: &P, bench: &Bench<'_>) -> Result<Vec<Break>, P::Error> {
    let mut breaks: Option<Vec<Break>> = None;
    for step in sides {
        let found = one(step, past, bench)?;
        breaks = Some(match breaks {
            None => found,
            Some(earlier) => {
                let same = |one: &Break, other: &Break| (one.article, &one.path) == (other.article, &other.path);
                found.into_iter().filter(|one| earlier.iter().any(|other| same(one, other))).collect()
            }
        });
    }
    Ok(breaks.unwrap_or_default())
}

/// Judges where proposed commits end: `step` is that end against the place where they left the base. On the way a
/// correction may be without its note; a reader would meet it as it stands in the end.
pub fn judge_untold<P: Past>(step: &Step, past: &P, bench: &Bench<'_>) -> Result<Vec<Break>, P::Error> {
    let mut judging = Judging { step, past, result: Judgement::default() };
    if bench.rules.config.newsroom.format < Format::Told {
        return Ok(Vec::new());
    }
    for pair in &touched(past, step, Some(bench.rules), Some(bench.rules))? {
        let (Some(id), Some(before), Some(after)) = (pair.id, &pair.before, &pair.after) else { continue };
        if let Some(untold) = untold(id, before, after, step, past, bench)? {
            judging.say(Some(id), pair.home(), Reason::Untold(untold));
        }
    }
    Ok(judging.result.breaks)
}

/// What readers would not be told of one article. What was changed by hand is told against what was agreed to before.
fn untold<P: Past>(
    id: ArticleId,
    before: &Found,
    after: &Found,
    step: &Step,
    past: &P,
    bench: &Bench<'_>,
) -> Result<Option<Untold>, P::Error> {
    if before.is_shown() && before.stage() == Stage::Withdrawn {
        let kept = after.stage() == Stage::Withdrawn || amendment::recalls(&before.document, &after.document);
        return Ok((!kept).then_some(Untold::NotesChanged));
    }
    let public = |found: &Found| found.is_shown() && found.stage() == Stage::Published;
    let same = before.digest(id).is_some() && before.digest(id) == after.digest(id);
    if !bench.corrections.contains(&id) || same || !public(before) || !public(after) {
        return Ok(None);
    }
    let agreed = match step.parent {
        Some(parent) => recorded(past, parent, id, before)?,
        None => None,
    };
    let told_against = agreed.as_ref().unwrap_or(before);
    if told_against.digest(id) == after.digest(id) {
        return Ok(None);
    }
    Ok(amendment::told(told_against.side(), after.side()).err())
}

fn one<P: Past>(step: &Step, past: &P, bench: &Bench<'_>) -> Result<Vec<Break>, P::Error> {
    let mut judging = Judging { step, past, result: Judgement::default() };
    judging.governed(bench.rules)?;
    judging.names();
    judging.ordinary(bench.rules);
    for changed in step.changed.iter().filter(|changed| is_in_records(&changed.path)) {
        if !is_following(step, &changed.path, past, bench.base, bench.rules)? {
            judging.say(record_id(&changed.path), Some(changed.path.clone()), Reason::RecordsChanged);
        }
    }
    let before_desk = past.before_desk(bench.base)?;
    for pair in &touched(past, step, Some(bench.rules), Some(bench.rules))? {
        judging.sight(pair, bench.rules);
        let lost = judging.result.sightings.last().filter(|one| Some(one.article) == pair.id);
        if let Some(address) = lost.and_then(|one| one.lost.first()).cloned() {
            judging.say(pair.id, pair.home(), Reason::AddressLost(address));
        }
        for why in article(pair, past, bench, &before_desk)? {
            judging.say(pair.id, pair.home(), why);
        }
    }
    Ok(judging.result.breaks)
}

/// What is not allowed in what a proposed commit did to an article.
fn article<P: Past>(
    pair: &Pair,
    past: &P,
    bench: &Bench<'_>,
    before_desk: &BeforeDesk,
) -> Result<Vec<Reason>, P::Error> {
    let shown = |found: &&Found| found.is_shown();
    Ok(match (pair.before.as_ref().filter(shown), pair.after.as_ref().filter(shown)) {
        (None, None) => hidden(pair).into_iter().collect(),
        (None, Some(after)) if before_desk.holds(&after.home, after.before_digest()) => Vec::new(),
        (None, Some(after)) if is_sealed(after, bench.rules) => Vec::new(),
        (None, Some(_)) => vec![Reason::PublicWithoutRecord],
        (Some(before), None) => {
            let revived =
                pair.after.as_ref().is_some_and(|after| Move::Revive.from(before.stage()) == Some(after.stage()));
            // What readers never saw may go again.
            if revived || !is_public(past, bench.base, before)? {
                Vec::new()
            } else if pair.after.is_none() {
                vec![Reason::Deleted]
            } else {
                vec![Reason::Hidden]
            }
        }
        // Sealed, and nobody has seen it: it is worked on like any other.
        (Some(before), Some(after)) if is_sealed(after, bench.rules) && !is_public(past, bench.base, before)? => {
            Vec::new()
        }
        (Some(before), Some(after)) => public(pair, before, after, bench, before_desk),
    })
}

/// The words of a public article change only in a correction, and its kept lines not at all.
fn public(pair: &Pair, before: &Found, after: &Found, bench: &Bench<'_>, before_desk: &BeforeDesk) -> Vec<Reason> {
    let mut reasons = Vec::new();
    if !same_lines(before, after, bench.rules.config.review.stamp == Stamp::Submit) {
        reasons.push(Reason::KeptLines);
    }
    let same_words = pair.id.is_some_and(|id| before.digest(id).is_some() && before.digest(id) == after.digest(id));
    let corrected = pair.id.is_some_and(|id| bench.corrections.contains(&id));
    if !same_words && !corrected && !before_desk.holds(&after.home, after.before_digest()) {
        reasons.push(Reason::ChangedWithoutRecord);
    }
    reasons
}

/// What the kept lines say, however they are written.
pub(super) fn kept(document: &Document) -> (Option<Stage>, bool, [Option<&str>; 2]) {
    let dates = ["date", "updated"].map(|key| document.front.get(key).map(|value| &document.text[value.span.range()]));
    (document.stage(), document.is_hidden(), dates)
}

/// Whether readers see it at `base`.
fn is_public<P: Past>(past: &P, base: ObjectId, found: &Found) -> Result<bool, P::Error> {
    let bytes = past.file(base, &found.main)?;
    Ok(bytes.is_some_and(|bytes| !Document::read(RepoPath::clone(&found.main), &bytes).0.is_hidden()))
}

/// What readers do not see goes from stage to stage as the moves do; nothing begins but as a draft or in review.
fn hidden(pair: &Pair) -> Option<Reason> {
    const ON_A_BRANCH: [Move; 4] = [Move::Submit, Move::Return, Move::Spike, Move::Revive];
    let to = pair.after.as_ref()?.stage();
    let from = pair.before.as_ref().map_or(Stage::Draft, Found::stage);
    let legal = if from == to {
        pair.before.is_some() || to == Stage::Draft
    } else {
        ON_A_BRANCH.iter().any(|step| step.from(from) == Some(to))
    };
    (!legal).then_some(Reason::NotLegal { from, to })
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{JUN, LEE, MINA, World, home, id, main_file, path, story};
    use super::*;
    use crate::article::Amendment;
    use crate::ledger::record_path;

    fn published() -> World {
        let mut world = World::new(2);
        world.write(MINA, &story("harbor", "Fares rise.")).expect("saved");
        world.submit(MINA).expect("submitted");
        world.approve(JUN).expect("approved");
        world.publish(MINA).expect("published");
        world
    }

    fn text(world: &World) -> String {
        String::from_utf8(world.tree()[&main_file()].1.clone()).expect("text")
    }

    /// What is said of each of these commits, made one after the other, when the base is where `world` is.
    fn judged(world: &World, by: &str, commits: &[&[(&str, Option<&str>)]], corrected: bool) -> Vec<Vec<Reason>> {
        let base = world.tip();
        let Ok(Ok(Some(rules))) = Rules::read(world, base) else { panic!("there are rules") };
        let corrections: BTreeSet<ArticleId> = corrected.then(id).into_iter().collect();
        let bench = Bench { base, rules: &rules, corrections: &corrections };
        let mut world = world.clone();
        let mut all = Vec::new();
        for files in commits {
            world.commit_by_hand(by, files);
            let step = world.step(world.tip());
            let Ok(breaks) = judge_proposed(&[step], &world, &bench);
            all.push(breaks.into_iter().map(|one| one.why).collect());
        }
        all
    }

    #[track_caller]
    fn says(world: &World, files: &[(&str, Option<&str>)], expected: &[&str]) {
        let found = judged(world, LEE, &[files], false);
        let names: Vec<&str> = found[0].iter().map(Reason::name).collect();
        assert_eq!(names, expected, "{files:?}");
    }

    #[test]
    fn a_branch_may_write_and_submit_and_nothing_that_only_a_stamp_does() {
        let world = World::new(2);
        let main = main_file();
        let at = |stage: &str, draft: bool| {
            let text = story("harbor", "Fares.").replace("stage = \"draft\"", &format!("stage = \"{stage}\""));
            text.replace("draft = true", &format!("draft = {draft}"))
        };
        let one = |stage: &str, draft: bool, expected: &[&str]| {
            says(&world, &[(main.as_str(), Some(at(stage, draft).as_str()))], expected);
        };
        one("draft", true, &[]);
        one("review", true, &[]);
        one("published", false, &["public-without-record"]);
        one("review", false, &["public-without-record"]);
        one("published", true, &["not-legal"]);
        one("withdrawn", true, &["not-legal"]);
        says(&world, &[("README.md", Some("hello"))], &[]);
    }

    #[test]
    fn stages_follow_one_another_as_moves_do() {
        let world = World::new(2);
        let table = [
            (vec!["draft", "review", "draft", "review"], vec![]),
            (vec!["draft", "spiked", "draft"], vec![]),
            (vec!["draft", "review", "spiked"], vec![]),
            (vec!["draft", "withdrawn"], vec![1]),
            (vec!["review", "published"], vec![1]),
        ];
        for (stages, wrong) in table {
            let texts: Vec<String> = stages
                .iter()
                .map(|stage| story("harbor", "Fares.").replace("stage = \"draft\"", &format!("stage = \"{stage}\"")))
                .collect();
            let main = main_file();
            let commits: Vec<Vec<(&str, Option<&str>)>> =
                texts.iter().map(|text| vec![(main.as_str(), Some(text.as_str()))]).collect();
            let commits: Vec<&[(&str, Option<&str>)]> = commits.iter().map(Vec::as_slice).collect();
            let found = judged(&world, MINA, &commits, false);
            let at: Vec<usize> = (0..found.len()).filter(|&at| !found[at].is_empty()).collect();
            assert_eq!(at, wrong, "{stages:?} {found:?}");
        }
    }

    #[test]
    fn public_words_change_only_in_a_correction() {
        let world = published();
        let main = main_file();
        let changed = text(&world).replace("Fares rise.", "Fares fall.");
        let files = [(main.as_str(), Some(changed.as_str()))];
        says(&world, &files, &["changed-without-record"]);
        assert_eq!(judged(&world, MINA, &[&files], true), [[]], "a correction is in the open");
        let photo = format!("{}/photo.jpg", home());
        says(&world, &[(&photo, Some("a photo"))], &["changed-without-record"]);
    }

    /// Why readers would not be told of `text` if it landed; none where they are.
    fn untold_of(world: &World, text: &str) -> Vec<Reason> {
        let base = world.tip();
        let Ok(Ok(Some(rules))) = Rules::read(world, base) else { panic!("there are rules") };
        let mut proposed = world.clone();
        proposed.commit_by_hand(MINA, &[(main_file().as_str(), Some(text))]);
        let step = proposed.step(proposed.tip());
        let corrections = [id()].into_iter().collect();
        let Ok(breaks) = judge_untold(&step, &proposed, &Bench { base, rules: &rules, corrections: &corrections });
        breaks.into_iter().map(|one| one.why).collect()
    }

    #[test]
    fn what_was_changed_by_hand_is_told_against_what_was_agreed_to() {
        let mut world = published();
        world.reword(MINA, "Fares fall.").expect("saved");
        world.correct(MINA, Amendment::Correction, "Fares fall.").expect("noted");
        world.submit(MINA).expect("submitted");
        world.approve(JUN).expect("approved");
        world.publish(MINA).expect("published");
        let agreed = text(&world);
        let more = world.with_note(&agreed, Amendment::Clarification, "On weekdays.");
        let main = main_file();
        let (start, end) = (agreed.find("[[changes]]").expect("one"), agreed.find("[desk]").expect("one"));
        let dropped = format!("{}{}", &agreed[..start], &agreed[end..]);
        let edited = agreed.replace("note = \"Fares fall.\"", "note = \"Fares rise.\"");
        for by_hand in [dropped, edited] {
            let mut forged = world.clone();
            forged.commit_by_hand(LEE, &[(main.as_str(), Some(&by_hand))]);
            forged.commit_by_hand(LEE, &[("README.md", Some("hello"))]);
            assert_eq!(untold_of(&forged, &agreed), [], "put back as it was");
            assert_eq!(untold_of(&forged, &more), [], "put back, and more is told");
            let left = untold_of(&forged, &by_hand.replace("Fares fall.\n", "Fares stand.\n"));
            assert_eq!(left, [Reason::Untold(Untold::NotesChanged)], "{by_hand}");
        }
    }

    #[test]
    fn kept_lines_of_what_is_public_stay_even_in_a_correction() {
        let world = published();
        let main = main_file();
        let before = text(&world);
        for (from, to) in [("date = 2026", "date = 2025"), ("stage = \"published\"", "stage = \"review\"")] {
            let changed = before.replace(from, to).replace("Fares rise.", "Fares fall.");
            let found = judged(&world, MINA, &[&[(main.as_str(), Some(changed.as_str()))]], true);
            assert_eq!(found, [[Reason::KeptLines]], "{from}");
        }
    }

    #[test]
    fn what_is_public_neither_goes_nor_hides_and_what_never_was_may() {
        let world = published();
        let main = main_file();
        says(&world, &[(main.as_str(), None)], &["deleted"]);
        let hidden = text(&world).replace("draft = false", "draft = true");
        says(&world, &[(main.as_str(), Some(hidden.as_str()))], &["hidden"]);
        let empty = World::new(2);
        let shown = story("harbor", "Fares.").replace("draft = true", "draft = false");
        let commits: [&[(&str, Option<&str>)]; 2] = [&[(main.as_str(), Some(&shown))], &[(main.as_str(), None)]];
        let found = judged(&empty, MINA, &commits, false);
        assert_eq!(found, [vec![Reason::PublicWithoutRecord], vec![]]);
    }

    #[test]
    fn records_change_in_stamps_alone() {
        let world = published();
        let record = record_path(id()).to_string();
        says(&world, &[(&record, None)], &["records-changed"]);
        says(&world, &[(&record, Some("x"))], &["records-changed"]);
        says(&world, &[("records/notes.txt", Some("x"))], &["records-changed"]);
    }

    #[test]
    fn the_base_says_who_may_change_the_rules() {
        let world = World::new(2);
        let desk = String::from_utf8(world.tree()[&path("desk.toml")].1.clone()).expect("text");
        let staff = String::from_utf8(world.tree()[&path("staff.toml")].1.clone()).expect("text");
        // Whoever makes themselves an admin first is no admin yet.
        let admin = staff.replace("roles = []", "roles = [\"admin\"]");
        let looser = desk.replace("people = 2", "people = 1");
        let commits: [&[(&str, Option<&str>)]; 2] = [&[("staff.toml", Some(&admin))], &[("desk.toml", Some(&looser))]];
        let names = |by| -> Vec<usize> { judged(&world, by, &commits, false).iter().map(Vec::len).collect() };
        assert_eq!(names(LEE), [1, 1]);
        assert_eq!(names(MINA), [0, 0]);
    }

    #[test]
    fn what_a_merge_took_from_a_parent_is_not_its_doing() {
        let mut world = published();
        let base = world.tip();
        let Ok(Ok(Some(rules))) = Rules::read(&world, base) else { panic!("there are rules") };
        let bench = Bench { base, rules: &rules, corrections: &BTreeSet::new() };
        let main = main_file();
        let changed = text(&world).replace("Fares rise.", "Fares fall.");
        world.commit_by_hand(LEE, &[(main.as_str(), Some(&changed))]);
        let own = world.step(world.tip());
        // Against the other parent nothing differs: it stood there already.
        let other = Step { changed: Vec::new(), parent: Some(world.tip()), ..own.clone() };
        let Ok(merged) = judge_proposed(&[own.clone(), other], &world, &bench);
        assert_eq!(merged, []);
        let Ok(evil) = judge_proposed(&[own.clone(), own], &world, &bench);
        assert_eq!(evil.len(), 1);
    }
}
