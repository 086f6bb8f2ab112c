//! Asking every rule about every article, and putting the answers in order.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::baseline::mark;
use super::quotation;
use super::rule::{Levels, Rule, Scope, Turn};
use super::rules::RULES;
use super::settle::Extent;
use super::subject::{Card, Context, Piece, Subject, Tree};
use super::suppression::{self, Suppression};
use crate::article::Stage;
use crate::config::Setting;
use crate::finding::Finding;

/// What checking one article gives.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// What is to be said of it alone.
    pub findings: Vec<Finding>,
    /// What the article itself asks to leave out, each with how much that is.
    pub suppressions: Vec<Suppression>,
    /// How many findings were left out for it.
    pub suppressed: usize,
    /// What the rules that compare articles need of it.
    pub card: Card,
    /// Whether the same words under the same rules are told the same at any time.
    pub timeless: bool,
    /// Whether all of it could be read. What could not be was never asked about, so nothing is known to be idle.
    pub is_read: bool,
}

impl Outcome {
    /// What was said at another time of an article that left nothing out.
    pub fn remembered(findings: Vec<Finding>, card: Card) -> Self {
        Self { findings, suppressions: Vec::new(), suppressed: 0, card, timeless: true, is_read: true }
    }
}

/// Checks one article with every rule that looks at one. It depends on nothing but the two: on
/// [`Context::now`] too, on whose day suppressions and rights to photos end, and by whose minute an embargo does.
pub fn one(piece: &Piece, context: &Context<'_>) -> Outcome {
    let subject = Subject::new(piece, context);
    let path = piece.document.path.as_str();
    let mut findings = asked(&subject);
    quotation::guard(&mut findings, piece, &subject.passages);
    let mut suppressions = suppression::of_article(piece, context);
    let suppressed = suppression::hide(&mut findings, &mut suppressions);
    if !suppressions.is_empty() {
        let mut said = faults(&suppressions, context, subject.stage);
        if piece.is_read() {
            said.extend(idle(&suppressions, context, subject.stage, &[Turn::Alone]));
        }
        findings.extend(said.into_iter().map(|finding| placed(finding, path)));
    }
    // Here the words are at hand; later only those who look for them again would have them.
    for finding in &mut findings {
        let words = finding.span.and_then(|span| piece.document.text.get(span.range())).unwrap_or_default();
        finding.mark = Some(mark(finding, words));
    }
    let timeless = suppressions.is_empty() && !subject.has_asked_the_time();
    let (card, is_read) = (Card::of(piece, context), piece.is_read());
    Outcome { findings, suppressions, suppressed, card, timeless, is_read }
}

/// The rule that says that a suppression leaves nothing out.
const IDLE: &str = "suppression-unused";

/// What every rule that looks at one article says, nothing left out.
fn asked(subject: &Subject<'_>) -> Vec<Finding> {
    let (piece, context, path) = (subject.piece, subject.context, subject.document().path.as_str());
    let mut findings: Vec<Finding> = piece.findings.iter().cloned().map(|finding| placed(finding, path)).collect();
    if let Some(schema) = subject.schema().filter(|_| piece.is_read()) {
        let said = schema.validate(&piece.document, &piece.body, subject.stage).into_iter();
        findings.extend(said.filter_map(|finding| reset(finding, context)));
    }
    for rule in RULES.iter().filter(|rule| subject.offers(rule)) {
        let Some(levels) = levels(rule, context, subject.stage) else { continue };
        let said = match rule.scope {
            Scope::Words(check) => check(subject),
            Scope::Article(check) if piece.is_read() => check(subject),
            _ => continue,
        };
        findings.extend(said.into_iter().map(|finding| weighed(placed(finding, path), levels, subject.stage)));
    }
    let styled = context.styles.check(&piece.document, &piece.body).into_iter();
    findings.extend(styled.map(|finding| {
        let levels = Levels::set(finding.level);
        weighed(placed(finding, path), levels, subject.stage)
    }));
    findings
}

