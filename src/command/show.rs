//! `desk show`: one article, with where it stands, what changed, what happened and what it needs.

use serde_json::json;

use super::moving::Named;
use super::{Context, Error, Format, Outcome, Reporting, changes, needs, remarks, scheduling, words};
use crate::article::amendment::records;
use crate::article::{Document, instant_of};
use crate::newsroom::{Event, Newsroom, Proof, Since};
use crate::terminal::{Columns, printable, style, wrapped};

/// Show one article: where it stands, and with an option what changed, what happened or what it needs
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  $ desk show harbor --changes
  $ desk show harbor --needs")]
pub struct Args {
    #[command(flatten)]
    named: Named,
    /// Word by word, against what you last looked at or the public version
    #[arg(long, group = "what")]
    changes: bool,
    /// Everything that happened to it, and who agreed to which words
    #[arg(long, group = "what")]
    history: bool,
    /// Who must still agree, why, and who has
    #[arg(long, group = "what")]
    needs: bool,
    /// The words themselves
    #[arg(long, group = "what")]
    text: bool,
    /// Do not ask the forge what reviewers wrote there
    #[arg(long)]
    offline: bool,
    #[command(flatten)]
    reporting: Reporting,
}

pub(super) fn run(args: Args, context: &mut Context) -> Result<Outcome, Error> {
    let mut newsroom = context.newsroom()?;
    let name = args.named.or_number(&mut newsroom)?;
    let proof = newsroom.look(name.as_deref())?;
    if args.reporting.format == Format::Json {
        return as_json(context, &newsroom, &proof);
    }
    if args.changes {
        show_changes(context, &newsroom, &proof)
    } else if args.history {
        show_history(context, &newsroom, &proof)
    } else if args.needs {
        needs::show(context, &newsroom, &proof)
    } else if args.text {
        context.terminal.print(crate::terminal::printable_text(proof.document.body_text().trim_end()))?;
        Ok(Outcome::Done)
    } else {
        show_all(context, &newsroom, &proof)?;
        match args.offline {
            true => Ok(Outcome::Done),
            false => remarks::say(context, &newsroom, &proof),
        }
    }
}

fn show_all(context: &mut Context, newsroom: &Newsroom, proof: &Proof) -> Result<Outcome, Error> {
    let standing = &proof.standing;
    let facts: Vec<String> = newsroom.facts(standing)?.into_iter().map(words::fact).collect();
    let document = &proof.document;
    let clocks = scheduling::Clocks::of(newsroom, context);
    let schedule = scheduling::said(newsroom.plan(standing)?, standing, &clocks);
    let mut columns = Columns::new();
    let mut row = |name: &str, value: String| {
        if !value.is_empty() {
            columns.row([style::paint(style::DIM, name).to_string(), printable(&value).to_string()]);
        }
    };
    let stage = std::iter::once(standing.stage().to_string()).chain(facts).collect::<Vec<_>>().join(", ");
    row("stage", stage);
    row("schedule", schedule);
    for (name, field) in [("embargo", "embargo"), ("expires", "expiryDate")] {
        let written = document.field(field).and_then(|value| value.as_datetime());
        let time = written.and_then(|written| instant_of(written, &newsroom.config().newsroom.timezone));
        row(name, time.map(|time| clocks.appointment(time)).unwrap_or_default());
    }
    row("kind", document.kind().unwrap_or_default().to_owned());
    for field in ["authors", "author", "section", "dateline", "tags"] {
        row(field, document.list_of(field).join(", "));
    }
    row("words", crate::article::Body::read(document).words().to_string());
    row("file", document.path.to_string());
    if let Some(digest) = proof.digest {
        row("digest", digest.to_string());
    }
    let width = context.terminal.line_width();
    for line in wrapped(&printable(standing.title()).to_string(), width) {
        context.terminal.print(style::paint(style::HEADING, line))?;
    }
    for line in wrapped(&printable(document.text_of("description").unwrap_or_default()).to_string(), width) {
        context.terminal.print(line)?;
    }
    for line in columns.fitted("  ", width) {
        context.terminal.print(line)?;
    }
    let zone = &newsroom.config().newsroom.timezone;
    // Behind a notice stands more than it tells.
    let public = proof.standing.told_against().map_or(usize::MAX, |public| records(&public.document).len());
    for change in records(document) {
        let date = change.date.and_then(|date| date.to_string().parse().ok());
        let date = date.map(|date| format!(", {}", words::moment(date, newsroom.now(), zone))).unwrap_or_default();
        let corrects = change.corrects.map(|other| format!(", corrects {other}")).unwrap_or_default();
        let unseen = if change.number > public { ", not public yet" } else { "" };
        let what = format!("change {}, {}{date}{corrects}{unseen}", change.number, change.label.as_str());
        let line = format!("{what}: {}", change.note);
        for line in wrapped(&printable(&line).to_string(), context.terminal.width()) {
            context.terminal.print(line)?;
        }
    }
    for line in changes::left_out(proof) {
        context.terminal.print(line)?;
    }
    for missing in changes::missing(proof, newsroom)? {
        if standing.open.is_some() {
            for line in wrapped(&format!("Needs {}", printable(&missing)), width) {
                context.terminal.print(line)?;
            }
        }
    }
    Ok(Outcome::Done)
}

