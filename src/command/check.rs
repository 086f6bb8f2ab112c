//! `desk check`: what the rules of the house say of the articles as they stand.

use super::{Context, Error, Outcome, words};
use crate::check;
use crate::finding::Level;
use crate::newsroom::{Between, Checked, Newsroom};
use crate::report::{self, Colour, Look, Report};
use crate::terminal::{Paint, printable_text};

/// Check articles against the schemas and the rules of the house
///
/// Without a path, all of them. Every finding points at its line and column. Exit 1 when there is an error.
///
/// In a folder that is no newsroom, it checks the Markdown that has TOML front matter, by the rules that need no
/// settings.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  $ desk check harbor
  $ desk check --range origin/main..HEAD
  $ desk check --explain photo-alt")]
pub struct Args {
    /// Articles or folders; all without one
    #[arg(value_name = "PATH")]
    paths: Vec<String>,
    /// Check every commit that B follows and A does not, by the rules of the public version: words, moves, records, and
    /// files that say how the newsroom works
    #[arg(long, value_name = "A..B", conflicts_with = "paths")]
    range: Option<Between>,
    /// How to write the findings: human, short or json
    #[arg(long, value_name = "FORMAT", default_value = "human", hide_default_value = true, value_parser = format)]
    format: &'static report::Format,
    /// Say what a rule says, why it matters and how to mend it
    #[arg(long, value_name = "RULE", conflicts_with = "paths")]
    explain: Option<String>,
    /// Count warnings as errors
    #[arg(long)]
    deny_warnings: bool,
}

fn format(name: &str) -> Result<&'static report::Format, String> {
    report::format(name).ok_or_else(|| {
        let names: Vec<&str> = report::FORMATS.iter().map(|format| format.name).collect();
        format!("there are: {}", names.join(", "))
    })
}

pub(super) fn run(args: Args, context: &mut Context) -> Result<Outcome, Error> {
    if let Some(rule) = &args.explain {
        return explain(context, rule);
    }
    let (checked, what) = look(&args, context)?;
    let report = Report {
        findings: &checked.findings,
        sources: &checked.sources,
        checked: checked.articles,
        suppressed: checked.suppressed,
    };
    let colour = match context.terminal.settings().color_out {
        Paint::Styled => Colour::On,
        Paint::Plain => Colour::Off,
    };
    let look = Look { colour, width: context.terminal.width() };
    (args.format.write)(&report, look, context.terminal.out())?;
    if args.format.name == "human" && checked.findings.is_empty() {
        context.terminal.say(format!("{what} checked, nothing found."));
    }
    if args.format.name == "human" && checked.suppressed > 0 {
        let left_out = words::count(checked.suppressed, "finding");
        context.terminal.say(format!("Left out, each with a reason: {left_out}."));
    }
    let failed = report.count(Level::Error) > 0 || (args.deny_warnings && report.count(Level::Warning) > 0);
    Ok(if failed { Outcome::AtFault } else { Outcome::Done })
}

/// Checks what is to be checked, and says what it was.
fn look(args: &Args, context: &mut Context) -> Result<(Checked, String), Error> {
    if let Some(range) = &args.range {
        let commits = Newsroom::commits(&context.setting(), range)?;
        let count = commits.commits();
        let progress = context.terminal.progress("judging commits", count);
        let checked = commits.check(|| progress.step())?;
        let what = format!("{}, {}", words::count(count, "commit"), words::count(checked.articles, "article"));
        return Ok((checked, what));
    }
    let checked = match Newsroom::open(context.setting()) {
        Err(error) if error.is_nowhere() => {
            let loose = Newsroom::check_folder(&context.setting(), &args.paths)?;
            if loose.passed_by > 0 {
                let passed = words::count(loose.passed_by, "Markdown file");
                context.terminal.say(format!("{passed} without TOML front matter passed by."));
            }
            if loose.checked.articles == 0 {
                return Err(Error::from(error).because("nor any Markdown with TOML front matter"));
            }
            loose.checked
        }
        newsroom => newsroom?.check(&args.paths)?,
    };
    let what = words::count(checked.articles, "article");
    Ok((checked, what))
}

fn explain(context: &mut Context, rule: &str) -> Result<Outcome, Error> {
    let doc = check::explain(rule).map_err(|unknown| {
        let error = Error::usage(unknown.to_string());
        match unknown.meant {
            Some(meant) => error.help(format!("desk check --explain {meant}")),
            None => error,
        }
    })?;
    context.terminal.print(printable_text(doc.trim()))?;
    Ok(Outcome::Done)
}
