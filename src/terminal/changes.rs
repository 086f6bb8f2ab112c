//! Two texts compared as a reader would: by paragraph, then by word.

use std::fmt::{self, Write as _};
use std::time::{Duration, Instant};

use similar::{Algorithm, DiffOp, capture_diff_slices_deadline};

use super::style::{ADDED, REMOVED, paint};
use super::{Printable, printable};

/// How long a comparison looks for the shortest answer before it takes a longer one.
const PATIENCE: Duration = Duration::from_millis(500);

/// What differs between two texts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// The places that differ, in order.
    pub passages: Vec<Passage>,
}

/// One or more paragraphs that differ, word by word. Shown, it is `The contractor [-stole-]{+took+} the deposit`, with
/// colour where there is any.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// The paragraph of the new text where it stands, from 1.
    pub paragraph: usize,
    words: Vec<Run>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Run {
    Same(String),
    Changed { gone: String, come: String },
}

impl Changes {
    /// What became of `old` in `new`.
    pub fn between(old: &str, new: &str) -> Self {
        let until = Instant::now().checked_add(PATIENCE);
        let (old, new) = (paragraphs(old), paragraphs(new));
        let steps = capture_diff_slices_deadline(Algorithm::Myers, &old, &new, until);
        let differing = steps.into_iter().filter(|step| !matches!(step, DiffOp::Equal { .. }));
        let passage = |step: DiffOp| Passage {
            paragraph: step.new_range().start + 1,
            words: runs(&old[step.old_range()].join("\n"), &new[step.new_range()].join("\n"), until),
        };
        Self { passages: differing.map(passage).collect() }
    }

    /// How many words changed, came or went.
    pub fn words(&self) -> usize {
        self.passages.iter().map(Passage::changed_words).sum()
    }

    /// Whether both texts have the same words in the same paragraphs.
    pub fn is_empty(&self) -> bool {
        self.passages.is_empty()
    }
}

impl Passage {
    /// How many words changed, came or went.
    pub fn changed_words(&self) -> usize {
        let count = |text: &str| text.split_whitespace().count();
        let changed = |run: &Run| match run {
            Run::Same(_) => 0,
            Run::Changed { gone, come } => count(gone).max(count(come)),
        };
        self.words.iter().map(changed).sum()
    }
}

impl fmt::Display for Passage {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for run in &self.words {
            match run {
                Run::Same(text) => lines(text, out)?,
                Run::Changed { gone, come } => {
                    if !gone.is_empty() {
                        write!(out, "{}", paint(REMOVED, Marked('[', '-', gone, ']')))?;
                    }
                    if !come.is_empty() {
                        write!(out, "{}", paint(ADDED, Marked('{', '+', come, '}')))?;
                    }
                }
            }
        }
        Ok(())
    }
}

struct Marked<'a>(char, char, &'a str, char);

impl fmt::Display for Marked<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(open, sign, text, close) = self;
        write!(out, "{open}{sign}")?;
        lines(text, out)?;
        write!(out, "{sign}{close}")
    }
}

fn lines(text: &str, out: &mut fmt::Formatter<'_>) -> fmt::Result {
    for (at, line) in text.split('\n').enumerate() {
        if at > 0 {
            out.write_char('\n')?;
        }
        let line: Printable<'_> = printable(line);
        write!(out, "{line}")?;
    }
    Ok(())
}

/// Paragraphs with the line breaks inside them taken for spaces: moving those changes no word.
fn paragraphs(text: &str) -> Vec<String> {
    let mut paragraphs = vec![String::new()];
    for line in text.lines().map(str::trim) {
        match paragraphs.last_mut() {
            Some(last) if !line.is_empty() => {
                if !last.is_empty() {
                    last.push(' ');
                }
                last.push_str(line);
            }
            Some(last) if !last.is_empty() => paragraphs.push(String::new()),
            _ => {}
        }
    }
    paragraphs.retain(|paragraph| !paragraph.is_empty());
    paragraphs
}