/// What is wrong with how these suppressions are written.
pub(super) fn faults(suppressions: &[Suppression], context: &Context<'_>, stage: Stage) -> Vec<Finding> {
    about(suppressions, context, stage, |rule| rule.name != IDLE)
}

/// Which of these suppressions leave nothing out, of those for rules that were asked in one of `turns`.
pub(super) fn idle(suppressions: &[Suppression], context: &Context<'_>, stage: Stage, turns: &[Turn]) -> Vec<Finding> {
    let turn = |name: &str| RULES.iter().find(|rule| rule.name == name).map_or(Turn::Alone, |rule| rule.scope.turn());
    let asked: Vec<Suppression> = suppressions.iter().filter(|one| turns.contains(&turn(&one.rule))).cloned().collect();
    about(&asked, context, stage, |rule| rule.name == IDLE)
}

fn about(
    suppressions: &[Suppression],
    context: &Context<'_>,
    stage: Stage,
    is_meant: impl Fn(&Rule) -> bool,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    for rule in RULES.iter().filter(|rule| is_meant(rule)) {
        if let (Scope::Suppressions(check), Some(levels)) = (&rule.scope, levels(rule, context, stage)) {
            findings.extend(check(suppressions).into_iter().map(|finding| weighed(finding, levels, stage)));
        }
    }
    findings
}

/// In which turns rules were asked beyond one article.
pub(super) fn turns(extent: Extent, context: &Context<'_>) -> Vec<Turn> {
    let compared = (extent == Extent::Newsroom).then_some(Turn::Compared);
    compared.into_iter().chain(context.answers.map(|_| Turn::Answered)).collect()
}

/// Compares articles with every rule that looks at all of them, or at what other sites answered.
pub fn across(cards: &[Card], context: &Context<'_>) -> Vec<Finding> {
    let stage_of = |finding: &Finding| {
        let path = finding.path.as_deref();
        cards.iter().find(|card| Some(card.path.as_str()) == path).map_or(Stage::Published, |card| card.stage)
    };
    let mut findings = Vec::new();
    for rule in RULES {
        let said = match (&rule.scope, context.answers) {
            (Scope::Newsroom(check), _) => check(cards, context),
            (Scope::Outside(check), Some(answers)) => check(cards, answers),
            _ => continue,
        };
        for finding in said {
            let stage = stage_of(&finding);
            findings.extend(levels(rule, context, stage).map(|levels| weighed(finding, levels, stage)));
        }
    }
    findings
}

/// What is said of many articles together.
#[derive(Debug, Clone, Default)]
pub struct Told {
    /// The findings, in the order in which they are said.
    pub findings: Vec<Finding>,
    /// What articles ask to leave out, by their files' paths.
    pub suppressions: BTreeMap<String, Vec<Suppression>>,
    /// What was left out for it: in which file, and how much.
    pub suppressed: BTreeMap<String, usize>,
}

impl Told {
    /// Keeps what is about files that `is_wanted`, and what is about no file.
    pub fn keep(&mut self, is_wanted: impl Fn(&str) -> bool) {
        self.findings.retain(|finding| finding.path.as_deref().is_none_or(&is_wanted));
        self.suppressions.retain(|path, _| is_wanted(path));
        self.suppressed.retain(|path, _| is_wanted(path));
    }

    /// How many findings were left out.
    pub fn left_out(&self) -> usize {
        self.suppressed.values().sum()
    }
}

/// Checks every article of `tree`, and all of them side by side. Never stops at the first finding.
pub fn run(tree: &Tree, context: &Context<'_>) -> Vec<Finding> {
    let outcomes = tree.pieces.par_iter().map(|piece| one(piece, context)).collect();
    gather(outcomes, Vec::new(), Extent::Newsroom, context).findings
}

/// The same for articles that are read one by one as they are checked, so that no more are in memory than threads work.
/// What `read` gives none for is left out.
pub fn over<T: Sync>(
    sources: &[T],
    read: impl Fn(&T) -> Option<Piece> + Sync,
    extent: Extent,
    context: &Context<'_>,
) -> Told {
    let outcomes = sources.par_iter().filter_map(|source| Some(one(&read(source)?, context))).collect();
    gather(outcomes, Vec::new(), extent, context)
}

