//! What reviewers wrote on the forge, beside the paragraphs that it is about.

use super::{Context, Error, Outcome, refusal, words};
use crate::letter::{self, About, Remark, Since};
use crate::newsroom::{self, Newsroom, Proof};
use crate::terminal::{printable, style, wrapped};

/// Prints them, where there are any. A forge that does not answer is told, and holds up nothing.
pub(super) fn say(context: &mut Context, newsroom: &Newsroom, proof: &Proof) -> Result<Outcome, Error> {
    let remarks = match newsroom.remarks(&proof.standing) {
        Ok(remarks) => remarks.unwrap_or_default(),
        Err(newsroom::Error::Forge(error)) => {
            let error = refusal::of_forge(&error);
            context.terminal.say(format!("What reviewers wrote is not here: {}", printable(&error.what)));
            return Ok(Outcome::Done);
        }
        Err(other) => return Err(other.into()),
    };
    let all: Vec<Remark<'_>> = remarks
        .iter()
        .map(|one| Remark {
            by: &one.by,
            at: one.at,
            text: &one.text,
            path: &one.path,
            line: one.line,
            then: one.then.as_ref(),
        })
        .collect();
    let width = context.terminal.width();
    let zone = newsroom.config().newsroom.timezone.clone();
    for beside in letter::beside(&all, &proof.document) {
        context.terminal.print(style::paint(style::HEADING, printable(&place(&beside.about))))?;
        for remark in &beside.remarks {
            let at = remark.at.map(|at| format!(", {}", words::moment(at, newsroom.now(), &zone)));
            let head = format!("{}{}: ", remark.by, at.unwrap_or_default());
            let said = format!("{head}{}", remark.text.split_whitespace().collect::<Vec<_>>().join(" "));
            for line in wrapped(&printable(&said).to_string(), width.saturating_sub(2)) {
                context.terminal.print(format!("  {line}"))?;
            }
        }
    }
    Ok(Outcome::Done)
}

fn place(about: &About) -> String {
    match about {
        About::Article => "about all of it".to_owned(),
        About::Field(name) => format!("about `{name}`"),
        About::Paragraph { number, since: Since::Same } => format!("about paragraph {number}"),
        About::Paragraph { number, since: Since::Changed } => format!("about paragraph {number}, as it was then"),
        About::Gone { was } => format!("about what is gone: {was}"),
        About::File(name) => format!("about {name}"),
    }
}
