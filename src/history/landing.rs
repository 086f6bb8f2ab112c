//! Words that a forge brought before readers, and the entry that records them afterwards.
//!
//! Where a pull request is merged by a forge, the merge cannot bring its own entry: a correction is public once it landed,
//! and the entry follows in a commit of its own. Until then the step is a break ([`Reason::NotRecorded`]). The entry that
//! names it takes the break away, if everybody whom the rules of *before the landing* asked for agreed to exactly these
//! words in place of exactly those. What it does not show is whether they agreed before readers saw them.

use super::article::{Found, Pair, find};
use super::broken::{Break, Reason};
use super::entries::{Beginning, Confirmed, Court, Link, Met, last_content};
use super::judge::{Judgement, Judging};
use super::proposed::kept;
use super::step::{Past, Rules, Step};
use crate::article::amendment::{self};
use crate::article::kept::Kept;
use crate::article::{ArticleId, Body, Digest, Move, ObjectId, RepoPath, Stage};
use crate::config::{Format, Stamp};
use crate::ledger::{Act, Assent, Record, RecordEntry, Who, record_id, record_path};
use crate::workflow::{Landed, Requirement, Standards, Subject, Tally, is_a_refile, requirement, tally};

/// A step that changed what readers see, in every way as a correction does, and that no record knows of yet.
#[derive(Debug, Clone, PartialEq)]
pub struct Landing {
    /// The step.
    pub commit: ObjectId,
    /// The article.
    pub article: ArticleId,
    /// Where it is since.
    pub path: RepoPath,
    /// The words that it brought.
    pub content: Digest,
    /// The public words before; none where there were none.
    pub replaces: Option<Digest>,
    /// What the rules asked for.
    pub asked: Requirement,
    /// The rules that held before it.
    pub rules: Box<Rules>,
}

/// A landing that an entry recorded later.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// The step from which on readers saw the words.
    pub landed: ObjectId,
    /// The commit that recorded them.
    pub by: ObjectId,
}

/// A landing whose entry comes with the next change: where nobody but the forge may write to the public version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Following {
    /// The step from which on readers see the words.
    pub landed: ObjectId,
    /// Whose assents are kept.
    pub confirmed: Vec<Confirmed>,
}

impl Landing {
    /// Whose yes counts among these, by the rules that held before the landing.
    pub fn tally<'a>(&self, assents: impl IntoIterator<Item = &'a Assent>) -> Tally {
        let newsroom = self.rules.config.newsroom.id.clone();
        let subject = Subject { newsroom, article: self.article, content: self.content, replaces: self.replaces };
        let (staff, signatures) = (&self.rules.staff, self.rules.config.review.signatures);
        let assents = assents.into_iter().map(|assent| (assent, Landed::Now));
        tally(assents, &Standards { subject: &subject, staff, signatures, asked: &self.asked })
    }

    /// Whether `entry` is the one that records it.
    fn is_recorded_by(&self, entry: &RecordEntry) -> bool {
        entry.landed == [self.commit]
            && (entry.content, entry.replaces, &entry.path) == (self.content, self.replaces, &self.path)
    }

    /// Whether the rules leave the entry to the next change.
    pub fn follows(&self) -> bool {
        self.rules.config.review.stamp == Stamp::Submit
    }

    /// What is said of it while it has no entry.
    pub(super) fn is_told_by(&self, broken: &Break) -> bool {
        (broken.commit, broken.article, &broken.why) == (self.commit, Some(self.article), &Reason::NotRecorded)
    }

    /// Why its entry does not take the break away; none where it does.
    pub(super) fn settled(&self, link: &Link) -> Option<Reason> {
        if !self.is_recorded_by(&link.entry) {
            return Some(Reason::RecordsNoLanding(link.entry.landed.first().copied().unwrap_or(self.commit)));
        }
        let had = self.tally(&link.entry.assents);
        let lacks = !had.meets(&self.asked);
        lacks.then_some(Reason::LandedWithout { asked: self.asked.people, had: had.counted.len() })
    }
}

