//! `desk check --approvals`: the required check of a pull request.

use std::path::Path;

use serde_json::json;

use super::{Context, Error, Outcome, reporting, words};
use crate::finding::{Finding, Level};
use crate::letter::State;
use crate::newsroom::{ForgeEvent, Gated, GatedArticle, Telling, read_outside};
use crate::report;
use crate::terminal::printable;
use crate::workflow::CHECK;

/// Where a workflow finds what it runs for.
const EVENT: &str = "GITHUB_EVENT_PATH";

pub(super) fn judge(
    context: &mut Context,
    number: Option<u64>,
    telling: Telling,
    format: &'static report::Format,
) -> Result<Outcome, Error> {
    if !["human", "json", "github"].contains(&format.name) {
        return Err(Error::usage(format!("--approvals is not written as `{}`", format.name)).help("--format json"));
    }
    let mut newsroom = context.workplace()?;
    let event = match context.environment.variables.raw(EVENT) {
        Some(path) => read_outside(Path::new(path))?.as_deref().and_then(ForgeEvent::read),
        None => None,
    };
    let gated = newsroom.gate(number, event.as_ref(), telling)?;
    reporting::add_to_summary(context, &gated.summary)?;
    match format.name {
        "json" => print(context, &gated)?,
        _ => say(context, &gated)?,
    }
    for one in &gated.not_done {
        context.terminal.say(format!("Not told there: {}", printable(one)));
    }
    if !gated.not_done.is_empty() {
        // A workflow for a repository of somebody who may not write here has no right to.
        context.terminal.say("Whoever runs this is the check then: how it ends is what counts.");
    }
    Ok(if gated.state == State::Success { Outcome::Done } else { Outcome::AtFault })
}

fn say(context: &mut Context, gated: &Gated) -> Result<(), Error> {
    let line = format!("{CHECK}: {} ({})", gated.line, gated.page);
    context.terminal.print(printable(&line))?;
    for article in &gated.articles {
        context.terminal.print(printable(&format!("{}: {}", article.standing.slug, article.standing.title())))?;
        for line in lines(article, gated) {
            context.terminal.print(format!("  {}", printable(&line)))?;
        }
    }
    for deed in &gated.deeds {
        context.terminal.print(printable(&deed_line(deed)))?;
    }
    if gated.recorded > 0 {
        let count = words::count(gated.recorded, "review");
        context.terminal.say(format!("What was seen is written down: {count}."));
    }
    Ok(())
}

/// `error: desk.toml changed by Ana Ruiz, who is no admin (governed-file, desk.toml in 1a2b3c4d5)`.
fn deed_line(deed: &Finding) -> String {
    let path = deed.path.iter().cloned();
    let commit = deed.commit.iter().map(|commit| commit.chars().take(9).collect());
    let place: Vec<String> = path.chain(commit).collect();
    format!("{}: {} ({}, {})", deed.level.as_str(), deed.message, deed.rule, place.join(" in "))
}

/// What is missing of one article, who has agreed, and what counts for nothing.
fn lines(article: &GatedArticle, gated: &Gated) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(needs) = &article.needs {
        let names: Vec<&str> = needs.tally.counted.iter().map(|one| one.person.name.as_str()).collect();
        if !names.is_empty() {
            lines.push(format!("has the yes of {}", words::and(&names)));
        }
        lines.extend(needs.missing(&gated.circumstances).iter().map(|one| format!("needs {}", words::missing(one))));
    }
    lines.extend(article.uncounted.iter().cloned());
    let errors = article.findings.iter().filter(|finding| finding.level == Level::Error);
    lines.extend(errors.map(|finding| format!("error: {} ({})", finding.message, finding.rule)));
    lines
}

fn print(context: &mut Context, gated: &Gated) -> Result<(), Error> {
    let article = |article: &GatedArticle| {
        let needs = article.needs.as_ref();
        let agreed: Vec<&str> =
            needs.iter().flat_map(|needs| &needs.tally.counted).map(|one| one.person.name.as_str()).collect();
        let missing: Vec<String> = needs
            .map(|needs| needs.missing(&gated.circumstances).iter().map(words::missing).collect())
            .unwrap_or_default();
        let count = |level| article.findings.iter().filter(|finding| finding.level == level).count();
        json!({
            "slug": article.standing.slug.as_str(),
            "id": article.standing.id.to_string(),
            "content": needs.map(|needs| needs.subject.content.to_string()),
            "agreed": agreed,
            "missing": missing,
            "uncounted": article.uncounted,
            "errors": count(Level::Error),
            "warnings": count(Level::Warning),
        })
    };
    let deed = |deed: &Finding| {
        json!({
            "rule": deed.rule,
            "level": deed.level.as_str(),
            "message": deed.message,
            "path": deed.path,
            "commit": deed.commit,
        })
    };
    let out = json!({
        "version": 1,
        "request": gated.number,
        "page": gated.page,
        "state": gated.state.as_str(),
        "line": gated.line,
        "articles": gated.articles.iter().map(article).collect::<Vec<_>>(),
        "commits": gated.deeds.iter().map(deed).collect::<Vec<_>>(),
        "recorded": gated.recorded,
        "not-told": gated.not_done,
    });
    serde_json::to_writer_pretty(context.terminal.out(), &out).map_err(std::io::Error::from)?;
    Ok(context.terminal.print("")?)
}
