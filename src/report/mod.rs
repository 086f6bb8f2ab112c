//! Findings as bytes, a file per format.
//!
//! Owns [`FORMATS`] and [`Report`], what all of them write. It gets its findings and the texts they are about; it never
//! picks a stream, never decides an exit code, and no text of an article leaves it with a live control character.

mod escape;
mod excerpt;
mod fingerprint;
mod github;
mod gitlab;
mod human;
mod json;
mod junit;
mod place;
mod sarif;
mod schema;
mod sentence;
mod short;
mod spoken;
mod summary;

use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;

use crate::finding::{Finding, Level};

pub use escape::{uri, visible};
pub use schema::{schema, schemas};

/// The text of each file that a finding is about, by its path; as a commit had it, by [`source_at`].
pub type Sources = BTreeMap<String, Arc<str>>;

/// The name in [`Sources`] of a file as a commit had it: that of a finding which a later commit mended.
pub fn source_at(commit: &str, path: &str) -> String {
    format!("{commit}:{path}")
}

/// What is to be said.
#[derive(Debug, Clone, Copy)]
pub struct Report<'a> {
    /// The findings in the order to say them.
    pub findings: &'a [Finding],
    /// The texts they are about. A finding whose text is not there is said without its lines.
    pub sources: &'a Sources,
    /// How many articles were checked.
    pub checked: usize,
    /// How many findings were left out, because somebody asked for it with a reason or because they stand in the
    /// baseline.
    pub suppressed: usize,
}

impl<'a> Report<'a> {
    /// The text that `finding` is about; none when it is not there.
    pub fn text_of(&self, finding: &Finding) -> Option<&'a Arc<str>> {
        let path = finding.path.as_deref()?;
        match (&finding.mended, &finding.commit) {
            (Some(_), Some(commit)) => self.sources.get(&source_at(commit, path)),
            _ => self.sources.get(path),
        }
    }

    /// How many findings weigh `level`.
    pub fn count(&self, level: Level) -> usize {
        self.findings.iter().filter(|finding| finding.level == level).count()
    }
}

/// The commits that brought a finding and mended it, where commits were checked one by one.
fn came(finding: &Finding) -> Option<String> {
    let short = |id: &str| visible(id.get(..7).unwrap_or(id)).into_owned();
    let commit = short(finding.commit.as_deref()?);
    Some(match &finding.mended {
        Some(by) => format!("in {commit}, mended by {}", short(by)),
        None => format!("in {commit}"),
    })
}

/// How it is to look.
#[derive(Debug, Clone, Copy)]
pub struct Look<'a> {
    /// Whether colours are wanted.
    pub colour: Colour,
    /// How many columns there are.
    pub width: usize,
    /// Whether it is looked at or listened to.
    pub form: Form,
    /// What the path of a file makes a link of, without a slash at its end; none where links are not wanted.
    pub links: Option<&'a str>,
}

impl Default for Look<'_> {
    fn default() -> Self {
        Self { colour: Colour::Off, width: 80, form: Form::Drawn, links: None }
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

/// Whether a report for people is looked at or listened to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Lines with carets under them.
    Drawn,
    /// Sentences.
    Spoken,
}

/// The file that a finding about the newsroom as a whole is shown at, where a format must name one.
const NEWSROOM: &str = "desk.toml";

/// Writes a page about a report.
pub type Summary = fn(&Report<'_>, &mut dyn io::Write) -> io::Result<()>;

/// A way to write a report.
pub struct Format {
    /// What it is called on the command line.
    pub name: &'static str,
    /// Who it is for, in a phrase.
    pub about: &'static str,
    /// Writes it.
    pub write: fn(&Report<'_>, Look<'_>, &mut dyn io::Write) -> io::Result<()>,
    /// Writes a page to be shown beside it, for a place that has room for one.
    pub summary: Option<Summary>,
}

impl std::fmt::Debug for Format {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(self.name)
    }
}

/// Every format.
pub static FORMATS: &[&Format] =
    &[&human::FORMAT, &short::FORMAT, &json::FORMAT, &sarif::FORMAT, &github::FORMAT, &gitlab::FORMAT, &junit::FORMAT];

/// The format called `name`.
pub fn format(name: &str) -> Option<&'static Format> {
    FORMATS.iter().copied().find(|format| format.name == name)
}

