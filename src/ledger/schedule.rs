//! When somebody wants one exact text to become public, as lines that a signature can cover.

use jiff::Timestamp;

use super::signature::{self, BadSignature, Strength};
use super::statement::predecessor;
use super::{InvalidStatement, Who, escape, lines};
use crate::article::{ArticleId, Digest};

/// The first line of every schedule.
const FORMAT: &str = "desk-schedule/1";

const KEYS: [&str; 8] = ["newsroom", "article", "content", "replaces", "due", "person", "time", "note"];

/// That one text is to become public at one time, and who wants it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Schedule {
    /// The newsroom's id.
    pub newsroom: String,
    /// Which article.
    pub article: ArticleId,
    /// Which words.
    pub content: Digest,
    /// The public words that these replace; none for an article that is not public.
    pub replaces: Option<Digest>,
    /// When they are to become public: not before, and as soon after as anybody looks.
    pub due: Timestamp,
    /// Who wants it.
    pub person: Who,
    /// When they said so.
    pub time: Timestamp,
    /// A word to the record; may be empty.
    pub note: String,
}

impl Schedule {
    /// The text that is kept and signed.
    pub fn text(&self) -> String {
        let values = [
            escape::line(&self.newsroom, &[]),
            self.article.to_string(),
            self.content.to_string(),
            predecessor(self.replaces),
            self.due.to_string(),
            self.person.to_string(),
            self.time.to_string(),
            escape::line(&self.note, &[]),
        ];
        lines::write(FORMAT, KEYS, values)
    }

    /// Reads a text. Only the form that [`Schedule::text`] writes is taken.
    pub fn read(text: &str) -> Result<Self, InvalidStatement> {
        let [newsroom, article, content, replaces, due, person, time, note] = lines::read(text, FORMAT, KEYS)?;
        let invalid = InvalidStatement::Value;
        let schedule = Self {
            newsroom: escape::unline(newsroom).ok_or(invalid("newsroom"))?,
            article: article.parse().map_err(|_| invalid("article"))?,
            content: content.parse().map_err(|_| invalid("content"))?,
            replaces: match replaces {
                "none" => None,
                digest => Some(digest.parse().map_err(|_| invalid("replaces"))?),
            },
            due: due.parse().map_err(|_| invalid("due"))?,
            person: person.parse()?,
            time: time.parse().map_err(|_| invalid("time"))?,
            note: escape::unline(note).ok_or(invalid("note"))?,
        };
        if schedule.text() == text { Ok(schedule) } else { Err(InvalidStatement::Form) }
    }
}

/// A schedule as it was kept: its exact text, and the signature if there is one.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct KeptSchedule {
    /// What it says.
    pub schedule: Schedule,
    /// The text that was signed.
    pub text: String,
    /// The signature, armoured as `ssh-keygen -Y sign` writes it.
    pub signature: Option<String>,
}

impl KeptSchedule {
    /// The file of the schedule in the tree that keeps both.
    pub const SCHEDULE_FILE: &'static str = "schedule";
    /// The file of the signature.
    pub const SIGNATURE_FILE: &'static str = "schedule.sig";

    /// A schedule that is about to be kept.
    pub fn new(schedule: Schedule, signature: Option<String>) -> Self {
        Self { text: schedule.text(), schedule, signature }
    }

    /// Reads a schedule's text.
    pub fn read(text: &str, signature: Option<String>) -> Result<Self, InvalidStatement> {
        Ok(Self { schedule: Schedule::read(text)?, text: text.to_owned(), signature })
    }

    /// The files of the tree that keeps it.
    pub fn files(&self) -> Vec<(String, Vec<u8>)> {
        let mut files = vec![(Self::SCHEDULE_FILE.to_owned(), self.text.clone().into_bytes())];
        if let Some(signature) = &self.signature {
            files.push((Self::SIGNATURE_FILE.to_owned(), signature.clone().into_bytes()));
        }
        files
    }

    /// How sure it is that the person said it, if `keys` are theirs.
    pub fn strength<'a>(&self, keys: impl IntoIterator<Item = &'a str>) -> Result<Strength, BadSignature> {
        match &self.signature {
            None => Ok(Strength::Claimed),
            Some(signature) => signature::verify(&self.text, signature, keys),
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use proptest::prelude::*;

    use super::super::statement::tests::sample as statement;
    use super::*;

    pub(in crate::ledger) fn sample() -> Schedule {
        let said = statement();
        Schedule {
            newsroom: said.newsroom,
            article: said.article,
            content: said.content,
            replaces: None,
            due: "2026-07-26T06:00:00+09:00".parse().expect("a time"),
            person: said.person,
            time: said.time,
            note: String::new(),
        }
    }

    #[test]
    fn a_schedule_reads_as_plain_lines() {
        let schedule = sample();
        assert_eq!(
            schedule.text(),
            format!(
                "desk-schedule/1\nnewsroom: post-7f3a\narticle: {}\ncontent: {}\nreplaces: none\n\
                 due: 2026-07-25T21:00:00Z\nperson: Jun Seo <jun@post.example>\ntime: 2026-07-25T23:41:00Z\nnote: -\n",
                schedule.article, schedule.content
            )
        );
        assert_eq!(Schedule::read(&schedule.text()), Ok(schedule));
    }

    #[test]
    fn no_other_form_is_taken_and_no_statement_is_a_schedule() {
        let text = sample().text();
        for other in [
            String::new(),
            format!("{text}more: x\n"),
            text.replace("21:00:00Z", "21:00:00+00:00"),
            text.replace("desk-schedule/1", "desk-approval/1"),
            text.replace("due: ", "due:"),
            statement().text(),
        ] {
            assert!(Schedule::read(&other).is_err(), "{other}");
        }
        assert!(super::super::Statement::read(&text).is_err());
    }

    proptest! {
        #[test]
        fn any_person_and_note_come_back(name in any::<String>(), address in any::<String>(), note in any::<String>()) {
            let schedule = Schedule { person: Who::new(name, address), note, ..sample() };
            prop_assert_eq!(Schedule::read(&schedule.text()), Ok(schedule));
        }
    }
}
