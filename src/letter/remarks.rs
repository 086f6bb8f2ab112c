//! What reviewers wrote beside lines, placed beside the paragraphs that they are about.
//!
//! A forge knows a line of a file at one commit. Since then lines moved, and paragraphs were rewritten, moved or cut. A
//! remark follows its paragraph by the words: to the same paragraph wherever it stands now, else to the one that was made
//! of it. Where none is left it is said that the paragraph is gone, with how it began, and nothing is guessed.

use std::collections::BTreeSet;
use std::fmt;

use jiff::Timestamp;

use super::markdown::{clipped, one_line};
use crate::article::{Document, Paragraph, alike, paragraphs};

/// How much of a paragraph that is gone is quoted, in characters.
const QUOTED: usize = 80;

/// What somebody wrote beside a line.
#[derive(Debug, Clone, Copy)]
pub struct Remark<'a> {
    /// Who, as people call them.
    pub by: &'a str,
    /// When.
    pub at: Option<Timestamp>,
    /// Their words.
    pub text: &'a str,
    /// The file.
    pub path: &'a str,
    /// The line in it, from 1; none where the forge does not say.
    pub line: Option<u32>,
    /// The article's own file as it stood at the commit that the remark is about; none where the remark is about another
    /// file, or that commit is not here.
    pub then: Option<&'a Document>,
}

/// What remarks are about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum About {
    /// The article as a whole, or a place in it that is not known.
    Article,
    /// A field of the front matter.
    Field(String),
    /// A paragraph that is there, counted from 1 as everywhere.
    Paragraph {
        /// Which.
        number: usize,
        /// Whether it says the same as when they wrote.
        since: Since,
    },
    /// A field or a paragraph that is gone.
    Gone {
        /// How it began, or what the field is called.
        was: String,
    },
    /// Another file of the article, by its name.
    File(String),
}

impl fmt::Display for About {
    /// `paragraph 4`, `paragraph 4, changed since`, `gone: “The contractor stole …”`.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Article => out.write_str("the article"),
            Self::Field(name) | Self::File(name) => out.write_str(name),
            Self::Paragraph { number, since: Since::Same } => write!(out, "paragraph {number}"),
            Self::Paragraph { number, since: Since::Changed } => write!(out, "paragraph {number}, changed since"),
            Self::Gone { was } => write!(out, "gone: “{was}”"),
        }
    }
}

/// What became of words since somebody wrote about them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Since {
    /// They are the same.
    Same,
    /// They changed.
    Changed,
}

/// All that was said about one place, in the order in which it was said.
#[derive(Debug, Clone)]
pub struct Beside<'a> {
    /// Where.
    pub about: About,
    /// What.
    pub remarks: Vec<Remark<'a>>,
}

/// Places `remarks` beside what they are about in the article as it is `now`: what is about all of it first, then fields,
/// then paragraphs in their order, then what is gone, then other files.
pub fn beside<'a>(remarks: &[Remark<'a>], now: &Document) -> Vec<Beside<'a>> {
    let here = paragraphs(now);
    let mut all: Vec<Beside<'a>> = Vec::new();
    for remark in remarks {
        let about = about(remark, now, &here);
        match all.iter_mut().find(|one| one.about == about) {
            Some(one) => one.remarks.push(*remark),
            None => all.push(Beside { about, remarks: vec![*remark] }),
        }
    }
    all.sort_by_key(|one| order(&one.about));
    all
}

fn order(about: &About) -> (u8, usize) {
    match about {
        About::Article => (0, 0),
        About::Field(_) => (1, 0),
        About::Paragraph { number, .. } => (2, *number),
        About::Gone { .. } => (3, 0),
        About::File(_) => (4, 0),
    }
}

