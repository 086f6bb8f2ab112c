//! Questions, each with the flag that answers it.

use std::io::{self, BufRead as _};

use dialoguer::theme::ColorfulTheme;

use super::settings::{Asking, Paint, Prompts};
use super::{Error, Terminal, printable};

/// A question that a line of text answers.
#[derive(Debug, Clone, Copy)]
pub struct Question<'a> {
    /// What is asked, as a person would: `Headline`.
    pub ask: &'a str,
    /// What answers it on the command line: `--title TITLE`.
    pub flag: &'a str,
    /// What Enter alone means.
    pub default: Option<&'a str>,
    /// Whether, and why not, an answer will do.
    pub accept: fn(&str) -> Result<(), String>,
}

impl<'a> Question<'a> {
    /// A question that takes any answer but an empty one.
    pub fn new(ask: &'a str, flag: &'a str) -> Self {
        let accept = |answer: &str| if answer.is_empty() { Err("an answer is needed".to_owned()) } else { Ok(()) };
        Self { ask, flag, default: None, accept }
    }

    /// Enter alone means `default`.
    #[must_use]
    pub fn default(mut self, default: &'a str) -> Self {
        self.default = Some(default).filter(|default| !default.is_empty());
        self
    }

    /// An empty answer will do.
    #[must_use]
    pub fn optional(mut self) -> Self {
        self.accept = |_| Ok(());
        self
    }
}

/// One of several answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choice<'a> {
    /// What is chosen, as it is typed and shown: `news`.
    pub name: &'a str,
    /// What it means, or nothing.
    pub about: &'a str,
}

impl Terminal {
    /// Asks for a line of text.
    pub fn ask_text(&mut self, question: &Question<'_>) -> Result<String, Error> {
        self.may_ask(question.ask, question.flag)?;
        match self.settings.prompts {
            Prompts::Plain => self.plain_text(question),
            Prompts::Drawn => self.drawn_text(question),
        }
    }

    /// Asks for one of `choices` and gives its place. `default` is the one that Enter alone means.
    pub fn ask_choice(
        &mut self,
        ask: &str,
        flag: &str,
        choices: &[Choice<'_>],
        default: usize,
    ) -> Result<usize, Error> {
        self.may_ask(ask, flag)?;
        match self.settings.prompts {
            Prompts::Plain => self.plain_choice(ask, choices, default),
            Prompts::Drawn => {
                let widest = choices.iter().map(|choice| choice.name.chars().count()).max().unwrap_or(0);
                // A line that wraps would not be drawn over cleanly: the mark before it and a margin need room too.
                let room = self.width().saturating_sub(6);
                let shown = choices.iter().map(|choice| {
                    let line = format!("{:widest$}  {}", printable(choice.name), printable(choice.about));
                    line.trim_end().chars().take(room).collect::<String>()
                });
                let theme = self.theme();
                let prompt = dialoguer::Select::with_theme(&*theme).with_prompt(ask).items(shown).default(default);
                let chosen = drawn(|| prompt.report(false).interact_opt())?.ok_or(Error::Stopped)?;
                let colon = if ask.ends_with('?') { "" } else { ":" };
                self.say(format_args!("{ask}{colon} {}", printable(choices[chosen].name)));
                Ok(chosen)
            }
        }
    }

    /// Asks for a yes. With `--yes` it is given already.
    pub fn confirm(&mut self, ask: &str, default: Answer) -> Result<Answer, Error> {
        if self.settings.asking == Asking::Yes {
            return Ok(Answer::Yes);
        }
        self.may_ask(ask, "--yes")?;
        match self.settings.prompts {
            Prompts::Plain => self.plain_confirm(ask, default),
            Prompts::Drawn => {
                let theme = self.theme();
                let prompt = dialoguer::Confirm::with_theme(&*theme).with_prompt(ask).default(default == Answer::Yes);
                let answer = drawn(|| prompt.interact_opt())?.ok_or(Error::Stopped)?;
                Ok(if answer { Answer::Yes } else { Answer::No })
            }
        }
    }

    fn may_ask(&mut self, question: &str, flag: &str) -> Result<(), Error> {
        if !self.can_ask() {
            return Err(Error::CannotAsk { question: question.to_owned(), flag: flag.to_owned() });
        }
        super::interrupt::watch();
        self.finish().map_err(|source| Error::Ask { source })
    }

    fn drawn_text(&mut self, question: &Question<'_>) -> Result<String, Error> {
        let theme = self.theme();
        let accept = question.accept;
        let mut prompt = dialoguer::Input::<String>::with_theme(&*theme)
            .with_prompt(question.ask)
            .allow_empty(true)
            .validate_with(move |answer: &String| accept(answer.trim()));
        if let Some(default) = question.default {
            prompt = prompt.default(default.to_owned());
        }
        Ok(drawn(|| prompt.interact_text())?.trim().to_owned())
    }

    fn theme(&self) -> Box<dyn dialoguer::theme::Theme> {
        match self.settings.color_err {
            Paint::Styled => Box::new(ColorfulTheme::default()),
            Paint::Plain => Box::new(dialoguer::theme::SimpleTheme),
        }
    }

    fn plain_text(&mut self, question: &Question<'_>) -> Result<String, Error> {
        loop {
            match question.default {
                Some(default) => self.ask_line(&format!("{} [{}]: ", question.ask, printable(default)))?,
                None => self.ask_line(&format!("{}: ", question.ask))?,
            }
            let answer = self.answer_line()?;
            let answer = match question.default {
                Some(default) if answer.is_empty() => default.to_owned(),
                _ => answer,
            };
            match (question.accept)(&answer) {
                Ok(()) => return Ok(answer),
                Err(why) => self.say(why),
            }
        }
    }

    fn plain_choice(&mut self, ask: &str, choices: &[Choice<'_>], default: usize) -> Result<usize, Error> {
        self.say(ask);
        for (at, choice) in choices.iter().enumerate() {
            let line = format!("  {} {}  {}", at + 1, printable(choice.name), printable(choice.about));
            self.say(line.trim_end());
        }
        loop {
            self.ask_line(&format!("Number or name [{}]: ", default + 1))?;
            let answer = self.answer_line()?;
            if answer.is_empty() {
                return Ok(default);
            }
            let number = answer.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
            let named = choices.iter().position(|choice| choice.name.eq_ignore_ascii_case(&answer));
            match named.or(number).filter(|at| *at < choices.len()) {
                Some(at) => return Ok(at),
                None => self.say(format_args!("a number from 1 to {}, or a name", choices.len())),
            }
        }
    }

    fn plain_confirm(&mut self, ask: &str, default: Answer) -> Result<Answer, Error> {
        let hint = if default == Answer::Yes { "[Y/n]" } else { "[y/N]" };
        loop {
            self.ask_line(&format!("{ask} {hint} "))?;
            match self.answer_line()?.to_lowercase().as_str() {
                "" => return Ok(default),
                "y" | "yes" => return Ok(Answer::Yes),
                "n" | "no" => return Ok(Answer::No),
                _ => self.say("y or n"),
            }
        }
    }

    fn ask_line(&mut self, text: &str) -> Result<(), Error> {
        let err = self.err();
        write!(err, "{text}").and_then(|()| err.flush()).map_err(|source| Error::Ask { source })
    }

    fn answer_line(&mut self) -> Result<String, Error> {
        let mut line = String::new();
        match self.streams.input.read_line(&mut line) {
            Ok(0) => Err(Error::Stopped),
            Ok(_) => Ok(line.trim().to_owned()),
            Err(source) => Err(Error::Input { source }),
        }
    }
}

/// Yes or no.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// Yes.
    Yes,
    /// No.
    No,
}

/// Draws a question, with the cursor shown again however it ends.
fn drawn<T>(ask: impl FnOnce() -> dialoguer::Result<T>) -> Result<T, Error> {
    let answer = ask();
    console::Term::stderr().show_cursor().ok();
    answer.map_err(|error| match io::Error::from(error) {
        source if source.kind() == io::ErrorKind::Interrupted => Error::Stopped,
        source => Error::Ask { source },
    })
}

#[cfg(test)]
mod tests {
    use super::super::{Settings, Streams};
    use super::*;

