//! Judging one step by the rules of its first parent.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::article::{Found, Pair, article_at, touched};
use super::broken::{Break, Reason};
use super::entries::{Beginning, Court, Link};
use super::landing::Landing;
use super::step::{Changed, Past, Rules, Step};
use crate::article::{ArticleId, Move, ORDINARY_FILE, ObjectId, RepoPath, Stage};
use crate::config::{Format, KeyState, Person, Signatures};
use crate::ledger::{BeforeDesk, Record, Who, proves_commit, record_id, record_path};
use crate::workflow::{governing, is_governed, is_page};

/// Where an article is after a step, as far as the step touched it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sighting {
    /// Which.
    pub article: ArticleId,
    /// Where; none when it is gone.
    pub home: Option<RepoPath>,
    /// The addresses at which readers find it.
    pub addresses: Vec<String>,
    /// Those at which they found it before the step and do not any more.
    pub lost: Vec<String>,
}

/// What is to be said of one step.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Judgement {
    /// Entries that it added to records, each with its article.
    pub links: Vec<(ArticleId, Link)>,
    /// What was not allowed.
    pub breaks: Vec<Break>,
    /// Words that it brought before readers as a forge does, each a break until an entry records it.
    pub landings: Vec<Landing>,
    /// Articles that it put somewhere or took away.
    pub sightings: Vec<Sighting>,
    /// Whether there is a newsroom after it.
    pub has_newsroom: bool,
}

/// Judges a step. Only what it changed is looked at.
pub fn judge<P: Past>(step: &Step, past: &P) -> Result<Judgement, P::Error> {
    let before = match step.parent {
        Some(parent) => Rules::read(past, parent)?,
        None => Ok(None),
    };
    let rules_changed = step.parent.is_none() || step.changed.iter().any(|changed| is_rule(&changed.path));
    let after = if rules_changed { Rules::read(past, step.commit)? } else { before.clone() };
    let mut judging = Judging { step, past, result: Judgement::default() };
    judging.result.has_newsroom = !matches!(after, Ok(None));
    match (&before, &after) {
        (Ok(None), Ok(None)) => {}
        (Ok(None), Ok(Some(rules))) => judging.everything(None, Some(rules), Beginning::Founding)?,
        (Ok(None), Err(message)) | (Err(message), _) => judging.say(None, None, Reason::NoRules(message.clone())),
        (Ok(Some(rules)), after) => {
            judging.governed(rules)?;
            judging.format(rules, after.as_ref().ok().and_then(Option::as_ref));
            let after = after.as_ref().ok().and_then(Option::as_ref);
            judging.everything(Some(rules), after, Beginning::Later)?;
        }
    }
    Ok(judging.result)
}

/// Who did it, as git says: the committer; where a forge's own hand committed for somebody, the author.
fn by_whom<'a>(step: &'a Step, rules: &Rules) -> &'a Who {
    let host = step.committer.address.to_lowercase().strip_prefix("noreply@").map(str::to_owned);
    let is_forge = host.is_some_and(|host| {
        let people = rules.staff.people.iter();
        host == "github.com" || people.flat_map(|person| person.forges.keys()).any(|forge| forge.to_lowercase() == host)
    });
    if is_forge { &step.author } else { &step.committer }
}

fn is_rule(path: &RepoPath) -> bool {
    matches!(path.as_str(), crate::config::DESK_FILE | crate::config::STAFF_FILE)
}

/// One step before its judge.
pub(super) struct Judging<'a, P: Past> {
    pub(super) step: &'a Step,
    pub(super) past: &'a P,
    pub(super) result: Judgement,
}

