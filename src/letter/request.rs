//! A pull request: its title, its text and its labels.

use super::discretion::{Discretion, is_unnamed};
use super::markdown::{clipped, code, message, plain, words};
use super::sheet::Sheet;
use super::{Mark, Story, and, appointment, asked, count, counted, difference, fact, text, void, who};
use crate::article::amendment::{Label, Told, records};
use crate::article::{Amendment, Document, Stage, Table};
use crate::finding::{Finding, Level, line_column};
use crate::ledger::Sources;
use crate::workflow::{self, Ask, Asked, Fact, Plan, Planned};

/// GitHub takes 256 characters of a title, Forgejo 255.
const TITLE: usize = 250;

/// The most of one field, note or message.
const FIELD: usize = 600;

/// The most lines of one list.
const LINES: usize = 30;

/// What a pull request says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PullRequest {
    /// In one line.
    pub title: String,
    /// In Markdown; its first line is its [`Mark`].
    pub text: String,
    /// What it is, at a glance: each begins with [`LABELS`].
    pub labels: Vec<String>,
}

/// How the labels begin that are desk's to give and to take.
pub const LABELS: &str = "desk: ";

/// The pull request of one article.
pub fn pull_request(story: &Story<'_>) -> PullRequest {
    PullRequest { title: title(story), text: body(story), labels: labels(story) }
}

/// `Ferry fares rise in May`, `Correction: Ferry fares rise in May`.
fn title(story: &Story<'_>) -> String {
    let standing = story.standing;
    let title = plain(standing.title(), TITLE - 24);
    let title = if title.is_empty() { standing.slug.to_string() } else { title };
    if standing.withdrawn().is_some() {
        return format!("Again: {title}");
    }
    if standing.published().is_some() && standing.open.is_some() {
        return format!("{}: {title}", change(story));
    }
    // Forges take these for the word that a pull request is not ready.
    let lower = title.trim_start_matches(['[', '(']).to_lowercase();
    if ["wip", "draft"].iter().any(|word| lower.starts_with(word)) { format!("\u{200b}{title}") } else { title }
}