impl<P: Past> Judging<'_, P> {
    /// The landing that this step is of one article: it changes public words and tells readers so, and leaves all else that
    /// readers rely on as it was. None where it is not.
    pub(super) fn landing(&self, pair: &Pair, rules: &Rules) -> Result<Option<Landing>, P::Error> {
        let (Some(id), Some(after)) = (pair.id, &pair.after) else { return Ok(None) };
        let (review, format) = (&rules.config.review, rules.config.newsroom.format);
        let lost = self.result.sightings.iter().any(|one| one.article == id && !one.lost.is_empty());
        let Some(content) = after.digest(id).filter(|_| is_public(after, id) && format >= Format::Told && !lost) else {
            return Ok(None);
        };
        let record = past_record(self.past, self.step.commit, id)?;
        let known = record.as_ref().and_then(last_content);
        let shown = pair.before.as_ref().filter(|before| before.is_shown());
        let sealed = review.stamp == Stamp::Submit;
        let is_legal = match shown {
            Some(before) => {
                let replaces = before.digest(id);
                is_public(before, id)
                    && replaces.is_some()
                    && known == replaces
                    && Some(content) != known
                    && same_lines(before, after, sealed)
                    && amendment::told(before.side(), after.side()).is_ok()
            }
            None => sealed && record.is_none() && pair.before.as_ref().is_none_or(is_open) && date_of(after).is_some(),
        };
        if !is_legal {
            return Ok(None);
        }
        let refiles = shown.is_some_and(|before| is_a_refile(format, before.side(), after.side()));
        let asked = match refiles {
            true => Requirement::of_refile(),
            false => {
                let body = Body::read(&after.document);
                requirement(review, &after.document, &body, shown.map(|before| &before.document))
            }
        };
        Ok(Some(Landing {
            commit: self.step.commit,
            article: id,
            path: after.home.clone(),
            content,
            replaces: shown.and_then(|before| before.digest(id)),
            asked,
            rules: Box::new(rules.clone()),
        }))
    }

    /// Where words of an article land together with the entry of those before them: these, on both sides. Only where the
    /// rules leave an entry to the next change.
    pub(super) fn before_it_landed(
        &self,
        article: ArticleId,
        pair: &Pair,
        rules: &Rules,
    ) -> Result<Option<Pair>, P::Error> {
        let (Some(before), Some(after)) = (&pair.before, &pair.after) else { return Ok(None) };
        if rules.config.review.stamp != Stamp::Submit || before.digest(article) == after.digest(article) {
            return Ok(None);
        }
        let record = past_record(self.past, self.step.commit, article)?;
        let last = record.as_ref().and_then(|record| record.entries.last());
        let is_meant = last.is_some_and(|last| !last.landed.is_empty() && Some(last.content) == before.digest(article));
        let both = || Pair { id: pair.id, before: Some(before.clone()), after: Some(before.clone()) };
        Ok(is_meant.then(both))
    }

    /// The article as it was before the landing that the one new entry of `record` names, and as it is: what that entry is
    /// judged by. `Err` says why it may not name one.
    pub(super) fn across(
        &self,
        record: &Record,
        known: usize,
        pair: Option<&Pair>,
    ) -> Result<Option<Result<Pair, Reason>>, P::Error> {
        let new = record.entries.get(known..).unwrap_or_default();
        let Some(entry) = new.iter().find(|entry| !entry.landed.is_empty()) else { return Ok(None) };
        let wrong = Ok(Some(Err(Reason::RecordsNoLanding(entry.landed[0]))));
        let is_move = matches!(entry.act, Act::Move { step: Move::Correct | Move::Publish, .. });
        let sides = pair.and_then(|pair| pair.before.as_ref().zip(pair.after.as_ref()));
        let (Some((before, after)), 1, true) = (sides, new.len(), is_move && entry.mends.is_empty()) else {
            return wrong;
        };
        // The words are there already, and the day on which they first became public is not the entry's to change.
        let stays = before.digest(record.article).is_some()
            && before.digest(record.article) == after.digest(record.article)
            && before.home == after.home
            && line(before, Kept::Date) == line(after, Kept::Date);
        let Some(origin) = self.past.before(entry.landed[0])?.filter(|_| stays) else { return wrong };
        let home = known.checked_sub(1).map_or_else(|| after.home.clone(), |at| record.entries[at].path.clone());
        let main = match after.main == after.home {
            true => home.clone(),
            false => home.join(after.main.name()).unwrap_or_else(|_| after.main.clone()),
        };
        let found = match self.past.file(origin, &main)? {
            Some(_) => Some(find(self.past, origin, home, main)?).filter(|found| found.id() == Some(record.article)),
            None => None,
        };
        Ok(Some(Ok(Pair { id: Some(record.article), before: found, after: Some(after.clone()) })))
    }
}

/// The record of an article at a commit; none where there is none that can be read.
pub(super) fn past_record<P: Past>(past: &P, at: ObjectId, article: ArticleId) -> Result<Option<Record>, P::Error> {
    let path = record_path(article);
    Ok(past.file(at, &path)?.and_then(|bytes| Record::read(&path, &bytes).ok()))
}

