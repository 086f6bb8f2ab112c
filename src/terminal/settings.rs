//! What the terminal is and what was asked of it.

use std::io::IsTerminal as _;

/// Which of the standard streams are terminals.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Terminals {
    /// Standard input.
    pub input: bool,
    /// Standard output.
    pub output: bool,
    /// Standard error.
    pub errors: bool,
}

impl Terminals {
    /// The streams that this process was started with.
    pub fn of_this_process() -> Self {
        Self {
            input: std::io::stdin().is_terminal(),
            output: std::io::stdout().is_terminal(),
            errors: std::io::stderr().is_terminal(),
        }
    }
}

/// When to colour.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Color {
    /// On a terminal, unless `NO_COLOR` is set.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// Whether questions may be asked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Asking {
    /// A person is there.
    Allowed,
    /// Nobody is there, or nobody wants to be asked.
    #[default]
    Refused,
    /// Whoever started it said yes to everything (`--yes`): confirmations pass, and other questions cannot be asked.
    Yes,
}

/// How questions look.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Prompts {
    /// Lists to move in with the arrow keys.
    #[default]
    Drawn,
    /// One line out, one line in, nothing ever redrawn (`DESK_ACCESSIBLE=1`, or `TERM=dumb`).
    Plain,
}

/// How a [`super::Terminal`] behaves.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settings {
    /// Which streams are terminals.
    pub terminals: Terminals,
    /// Whether standard output is coloured.
    pub color_out: Paint,
    /// Whether standard error is coloured.
    pub color_err: Paint,
    /// Whether questions may be asked.
    pub asking: Asking,
    /// How they look.
    pub prompts: Prompts,
    /// Whether the person listens to what is on the screen (`DESK_ACCESSIBLE=1`).
    pub listens: bool,
    /// Whether standard output makes links of text.
    pub links: bool,
    /// How many columns to use, when somebody said so.
    pub columns: Option<usize>,
    /// The command line of the pager that somebody named.
    pub pager: Option<String>,
}

/// Whether styles reach a stream.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Paint {
    /// They do.
    Styled,
    /// They are taken out.
    #[default]
    Plain,
}

impl Settings {
    /// What `terminals` and the environment variables, given by `variable`, make of `color` and `asking`.
    pub fn new(terminals: Terminals, color: Color, asking: Asking, variable: impl Fn(&str) -> Option<String>) -> Self {
        let dumb = variable("TERM").as_deref() == Some("dumb");
        let paint = |terminal: bool| {
            let styled = match color {
                Color::Always => true,
                Color::Never => false,
                Color::Auto if variable("NO_COLOR").is_some() => false,
                Color::Auto if variable("CLICOLOR_FORCE").is_some_and(|value| value != "0") => true,
                Color::Auto => terminal && !dumb && variable("CLICOLOR").as_deref() != Some("0"),
            };
            if styled { Paint::Styled } else { Paint::Plain }
        };
        let accessible = variable("DESK_ACCESSIBLE").is_some_and(|value| value != "0");
        let nobody = !terminals.input || !terminals.errors || variable("CI").is_some();
        Self {
            terminals,
            color_out: paint(terminals.output),
            color_err: paint(terminals.errors),
            asking: if asking == Asking::Allowed && nobody { Asking::Refused } else { asking },
            prompts: if accessible || dumb { Prompts::Plain } else { Prompts::Drawn },
            listens: accessible,
            links: super::links::shown(terminals, &variable),
            columns: variable("COLUMNS").and_then(|columns| columns.parse().ok()),
            pager: variable("DESK_PAGER").or_else(|| variable("PAGER")),
        }
    }

    /// How many columns there are; 80 where nobody knows.
    pub fn width(&self) -> usize {
        let measured = || {
            let on_terminal = self.terminals.output || self.terminals.errors;
            let (_, columns) = console::Term::stderr().size_checked().filter(|_| on_terminal)?;
            Some(usize::from(columns))
        };
        self.columns.or_else(measured).unwrap_or(80).clamp(20, 400)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PERSON: Terminals = Terminals { input: true, output: true, errors: true };

    fn settings(terminals: Terminals, color: Color, variables: &[(&str, &str)]) -> Settings {
        Settings::new(terminals, color, Asking::Allowed, |name| {
            variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn colour_follows_the_flag_then_the_variables_then_the_stream() {
        let nobody = Terminals::default();
        type Row = (Terminals, Color, &'static [(&'static str, &'static str)], Paint);
        let table: &[Row] = &[
            (PERSON, Color::Auto, &[], Paint::Styled),
            (nobody, Color::Auto, &[], Paint::Plain),
            (PERSON, Color::Auto, &[("NO_COLOR", "1")], Paint::Plain),
            (PERSON, Color::Always, &[("NO_COLOR", "1")], Paint::Styled),
            (nobody, Color::Auto, &[("CLICOLOR_FORCE", "1")], Paint::Styled),
            (nobody, Color::Auto, &[("CLICOLOR_FORCE", "0")], Paint::Plain),
            (nobody, Color::Auto, &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")], Paint::Plain),
            (PERSON, Color::Auto, &[("CLICOLOR", "0")], Paint::Plain),
            (PERSON, Color::Auto, &[("TERM", "dumb")], Paint::Plain),
            (PERSON, Color::Never, &[("CLICOLOR_FORCE", "1")], Paint::Plain),
        ];
        for (terminals, color, variables, expected) in table {
            assert_eq!(settings(*terminals, *color, variables).color_out, *expected, "{color:?} {variables:?}");
        }
    }

    #[test]
    fn nobody_is_asked_in_ci_or_through_a_pipe() {
        assert_eq!(settings(PERSON, Color::Auto, &[]).asking, Asking::Allowed);
        assert_eq!(settings(PERSON, Color::Auto, &[("CI", "true")]).asking, Asking::Refused);
        let piped = Terminals { input: false, ..PERSON };
        assert_eq!(settings(piped, Color::Auto, &[]).asking, Asking::Refused);
    }

    #[test]
    fn the_width_is_what_somebody_said() {
        assert_eq!(settings(Terminals::default(), Color::Auto, &[]).width(), 80);
        assert_eq!(settings(Terminals::default(), Color::Auto, &[("COLUMNS", "60")]).width(), 60);
        assert_eq!(settings(Terminals::default(), Color::Auto, &[("COLUMNS", "3")]).width(), 20);
    }
}
