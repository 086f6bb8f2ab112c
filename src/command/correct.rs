//! `desk correct`: tell readers what changed.

use super::moving::{self, Named};
use super::{Context, Error, Outcome, changes, editing, refusal, tidings};
use crate::article::{Amendment, Passage};
use crate::newsroom::{Changing, Newsroom};
use crate::terminal::{Choice, Question, printable, wrapped};
use crate::workflow::{Beside, Correction};

/// Tell readers what changed in a public article
///
/// Opens the article in your editor if nothing of it has changed yet; then it drafts what readers are to be told, and
/// writes that into the article under its label and with the date. The note goes through review with the words. A correction or an editors' note stands above the
/// article, other notes below it. A note that readers have seen never changes: what was wrong in one is told in another.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  $ desk correct ferry --kind correction --note \"The fare is 8 dollars. An earlier version said 9.\"
  $ desk correct pier-fire --kind update --note \"Adds what the fire brigade says.\"")]
pub struct Args {
    #[command(flatten)]
    named: Named,
    /// Whether something was wrong, could be misread, is new, needs a word of the editors, or is no word at all
    #[arg(long, value_enum, value_name = "KIND")]
    kind: Option<Kind>,
    /// What changed, for somebody who has not read the earlier version; a corrected figure must stand in it. Left out, it is
    /// drafted from what differs
    #[arg(long, value_name = "WORDS")]
    note: Option<String>,
    /// The earlier note that this one puts right, by its number in desk show
    #[arg(long, value_name = "NUMBER")]
    corrects: Option<usize>,
    /// Tell this besides what is told already of this change, not in place of it
    #[arg(long)]
    also: bool,
    /// Drop the change that is open; its words are kept, and desk revive takes them up again
    #[arg(long, conflicts_with_all = ["kind", "note", "corrects", "also"])]
    cancel: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Kind {
    Correction,
    Clarification,
    Update,
    EditorsNote,
    Refile,
}

impl From<Kind> for Amendment {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Correction => Self::Correction,
            Kind::Clarification => Self::Clarification,
            Kind::Update => Self::Update,
            Kind::EditorsNote => Self::EditorsNote,
            Kind::Refile => Self::Refile,
        }
    }
}

pub(super) fn run(args: Args, context: &mut Context) -> Result<Outcome, Error> {
    let mut newsroom = context.workplace()?;
    if args.cancel {
        let moved = newsroom.cancel(args.named.article())?;
        moving::say_saved(context, &moved);
        let slug = &moved.after.slug;
        context.terminal.say(format!("Dropped: readers go on reading {slug} as it was."));
        context.terminal.say(format!("  the words are kept, to be taken up again: desk revive {slug}"));
        return moving::ended(&moved);
    }
    let mut changing = newsroom.changing(args.named.article())?;
    if changing.is_none() && args.kind.is_none() && args.corrects.is_none() && context.terminal.can_ask() {
        changing = opened(context, &mut newsroom, args.named.article())?;
    }
    if let Some(saved) = changing.as_ref().and_then(|changing| changing.saved.as_ref().map(|saved| (changing, saved))) {
        context.terminal.say(format!("Saved {}: {}.", saved.0.slug, moving::saved_words(saved.1)));
    }
    let (kind, note, whose) = match &changing {
        Some(changing) => answers(context, changing, &args)?,
        // Nothing differs that a note could be drafted from; where there is nothing to tell either, the refusal says so.
        None => (args.kind.map_or(Amendment::Update, Amendment::from), String::new(), Whose::TheirOwn),
    };
    let beside = if args.also { Beside::Others } else { Beside::Nothing };
    let mut correction = Correction { kind, note, corrects: args.corrects, beside };
    if changing.is_none() {
        correction.note = match &args.note {
            Some(note) => note.clone(),
            None if correction.stands_alone() => context.terminal.ask_text(&Question::new(NOTE, NOTE_FLAG))?,
            None => "-".to_owned(),
        };
    }
    let changes_nothing = changing.is_none();
    let has_saved = changing.is_some_and(|changing| changing.saved.is_some());
    let moved = newsroom.correct(args.named.article(), &correction).map_err(|error| match has_saved {
        true => refusal::nothing_else(error.into()),
        false => error.into(),
    })?;
    let others = newsroom.elsewhere(&moved.after)?;
    tidings::say_elsewhere(context, &newsroom, moved.after.slug.as_str(), &others);
    context.terminal.say(format!("Noted in {}: {}", moved.after.slug, moved.after.title()));
    say_indented(context, &correction.note);
    let slug = &moved.after.slug;
    if whose == Whose::Drafted {
        context.terminal.say(format!("Put it better: desk correct {slug} --kind {kind} --note \"...\""));
    }
    context.terminal.say(match kind.is_shown() {
        true if changes_nothing => format!("Readers see it when it is published: desk submit {slug}"),
        true => format!("Readers see it with the changed words: desk submit {slug}"),
        false => format!("No word changed, so one person is enough: desk publish {slug}"),
    });
    moving::say_schedule(context, &moved);
    moving::ended(&moved)
}

