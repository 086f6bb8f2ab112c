//! Findings as bytes, a file per format.
//!
//! Owns [`FORMATS`] and [`Report`], what all of them write. It gets its findings and the texts they are about; it never
//! picks a stream, never decides an exit code, and no text of an article leaves it with a live control character.

mod escape;
mod excerpt;
mod human;
mod json;
mod short;

use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;

use crate::finding::{Finding, Level};

pub use escape::visible;

/// The text of each file that a finding is about, by its path.
pub type Sources = BTreeMap<String, Arc<str>>;

/// What is to be said.
#[derive(Debug, Clone, Copy)]
pub struct Report<'a> {
    /// The findings in the order to say them.
    pub findings: &'a [Finding],
    /// The texts they are about. A finding whose text is not there is said without its lines.
    pub sources: &'a Sources,
    /// How many articles were checked.
    pub checked: usize,
}

impl Report<'_> {
    /// How many findings weigh `level`.
    pub fn count(&self, level: Level) -> usize {
        self.findings.iter().filter(|finding| finding.level == level).count()
    }
}

/// How it is to look.
#[derive(Debug, Clone, Copy)]
pub struct Look {
    /// Whether colours are wanted.
    pub colour: Colour,
    /// How many columns there are.
    pub width: usize,
}

impl Default for Look {
    fn default() -> Self {
        Self { colour: Colour::Off, width: 80 }
    }
}

/// Whether colours are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colour {
    /// With.
    On,
    /// Without.
    Off,
}

/// A way to write a report.
pub struct Format {
    /// What it is called on the command line.
    pub name: &'static str,
    /// Who it is for, in a phrase.
    pub about: &'static str,
    /// Writes it.
    pub write: fn(&Report<'_>, Look, &mut dyn io::Write) -> io::Result<()>,
}

/// Every format.
pub static FORMATS: &[&Format] = &[&human::FORMAT, &short::FORMAT, &json::FORMAT];

/// The format called `name`.
pub fn format(name: &str) -> Option<&'static Format> {
    FORMATS.iter().copied().find(|format| format.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{Edit, Safety, Span};

    const PATH: &str = "articles/2026/07/harbor-dredging/index.md";

    fn shown(name: &str, text: &str, findings: &[Finding]) -> String {
        let sources = Sources::from([(PATH.to_owned(), Arc::from(text))]);
        let mut out = Vec::new();
        let report = Report { findings, sources: &sources, checked: 1 };
        (format(name).expect("a format").write)(&report, Look::default(), &mut out).expect("a vector takes all");
        String::from_utf8(out).expect("text")
    }

    fn finding(text: &str, words: &str) -> Finding {
        let at = text.find(words).expect("in the text");
        Finding::new("photo-alt", Level::Error, "this photo has no description for people who cannot see it")
            .in_file(PATH)
            .at(at..at + words.len())
    }

    #[test]
    fn a_finding_quotes_its_line() {
        let text = "+++\ntitle = \"A\"\n[[photos]]\nfile = \"dredger.jpg\"\n+++\n";
        let mut finding = finding(text, "\"dredger.jpg\"").labelled("add below: alt = \"...\"");
        finding.holds = Some("published");
        insta::assert_snapshot!(shown("human", text, &[finding]), @r#"
        error[photo-alt]: this photo has no description for people who cannot see it
         --> articles/2026/07/harbor-dredging/index.md:4:8
          |
        4 | file = "dredger.jpg"
          |        ^^^^^^^^^^^^^ add below: alt = "..."
        Holds: publishing, not review.           Why: desk check --explain photo-alt

        1 error
        "#);
    }

    #[test]
    fn a_long_paragraph_is_cut_around_the_words() {
        let text =
            format!("{}the the quay {}\n\nThe second place is here.\n", "before ".repeat(40), "after ".repeat(40));
        let finding = finding(&text, "the the")
            .labelled("twice")
            .beside(text.find("second").map(Span::at).expect("there"), "and here")
            .help("take one of them out, and read the sentence again from its beginning to be sure of the rest")
            .fix(Safety::Safe, vec![Edit::delete(Span::new(0, 3))]);
        insta::assert_snapshot!(shown("human", &text, &[finding]), @r#"
        error[photo-alt]: this photo has no description for people who cannot see it
         --> articles/2026/07/harbor-dredging/index.md:1:281
          |
        1 | ...e before before before the the quay after after after after after afte...
          |                           ^^^^^^^ twice
        2 |
        3 | The second place is here.
          |     - and here
          |
          = help: take one of them out, and read the sentence again from its
                  beginning to be sure of the rest
        Holds: every move.                       Why: desk check --explain photo-alt

        1 error
        "#);
    }
}
