//! What `desk check` says when it mends: what it did, what it would do, and what it leaves to a person.

use std::collections::BTreeMap;

use super::{Context, Error, Outcome, changes, words};
use crate::article::Difference;
use crate::check::{BASELINE_FILE, Mending};
use crate::newsroom::{MendedArticle, MendedNewsroom, Newsroom};
use crate::terminal::{printable, style};

/// Mends, and says what that was.
pub(super) fn mend(context: &mut Context, paths: &[String], mending: Mending) -> Result<(), Error> {
    let (mended, back) = if is_newsroom(context)? {
        (context.workplace()?.mend(paths, mending)?, "Take it back: desk undo")
    } else {
        (Newsroom::mend_folder(&context.setting(), paths, mending)?, "See what changed: git diff")
    };
    for article in &mended.articles {
        context.terminal.say(format!("Mended {}: {}.", printable(&article.name), rules(article)));
    }
    context.terminal.say(if mended.articles.is_empty() { "Nothing could be mended by itself." } else { back });
    say_left(context, &mended);
    Ok(())
}

/// Whether this is one; what is wrong with one is an error.
fn is_newsroom(context: &Context) -> Result<bool, Error> {
    match Newsroom::open(context.setting()) {
        Ok(_) => Ok(true),
        Err(error) if error.is_nowhere() => Ok(false),
        Err(error) => Err(error.into()),
    }
}

/// Shows word by word what mending would do. What would change is a fault of the articles, as for every check.
pub(super) fn show(context: &mut Context, paths: &[String], mending: Mending) -> Result<Outcome, Error> {
    let mended = if is_newsroom(context)? {
        context.newsroom()?.mendable(paths, mending)?
    } else {
        Newsroom::mendable_folder(&context.setting(), paths, mending)?
    };
    let width = context.terminal.width();
    for article in &mended.articles {
        let path = printable(article.before.path.as_str()).to_string();
        context.terminal.print(format!("{}: {}", style::paint(style::HEADING, path), rules(article)))?;
        let difference = Difference::between(&article.before, &article.after);
        if difference.is_empty() {
            context.terminal.print("  no word differs, only how the file is written")?;
        }
        for line in changes::lines(&difference, width.saturating_sub(2)) {
            context.terminal.print(format!("  {line}"))?;
        }
    }
    let (places, articles) = (words::count(mended.made(), "place"), words::count(mended.articles.len(), "article"));
    context.terminal.say(match mended.articles.len() {
        0 => "There is nothing to mend.".to_owned(),
        _ => format!("{places} in {articles} would be mended. Nothing was changed."),
    });
    say_left(context, &mended);
    Ok(if mended.articles.is_empty() { Outcome::Done } else { Outcome::AtFault })
}

/// Writes the baseline, and says what is in it.
pub(super) fn write_baseline(context: &mut Context) -> Result<Outcome, Error> {
    let mut newsroom = context.workplace()?;
    let written = newsroom.write_baseline()?;
    let holds = format!("{} in {}", words::count(written.findings, "finding"), words::count(written.files, "file"));
    let said = match (written.before, written.findings) {
        (None, 0) => "Nothing was found, so no baseline is needed.".to_owned(),
        (Some(_), 0) => format!("Everything in {BASELINE_FILE} is mended: it is taken out."),
        (None, _) => {
            format!(
                "Wrote {BASELINE_FILE}: {holds}.\ndesk check leaves them out once it is part of the public version."
            )
        }
        (Some(before), after) if before == after => format!("{BASELINE_FILE} stays as it is: {holds}."),
        (Some(before), after) => {
            format!("Took {} out of {BASELINE_FILE}; it holds {holds}.", words::count(before - after, "finding"))
        }
    };
    context.terminal.say(said);
    Ok(Outcome::Done)
}

/// What was left out, with a reason or by the baseline.
pub(super) fn say_left_out(context: &mut Context, suppressed: usize, in_baseline: usize) {
    let mut parts = Vec::new();
    if suppressed > 0 {
        parts.push(format!("{} with a reason", words::count(suppressed, "finding")));
    }
    if in_baseline > 0 {
        parts.push(format!("{} in the baseline", words::count(in_baseline, "finding")));
    }
    if !parts.is_empty() {
        context.terminal.say(format!("Left out: {}.", words::and(&parts)));
    }
}

fn say_left(context: &mut Context, mended: &MendedNewsroom) {
    if mended.more > 0 {
        let more = mended.more;
        context.terminal.say(format!("--unsafe-fixes would mend {more} more: desk check --diff --unsafe-fixes"));
    }
    if let Some(first) = mended.public.first() {
        let (count, name) = (words::count(mended.public.len(), "public article"), printable(first));
        context.terminal.say(format!("Left alone: {count}, because readers have the words: desk check --fix {name}"));
    }
}

/// `2 hidden-characters, 1 tracking-parameters`.
fn rules(article: &MendedArticle) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in &article.made {
        *counts.entry(&finding.rule).or_default() += 1;
    }
    counts.iter().map(|(rule, count)| format!("{count} {rule}")).collect::<Vec<_>>().join(", ")
}