fn show_changes(context: &mut Context, newsroom: &Newsroom, proof: &Proof) -> Result<Outcome, Error> {
    let zone = &newsroom.config().newsroom.timezone;
    let against = match &proof.since {
        Since::LastLook(_, time) => format!("since you looked at {}", words::moment(*time, newsroom.now(), zone)),
        Since::Public => "against the public version".to_owned(),
        Since::Agreed => "against what was last agreed to".to_owned(),
        Since::Nothing => "nothing to compare with: these words are new".to_owned(),
    };
    let count = words::count(proof.difference.words(), "word");
    let by = if proof.by.is_empty() { String::new() } else { format!(", by {}", words::and(&proof.by)) };
    match proof.since {
        Since::Nothing => context.terminal.print(against)?,
        _ if proof.difference.is_empty() => context.terminal.print(format!("No word changed {against}."))?,
        _ => context.terminal.print(format!("{count} changed {against}{by}"))?,
    }
    let width = context.terminal.width();
    for line in changes::lines(&proof.difference, width) {
        context.terminal.print(line)?;
    }
    if !proof.files.is_empty() {
        context.terminal.print(format!("Files changed: {}", printable(&proof.files.join(", "))))?;
    }
    Ok(Outcome::Done)
}

fn show_history(context: &mut Context, newsroom: &Newsroom, proof: &Proof) -> Result<Outcome, Error> {
    let zone = &newsroom.config().newsroom.timezone;
    let mut columns = Columns::new();
    for event in newsroom.history(&proof.standing)? {
        columns.row([words::moment(event.time, newsroom.now(), zone), printable(&said(&event)).to_string()]);
    }
    for line in columns.lines("") {
        context.terminal.print(line)?;
    }
    Ok(Outcome::Done)
}

fn said(event: &Event) -> String {
    let note = if event.note.is_empty() { String::new() } else { format!(": {}", event.note) };
    format!("{} {}{note}", event.who, event.what)
}

/// The change records of an article, for programs.
pub(super) fn told(document: &Document) -> Vec<serde_json::Value> {
    let record = |change: crate::article::amendment::Told| {
        json!({"number": change.number, "kind": change.label.as_str(), "date": change.date.map(|date| date.to_string()),
            "note": change.note, "corrects": change.corrects})
    };
    records(document).into_iter().map(record).collect()
}

fn as_json(context: &mut Context, newsroom: &Newsroom, proof: &Proof) -> Result<Outcome, Error> {
    let standing = &proof.standing;
    let history: Vec<_> = newsroom
        .history(standing)?
        .iter()
        .map(|event| json!({"time": event.time.to_string(), "who": event.who, "what": event.what, "note": event.note}))
        .collect();
    let yes: Vec<_> = proof
        .needs
        .iter()
        .flat_map(|needs| &needs.tally.counted)
        .map(|one| {
            let said = &one.assent.statement;
            json!({"person": one.person.name, "decision": said.decision.as_str(), "time": said.time.to_string(),
                "strength": one.strength.as_str()})
        })
        .collect();
    let out = json!({
        "version": 1,
        "id": standing.id.to_string(),
        "slug": standing.slug.as_str(),
        "title": standing.title(),
        "stage": standing.stage().as_str(),
        "path": proof.document.path.as_str(),
        "digest": proof.digest.map(|digest| digest.to_string()),
        "public_digest": standing.public_digest().map(|digest| digest.to_string()),
        "facts": newsroom.facts(standing)?.iter().map(|fact| fact.as_str()).collect::<Vec<_>>(),
        "changed_words": proof.difference.words(),
        "people": proof.needs.as_ref().map(|needs| needs.requirement.people),
        "asks": needs::as_json(newsroom, proof)?,
        "assents": yes,
        "missing": changes::missing(proof, newsroom)?,
        "suppressions": proof.suppressions.iter().map(|one| json!({"rule": one.rule, "reason": one.reason,
            "until": one.until.map(|day| day.to_string()), "origin": one.origin.as_str(), "hides": one.hides}))
            .collect::<Vec<_>>(),
        "changes": told(&proof.document),
        "history": history,
    });
    serde_json::to_writer_pretty(context.terminal.out(), &out).map_err(std::io::Error::from)?;
    context.terminal.print("")?;
    Ok(Outcome::Done)
}
