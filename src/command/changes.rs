//! What differs, shown in words.

use super::{Context, Error, words};
use crate::article::{Difference, Passage, Run, Table};
use crate::finding::{Finding, Level, line_column};
use crate::ledger::Decision;
use crate::newsroom::{Newsroom, Proof, Since};
use crate::terminal::{printable, style, wrapped};

/// The longest text shown whole before an approval, in lines; `desk show --text` shows any.
const SHOWN_WHOLE: usize = 60;

/// How many findings are shown before an approval.
const FINDINGS_SHOWN: usize = 8;

/// A passage as people read it: `The contractor [-stole-]{+took+} the deposit`, with colour where there is any.
pub(super) fn passage(passage: &Passage) -> String {
    let mut shown = String::new();
    for run in &passage.runs {
        match run {
            Run::Same(text) => shown.push_str(&printable(text).to_string()),
            Run::Gone(text) => {
                shown.push_str(&style::paint(style::REMOVED, format_args!("[-{}-]", printable(text))).to_string());
            }
            Run::Come(text) => {
                shown.push_str(&style::paint(style::ADDED, format_args!("{{+{}+}}", printable(text))).to_string());
            }
        }
    }
    shown
}

/// All passages, each under where it stands.
pub(super) fn lines(difference: &Difference, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for one in &difference.passages {
        lines.push(style::paint(style::HEADING, printable(&one.place)).to_string());
        lines.extend(wrapped(&passage(one), width.saturating_sub(2)).into_iter().map(|line| format!("  {line}")));
    }
    lines
}

/// What a person is shown before they say yes: to standard error, as the question that follows is.
pub(super) fn say_proof(context: &mut Context, newsroom: &Newsroom, proof: &Proof) {
    let zone = &newsroom.config().newsroom.timezone;
    let words_changed = words::count(proof.difference.words(), "word");
    let by = if proof.by.is_empty() { String::new() } else { format!(" ({})", words::and(&proof.by)) };
    match &proof.since {
        Since::LastLook(decision, time) => {
            let said = match decision {
                Decision::Submit => "submitted",
                Decision::Approve => "approved",
                Decision::Return => "returned",
            };
            let time = words::moment(*time, newsroom.now(), zone);
            let what = if proof.difference.is_empty() {
                "no word changed".to_owned()
            } else {
                format!("{words_changed} changed{by}")
            };
            context.terminal.say(format!("You {said} this at {time}. Since then {what}."));
        }
        Since::Public => context.terminal.say(format!("Against the public version {words_changed} changed{by}.")),
        Since::Agreed => {
            context.terminal.say("The public version was changed by hand: readers see what nobody agreed to.");
            context.terminal.say(format!("Against what was agreed to {words_changed} changed{by}."));
        }
        Since::Nothing => say_whole(context, proof),
    }
    let width = context.terminal.width();
    for line in lines(&proof.difference, width.saturating_sub(2)) {
        context.terminal.say(format!("  {line}"));
    }
    for line in photos(proof) {
        context.terminal.say(line);
    }
    let found = words::counted(&proof.findings).unwrap_or_else(|| "nothing found".to_owned());
    context.terminal.say(format!("Check: {found}."));
    for line in found_lines(proof, context.terminal.width()) {
        context.terminal.say(line);
    }
    for line in left_out(proof) {
        context.terminal.say(line);
    }
}