/// Puts together what was said of articles one by one, and compares them with each other and with `others`, which are
/// known by their cards alone; `extent` says whether that is all there are.
pub fn gather(outcomes: Vec<Outcome>, others: Vec<Card>, extent: Extent, context: &Context<'_>) -> Told {
    let mut told = Told::default();
    let mut cards = others;
    let mut read = Vec::new();
    for outcome in outcomes {
        told.findings.extend(outcome.findings);
        if outcome.suppressed > 0 {
            told.suppressed.insert(outcome.card.path.to_string(), outcome.suppressed);
        }
        if !outcome.suppressions.is_empty() {
            if outcome.is_read {
                read.push((outcome.card.path.to_string(), outcome.card.stage));
            }
            told.suppressions.insert(outcome.card.path.to_string(), outcome.suppressions);
        }
        cards.push(outcome.card);
    }
    cards.sort_by(|one, other| one.path.cmp(&other.path));
    for finding in across(&cards, context) {
        let path = finding.path.clone().unwrap_or_default();
        let mut compared = vec![finding];
        let own = told.suppressions.get_mut(&path);
        if own.is_some_and(|own| suppression::hide(&mut compared, own) > 0) {
            *told.suppressed.entry(path).or_default() += 1;
        }
        told.findings.extend(compared);
    }
    let turns = turns(extent, context);
    for (path, stage) in read {
        let own = told.suppressions.get(&path).map(Vec::as_slice).unwrap_or_default();
        let said = idle(own, context, stage, &turns);
        told.findings.extend(said.into_iter().map(|finding| placed(finding, &path)));
    }
    sort(&mut told.findings);
    told
}

/// Puts findings in the order in which they are said: by file, place, rule, words.
pub fn sort(findings: &mut [Finding]) {
    findings.sort_by(|one, other| {
        let key = |finding: &Finding| finding.span.map(|span| (span.start, span.end));
        (&one.path, key(one), &one.rule, &one.message).cmp(&(&other.path, key(other), &other.rule, &other.message))
    });
}

/// What `rule` weighs in this newsroom; none when it has nothing to say at `stage`.
fn levels(rule: &Rule, context: &Context<'_>, stage: Stage) -> Option<Levels> {
    let levels = match context.config.check.setting(rule.name) {
        Some(Setting::Off) => return None,
        Some(Setting::At(level)) => Levels::set(level),
        None => rule.levels,
    };
    levels.at(stage).map(|_| levels)
}

/// A finding that has its level already, under what the newsroom says about its rule.
fn reset(mut finding: Finding, context: &Context<'_>) -> Option<Finding> {
    match context.config.check.setting(&finding.rule) {
        Some(Setting::Off) => return None,
        Some(Setting::At(level)) => {
            finding.level = level;
            finding.holds = Levels::set(level).holds.map(|hold| hold.as_str());
        }
        None => {}
    }
    Some(finding)
}

fn weighed(mut finding: Finding, levels: Levels, stage: Stage) -> Finding {
    if let Some(level) = levels.at(stage) {
        finding.level = level;
    }
    let is_before = matches!(stage, Stage::Draft | Stage::Review | Stage::Spiked);
    finding.holds = levels.holds.filter(|_| is_before).map(|hold| hold.as_str());
    finding
}

