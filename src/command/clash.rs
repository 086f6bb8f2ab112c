//! Where two people changed the same words: both shown side by side, and asked about.

use super::{Context, Error, words};
use crate::article::Run;
use crate::article::merge::{Choice, Conflict, Place};
use crate::newsroom::{Clash, Newsroom, With};
use crate::process::EditorCommand;
use crate::terminal::{Choice as Answer, columns_of, printable, style, wrapped};

/// What `desk sync` asks with, on the command line.
const FLAG: &str = "--settle mine|theirs|both";

/// How many words stay on either side of what differs in a long paragraph.
const AROUND: usize = 8;

/// Says all that two people changed, both sides of each.
pub(super) fn say(context: &mut Context, newsroom: &Newsroom, clash: &Clash) {
    for conflict in clash.joint.conflicts() {
        say_one(context, newsroom, clash, conflict);
    }
    if clash.joining > 0 {
        context.terminal.say(format!("{} would join yours.", words::count(clash.joining, "other word")));
    }
}

/// Asks about each; none when somebody wants to decide later.
pub(super) fn ask(context: &mut Context, newsroom: &Newsroom, clash: &Clash) -> Result<Option<Vec<Choice>>, Error> {
    let mut choices = Vec::new();
    if clash.joining > 0 {
        context.terminal.say(format!(
            "{}: {} of theirs join yours by themselves.",
            clash.about.slug,
            words::count(clash.joining, "word")
        ));
    }
    for conflict in clash.joint.conflicts() {
        say_one(context, newsroom, clash, conflict);
        match one(context, newsroom, clash, conflict)? {
            Some(choice) => choices.push(choice),
            None => {
                context.terminal.say(format!("Both are kept as they are: desk sync {}", clash.about.slug));
                return Ok(None);
            }
        }
    }
    Ok(Some(choices))
}

fn one(
    context: &mut Context,
    newsroom: &Newsroom,
    clash: &Clash,
    conflict: &Conflict,
) -> Result<Option<Choice>, Error> {
    let other = other(clash);
    let answer = |name, about| Answer { name, about };
    let mut answers = vec![answer("mine", "keep yours"), answer("theirs", other.as_str())];
    let mut meant = vec![Some(Choice::Ours), Some(Choice::Theirs)];
    if conflict.can_keep_both() {
        answers.push(answer("both", "yours first"));
        meant.push(Some(Choice::Both));
    }
    let edit = meant.len();
    if conflict.can_be_written() {
        answers.push(answer("edit", "write it yourself"));
        meant.push(None);
    }
    answers.push(answer("later", "keep both as they are"));
    loop {
        let chosen = context.terminal.ask_choice("Which one?", FLAG, &answers, 0)?;
        if chosen + 1 == answers.len() {
            return Ok(None);
        }
        if chosen != edit || !conflict.can_be_written() {
            return Ok(meant.swap_remove(chosen));
        }
        let words = written(context, newsroom, conflict)?;
        if words.trim().is_empty() {
            context.terminal.say("Nothing was written.");
            continue;
        }
        return Ok(Some(Choice::Words(words)));
    }
}

/// What somebody makes of both in their editor.
fn written(context: &mut Context, newsroom: &Newsroom, conflict: &Conflict) -> Result<String, Error> {
    let core = newsroom.git_setting("core.editor");
    let editor = EditorCommand::find(context.programs.variables(), core.as_deref())?;
    let both = format!("{}{}", conflict.ours, conflict.theirs);
    let file = newsroom.put_aside(both.trim_matches('\n').as_bytes())?;
    context.programs.edit(&editor, newsroom.root(), &file)?;
    Ok(newsroom.take_aside()?)
}

/// Whose words the other ones are: a first name is enough beside yours.
fn other(clash: &Clash) -> String {
    match (&clash.about.by, &clash.with) {
        (Some((name, _)), With::Colleague(_)) => name.clone(),
        (Some((name, _)), With::Public) => format!("{name}, public"),
        (None, With::Public) => "the public version".to_owned(),
        (None, With::Colleague(_)) => "a colleague".to_owned(),
    }
}

fn say_one(context: &mut Context, newsroom: &Newsroom, clash: &Clash, conflict: &Conflict) {
    let slug = &clash.about.slug;
    let who = clash.about.by.as_ref().map_or_else(|| other(clash), |(name, _)| name.clone());
    let heading = format!("{slug}: you and {who} both changed {}. Both are kept.", conflict.place);
    context.terminal.say(printable(&heading));
    let when = clash
        .about
        .by
        .as_ref()
        .map(|(_, time)| words::moment(*time, newsroom.now(), &newsroom.config().newsroom.timezone));
    let theirs = match (clash.about.by.is_some(), when) {
        (true, Some(when)) => format!("{}, {when}", other(clash)),
        _ => other(clash),
    };
    let (listens, width) = (context.terminal.settings().listens, context.terminal.width());
    let [mine, others] = sides(conflict);
    let lines = if listens {
        vec![format!("Yours: {}", mine.plain()), format!("From {}: {}", printable(&theirs), others.plain())]
    } else {
        shown(&[("1 yours".to_owned(), mine), (format!("2 {}", printable(&theirs)), others)], width)
    };
    for line in lines {
        context.terminal.say(line);
    }
}