/// Whether a file of records that a proposed commit changes is the entry, and nothing else, of what a forge landed under
/// rules that leave it to the next change.
pub(super) fn is_following<P: Past>(
    step: &Step,
    path: &RepoPath,
    past: &P,
    base: ObjectId,
    rules: &Rules,
) -> Result<bool, P::Error> {
    let Some(article) = record_id(path).filter(|_| rules.config.review.stamp == Stamp::Submit) else {
        return Ok(false);
    };
    let (known, new) = (past.file(base, path)?, past.file(step.commit, path)?);
    let Some(record) = new.and_then(|bytes| Record::read(path, &bytes).ok()) else { return Ok(false) };
    let before = known.as_ref().and_then(|bytes| Record::read(path, bytes).ok()).map_or(0, |old| old.entries.len());
    let grows = known.as_ref().is_none_or(|known| record.is_begun_by(known)) && record.entries.len() == before + 1;
    let Some((entry, landed)) = record.entries.last().and_then(|entry| Some((entry, *entry.landed.first()?))) else {
        return Ok(false);
    };
    let Some(parent) = past.before(landed)?.filter(|_| grows) else { return Ok(false) };
    if past.file(landed, path)? != known || !is_on_line(past, base, landed)? {
        return Ok(false);
    }
    let (Some(now), Some(landing)) =
        (there(past, base, entry, article)?, landing_at(past, landed, parent, entry, article)?)
    else {
        return Ok(false);
    };
    let pair = Pair { id: Some(article), before: Some(now.clone()), after: Some(now) };
    let judging = Judging { step, past, result: Judgement::default() };
    let Some(Ok(pair)) = judging.across(&record, before, Some(&pair))? else { return Ok(false) };
    let court = Court { commit: step.commit, rules, beginning: Beginning::Later, article };
    let (links, reasons) = court.entries(&record, before, Some(&pair));
    let untold = court.untold(&record, before, Some(&pair), past)?;
    let settles = |link: &Link| link.met == Met::Fully && landing.settled(link).is_none();
    Ok(reasons.is_empty() && untold.is_none() && links.iter().all(settles))
}

/// The article where an entry says that it is.
fn there<P: Past>(past: &P, at: ObjectId, entry: &RecordEntry, id: ArticleId) -> Result<Option<Found>, P::Error> {
    let main = match entry.path.join("index.md") {
        Ok(main) if past.file(at, &main)?.is_some() => main,
        _ => entry.path.clone(),
    };
    if past.file(at, &main)?.is_none() {
        return Ok(None);
    }
    Ok(Some(find(past, at, entry.path.clone(), main)?).filter(|found| found.id() == Some(id)))
}

/// What landed in a step, judged by the rules before it; none where nothing of the article did.
fn landing_at<P: Past>(
    past: &P,
    commit: ObjectId,
    parent: ObjectId,
    entry: &RecordEntry,
    id: ArticleId,
) -> Result<Option<Landing>, P::Error> {
    let Ok(Some(rules)) = Rules::read(past, parent)? else { return Ok(None) };
    let nobody = Who::new("", "");
    let (author, committer, time) = (nobody.clone(), nobody, jiff::Timestamp::UNIX_EPOCH);
    let (changed, unsound, twice) = (Vec::new(), Vec::new(), Vec::new());
    let step = Step { commit, parent: Some(parent), author, committer, time, changed, unsound, twice };
    let pair = Pair { id: Some(id), before: there(past, parent, entry, id)?, after: there(past, commit, entry, id)? };
    Judging { step: &step, past, result: Judgement::default() }.landing(&pair, &rules)
}

/// Whether a commit is one of the line of first parents that ends at `tip`.
fn is_on_line<P: Past>(past: &P, tip: ObjectId, commit: ObjectId) -> Result<bool, P::Error> {
    let mut at = Some(tip);
    while let Some(one) = at.filter(|one| *one != commit) {
        at = past.before(one)?;
    }
    Ok(at.is_some())
}

/// Whether a proposed commit seals an article: what readers will see of it once it lands.
pub(super) fn is_sealed(found: &Found, rules: &Rules) -> bool {
    let sound = found.id().is_some_and(|id| is_public(found, id)) && date_of(found).is_some();
    rules.config.review.stamp == Stamp::Submit && sound
}

fn is_public(found: &Found, id: ArticleId) -> bool {
    found.id() == Some(id) && found.is_shown() && found.stage() == Stage::Published
}

fn is_open(found: &Found) -> bool {
    !found.is_shown() && matches!(found.stage(), Stage::Draft | Stage::Review)
}

/// Whether the lines that desk keeps are as they were. Where they are sealed before review, `updated` comes with the words.
pub(super) fn same_lines(before: &Found, after: &Found, sealed: bool) -> bool {
    let ((stage, hidden, [date, updated]), (to, still, [kept, anew])) = (kept(&before.document), kept(&after.document));
    (stage, hidden, date) == (to, still, kept) && (sealed || updated == anew)
}

fn line(found: &Found, kept: Kept) -> Option<&str> {
    found.document.value(kept.path()).map(|value| &found.document.text[value.span.range()])
}

/// When it says that it became public; none where that is no instant.
fn date_of(found: &Found) -> Option<jiff::Timestamp> {
    let value = found.document.value(Kept::Date.path())?.as_datetime()?;
    value.to_string().parse().ok()
}