/// The photos and other files of an article, as far as they are new to whoever looks.
fn photos(proof: &Proof) -> Vec<String> {
    let photos = proof.document.tables_of("photos");
    if proof.since != Since::Nothing && proof.files.is_empty() {
        return if photos.is_empty() { Vec::new() } else { vec!["Photos unchanged.".to_owned()] };
    }
    let file = |photo: &Table| photo.text("file").unwrap_or_default().to_owned();
    let mut lines = Vec::new();
    let is_new = |photo: &&Table| proof.since == Since::Nothing || proof.files.contains(&file(photo));
    for photo in photos.iter().copied().filter(is_new) {
        let about: Vec<&str> = ["caption", "credit"].iter().filter_map(|key| photo.text(key)).collect();
        let parts: Vec<String> = std::iter::once(file(photo)).chain(about.into_iter().map(str::to_owned)).collect();
        lines.push(printable(&format!("Photo: {}", parts.join(" | "))).to_string());
    }
    let others: Vec<&str> = proof
        .files
        .iter()
        .filter(|name| !photos.iter().any(|photo| file(photo) == **name))
        .map(String::as_str)
        .collect();
    if !others.is_empty() {
        lines.push(printable(&format!("Files changed: {}.", others.join(", "))).to_string());
    }
    if proof.since != Since::Nothing && !lines.is_empty() {
        lines.push("The bytes of these changed: look at them before you say yes.".to_owned());
    }
    lines
}

/// What the rules say, a line each, the gravest first.
fn found_lines(proof: &Proof, width: usize) -> Vec<String> {
    let mut grave: Vec<&Finding> = proof.findings.iter().filter(|one| one.level != Level::Note).collect();
    grave.sort_by_key(|one| one.level != Level::Error);
    let mut lines: Vec<String> = grave
        .iter()
        .take(FINDINGS_SHOWN)
        .flat_map(|one| {
            let text = &proof.document.text;
            let place = one.span.filter(|_| one.path.as_deref() == Some(proof.document.path.as_str()));
            let place = place.map(|span| format!(", line {}", line_column(text, span.start).line));
            let line = format!("{}[{}] {}{}", one.level.as_str(), one.rule, one.message, place.unwrap_or_default());
            let parts = wrapped(&printable(&line).to_string(), width.saturating_sub(4));
            let indents = std::iter::once("  ").chain(std::iter::repeat("    "));
            parts.into_iter().zip(indents).map(|(part, indent)| format!("{indent}{part}")).collect::<Vec<_>>()
        })
        .collect();
    if grave.len() > FINDINGS_SHOWN {
        lines.push(format!("  and {} more: desk check {}", grave.len() - FINDINGS_SHOWN, proof.standing.slug));
    }
    lines
}

/// Every suppression in force: the rule, the reason, the last day. Who approves the words approves these too.
pub(super) fn left_out(proof: &Proof) -> Vec<String> {
    proof
        .suppressions
        .iter()
        .map(|one| {
            let until = one.until.map(|day| format!(", until {day}")).unwrap_or_default();
            let line = format!("Left out ({}): {}{until}: {}", one.origin.as_str(), one.rule, one.reason);
            printable(&line).to_string()
        })
        .collect()
}

fn say_whole(context: &mut Context, proof: &Proof) {
    let width = context.terminal.width();
    let terminal = &mut context.terminal;
    terminal.say(style::paint(style::HEADING, printable(proof.standing.title())));
    if let Some(dek) = proof.document.text_of("description") {
        terminal.say(printable(dek));
    }
    terminal.say("");
    let lines: Vec<String> = proof
        .document
        .body_text()
        .lines()
        .flat_map(|line| if line.trim().is_empty() { vec![String::new()] } else { wrapped(line, width) })
        .collect();
    for line in lines.iter().take(SHOWN_WHOLE) {
        terminal.say(printable(line));
    }
    if lines.len() > SHOWN_WHOLE {
        let rest = words::count(lines.len() - SHOWN_WHOLE, "more line");
        terminal.say(format!("... {rest}: desk show {} --text", proof.standing.slug));
    }
    terminal.say("");
}

/// What is missing, a line each, for `desk show --needs` and the inbox.
pub(super) fn missing(proof: &Proof, newsroom: &Newsroom) -> Result<Vec<String>, Error> {
    let Some(needs) = &proof.needs else { return Ok(Vec::new()) };
    let circumstances = newsroom.circumstances()?;
    Ok(needs.missing(&circumstances).iter().map(words::missing).collect())
}
