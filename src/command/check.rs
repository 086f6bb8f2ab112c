//! `desk check`: what the rules of the house say of the articles as they stand.

use std::path::PathBuf;
use std::sync::OnceLock;

use super::{Context, Error, Outcome, approvals, fixing, leaving, reporting, words};
use crate::check::{self, Mending};
use crate::finding::Level;
use crate::newsroom::{self, Between, Checked, Edition, Newsroom, Telling, Watch, Yes};
use crate::report::{self, Report};
use crate::terminal::{Progress, printable_text};

/// Check articles against the schemas and the rules of the house
///
/// Without a path, all of them. Every finding points at its line and column. Exit 1 when there is an error.
///
/// In a folder that is no newsroom, it checks the Markdown that has TOML front matter, by the rules that need no
/// settings; in a git repository also with --staged, --since, --rev, --fix and --diff.
#[derive(Debug, clap::Args)]
#[command(group = clap::ArgGroup::new("mend").args(["fix", "diff"]).multiple(true))]
#[command(after_help = "Examples:
  $ desk check harbor
  $ desk check --range origin/main..HEAD
  $ desk check --links
  $ desk check --explain photo-alt")]
pub struct Args {
    /// Articles or folders; all without one
    #[arg(value_name = "PATH")]
    paths: Vec<String>,
    #[command(flatten)]
    which: Which,
    /// How to write the findings: human, short, json, sarif, github, gitlab or
    /// junit
    #[arg(long, value_name = "FORMAT", default_value = "human", hide_default_value = true, value_parser = reporting::format)]
    format: &'static report::Format,
    /// Say what a rule says, why it matters and how to mend it
    #[arg(long, value_name = "RULE", conflicts_with = "paths")]
    explain: Option<String>,
    /// Also ask other sites where links to them lead. Each is asked once and politely; what it answers is remembered
    #[arg(long, conflicts_with_all = ["range", "diff", "explain", "write_baseline"])]
    links: bool,
    /// With --range: the remote that the commits are about to be pushed to. Words under embargo are refused unless only
    /// the staff can read it, as `private` in desk.toml says
    #[arg(long, value_name = "ADDRESS", requires = "range")]
    to: Option<String>,
    /// Say whether everybody who must has agreed to exactly the words that a pull request would land, by the rules of the
    /// public version: of the pull request with this number, of the one that a workflow runs for, or of the branch here.
    /// In a workflow that runs for a review, it writes down what the review's giver saw
    #[arg(long, value_name = "NUMBER", num_args = 0..=1, conflicts_with_all = ["paths", "Which", "mend", "explain", "links"])]
    approvals: Option<Option<u64>>,
    /// With --approvals: post the status `desk` on the commit
    #[arg(long, requires = "approvals")]
    status: bool,
    /// With --approvals: write the summary beside the pull request, and renew it there
    #[arg(long, requires = "approvals")]
    comment: bool,
    /// Count warnings as errors
    #[arg(long)]
    deny_warnings: bool,
    /// Mend what can be mended unread: invisible characters, tracking parameters and their like. Nothing between
    /// quotation marks, and no word. `desk undo` takes it back
    #[arg(long, conflicts_with = "Which")]
    fix: bool,
    /// Show what --fix would change, word by word, and change nothing. Exit 1 if there is anything
    #[arg(long, conflicts_with_all = ["Which", "format"])]
    diff: bool,
    /// With --fix or --diff: mend also what changes words
    #[arg(long, requires = "mend")]
    unsafe_fixes: bool,
    /// Write baseline.toml: what is found now is left out from then on. Where there is one, take out what is mended
    #[arg(long, conflicts_with_all = ["paths", "Which", "mend", "explain"])]
    write_baseline: bool,
}

/// Which edition of the articles.
#[derive(Debug, clap::Args)]
#[group(multiple = false)]
struct Which {
    /// Check every commit that B follows and A does not, by the rules of the public version: words, moves, records, and
    /// files that say how the newsroom works
    #[arg(long, value_name = "A..B", conflicts_with = "paths")]
    range: Option<Between>,
    /// Check the articles that the next commit changes, as it would have them
    #[arg(long)]
    staged: bool,
    /// Check the articles that changed since a commit, as they are now
    #[arg(long, value_name = "REV")]
    since: Option<String>,
    /// Check the articles as a commit has them
    #[arg(long, value_name = "REV")]
    rev: Option<String>,
}

impl Which {
    fn edition(&self) -> Edition {
        match (self.staged, &self.since, &self.rev) {
            (true, ..) => Edition::Staged,
            (_, Some(since), _) => Edition::Since(since.clone()),
            (_, _, Some(rev)) => Edition::At(rev.clone()),
            _ => Edition::Folder,
        }
    }
}