/// What the change of a public article is called: as the gravest of its new records, where it has any.
fn change(story: &Story<'_>) -> &'static str {
    let new = new_records(story);
    let is_there = |kind: &Amendment| new.iter().any(|record| record.label == Label::Change(*kind));
    match Amendment::ALL.iter().find(|kind| is_there(kind)) {
        Some(Amendment::Correction) => "Correction",
        Some(Amendment::Clarification) => "Clarification",
        Some(Amendment::Update) => "Update",
        Some(Amendment::EditorsNote) => "Editors’ note",
        Some(Amendment::Refile) => "Refile",
        None => "Change",
    }
}

/// The change records that readers have not seen.
fn new_records(story: &Story<'_>) -> Vec<Told> {
    let all = story.document().map(records).unwrap_or_default();
    let seen = story.standing.told_against().map_or(0, |public| records(&public.document).len());
    all.into_iter().skip(seen).collect()
}

fn labels(story: &Story<'_>) -> Vec<String> {
    let facts = workflow::facts(story.standing, story.circumstances);
    let is_there = |wanted: Fact| facts.contains(&wanted);
    let mut labels = vec![match story.standing.stage() {
        Stage::Published if is_there(Fact::Correcting) => "correction".to_owned(),
        stage => stage.to_string(),
    }];
    let told = [Fact::Approved, Fact::Stale, Fact::Scheduled, Fact::Embargoed, Fact::Conflicting, Fact::Owed];
    labels.extend(told.into_iter().filter(|fact| is_there(*fact)).map(|fact| fact.as_str().to_owned()));
    if story.findings.iter().any(|finding| finding.level == Level::Error) {
        labels.push("errors".to_owned());
    }
    labels.into_iter().map(|label| format!("{LABELS}{label}")).collect()
}

fn body(story: &Story<'_>) -> String {
    let standing = story.standing;
    let content = standing.current().and_then(|version| version.digest.clone().ok());
    let mark = Mark { article: standing.id, content };
    let mut sheet = Sheet::new();
    sheet.end(&mark.to_string());
    sheet.paragraph(&format!("**{}**", heading(story)));
    let Some(document) = story.document() else { return sheet.finish() };
    if let Some(dek) = document.text_of("description").filter(|dek| !dek.trim().is_empty()) {
        sheet.paragraph(&field(dek));
    }
    let discretion = story.discretion();
    let difference = story.against_public();
    let changed = difference.as_ref().map(|difference| count(difference.words(), "word"));
    for line in facts(story, document, changed.as_deref(), &discretion) {
        sheet.line(&format!("- {line}"));
    }
    sheet.gap();
    needs(story, &mut sheet);
    checked(story, document, &discretion, &mut sheet);
    let show = code(&format!("desk show {}", standing.slug));
    sheet.list("### Notes to readers", &notes(story), LINES, &show);
    sheet.list("### Photos", &photos(document), LINES, "the article’s file");
    sheet.list("### Sources", &sources(document, &discretion), LINES, "the article’s file");
    if let Some(difference) = difference.filter(|difference| !difference.is_empty()) {
        let heading = format!("### {} changed against the public version", count(difference.words(), "word"));
        sheet.end(&heading);
        let left = sheet.paragraphs(&difference::passages(&difference, &discretion));
        difference::rest(left, &standing.slug, &mut sheet);
    }
    text::fold(document, &standing.slug, &mut sheet);
    sheet.end(&format!(
        "---\n*desk wrote this from the article and writes it anew when that changes; it reads nothing that is typed here. \
         To say yes: approve here, or {}.*",
        code(&format!("desk approve {}", standing.slug))
    ));
    sheet.finish()
}

/// What the article is called; where it has no title, its slug.
pub(super) fn heading(story: &Story<'_>) -> String {
    match field(story.standing.title()) {
        title if title.is_empty() => words(story.standing.slug.as_str()),
        title => title,
    }
}

/// One field of the article.
pub(super) fn field(text: &str) -> String {
    words(&clipped(text, FIELD))
}

fn facts(story: &Story<'_>, document: &Document, changed: Option<&str>, discretion: &Discretion) -> Vec<String> {
    let standing = story.standing;
    let circumstances = story.circumstances;
    let mut lines = Vec::new();
    let mut line = |name: &str, value: String| {
        if !value.is_empty() {
            lines.push(format!("**{name}:** {value}"));
        }
    };
    let facts = workflow::facts(standing, circumstances).into_iter().map(fact);
    line("stage", std::iter::once(standing.stage().to_string()).chain(facts).collect::<Vec<_>>().join(", "));
    line("kind", field(document.kind().unwrap_or_default()));
    let authors = ["authors", "author"].iter().map(|name| document.list_of(name)).find(|list| !list.is_empty());
    line("by", field(&and(&authors.unwrap_or_default())));
    for name in ["section", "dateline"] {
        line(name, field(document.text_of(name).unwrap_or_default()));
    }
    line("tags", field(&document.list_of("tags").join(", ")));
    let total = crate::article::Body::read(document).words();
    let changed = changed.map(|changed| format!(", {changed} changed against the public version")).unwrap_or_default();
    line("words", format!("{total}{changed}"));
    let zone = &circumstances.zone;
    let time = |time| appointment(time, circumstances.now, zone, zone);
    line(
        "embargo",
        workflow::embargo(document, zone).map(|until| format!("until {}", time(until))).unwrap_or_default(),
    );
    line("schedule", schedule(story, discretion));
    line("expires", workflow::expiry(document, zone).map(time).unwrap_or_default());
    line("file", code(document.path.as_str()));
    let files: Vec<String> = story.changed_files().into_iter().take(LINES).map(code).collect();
    line("files changed", files.join(", "));
    lines
}

/// As `desk show` has it.
fn schedule(story: &Story<'_>, discretion: &Discretion) -> String {
    let (standing, circumstances) = (story.standing, story.circumstances);
    let zone = &circumstances.zone;
    let schedule = standing.schedule.as_ref().and_then(Planned::schedule);
    let by = schedule.map(|schedule| format!(", by {}", field(&schedule.person.name))).unwrap_or_default();
    let due = schedule.map(|schedule| appointment(schedule.due, circumstances.now, zone, zone)).unwrap_or_default();
    match workflow::plan(standing, circumstances) {
        None => String::new(),
        Some(Plan::Ahead { .. }) => format!("{due}{by}"),
        Some(Plan::Overdue { .. }) => format!("overdue since {due}{by}"),
        Some(Plan::Void(why)) => format!("void: {} ({due}{by})", field(discretion.told(&void(&why)))),
    }
}

/// Everything that is asked, why, who gave it and who could; and what was said so far.
fn needs(story: &Story<'_>, sheet: &mut Sheet) {
    let Some(needs) = story.needs else { return };
    let circumstances = story.circumstances;
    sheet.end("### Needs");
    let people = match needs.requirement.people {
        1 => "1 person".to_owned(),
        people => format!("{people} different people"),
    };
    sheet.end(&format!("The yes of {people} to these exact words."));
    let lines: Vec<String> = needs.asks(circumstances).iter().map(one_ask).collect();
    for line in lines.iter().take(LINES) {
        sheet.line(&format!("- {line}"));
    }
    let zone = &circumstances.zone;
    let time = |time| super::moment_there(time, circumstances.now, zone);
    let counted = needs.tally.counted.iter().map(|one| {
        let said = &one.assent.statement;
        let knows = if said.sources == Sources::Known { ", and the desk knows the source" } else { "" };
        format!(
            "yes: {} {}, {}, {}{knows}",
            field(&one.person.name),
            said.decision.past(),
            time(said.time),
            one.strength.as_str()
        )
    });
    // What was said of words that became public is history.
    let is_news = |one: &&workflow::Ignored| !story.is_recorded(&one.assent);
    let ignored = needs.tally.ignored.iter().filter(is_news).map(|one| {
        let said = &one.assent.statement;
        format!(
            "not: {} {}, {}: {}",
            field(&said.person.name),
            said.decision.past(),
            time(said.time),
            words(&one.why.to_string())
        )
    });
    let said: Vec<String> = counted.chain(ignored).collect();
    sheet.list("### Said so far", &said, LINES, "`desk show --needs`");
}

/// `has legal, because section is "courts": Ana Ruiz`. What an unnamed source is called is not said.
fn one_ask(ask: &Ask) -> String {
    let mark = if ask.is_met { "has" } else { "needs" };
    let because = match (&ask.what, &ask.because) {
        (Asked::Knowledge, _) => ", because a source is not named".to_owned(),
        (_, Some(why)) => format!(", because {}", field(why)),
        (_, None) => String::new(),
    };
    let who = Some(who(ask)).filter(|who| !who.is_empty()).map(|who| format!(": {}", field(&who))).unwrap_or_default();
    format!("**{mark}** {}{because}{who}", field(&asked(&ask.what)))
}

/// What the rules say, the gravest first, and what they do not say.
fn checked(story: &Story<'_>, document: &Document, discretion: &Discretion, sheet: &mut Sheet) {
    let found = counted(story.findings).unwrap_or_else(|| "nothing found".to_owned());
    let mut grave: Vec<&Finding> = story.findings.iter().collect();
    grave.sort_by_key(|one| std::cmp::Reverse(one.level));
    let said = |one: &&Finding| finding_of(one, Some(document), discretion);
    let mut lines: Vec<String> = grave.iter().map(said).collect();
    lines.extend(story.left_out.iter().map(|one| {
        let until = one.until.map(|day| format!(", until {day}")).unwrap_or_default();
        let reason = field(discretion.told(one.reason));
        format!("left out ({}): {}{until}: {reason}", words(one.origin), code(one.rule))
    }));
    let heading = format!("### Check: {found}");
    if lines.is_empty() {
        sheet.end(&heading);
    }
    let rest = code(&format!("desk check {}", story.standing.slug));
    sheet.list(&heading, &lines, LINES, &rest);
}

/// One finding in a line: `error photo-alt: this photo has no alt, line 14`.
pub(super) fn finding_of(finding: &Finding, document: Option<&Document>, discretion: &Discretion) -> String {
    let here = document.filter(|document| finding.path.as_deref() == Some(document.path.as_str()));
    let line = here.zip(finding.span).map(|(document, span)| line_column(&document.text, span.start).line);
    let line = line.map(|line| format!(", line {line}")).unwrap_or_default();
    let said = message(&clipped(discretion.told(&finding.message), FIELD));
    format!("{} {}: {said}{line}", finding.level.as_str(), code(&finding.rule))
}

/// One finding about no article, with its file.
pub(super) fn finding_line(finding: &Finding, discretion: &Discretion) -> String {
    let path = finding.path.as_deref().map(|path| format!(", {}", code(&clipped(path, FIELD)))).unwrap_or_default();
    format!("{}{path}", finding_of(finding, None, discretion))
}

fn notes(story: &Story<'_>) -> Vec<String> {
    let all = story.document().map(records).unwrap_or_default();
    let new = new_records(story);
    let zone = &story.circumstances.zone;
    let line = |record: &Told| {
        let date = record.date.as_ref().and_then(|date| crate::article::instant_of(date, zone));
        let date = date.map(|date| format!(", {}", super::moment(date, story.circumstances.now, zone)));
        let corrects = record.corrects.map(|other| format!(", corrects {other}")).unwrap_or_default();
        let unseen = if new.iter().any(|one| one.number == record.number) { ", not public yet" } else { "" };
        let date = date.unwrap_or_default();
        format!("change {}, {}{date}{corrects}{unseen}: {}", record.number, record.label.as_str(), field(&record.note))
    };
    all.iter().rev().map(line).collect()
}

fn photos(document: &Document) -> Vec<String> {
    let one = |photo: &Table| {
        let given = |key: &str| photo.text(key).filter(|text| !text.trim().is_empty());
        let mut parts = vec![code(given("file").unwrap_or("no file"))];
        parts.extend(given("caption").map(field));
        parts.push(
            given("credit").map_or_else(|| "**no credit**".to_owned(), |credit| format!("credit: {}", field(credit))),
        );
        parts.push(given("alt").map_or_else(|| "**no alt**".to_owned(), |alt| format!("alt: {}", field(alt))));
        parts.join(" · ")
    };
    document.tables_of("photos").into_iter().map(one).collect()
}

/// Those with a name, each with who they are. Of an unnamed one only what readers are told.
fn sources(document: &Document, discretion: &Discretion) -> Vec<String> {
    let one = |source: &Table| {
        let name = source.text("name").filter(|name| !name.trim().is_empty());
        if is_unnamed(source) {
            let called = name.filter(|name| discretion.allows(name));
            let called = called.map(|name| format!(", called “{}” in the text", field(name))).unwrap_or_default();
            return format!("not named{called}");
        }
        let name = name.map_or_else(|| "**no name**".to_owned(), field);
        let more = ["role", "url"].into_iter().filter_map(|key| source.text(key));
        more.filter(|more| discretion.allows(more)).fold(name, |line, more| format!("{line}, {}", field(more)))
    };
    document.tables_of("sources").into_iter().map(one).collect()
}
