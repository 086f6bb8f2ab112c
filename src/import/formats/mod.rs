//! The forms of foreign text, one file each, and the table of them.

mod html;
mod markdown;
mod paste;

use std::fmt;
use std::str::FromStr;

use super::text::{self, Decoded};
use super::{Imported, Unreadable};

/// A form of foreign text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// Text copied from a page or a mail.
    Paste,
    /// A web page.
    Html,
    /// Markdown, with or without front matter.
    Markdown,
}

/// What desk knows about a form.
#[derive(Debug)]
pub struct FormatRow {
    /// Which.
    pub format: Format,
    /// Its name on the command line.
    pub name: &'static str,
    /// What a file's name ends with when it is of this form.
    pub endings: &'static [&'static str],
    /// Whether a file of another name looks like it.
    claims: fn(&str) -> bool,
    read: fn(&str, &Decoded) -> Result<Imported, Unreadable>,
}

/// All forms: the first that claims a text reads it, and the last claims everything.
pub const FORMATS: &[FormatRow] = &[html::ROW, markdown::ROW, paste::ROW];

/// Reads the file called `name`, as `format` or as what its name and its text say it is.
pub fn read(name: &str, bytes: &[u8], format: Option<Format>) -> Result<Imported, Unreadable> {
    let decoded = text::decode(name, bytes)?;
    let row = match format {
        Some(format) => format.row(),
        None => row_for(name, &decoded.text),
    };
    let mut imported = (row.read)(name, &decoded)?;
    decoded.tell(&mut imported);
    Ok(imported.finish())
}

fn row_for(name: &str, text: &str) -> &'static FormatRow {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    let named = |row: &&FormatRow| ending.as_deref().is_some_and(|ending| row.endings.contains(&ending));
    let start = text.trim_start_matches(text::is_blank);
    FORMATS
        .iter()
        .find(|row| (row.claims)(start))
        .filter(|row| row.format != Format::Paste)
        .or_else(|| FORMATS.iter().find(named))
        .unwrap_or(&paste::ROW)
}

impl Format {
    fn row(self) -> &'static FormatRow {
        FORMATS.iter().find(|row| row.format == self).expect("every form has its row")
    }
}

impl fmt::Display for Format {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.row().name)
    }
}

/// A name that is no form's.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is none of the forms desk reads")]
pub struct UnknownFormat(pub String);

impl FromStr for Format {
    type Err = UnknownFormat;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        let row = FORMATS.iter().find(|row| row.name == name);
        row.map(|row| row.format).ok_or_else(|| UnknownFormat(name.to_owned()))
    }
}
