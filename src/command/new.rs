//! `desk new`: begin an article.

use super::editing;
use super::{Context, Error, Outcome};
use crate::article::Slug;
use crate::newsroom::{Content, Draft, Newsroom};
use crate::schema::{Schema, Schemas};
use crate::terminal::{Answer, Choice, Question, printable};

/// Begin an article: asks what its kind needs, lays out its folder, opens your editor
///
/// Every question has a flag: `--kind` for the kind, `--set FIELD=VALUE` for any field. Lists take commas.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  $ desk new \"Harbor dredging slips to spring\"
  $ desk new \"Ferry fares rise in May\" --kind brief --set section=harbor --no-edit")]
pub struct Args {
    /// The headline, as it stands now
    #[arg(value_name = "TITLE")]
    title: Option<String>,
    /// What kind of article: one of the newsroom's schemas
    #[arg(long, value_name = "KIND")]
    kind: Option<String>,
    /// Its short name in addresses and on the command line; made of the title otherwise
    #[arg(long, value_name = "SLUG")]
    slug: Option<String>,
    /// Give a field: `section=harbor`, `tags=port,budget`
    #[arg(long = "set", value_name = "FIELD=VALUE", value_parser = pair)]
    set: Vec<(String, String)>,
    /// Do not open an editor
    #[arg(long)]
    no_edit: bool,
}

pub(super) fn pair(text: &str) -> Result<(String, String), String> {
    let (field, value) = text.split_once('=').ok_or("write it as field=value")?;
    Ok((field.trim().to_owned(), value.to_owned()))
}

pub(super) fn run(args: Args, context: &mut Context) -> Result<Outcome, Error> {
    let mut newsroom = context.workplace()?;
    let title = match args.title {
        Some(title) => title,
        None => context.terminal.ask_text(&Question::new("Headline", "TITLE: desk new \"The headline\""))?,
    };
    if go_on_despite_like(context, &newsroom, &title)? == Answer::No {
        context.terminal.say("Nothing was begun.");
        return Ok(Outcome::Done);
    }
    let schemas = newsroom.schemas()?;
    let kind = kind(context, &schemas, args.kind)?;
    let schema = schemas.get(&kind).ok_or_else(|| no_kind(&kind, &schemas))?;
    let answers = answers(context, schema, &newsroom, &args.set)?;
    let slug = args.slug.map(Slug::new).transpose().map_err(crate::newsroom::Error::from)?;
    let created = newsroom.create(&Draft { kind, slug, content: Content::Title(title), answers })?;
    context.terminal.say(format!("Began {}: {}", created.slug, printable(created.main.as_str())));
    if args.no_edit || !context.terminal.can_ask() {
        context.terminal.say(format!("Write it, then: desk submit {}", created.slug));
        return Ok(Outcome::Done);
    }
    editing::edit(context, &mut newsroom, created.slug.as_str(), &created.main)?;
    Ok(Outcome::Done)
}

/// Tells when a title like it is open already.
pub(super) fn go_on_despite_like(context: &mut Context, newsroom: &Newsroom, title: &str) -> Result<Answer, Error> {
    let like = newsroom.like(title)?;
    for seen in &like {
        context.terminal.say(format!("Open already: {} ({})", printable(seen.title()), seen.slug));
    }
    if like.is_empty() || !context.terminal.can_ask() {
        return Ok(Answer::Yes);
    }
    Ok(context.terminal.confirm("Begin another?", Answer::No)?)
}

/// The kind that was named, the only one there is, or the one chosen.
pub(super) fn kind(context: &mut Context, schemas: &Schemas, named: Option<String>) -> Result<String, Error> {
    if let Some(kind) = named {
        return Ok(kind);
    }
    let kinds: Vec<&Schema> = schemas.iter().collect();
    match kinds[..] {
        [] => {
            Err(Error::usage("this newsroom has no kinds of article").because("schemas/ is empty").help("desk doctor"))
        }
        [only] => Ok(only.kind().to_owned()),
        _ => {
            let usual = kinds.iter().position(|schema| schema.kind() == "news").unwrap_or(0);
            if !context.terminal.can_ask() {
                return Ok(kinds[usual].kind().to_owned());
            }
            let choices: Vec<Choice<'_>> = kinds
                .iter()
                .map(|schema| Choice { name: schema.kind(), about: schema.description().unwrap_or_default() })
                .collect();
            let chosen = context.terminal.ask_choice("Kind", "--kind KIND", &choices, usual)?;
            Ok(kinds[chosen].kind().to_owned())
        }
    }
}

fn no_kind(kind: &str, schemas: &Schemas) -> Error {
    let kinds = schemas.kinds().map(str::to_owned).collect();
    crate::newsroom::Error::NoKind { kind: kind.to_owned(), kinds }.into()
}

/// What `--set` gives, and what is answered to the schema's questions.
pub(super) fn answers(
    context: &mut Context,
    schema: &Schema,
    newsroom: &Newsroom,
    set: &[(String, String)],
) -> Result<Vec<(String, String)>, Error> {
    let mut answers: Vec<(String, String)> = Vec::new();
    let me = newsroom.who()?.name;
    for question in schema.questions() {
        if question.field == "title" {
            continue;
        }
        let given = set.iter().find(|(name, _)| *name == question.field).map(|(_, value)| value.clone());
        let answer = match given {
            Some(value) => value,
            None if question.field == "authors" && !context.terminal.can_ask() => me.clone(),
            None if !context.terminal.can_ask() => continue,
            None => ask(context, &question, &me)?,
        };
        if !answer.trim().is_empty() {
            answers.push((question.field.clone(), answer));
        }
    }
    answers.extend(
        set.iter().filter(|(field, _)| !answers.iter().any(|(name, _)| name == field)).cloned().collect::<Vec<_>>(),
    );
    Ok(answers)
}

fn ask(context: &mut Context, question: &crate::schema::Question, me: &str) -> Result<String, Error> {
    let flag = format!("--set {}=VALUE", question.field);
    if question.choices.is_empty() {
        let default = if question.field == "authors" { me } else { "" };
        return Ok(context.terminal.ask_text(&Question::new(&question.ask, &flag).optional().default(default))?);
    }
    let choices: Vec<Choice<'_>> = question.choices.iter().map(|name| Choice { name, about: "" }).collect();
    let chosen = context.terminal.ask_choice(&question.ask, &flag, &choices, 0)?;
    Ok(question.choices[chosen].clone())
}
