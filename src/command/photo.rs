//! `desk photo`: a photo with its caption, its credit and its description.

use std::path::PathBuf;

use super::moving;
use super::{Context, Error, Outcome};
use crate::newsroom::{self, Photo};
use crate::terminal::{Question, printable};

/// Add a photo to an article, with its caption, its credit and a description for those who cannot see it
///
/// The file is copied into the article's folder. A photo that is there already gets what you say of it.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  $ desk photo harbor ~/Pictures/dredger.jpg --caption \"The dredger at berth 4.\" --credit \"Port Authority\"
  $ desk photo harbor dredger.jpg --alt \"A dredger moored at a quay\"")]
pub struct Args {
    /// The article: its slug, a clear beginning of it, or its path
    #[arg(value_name = "SLUG")]
    article: String,
    /// The photo: a file, or the name of one that the article has
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// What it shows, as it stands under it
    #[arg(long, value_name = "WORDS")]
    caption: Option<String>,
    /// Whose it is
    #[arg(long, value_name = "WORDS")]
    credit: Option<String>,
    /// What it shows, for those who cannot see it
    #[arg(long, value_name = "WORDS")]
    alt: Option<String>,
    /// What may be done with it
    #[arg(long, value_name = "WORDS")]
    rights: Option<String>,
}

pub(super) fn run(args: Args, context: &mut Context) -> Result<Outcome, Error> {
    let mut newsroom = context.workplace()?;
    let Some(name) = args.file.file_name().and_then(|name| name.to_str()).map(str::to_owned) else {
        return Err(Error::usage(format!("`{}` names no file", args.file.display())));
    };
    let bytes = newsroom::read_outside(&context.directory().join(&args.file))?;
    let mut said: Vec<(String, String)> = Vec::new();
    for (field, given, ask) in [
        ("caption", args.caption, "Caption"),
        ("credit", args.credit, "Credit"),
        ("alt", args.alt, "What does it show, for those who cannot see it?"),
    ] {
        let value = match given {
            Some(value) => value,
            None if bytes.is_some() && context.terminal.can_ask() => {
                context.terminal.ask_text(&Question::new(ask, &format!("--{field} WORDS")).optional())?
            }
            None => continue,
        };
        if !value.trim().is_empty() {
            said.push((field.to_owned(), value));
        }
    }
    said.extend(args.rights.map(|rights| ("rights".to_owned(), rights)));
    let (standing, saved) = newsroom.photo(Some(&args.article), &Photo { name: name.clone(), bytes, said })?;
    match saved {
        Some(saved) => context.terminal.say(format!("Saved {}: {}.", standing.slug, moving::saved_words(&saved))),
        None => context.terminal.say(format!("{} has {} just so.", standing.slug, printable(&name))),
    }
    Ok(Outcome::Done)
}