/// One side, as it is shown: words with what differs marked.
struct Side(Vec<(String, Differs)>);

#[derive(Clone, Copy, PartialEq, Eq)]
enum Differs {
    Yes,
    No,
}

impl Side {
    fn plain(&self) -> String {
        let text = self.0.iter().map(|(text, _)| printable(text).to_string()).collect::<String>();
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn painted(&self, mark: anstyle::Style) -> String {
        let one = |(text, differs): &(String, Differs)| match differs {
            Differs::Yes => text
                .split_inclusive(char::is_whitespace)
                .map(|word| {
                    let bare = word.trim_end();
                    if bare.is_empty() {
                        word.to_owned()
                    } else {
                        format!("{}{}", style::paint(mark, printable(bare)), &word[bare.len()..])
                    }
                })
                .collect(),
            Differs::No => printable(text).to_string(),
        };
        self.0.iter().map(one).collect()
    }
}

/// Both sides with what differs between them; long stretches that do not are cut short.
fn sides(conflict: &Conflict) -> [Side; 2] {
    let said = |text: &str| match text.trim() {
        "" => "(taken out)".to_owned(),
        text => text.to_owned(),
    };
    let (ours, theirs) = (said(&conflict.ours), said(&conflict.theirs));
    let runs = Run::between(&ours, &theirs);
    let last = runs.len().saturating_sub(1);
    let (mut one, mut two) = (Vec::new(), Vec::new());
    for (at, run) in runs.iter().enumerate() {
        match run {
            Run::Same(text) if matches!(conflict.place, Place::Paragraph(_) | Place::Text) => {
                let short = shortened(text, Ends { first: at == 0, last: at == last });
                one.push((short.clone(), Differs::No));
                two.push((short, Differs::No));
            }
            Run::Same(text) => {
                one.push((text.clone(), Differs::No));
                two.push((text.clone(), Differs::No));
            }
            Run::Gone(text) => one.push((text.clone(), Differs::Yes)),
            Run::Come(text) => two.push((text.clone(), Differs::Yes)),
        }
    }
    [Side(one), Side(two)]
}

/// Which end of a paragraph a stretch stands at.
struct Ends {
    first: bool,
    last: bool,
}

/// The words of a stretch that stand next to what differs.
fn shortened(text: &str, ends: Ends) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let keeps = if ends.first || ends.last { AROUND } else { 2 * AROUND };
    if words.len() <= keeps + 3 {
        return text.to_owned();
    }
    let (head, tail) = (words[..AROUND].join(" "), words[words.len() - AROUND..].join(" "));
    match ends {
        Ends { first: true, .. } => format!("... {tail}{}", blank_after(text)),
        Ends { last: true, .. } => format!("{}{head} ...", blank_before(text)),
        Ends { .. } => format!("{}{head} ... {tail}{}", blank_before(text), blank_after(text)),
    }
}

fn blank_before(text: &str) -> &str {
    if text.starts_with(char::is_whitespace) { " " } else { "" }
}

fn blank_after(text: &str) -> &str {
    if text.ends_with(char::is_whitespace) { " " } else { "" }
}

/// Both sides under their labels: one below the other while each fits a line, beside each other where they are longer.
fn shown(sides: &[(String, Side); 2], width: usize) -> Vec<String> {
    let label = sides.iter().map(|(label, _)| columns_of(label)).max().unwrap_or(0);
    let text = |side: &Side, at: usize| side.painted(if at == 0 { style::REMOVED } else { style::ADDED });
    let fits = sides.iter().all(|(_, side)| label + 4 + columns_of(&side.plain()) <= width);
    let narrow = width < 60;
    if fits || narrow {
        let mut lines = Vec::new();
        for (at, (name, side)) in sides.iter().enumerate() {
            let room = if fits { width } else { width.saturating_sub(4) };
            let mut parts = wrapped(&text(side, at), room).into_iter();
            if fits {
                let pad = " ".repeat(label - columns_of(name));
                lines.push(format!("  {name}{pad}  {}", parts.by_ref().collect::<Vec<_>>().join(" ")));
            } else {
                lines.push(format!("  {name}"));
                lines.extend(parts.map(|part| format!("    {part}")));
            }
        }
        return lines;
    }
    let half = (width - 5) / 2;
    let column = |at: usize| {
        let (name, side) = &sides[at];
        let mut lines = wrapped(name, half);
        lines.extend(wrapped(&text(side, at), half));
        lines
    };
    let (left, right) = (column(0), column(1));
    let line = |at: usize| {
        let one = left.get(at).map_or("", String::as_str);
        let two = right.get(at).map_or("", String::as_str);
        let pad = " ".repeat(half.saturating_sub(columns_of(one)));
        format!("  {one}{pad}   {two}").trim_end().to_owned()
    };
    (0..left.len().max(right.len())).map(line).collect()
}