impl<P: Past> Judging<'_, P> {
    pub(super) fn say(&mut self, article: Option<ArticleId>, path: Option<RepoPath>, why: Reason) {
        self.result.breaks.push(Break { commit: self.step.commit, article, path, why });
    }

    /// How the newsroom works changes only by those who may change it. Whoever commits may write any author: the
    /// committer must be one of them. Where the newsroom takes only what is signed, so must this be.
    pub(super) fn governed(&mut self, rules: &Rules) -> Result<(), P::Error> {
        let (mut paths, mut pages) = (Vec::new(), Vec::new());
        for changed in &self.step.changed {
            if is_governed(&changed.path) {
                paths.push(&changed.path);
            } else if self.is_loose(changed, rules)? {
                pages.push(&changed.path);
            }
        }
        if paths.is_empty() && pages.is_empty() {
            return Ok(());
        }
        let by = by_whom(self.step, rules).address.clone();
        let person = rules.staff.find(&by);
        let lacking =
            governing(&rules.config.review).into_iter().find(|role| person.is_none_or(|person| !person.has_role(role)));
        let why = match (lacking, rules.config.review.signatures, person) {
            (Some(role), ..) => Reason::Governed { by, role },
            (None, Signatures::Required, Some(person)) if !self.is_signed_by(person)? => {
                Reason::GovernedUnsigned { by }
            }
            _ => return Ok(()),
        };
        for path in paths {
            self.say(None, Some(path.clone()), why.clone());
        }
        let why = match why {
            Reason::Governed { by, role } => Reason::LoosePage { by, role },
            other => other,
        };
        for path in pages {
            self.say(None, Some(path.clone()), why.clone());
        }
        Ok(())
    }

    /// Whether a generator makes a page of it that belongs to no article, so that no record knows its words.
    fn is_loose(&self, changed: &Changed, rules: &Rules) -> Result<bool, P::Error> {
        let (path, articles) = (&changed.path, &rules.config.articles);
        if !path.is_within(&articles.root) || !is_page(path) {
            return Ok(false);
        }
        let before = self.step.parent.filter(|_| changed.before.is_some());
        for at in before.into_iter().chain(changed.after.map(|_| self.step.commit)) {
            if article_at(self.past, at, articles, path)?.is_none() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn is_signed_by(&self, person: &Person) -> Result<bool, P::Error> {
        let signed = self.past.signed(self.step.commit)?;
        let keys = person.keys.iter().filter(|key| key.state == KeyState::Current).map(|key| key.key.as_str());
        Ok(signed.is_some_and(|signed| proves_commit(&signed.bytes, &signed.signature, keys)))
    }

    /// Rules never go back to an earlier edition: what readers were promised once holds.
    fn format(&mut self, before: &Rules, after: Option<&Rules>) {
        if after.is_some_and(|after| after.config.newsroom.format < before.config.newsroom.format) {
            self.say(None, RepoPath::new(crate::config::DESK_FILE).ok(), Reason::FormatLowered);
        }
    }

    fn everything(
        &mut self,
        before: Option<&Rules>,
        after: Option<&Rules>,
        beginning: Beginning,
    ) -> Result<(), P::Error> {
        let Some(rules) = before.or(after) else { return Ok(()) };
        self.names();
        self.ordinary(rules);
        self.records_folder(beginning);
        let pairs = touched(self.past, self.step, before.or(after), after)?;
        let mut seen = BTreeSet::new();
        for pair in &pairs {
            self.sight(pair, rules);
            seen.extend(pair.id);
            self.article(pair, rules, beginning)?;
        }
        let untouched: Vec<ArticleId> = self
            .step
            .changed
            .iter()
            .filter_map(|changed| record_id(&changed.path))
            .filter(|article| !seen.contains(article))
            .collect();
        for article in untouched {
            self.record_alone(article, rules, beginning)?;
        }
        Ok(())
    }

    /// No name leads out of the newsroom, and each names one thing.
    pub(super) fn names(&mut self) {
        let step = self.step;
        for name in &step.unsound {
            self.say(None, None, Reason::PathEscape(name.clone()));
        }
        for name in &step.twice {
            self.say(None, None, Reason::StandsTwice(name.clone()));
        }
    }

    /// Nothing of desk's is a link, a program or a submodule.
    pub(super) fn ordinary(&mut self, rules: &Rules) {
        let root = &rules.config.articles.root;
        for changed in &self.step.changed {
            let ours = changed.path.is_within(root) || is_governed(&changed.path) || is_in_records(&changed.path);
            if let Some(mode) = changed.after.filter(|&mode| ours && mode != ORDINARY_FILE) {
                let article = record_id(&changed.path);
                self.say(article, Some(changed.path.clone()), Reason::NotOrdinary(mode));
            }
        }
    }

    fn records_folder(&mut self, beginning: Beginning) {
        for changed in &self.step.changed {
            let is_before_desk = changed.path.as_str() == BeforeDesk::PATH && beginning == Beginning::Founding;
            if is_in_records(&changed.path) && record_id(&changed.path).is_none() && !is_before_desk {
                self.say(None, Some(changed.path.clone()), Reason::RecordsChanged);
            }
        }
    }

    pub(super) fn sight(&mut self, pair: &Pair, rules: &Rules) {
        if let Some(article) = pair.id {
            let home = pair.after.as_ref().map(|found| found.home.clone());
            if let (Some(home), Some(Sighting { home: Some(other), .. })) =
                (&home, self.result.sightings.iter().find(|one| one.article == article && one.home.is_some()))
            {
                let why = Reason::IdReused(other.clone());
                let home = home.clone();
                self.say(Some(article), Some(home), why);
            }
            let known = |found: Option<&Found>| match found.filter(|found| found.is_shown()) {
                Some(found) => found.addresses(rules),
                None => Vec::new(),
            };
            let (before, addresses) = (known(pair.before.as_ref()), known(pair.after.as_ref()));
            // What is gone or hidden altogether is said otherwise.
            let held = rules.config.newsroom.format >= Format::Told;
            let lost =
                before.into_iter().filter(|one| held && !addresses.is_empty() && !addresses.contains(one)).collect();
            self.result.sightings.push(Sighting { article, home, addresses, lost });
        }
    }

    fn article(&mut self, pair: &Pair, rules: &Rules, beginning: Beginning) -> Result<(), P::Error> {
        if let Some(article) = pair.id
            && self.step.changed.iter().any(|changed| record_id(&changed.path) == Some(article))
        {
            match self.before_it_landed(article, pair, rules)? {
                // The entry of the words before comes with words that land over them.
                Some(before) => self.record(article, Some(&before), rules, beginning)?,
                None => return self.record(article, Some(pair), rules, beginning),
            }
        }
        let before_desk = self.before_desk(beginning)?;
        if let Some(why) = without_record(pair, &before_desk) {
            let landed = if beginning == Beginning::Later { self.landed(pair, rules)? } else { None };
            self.say(pair.id, pair.home(), landed.unwrap_or(why));
        }
        Ok(())
    }

    /// What is said of words that landed as a forge lands them; none where they did not.
    fn landed(&mut self, pair: &Pair, rules: &Rules) -> Result<Option<Reason>, P::Error> {
        let landing = self.landing(pair, rules)?;
        let why = landing.is_some().then_some(Reason::NotRecorded);
        self.result.landings.extend(landing);
        Ok(why)
    }

    /// A record that changed while its article did not: the article is found where the record says that it is.
    fn record_alone(&mut self, article: ArticleId, rules: &Rules, beginning: Beginning) -> Result<(), P::Error> {
        let bytes = self.past.file(self.step.commit, &record_path(article))?;
        let record = bytes.and_then(|bytes| Record::read(&record_path(article), &bytes).ok());
        let Some(home) = record.as_ref().and_then(|record| record.entries.last()).map(|entry| entry.path.clone())
        else {
            return self.record(article, None, rules, beginning);
        };
        let main = match home.join("index.md") {
            Ok(main) if self.past.file(self.step.commit, &main)?.is_some() => main,
            _ => home.clone(),
        };
        let found = super::article::find(self.past, self.step.commit, home, main)?;
        let found = Some(found).filter(|found| found.id() == Some(article));
        let pair = Pair { id: Some(article), before: found.clone(), after: found };
        self.record(article, Some(&pair), rules, beginning)
    }

    fn record(
        &mut self,
        article: ArticleId,
        pair: Option<&Pair>,
        rules: &Rules,
        beginning: Beginning,
    ) -> Result<(), P::Error> {
        let path = record_path(article);
        let say = |this: &mut Self, why| this.say(Some(article), Some(path.clone()), why);
        let earlier = match self.step.parent {
            Some(parent) => self.past.file(parent, &path)?,
            None => None,
        };
        let Some(bytes) = self.past.file(self.step.commit, &path)? else {
            say(self, Reason::RecordDeleted);
            return Ok(());
        };
        let record = match Record::read(&path, &bytes) {
            Ok(record) => record,
            Err(findings) => {
                let message = findings.into_iter().next().map_or_else(String::new, |finding| finding.message);
                say(self, Reason::RecordBroken(message));
                return Ok(());
            }
        };
        if earlier.as_ref().is_some_and(|earlier| !record.is_begun_by(earlier)) {
            say(self, Reason::RecordRewritten);
            return Ok(());
        }
        let known = earlier.and_then(|bytes| Record::read(&path, &bytes).ok()).map_or(0, |old| old.entries.len());
        if known == record.entries.len() {
            say(self, Reason::RecordsChanged);
        }
        let across = match self.across(&record, known, pair)? {
            Some(Err(why)) => {
                say(self, why);
                None
            }
            Some(Ok(across)) => Some(across),
            None => None,
        };
        let pair = across.as_ref().or(pair);
        let court = Court { commit: self.step.commit, rules, beginning, article };
        let (links, reasons) = court.entries(&record, known, pair);
        let untold = court.untold(&record, known, pair, self.past)?;
        self.result.links.extend(links.into_iter().map(|link| (article, link)));
        for why in reasons.into_iter().chain(untold.map(Reason::Untold)) {
            self.say(Some(article), pair.and_then(Pair::home), why);
        }
        Ok(())
    }

    fn before_desk(&self, beginning: Beginning) -> Result<Arc<BeforeDesk>, P::Error> {
        let at: Option<ObjectId> = match beginning {
            Beginning::Founding => Some(self.step.commit),
            Beginning::Later => self.step.parent,
        };
        at.map_or_else(|| Ok(Arc::default()), |at| self.past.before_desk(at))
    }
}

pub(super) fn is_in_records(path: &RepoPath) -> bool {
    path.as_str().starts_with("records/")
}

/// Why a change of an article that no record knows of is not allowed; none when it is.
fn without_record(pair: &Pair, before_desk: &BeforeDesk) -> Option<Reason> {
    let shown = |found: &&Found| found.is_shown();
    match (pair.before.as_ref().filter(shown), pair.after.as_ref().filter(shown)) {
        (None, None) => hidden_move(pair),
        (Some(_), None) if pair.after.is_none() => Some(Reason::Deleted),
        (Some(_), None) => Some(Reason::Hidden),
        (_, Some(after)) if before_desk.holds(&after.home, after.before_digest()) => None,
        (None, Some(_)) => Some(Reason::PublicWithoutRecord),
        (Some(before), Some(after)) => {
            let same_words = pair.id.is_some_and(|id| {
                before.id() == after.id() && before.digest(id).is_some() && before.digest(id) == after.digest(id)
            });
            Some(if same_words { Reason::KeptLines } else { Reason::ChangedWithoutRecord })
        }
    }
}

/// What readers do not see may go between draft and review; nothing else, and nothing begins elsewhere.
fn hidden_move(pair: &Pair) -> Option<Reason> {
    let after = pair.after.as_ref()?;
    let (from, to) = (pair.before.as_ref().map_or(Stage::Draft, Found::stage), after.stage());
    let open = |stage| matches!(stage, Stage::Draft | Stage::Review);
    let legal = from == to || [Move::Submit, Move::Return].iter().any(|step| step.from(from) == Some(to));
    (!legal || !open(to)).then_some(Reason::NotLegal { from, to })
}