#[cfg(test)]
mod hostile;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{Edit, Safety, Span};

    const PATH: &str = "articles/2026/07/harbor-dredging/index.md";

    fn shown(name: &str, text: &str, findings: &[Finding]) -> String {
        let sources = Sources::from([(PATH.to_owned(), Arc::from(text))]);
        let mut out = Vec::new();
        let report = Report { findings, sources: &sources, checked: 1, suppressed: 0 };
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
          |
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
        1 | ...before before before the the quay after after after after after...
          |                         ^^^^^^^ twice
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

    #[test]
    fn no_text_of_an_article_acts_on_the_terminal() {
        let text = "A \u{1b}[31mred\u{7} li\u{202e}ne\twith \u{200b}marks, bad bad.\n";
        let mut finding = finding(text, "bad bad").help("say \u{1b}]0;x\u{7}").labelled("\u{202e}label");
        finding.message = "message \u{1b}[2J\u{202e}\u{e0041}".to_owned();
        for format in FORMATS {
            let out = shown(format.name, text, std::slice::from_ref(&finding));
            assert!(!out.chars().any(|one| one != '\n' && escape::acts(one)), "{}: {out:?}", format.name);
        }
        insta::assert_snapshot!(shown("human", text, &[finding]), @r#"
        error[photo-alt]: message \u{1b}[2J\u{202e}\u{e0041}
         --> articles/2026/07/harbor-dredging/index.md:1:32
          |
        1 | A \u{1b}[31mred\u{7} li\u{202e}ne    with \u{200b}marks, bad bad.
          |                                                          ^^^^^^^ \u{202e}label
          |
          = help: say \u{1b}]0;x\u{7}
        Holds: every move.                       Why: desk check --explain photo-alt

        1 error
        "#);
    }

    #[test]
    fn programs_get_one_object() {
        let text = "An é and a bad bad\nword.\n";
        let finding = finding(text, "bad bad").fix(Safety::Safe, vec![Edit::delete(Span::new(15, 19))]);
        let missing = Finding::new("unused-file", Level::Note, "nothing uses it").help("take it out");
        insta::assert_snapshot!(shown("json", text, &[finding, missing]), @r#"{"version":1,"findings":[{"rule":"photo-alt","level":"error","message":"this photo has no description for people who cannot see it","path":"articles/2026/07/harbor-dredging/index.md","line":1,"column":12,"end_line":1,"end_column":19,"help":null,"fix":{"safety":"safe","edits":[{"start":15,"end":19,"text":""}]},"commit":null,"mended":null},{"rule":"unused-file","level":"note","message":"nothing uses it","path":null,"line":null,"column":null,"end_line":null,"end_column":null,"help":"take it out","fix":null,"commit":null,"mended":null}],"checked":1,"suppressed":0}"#);
    }

    #[test]
    fn a_line_a_finding() {
        let text = "An é and a bad bad\nword.\n";
        let missing = Finding::new("unused-file", Level::Note, "nothing uses it").in_file("articles/a/b.jpg");
        let config = Finding::new("config-value", Level::Warning, "not so");
        insta::assert_snapshot!(shown("short", text, &[finding(text, "bad"), missing, config]), @r#"
        articles/2026/07/harbor-dredging/index.md:1:12: error[photo-alt] this photo has no description for people who cannot see it
        articles/a/b.jpg: note[unused-file] nothing uses it
        warning[config-value] not so
        "#);
    }

    #[test]
    fn where_nothing_is_found_there_is_nothing_to_say() {
        assert_eq!((shown("human", "", &[]), shown("short", "", &[])), (String::new(), String::new()));
        assert_eq!(shown("json", "", &[]), "{\"version\":1,\"findings\":[],\"checked\":1,\"suppressed\":0}\n");
    }

    proptest::proptest! {
        #[test]
        fn every_place_can_be_shown(
            text in "[a-zé한\u{1b}\u{202e}\t\r\n “”]{0,200}",
            from in 0usize..220,
            length in 0usize..80,
            width in 1usize..120,
        ) {
            let finding = Finding::new("placeholder", Level::Warning, "words").in_file(PATH);
            let finding = finding.at(Span::new(from, from + length)).beside(Span::at(length), "also here");
            let sources = Sources::from([(PATH.to_owned(), Arc::from(&*text))]);
            let findings = [finding];
            for format in FORMATS {
                let mut out = Vec::new();
                let report = Report { findings: &findings, sources: &sources, checked: 1, suppressed: 0 };
                (format.write)(&report, Look { width, ..Look::default() }, &mut out).expect("a vector takes all");
                let out = String::from_utf8(out).expect("text");
                proptest::prop_assert!(!out.chars().any(|one| one != '\n' && escape::acts(one)), "{out:?}");
            }
        }

        #[test]
        fn long_lines_fit(before in "[a-z ]{0,300}", word in "[a-z]{1,12}", after in "[a-z한 ]{0,300}") {
            let text = format!("{before}{word}{after}\n");
            let finding = Finding::new("placeholder", Level::Warning, "words").in_file(PATH);
            let finding = finding.at(Span::new(before.len(), before.len() + word.len())).labelled("here");
            for line in shown("human", &text, &[finding]).lines() {
                proptest::prop_assert!(unicode_width::UnicodeWidthStr::width(line) <= 80, "{line}");
            }
        }
    }
}
