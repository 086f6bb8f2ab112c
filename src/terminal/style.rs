//! How words look: one name per meaning, never a colour in a command.
//!
//! ```
//! use desk::terminal::style;
//! let line = format!("{}: {}", style::paint(style::ERROR, "error"), "no such article");
//! ```

use std::fmt;

use anstyle::{AnsiColor, Effects, Style};

/// An error's first word.
pub const ERROR: Style = AnsiColor::BrightRed.on_default().effects(Effects::BOLD);
/// A warning's first word.
pub const WARNING: Style = AnsiColor::Yellow.on_default().effects(Effects::BOLD);
/// A note's first word.
pub const NOTE: Style = AnsiColor::BrightBlue.on_default().effects(Effects::BOLD);
/// Something to do about it.
pub const HELP: Style = AnsiColor::BrightCyan.on_default().effects(Effects::BOLD);
/// A heading: `YOUR MOVE`.
pub const HEADING: Style = Style::new().effects(Effects::BOLD);
/// A command to type.
pub const COMMAND: Style = AnsiColor::BrightCyan.on_default();
/// What matters less.
pub const DIM: Style = Style::new().effects(Effects::DIMMED);
/// Words that came.
pub const ADDED: Style = AnsiColor::Green.on_default();
/// Words that went.
pub const REMOVED: Style = AnsiColor::Red.on_default().effects(Effects::STRIKETHROUGH);
/// Something well done.
pub const GOOD: Style = AnsiColor::Green.on_default().effects(Effects::BOLD);

/// `text` in `style`.
pub fn paint<T: fmt::Display>(style: Style, text: T) -> Painted<T> {
    Painted { style, text }
}

/// Text with its style, as [`paint`] makes it.
#[derive(Debug, Clone, Copy)]
pub struct Painted<T> {
    style: Style,
    text: T,
}

impl<T: fmt::Display> fmt::Display for Painted<T> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}{}{}", self.style.render(), self.text, self.style.render_reset())
    }
}
