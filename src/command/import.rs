//! `desk import`: bring in text from elsewhere.

use super::new::{self, pair};
use super::{Context, Error, Outcome, words};
use crate::article::Slug;
use crate::import::{self, Doubt, Format, Imported};
use crate::newsroom::{self, Content, Draft};
use crate::terminal::{Answer, printable, style};

/// Bring in pasted text, a saved web page or Markdown as an article
///
/// Headline, dek, byline, dateline, captions and sub-heads are told apart; what belongs to the page and not to the story
/// is left out and listed; the words of every paragraph stay as they are. What it is unsure of it says.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  $ desk import harbor.txt --kind news --slug harbor-dredging
  $ desk import -")]
pub struct Args {
    /// Files to bring in, an article each; `-` reads standard input
    #[arg(value_name = "FILE", required = true)]
    files: Vec<String>,
    /// What kind of article: one of the newsroom's schemas
    #[arg(long, value_name = "KIND")]
    kind: Option<String>,
    /// Its short name; made of the headline otherwise
    #[arg(long, value_name = "SLUG")]
    slug: Option<String>,
    /// Give a field: `section=harbor`, `tags=port,budget`
    #[arg(long = "set", value_name = "FIELD=VALUE", value_parser = pair)]
    set: Vec<(String, String)>,
    /// How to read it: paste, html or markdown; found out otherwise
    #[arg(long, value_name = "FORM", value_parser = str::parse::<Format>)]
    from: Option<Format>,
}

pub(super) fn run(args: Args, context: &mut Context) -> Result<Outcome, Error> {
    if args.files.len() > 1 && args.slug.is_some() {
        return Err(Error::usage("one --slug cannot name several articles"));
    }
    let mut newsroom = context.workplace()?;
    let schemas = newsroom.schemas()?;
    let kind = new::kind(context, &schemas, args.kind)?;
    let slug = args.slug.map(Slug::new).transpose().map_err(newsroom::Error::from)?;
    for file in &args.files {
        let mut imported = read(context, file, args.from)?;
        imported.unsure.retain(|unsure| !is_answered(unsure.what, &args.set));
        let title = imported.title.clone().unwrap_or_default();
        if new::go_on_despite_like(context, &newsroom, &title)? == Answer::No {
            context.terminal.say("Nothing was brought in.");
            continue;
        }
        let content = Content::Imported(Box::new(imported.clone()));
        let draft = Draft { kind: kind.clone(), slug: slug.clone(), content, answers: args.set.clone() };
        let created = newsroom.create(&draft)?;
        context.terminal.say(format!("Brought in {}: {}", created.slug, printable(created.main.as_str())));
        say_what_came_of_it(context, &imported);
        context.terminal.say(format!("Read it over: desk edit {0}, then: desk check {0}", created.slug));
    }
    Ok(Outcome::Done)
}

/// Whether whoever brings it in says what the text does not.
fn is_answered(doubt: Doubt, answers: &[(String, String)]) -> bool {
    let given = |field: &str| answers.iter().any(|(name, _)| name == field);
    match doubt {
        Doubt::NoByline => given("authors"),
        Doubt::NoDateline => given("dateline"),
        _ => false,
    }
}

fn read(context: &mut Context, file: &str, format: Option<Format>) -> Result<Imported, Error> {
    let bytes = if file == "-" {
        context.terminal.read_input()?
    } else {
        let path = context.directory().join(file);
        newsroom::read_outside(&path)?.ok_or_else(|| Error::usage(format!("there is no file `{file}`")))?
    };
    import::read(file, &bytes, format).map_err(|unreadable| Error::usage(format!("`{file}`: {unreadable}")))
}

fn say_what_came_of_it(context: &mut Context, imported: &Imported) {
    let mut found: Vec<String> = Vec::new();
    let mut note = |there: bool, name: &str| found.extend(there.then(|| name.to_owned()));
    note(imported.title.is_some(), "headline");
    note(imported.description.is_some(), "dek");
    note(!imported.authors.is_empty(), "byline");
    note(imported.dateline.is_some(), "dateline");
    if !imported.photos.is_empty() {
        found.push(words::count(imported.photos.len(), "photo"));
    }
    let heads = imported.body.lines().filter(|line| line.starts_with("## ")).count();
    if heads > 0 {
        found.push(words::count(heads, "sub-head"));
    }
    context.terminal.say(format!("  found    {}", words::and(&found)));
    for removed in &imported.removed {
        let line = format!("  left out line {}: {} ({})", removed.line, shortened(&removed.text), removed.why);
        context.terminal.say(printable(&line));
    }
    for unsure in &imported.unsure {
        let mark = style::paint(style::WARNING, "unsure");
        let line = match unsure.text.as_str() {
            "" => unsure.what.to_string(),
            text => format!("line {}: {} ({})", unsure.line, shortened(text), unsure.what),
        };
        context.terminal.say(format!("  {mark}   {}", printable(&line)));
    }
}

fn shortened(text: &str) -> String {
    const MOST: usize = 48;
    if text.chars().count() <= MOST {
        text.to_owned()
    } else {
        format!("{}...", text.chars().take(MOST).collect::<String>())
    }
}