pub(super) fn run(args: Args, context: &mut Context) -> Result<Outcome, Error> {
    if let Some(rule) = &args.explain {
        return explain(context, rule);
    }
    if args.write_baseline {
        return fixing::write_baseline(context);
    }
    if let Some(number) = args.approvals {
        let yes = |wanted| if wanted { Yes::Yes } else { Yes::No };
        let telling = Telling { status: yes(args.status), comment: yes(args.comment) };
        return approvals::judge(context, number, telling, args.format);
    }
    let mending = if args.unsafe_fixes { Mending::Unsafe } else { Mending::Safe };
    if args.diff {
        return fixing::show(context, &args.paths, mending);
    }
    if args.fix {
        fixing::mend(context, &args.paths, mending)?;
    }
    let Looked { checked, what, root } = look(&args, context)?;
    let report = Report {
        findings: &checked.findings,
        sources: &checked.sources,
        checked: checked.articles,
        suppressed: checked.suppressed + checked.in_baseline,
    };
    reporting::write(&report, args.format, root.as_deref(), context)?;
    let is_read = ["human", "github"].contains(&args.format.name);
    if is_read && checked.findings.is_empty() {
        context.terminal.say(format!("{what} checked, nothing found."));
    }
    if is_read {
        fixing::say_left_out(context, checked.suppressed, checked.in_baseline);
    }
    if let Some(outside) = &checked.outside {
        say_outside(context, outside);
    }
    let failed = report.count(Level::Error) > 0 || (args.deny_warnings && report.count(Level::Warning) > 0);
    Ok(if failed { Outcome::AtFault } else { Outcome::Done })
}

/// What came of checking.
struct Looked {
    checked: Checked,
    /// What was checked.
    what: String,
    /// Where its files lie, if it was files.
    root: Option<PathBuf>,
}

/// Checks what is to be checked, and says what it was.
fn look(args: &Args, context: &mut Context) -> Result<Looked, Error> {
    if let Some(range) = &args.which.range {
        let commits = Newsroom::commits(&context.setting(), range)?;
        if let Some(to) = &args.to {
            leaving::refuse(&commits, to, context)?;
        }
        let count = commits.commits();
        let progress = context.terminal.progress("judging commits", count);
        let checked = commits.check(|| progress.step())?;
        let what = format!("{}, {}", words::count(count, "commit"), words::count(checked.articles, "article"));
        return Ok(Looked { checked, what, root: None });
    }
    let edition = args.which.edition();
    match Newsroom::open(context.setting()) {
        Err(error) if error.is_nowhere() => loose(args, &edition, context, error),
        newsroom => {
            let newsroom = newsroom?;
            let checked = watched(args, context, |watch| newsroom.check_edition(&edition, &args.paths, watch))?;
            let what = words::count(checked.articles, "article");
            Ok(Looked { checked, what, root: Some(newsroom.root().to_owned()) })
        }
    }
}

/// Checks, with somebody who follows how far it is with links where these are asked.
fn watched<T>(args: &Args, context: &Context, check: impl FnOnce(Option<Watch<'_>>) -> T) -> T {
    let progress = OnceLock::new();
    let began = |links| drop(progress.set(context.terminal.progress("asking other sites", links)));
    let answered = || {
        if let Some(progress) = progress.get() {
            Progress::step(progress);
        }
    };
    check(args.links.then_some(Watch { began: &began, answered: &answered }))
}

/// What came of asking other sites, as far as no finding says it.
fn say_outside(context: &mut Context, outside: &newsroom::Told) {
    let links = |count| words::count(count, "link");
    if outside.offline {
        let unasked = links(outside.unasked);
        context
            .terminal
            .say(format!("No other site could be reached: {unasked} not looked at. Is this machine online?"));
    } else if outside.unasked > 0 {
        let unasked = links(outside.unasked);
        context.terminal.say(format!("{unasked} not looked at: the time was over. Go on with: desk check --links"));
    } else {
        let (all, remembered) = (links(outside.links), outside.remembered);
        context.terminal.say(match remembered {
            0 => format!("{all} to other sites looked at."),
            _ => format!("{all} to other sites looked at, {remembered} of them remembered."),
        });
    }
}

/// Checks a folder that is no newsroom; that it is none is the error where there is nothing to check, or no git to tell
/// of other editions.
fn loose(args: &Args, edition: &Edition, context: &mut Context, nowhere: newsroom::Error) -> Result<Looked, Error> {
    let setting = context.setting();
    let loose = watched(args, context, |watch| match edition {
        Edition::Folder => Newsroom::check_folder(&setting, &args.paths, watch),
        edition => Newsroom::check_folder_edition(&setting, edition, &args.paths, watch),
    })?;
    if loose.passed_by > 0 {
        let passed = words::count(loose.passed_by, "Markdown file");
        context.terminal.say(format!("{passed} without TOML front matter passed by."));
    }
    if loose.checked.articles == 0 && *edition == Edition::Folder {
        return Err(Error::from(nowhere).because("nor any Markdown with TOML front matter"));
    }
    let what = words::count(loose.checked.articles, "article");
    Ok(Looked { checked: loose.checked, what, root: Some(context.directory()) })
}

fn explain(context: &mut Context, rule: &str) -> Result<Outcome, Error> {
    let doc = match check::explain(rule) {
        Ok(doc) => doc.to_owned(),
        Err(unknown) => styled(context, rule).ok_or_else(|| {
            let error = Error::usage(unknown.to_string());
            match unknown.meant {
                Some(meant) => error.help(format!("desk check --explain {meant}")),
                None => error,
            }
        })?,
    };
    context.terminal.print(printable_text(doc.trim()))?;
    Ok(Outcome::Done)
}

/// What a rule of the newsroom's house style says of itself; none outside a newsroom.
fn styled(context: &mut Context, rule: &str) -> Option<String> {
    if !rule.contains('.') {
        return None;
    }
    context.newsroom().ok()?.explain_style(rule).ok()?
}
