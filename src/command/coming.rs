//! What happens to articles by themselves, as a list.

use serde_json::json;

use super::scheduling::Clocks;
use super::{Context, Error, Format, Outcome, words};
use crate::newsroom::{Coming, Newsroom, Occasion};
use crate::terminal::{Columns, printable, style};
use crate::workflow::Plan;

/// Lists what comes, the next first.
pub(super) fn list(
    wanted: &[String],
    format: Format,
    newsroom: &Newsroom,
    context: &mut Context,
) -> Result<Outcome, Error> {
    let mut coming = newsroom.coming()?;
    let wanted: Vec<String> = wanted.iter().map(|word| word.to_lowercase()).collect();
    coming.retain(|one| {
        let text = format!("{}\n{}", one.slug, one.title).to_lowercase();
        wanted.iter().all(|word| text.contains(word))
    });
    match format {
        Format::Json => as_json(context, &coming)?,
        Format::Human => for_people(context, newsroom, &coming)?,
    }
    Ok(Outcome::Done)
}

fn for_people(context: &mut Context, newsroom: &Newsroom, coming: &[Coming]) -> Result<(), Error> {
    if coming.is_empty() {
        context.terminal.say("Nothing is scheduled: desk publish SLUG --at TIME");
        return Ok(());
    }
    let clocks = Clocks::of(newsroom, context);
    let mut columns = Columns::new();
    for one in coming {
        columns.row([
            one.at.map(|at| clocks.appointment(at)).unwrap_or_default(),
            style::paint(style::COMMAND, printable(one.slug.as_str())).to_string(),
            printable(&said(&one.what)).to_string(),
        ]);
    }
    for line in columns.lines("") {
        context.terminal.print(line)?;
    }
    if coming.iter().any(|one| matches!(one.what, Occasion::Publication(Plan::Overdue { .. } | Plan::Void(_)))) {
        context.terminal.say("What is overdue or void: desk tick");
    }
    Ok(())
}

fn said(what: &Occasion) -> String {
    match what {
        Occasion::Publication(Plan::Ahead { .. }) => "becomes public".to_owned(),
        Occasion::Publication(Plan::Overdue { .. }) => "overdue: should be public".to_owned(),
        Occasion::Publication(Plan::Void(why)) => format!("will not: {}", words::void(why)),
        Occasion::EmbargoEnds => "embargo ends".to_owned(),
        Occasion::Expires => "expires: leaves the site".to_owned(),
    }
}

fn as_json(context: &mut Context, coming: &[Coming]) -> Result<(), Error> {
    let events: Vec<_> = coming
        .iter()
        .map(|one| {
            let (event, why) = match &one.what {
                Occasion::Publication(Plan::Ahead { .. }) => ("publication", None),
                Occasion::Publication(Plan::Overdue { .. }) => ("overdue", None),
                Occasion::Publication(Plan::Void(why)) => ("void", Some(words::void(why))),
                Occasion::EmbargoEnds => ("embargo-ends", None),
                Occasion::Expires => ("expires", None),
            };
            json!({ "id": one.id.map(|id| id.to_string()), "slug": one.slug.as_str(), "title": one.title,
                "event": event, "time": one.at.map(|at| at.to_string()), "why": why })
        })
        .collect();
    let out = json!({ "version": 1, "events": events });
    serde_json::to_writer_pretty(context.terminal.out(), &out).map_err(std::io::Error::from)?;
    Ok(context.terminal.print("")?)
}