fn runs(old: &str, new: &str, until: Option<Instant>) -> Vec<Run> {
    let (old, new) = (tokens(old), tokens(new));
    let mut runs: Vec<Run> = Vec::new();
    for step in capture_diff_slices_deadline(Algorithm::Myers, &old, &new, until) {
        let (was, is) = (old[step.old_range()].concat(), new[step.new_range()].concat());
        let same = matches!(step, DiffOp::Equal { .. });
        match runs.as_mut_slice() {
            // A lone space between two changes belongs to the change: one change of two words, not two of one.
            [.., Run::Changed { gone, come }, Run::Same(space)] if !same && space == " " => {
                let joined = Run::Changed { gone: format!("{gone} {was}"), come: format!("{come} {is}") };
                runs.truncate(runs.len() - 2);
                runs.push(joined);
            }
            [.., Run::Changed { gone, come }] if !same => {
                gone.push_str(&was);
                come.push_str(&is);
            }
            _ if same => runs.push(Run::Same(is)),
            _ => runs.push(Run::Changed { gone: was, come: is }),
        }
    }
    runs
}

/// Words, runs of spaces, and every other character by itself; so is every character of a script without spaces.
fn tokens(text: &str) -> Vec<&str> {
    #[derive(PartialEq)]
    enum Class {
        Word,
        Space,
        Alone,
    }
    let class = |one: char| match one {
        '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\n' => Class::Alone,
        _ if one.is_alphanumeric() || matches!(one, '\'' | '’' | '-') => Class::Word,
        _ if one.is_whitespace() => Class::Space,
        _ => Class::Alone,
    };
    let mut tokens = Vec::new();
    let mut start = 0;
    let mut before = None;
    for (at, one) in text.char_indices() {
        let now = class(one);
        if before.is_some_and(|before| before != now || now == Class::Alone) {
            tokens.push(&text[start..at]);
            start = at;
        }
        before = Some(now);
    }
    if start < text.len() {
        tokens.push(&text[start..]);
    }
    tokens
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(old: &str, new: &str, expected: &[(usize, &str, usize)]) {
        let changes = Changes::between(old, new);
        let plain = |passage: &Passage| {
            let text = anstream::adapter::strip_str(&passage.to_string()).to_string();
            (passage.paragraph, text, passage.changed_words())
        };
        let found: Vec<_> = changes.passages.iter().map(plain).collect();
        let expected: Vec<_> = expected.iter().map(|(at, text, words)| (*at, (*text).to_owned(), *words)).collect();
        assert_eq!(found, expected);
        assert_eq!(changes.is_empty(), expected.is_empty());
    }

    #[test]
    fn a_changed_word_is_shown_in_its_paragraph() {
        check(
            "One.\n\nThe contractor stole the deposit, the court heard.\n",
            "One.\n\nThe contractor took the deposit, the court heard.\n",
            &[(2, "The contractor [-stole-]{+took+} the deposit, the court heard.", 1)],
        );
    }

    #[test]
    fn neighbouring_changes_are_one() {
        check("a big dog ran", "a small cat ran", &[(1, "a [-big dog-]{+small cat+} ran", 2)]);
    }

    #[test]
    fn rewrapped_lines_are_the_same_words() {
        check("one two\nthree\n\nfour", "one\ntwo three\n\n\nfour\n", &[]);
    }

    #[test]
    fn whole_paragraphs_come_and_go() {
        check("a\n\nb", "a\n\nnew words\n\nb", &[(2, "{+new words+}", 2)]);
        check("a\n\nold words\n\nb", "a\n\nb", &[(2, "[-old words-]", 2)]);
        check("", "a", &[(1, "{+a+}", 1)]);
    }

    #[test]
    fn a_script_without_spaces_is_compared_by_character() {
        check("港の浚渫は春", "港の浚渫は秋", &[(1, "港の浚渫は[-春-]{+秋+}", 1)]);
    }

    #[test]
    fn nothing_in_a_change_reaches_the_terminal_alive() {
        check("a b", "a \u{1b}[2Jb", &[(1, "a [-b-]{+\\u{1b}[2Jb+}", 1)]);
    }
}