/// The kinds as they are asked for.
const CHOICES: [(Amendment, &str); 5] = [
    (Amendment::Correction, "something was wrong"),
    (Amendment::Clarification, "it was right and could be misread"),
    (Amendment::Update, "there is more to tell"),
    (Amendment::EditorsNote, "the editors have something to say"),
    (Amendment::Refile, "no word changed: typography, a broken link"),
];

/// Whose words a note is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Whose {
    TheirOwn,
    Drafted,
}

/// What is asked where none can be drafted.
const NOTE: &str = "Note to readers";

const NOTE_FLAG: &str = "--note WORDS";

/// A public article that nobody has changed yet, opened in the editor; none where there is nothing to correct.
fn opened(context: &mut Context, newsroom: &mut Newsroom, name: Option<&str>) -> Result<Option<Changing>, Error> {
    let (standing, main, _) = newsroom.lay_out(name)?;
    if standing.published().is_none() {
        return Ok(None);
    }
    editing::open(context, newsroom, standing.slug.as_str(), &main)?;
    Ok(newsroom.changing(name)?)
}

/// What is asked where a note is drafted.
const IN_OTHER_WORDS: &str = "In words of your own (Enter takes these)";

/// Words of the article's, under what was said before them.
fn say_indented(context: &mut Context, words: &str) {
    let width = context.terminal.width().saturating_sub(2);
    for line in wrapped(&printable(words.trim()).to_string(), width) {
        context.terminal.say(format!("  {line}"));
    }
}

/// The kind and the note: as they were given, or as a person answers, to whom a draft is offered.
fn answers(context: &mut Context, changing: &Changing, args: &Args) -> Result<(Amendment, String, Whose), Error> {
    if args.kind.is_none() || args.note.is_none() {
        say_what_differs(context, changing);
    }
    let kind = match args.kind {
        Some(kind) => kind.into(),
        None => {
            let choices = CHOICES.map(|(kind, about)| Choice { name: kind.as_str(), about });
            let default = if changing.changes_words() { 0 } else { CHOICES.len() - 1 };
            let chosen = context.terminal.ask_choice("What is it?", "--kind KIND", &choices, default)?;
            CHOICES[chosen].0
        }
    };
    let ask = |ask| Question::new(ask, NOTE_FLAG);
    let (note, whose) = match (&args.note, changing.draft(kind)) {
        (Some(note), _) => (note.clone(), Whose::TheirOwn),
        (None, Some(draft)) if !kind.is_shown() || !context.terminal.can_ask() => (draft, Whose::Drafted),
        (None, Some(draft)) => {
            say_indented(context, &draft);
            match context.terminal.ask_text(&ask(IN_OTHER_WORDS).optional())? {
                own if own.trim().is_empty() => (draft, Whose::Drafted),
                own => (own, Whose::TheirOwn),
            }
        }
        (None, None) => (context.terminal.ask_text(&ask(NOTE))?, Whose::TheirOwn),
    };
    Ok((kind, note, whose))
}

fn say_what_differs(context: &mut Context, changing: &Changing) {
    let width = context.terminal.width();
    let mut difference = changing.difference();
    difference.passages.retain(|passage| passage.place != Passage::NOTES);
    for line in changes::lines(&difference, width.saturating_sub(2)) {
        context.terminal.say(format!("  {line}"));
    }
}