fn placed(mut finding: Finding, path: &str) -> Finding {
    finding.path.get_or_insert_with(|| path.to_owned());
    finding
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::RepoPath;
    use crate::check::{holds, of_settings};
    use crate::config::Config;
    use crate::schema::Schemas;
    use crate::style::{Shelf, Styles};

    fn article(name: &str, stage: &str, rest: &str) -> Piece {
        let path = RepoPath::new(format!("articles/{name}/index.md")).expect("a sound path");
        let draft = stage != "published";
        let front = format!("title = \"A\"\ndraft = {draft}\n[[photos]]\nfile = \"https://a.example/a.jpg\"\n");
        let desk = format!("[desk]\nkind = \"news\"\nstage = \"{stage}\"\n");
        Piece::read(path, format!("+++\n{front}{desk}+++\n{rest}\n").as_bytes(), Vec::new())
    }

    fn config(settings: &str) -> Config {
        let text = format!("[check.levels]\n{settings}");
        let path = RepoPath::new("desk.toml").expect("a sound path");
        Config::read(&path, text.as_bytes()).expect("a configuration")
    }

    fn said(config: &Config, pieces: Vec<Piece>) -> Vec<Finding> {
        let now = "2026-07-25T12:00:00Z".parse().expect("a time");
        run(
            &Tree { pieces },
            &Context { config, schemas: &Schemas::default(), styles: &Styles::default(), answers: None, now },
        )
    }

    #[track_caller]
    fn weighs(settings: &str, stage: &str, rule: &str, expected: Option<(&str, Option<&str>)>) {
        let findings = said(&config(settings), vec![article("a", stage, "The the quay.")]);
        let found = findings.iter().find(|finding| finding.rule == rule);
        assert_eq!(found.map(|finding| (finding.level.as_str(), finding.holds)), expected, "{stage} {settings}");
    }

    #[test]
    fn a_draft_is_told_review_is_held_publication_is_refused() {
        weighs("", "draft", "photo-alt", Some(("warning", Some("published"))));
        weighs("", "review", "photo-alt", Some(("error", Some("published"))));
        weighs("", "published", "photo-alt", Some(("error", None)));
        weighs("", "withdrawn", "photo-alt", Some(("warning", None)));
        weighs("", "draft", "photo-credit", Some(("warning", Some("review"))));
        weighs("", "review", "doubled-word", Some(("warning", None)));
    }

    #[test]
    fn the_newsroom_decides_what_a_rule_weighs() {
        weighs("photo-alt = \"off\"", "published", "photo-alt", None);
        weighs("photo-alt = \"note\"", "review", "photo-alt", Some(("note", None)));
        weighs("doubled-word = \"error\"", "draft", "doubled-word", Some(("error", Some("review"))));
        let path = RepoPath::new("desk.toml").expect("a sound path");
        let config = config("doubled-words = \"off\"\nmissing-field = \"note\"");
        let unknown = of_settings(&config, &path, &Shelf::default(), &Styles::default());
        assert_eq!(unknown.len(), 1);
        assert_eq!(unknown[0].help.as_deref(), Some("did you mean `doubled-word`?"));
    }

    #[test]
    fn what_holds_publishing_does_not_hold_review() {
        let findings = said(&config(""), vec![article("a", "draft", "The the quay.")]);
        let held = |to| -> Vec<&str> {
            findings.iter().filter(|finding| holds(finding, to)).map(|finding| finding.rule.as_str()).collect()
        };
        assert_eq!(held(Stage::Review), ["photo-caption", "photo-credit"]);
        assert_eq!(held(Stage::Published), ["photo-alt", "photo-caption", "photo-credit"]);
    }

    #[test]
    fn one_thread_and_many_say_the_same_in_order() {
        let pieces = || (0..40).map(|number| article(&format!("a{number:02}"), "draft", "The the quay. TK")).collect();
        let alone = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a thread");
        let one = alone.install(|| said(&config(""), pieces()));
        let many = said(&config(""), pieces());
        assert_eq!(one, many);
        assert!(many.is_sorted_by_key(|finding| (finding.path.clone(), finding.span.map(|span| span.start))));
        assert_eq!(many.len(), 40 * 5);
    }

    #[test]
    fn what_cannot_be_read_is_not_judged_further_than_its_words() {
        let path = RepoPath::new("articles/a/index.md").expect("a sound path");
        let piece = Piece::read(path, b"+++\ntitle = A\n+++\nThe the quay.\n", Vec::new());
        let rules: Vec<String> = said(&config(""), vec![piece]).into_iter().map(|finding| finding.rule).collect();
        assert_eq!(rules, ["invalid-toml", "doubled-word"]);
    }
}