fn about(remark: &Remark<'_>, now: &Document, here: &[Paragraph]) -> About {
    let Some(then) = remark.then else {
        let own = remark.path == now.path.as_str();
        return if own { About::Article } else { About::File(file_name(remark.path)) };
    };
    let line = remark.line.and_then(|line| usize::try_from(line).ok());
    let Some(span) = line.and_then(|line| line_span(&then.text, line)) else { return About::Article };
    if span.start < then.body.start {
        return about_front(span.start..span.end, then, now);
    }
    let there = paragraphs(then);
    // A blank line belongs to the paragraph before it.
    let Some(paragraph) = there.iter().rev().find(|one| one.span.start < span.end.max(span.start + 1)) else {
        return About::Article;
    };
    follow(paragraph, &there, here)
}

/// Where a paragraph is now.
fn follow(paragraph: &Paragraph, there: &[Paragraph], here: &[Paragraph]) -> About {
    let place = there.iter().position(|one| one == paragraph).unwrap_or_default();
    let near = |number: &usize| number.abs_diff(place);
    // The same words; where they stand more than once, those in the nearest place.
    let same = (0..here.len()).filter(|number| here[*number].words == paragraph.words).min_by_key(near);
    if let Some(number) = same {
        return About::Paragraph { number: number + 1, since: Since::Same };
    }
    // What stood there already was not made of it.
    let old: BTreeSet<&str> = there.iter().map(|one| one.words.as_str()).collect();
    let is_new = |number: &usize| !old.contains(here[*number].words.as_str());
    let made = (0..here.len())
        .filter(is_new)
        .map(|number| (alike(&paragraph.words, &here[number].words), number))
        .filter(|(likeness, _)| *likeness >= ENOUGH)
        .max_by(|(one, first), (other, second)| one.total_cmp(other).then(near(second).cmp(&near(first))));
    match made {
        Some((_, number)) => About::Paragraph { number: number + 1, since: Since::Changed },
        None => About::Gone { was: clipped(&one_line(&paragraph.words), QUOTED).into_owned() },
    }
}

/// How much of its words two paragraphs must share for one to be made of the other.
const ENOUGH: f64 = 0.5;

fn about_front(line: std::ops::Range<usize>, then: &Document, now: &Document) -> About {
    // A field lasts until the next begins: tables are written over many lines.
    let begun = then.front.fields.iter().filter(|field| field.key_span.start < line.end);
    let Some(field) = begun.max_by_key(|field| field.key_span.start) else { return About::Article };
    let name = one_line(&field.key);
    if now.front.get(&field.key).is_some() { About::Field(name) } else { About::Gone { was: name } }
}

/// The bytes of a line, from 1.
fn line_span(text: &str, line: usize) -> Option<std::ops::Range<usize>> {
    let mut start = 0;
    for (number, whole) in text.split_inclusive('\n').enumerate() {
        if number + 1 == line {
            return Some(start..start + whole.len());
        }
        start += whole.len();
    }
    None
}