    fn person(input: &str) -> (Terminal, super::super::Buffers) {
        let (streams, buffers) = Streams::buffers(input);
        let settings = Settings { asking: Asking::Allowed, prompts: Prompts::Plain, ..Settings::default() };
        (Terminal::new(streams, settings), buffers)
    }

    #[test]
    fn plain_questions_are_one_line_out_and_one_line_in() {
        let (mut terminal, buffers) = person("\nHarbor\n\nnews\n9\n2\nmaybe\ny\n");
        let choices = [Choice { name: "brief", about: "a few lines" }, Choice { name: "news", about: "" }];
        assert_eq!(terminal.ask_text(&Question::new("Title", "--title")).ok().as_deref(), Some("Harbor"));
        let section = Question::new("Section", "--set section=").default("harbor");
        assert_eq!(terminal.ask_text(&section).ok().as_deref(), Some("harbor"));
        assert_eq!(terminal.ask_choice("Kind?", "--kind", &choices, 0).ok(), Some(1));
        assert_eq!(terminal.ask_choice("Kind?", "--kind", &choices, 0).ok(), Some(1));
        assert_eq!(terminal.confirm("Publish?", Answer::No).ok(), Some(Answer::Yes));
        assert!(matches!(terminal.confirm("Publish?", Answer::No), Err(Error::Stopped)));
        insta::assert_snapshot!(buffers.err(), @r"
        Title: an answer is needed
        Title: Section [harbor]: Kind?
          1 brief  a few lines
          2 news
        Number or name [1]: Kind?
          1 brief  a few lines
          2 news
        Number or name [1]: a number from 1 to 2, or a name
        Number or name [1]: Publish? [y/N] y or n
        Publish? [y/N] Publish? [y/N]
        ");
    }

    #[test]
    fn a_question_that_cannot_be_asked_names_its_flag() {
        let (streams, _) = Streams::buffers("");
        let mut terminal = Terminal::new(streams, Settings::default());
        let asked = terminal.ask_text(&Question::new("Headline", "--title TITLE"));
        assert!(matches!(asked, Err(Error::CannotAsk { flag, .. }) if flag == "--title TITLE"));
    }

    #[test]
    fn yes_confirms_and_answers_nothing_else() {
        let (streams, _) = Streams::buffers("");
        let mut terminal = Terminal::new(streams, Settings { asking: Asking::Yes, ..Settings::default() });
        assert_eq!(terminal.confirm("Publish?", Answer::No).ok(), Some(Answer::Yes));
        assert!(matches!(terminal.ask_choice("Kind?", "--kind", &[], 0), Err(Error::CannotAsk { .. })));
    }
}