fn file_name(path: &str) -> String {
    one_line(path.rsplit('/').next().unwrap_or(path))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::RepoPath;

    const MAIN: &str = "articles/2026/07/ferry/index.md";

    fn document(front: &str, body: &str) -> Document {
        Document::read(RepoPath::new(MAIN).expect("a path"), format!("+++\n{front}+++\n{body}").as_bytes()).0
    }

    fn placed(then: &Document, line: u32, now: &Document) -> About {
        let remark =
            Remark { by: "Jun Seo", at: None, text: "Who says so?", path: MAIN, line: Some(line), then: Some(then) };
        let all = beside(&[remark], now);
        assert_eq!((all.len(), all[0].remarks.len()), (1, 1));
        all[0].about.clone()
    }

    const FRONT: &str = "title = \"Ferry\"\ntags = [\n  \"port\",\n]\n";

    #[test]
    fn a_remark_follows_its_paragraph() {
        let then = document(
            FRONT,
            "The fares rise on May 1.\n\nThe contractor stole\nthe deposit, the court heard.\n\nA third.\n",
        );
        let same = |number| About::Paragraph { number, since: Since::Same };
        let changed = |number| About::Paragraph { number, since: Since::Changed };
        let gone = |was: &str| About::Gone { was: was.to_owned() };
        // Lines of `then`: 1 to 6 are front matter, 7 the first paragraph, 9 and 10 the second.
        let table = [
            (
                "as it was",
                FRONT,
                "The fares rise on May 1.\n\nThe contractor stole\nthe deposit, the court heard.\n\nA third.\n",
                10,
                same(2),
            ),
            (
                "lines joined",
                FRONT,
                "The fares rise on May 1.\n\nThe contractor stole the deposit, the court heard.\n",
                9,
                same(2),
            ),
            (
                "moved down",
                FRONT,
                "New.\n\nAlso new.\n\nThe contractor stole the deposit, the court heard.\n",
                10,
                same(3),
            ),
            ("a word changed", FRONT, "New one.\n\nThe contractor took the deposit, the court heard.\n", 9, changed(2)),
            (
                "moved and changed",
                FRONT,
                "The contractor took the deposit, the court heard.\n\nThe fares rise on May 1.\n",
                9,
                changed(1),
            ),
            (
                "gone",
                FRONT,
                "The fares rise on May 1.\n\nA third.\n",
                9,
                gone("The contractor stole the deposit, the court heard."),
            ),
            ("the blank line behind it", FRONT, "The fares rise on May 1.\n", 8, same(1)),
            ("a field", FRONT, "Words.\n", 2, About::Field("title".to_owned())),
            ("a line within a field", FRONT, "Words.\n", 4, About::Field("tags".to_owned())),
            ("a field that is gone", "title = \"Ferry\"\n", "Words.\n", 4, gone("tags")),
            ("the fence", FRONT, "Words.\n", 1, About::Article),
            ("no such line", FRONT, "Words.\n", 99, About::Article),
            ("no line", FRONT, "Words.\n", 0, About::Article),
        ];
        for (what, front, body, line, expected) in table {
            assert_eq!(placed(&then, line, &document(front, body)), expected, "{what}");
        }
    }

    #[test]
    fn remarks_come_in_the_order_of_the_article() {
        let then = document(FRONT, "One.\n\nTwo.\n");
        let remark = |path, line, text, then| Remark { by: "Jun", at: None, text, path, line, then };
        let all = [
            remark("articles/2026/07/ferry/quay.jpg", None, "Too dark.", None),
            remark(MAIN, Some(9), "Second.", Some(&then)),
            remark(MAIN, Some(7), "First.", Some(&then)),
            remark(MAIN, Some(7), "Of a commit that is not here.", None),
            remark(MAIN, Some(9), "And again.", Some(&then)),
        ];
        let placed = beside(&all, &then);
        let shown: Vec<(&About, Vec<&str>)> =
            placed.iter().map(|one| (&one.about, one.remarks.iter().map(|remark| remark.text).collect())).collect();
        let same = |number| About::Paragraph { number, since: Since::Same };
        let expected = [
            (&About::Article, vec!["Of a commit that is not here."]),
            (&same(1), vec!["First."]),
            (&same(2), vec!["Second.", "And again."]),
            (&About::File("quay.jpg".to_owned()), vec!["Too dark."]),
        ];
        assert_eq!(shown, expected);
    }

    #[test]
    fn places_are_said_as_everywhere() {
        let said = |about: About| about.to_string();
        assert_eq!(said(About::Paragraph { number: 4, since: Since::Same }), "paragraph 4");
        assert_eq!(said(About::Paragraph { number: 4, since: Since::Changed }), "paragraph 4, changed since");
        assert_eq!(said(About::Gone { was: "It …".to_owned() }), "gone: “It …”");
    }

    proptest::proptest! {
        #[test]
        fn every_remark_is_placed_once(then in "[a-c \n]{0,40}", now in "[a-c \n]{0,40}", line in 0_u32..20) {
            let (then, now) = (document("", &then), document("", &now));
            let about = placed(&then, line, &now);
            if let About::Paragraph { number, since } = about {
                let here = paragraphs(&now);
                proptest::prop_assert!((1..=here.len()).contains(&number));
                let was_there = paragraphs(&then).iter().any(|one| one.words == here[number - 1].words);
                proptest::prop_assert_eq!(since == Since::Same, was_there);
            }
        }
    }
}
