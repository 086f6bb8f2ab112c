//! One person's word about one exact text, as lines that a signature can cover.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;

use super::{Witness, escape, lines};
use crate::article::{ArticleId, Digest};

/// The first line of every statement.
const FORMAT: &str = "desk-approval/1";

/// What somebody says about a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Decision {
    /// Yes, and here it is: the submitter's.
    Submit,
    /// Yes: a colleague's.
    Approve,
    /// No, not like this.
    Return,
}

impl Decision {
    /// The word that stands in the statement.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Submit => "submit",
            Self::Approve => "approve",
            Self::Return => "return",
        }
    }

    /// What somebody who said it has done.
    pub fn past(self) -> &'static str {
        match self {
            Self::Submit => "submitted",
            Self::Approve => "approved",
            Self::Return => "returned",
        }
    }

    /// Whether it says yes.
    pub fn is_assent(self) -> bool {
        matches!(self, Self::Submit | Self::Approve)
    }
}

impl fmt::Display for Decision {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(self.as_str())
    }
}

impl FromStr for Decision {
    type Err = InvalidStatement;

    fn from_str(word: &str) -> Result<Self, Self::Err> {
        [Self::Submit, Self::Approve, Self::Return]
            .into_iter()
            .find(|decision| decision.as_str() == word)
            .ok_or(InvalidStatement::Value("decision"))
    }
}

/// What somebody says of the sources that an article does not name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sources {
    /// Somebody on the desk besides the writer knows who they are.
    Known,
    /// Nothing.
    NotSaid,
}

/// A person as git names one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Who {
    /// The name.
    pub name: String,
    /// The e-mail address.
    pub address: String,
}

impl Who {
    /// A person by name and address.
    pub fn new(name: impl Into<String>, address: impl Into<String>) -> Self {
        Self { name: name.into(), address: address.into() }
    }
}

impl fmt::Display for Who {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let escaped = |text| escape::line(text, &['<', '>']);
        write!(out, "{} <{}>", escaped(&self.name), escaped(&self.address))
    }
}

impl FromStr for Who {
    type Err = InvalidStatement;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let invalid = InvalidStatement::Value("person");
        let (name, address) = text.strip_suffix('>').and_then(|text| text.split_once(" <")).ok_or(invalid.clone())?;
        match (escape::unline(name), escape::unline(address)) {
            (Some(name), Some(address)) => Ok(Self { name, address }),
            _ => Err(invalid),
        }
    }
}

/// What one person says about one text, and everything that binds it to that text.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Statement {
    /// The newsroom's id.
    pub newsroom: String,
    /// Which article.
    pub article: ArticleId,
    /// Which words.
    pub content: Digest,
    /// The public words that these would replace; none for an article that is not public.
    pub replaces: Option<Digest>,
    /// Who says it.
    pub person: Who,
    /// The roles in which they say it.
    pub roles: Vec<String>,
    /// What they say.
    pub decision: Decision,
    /// The policy that held then.
    pub policy: Digest,
    /// When.
    pub time: Timestamp,
    /// Why; may be empty.
    pub note: String,
    /// What they say of unnamed sources: a line of its own, and none where nothing is said.
    pub sources: Sources,
    /// Who wrote it down, where that is somebody else: two lines more. What is signed then is their word for it.
    pub witness: Option<Witness>,
}

/// Why a text is no statement.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidStatement {
    /// Not a line that stands where it should.
    #[error("line {line} should begin with `{expected}`")]
    Line {
        /// Which, from 1.
        line: usize,
        /// What should stand there.
        expected: &'static str,
    },
    /// A value that cannot be.
    #[error("`{0}` holds something that cannot stand there")]
    Value(&'static str),
    /// More, or in other form, than desk writes.
    #[error("it is not in the one form in which statements are written")]
    Form,
}

const KEYS: [&str; 10] =
    ["newsroom", "article", "content", "replaces", "person", "roles", "decision", "policy", "time", "note"];

/// The line of somebody who says that the desk knows the sources.
const KNOWN: &str = "sources: known to the desk";

impl Statement {
    /// The text that is kept and signed.
    pub fn text(&self) -> String {
        let role_list = match self.roles.as_slice() {
            [] => escape::line("", &[]),
            roles => roles.iter().map(|role| escape::line(role, &[',', ' '])).collect::<Vec<_>>().join(", "),
        };
        let values = [
            escape::line(&self.newsroom, &[]),
            self.article.to_string(),
            self.content.to_string(),
            predecessor(self.replaces),
            self.person.to_string(),
            role_list,
            self.decision.to_string(),
            self.policy.to_string(),
            self.time.to_string(),
            escape::line(&self.note, &[]),
        ];
        let mut text = lines::write(FORMAT, KEYS, values);
        if self.sources == Sources::Known {
            text.push_str(&format!("{KNOWN}\n"));
        }
        if let Some(witness) = &self.witness {
            text.push_str(&witness.to_string());
        }
        text
    }

    /// Reads a text. Only the form that [`Statement::text`] writes is taken: one statement has one text.
    pub fn read(text: &str) -> Result<Self, InvalidStatement> {
        let values = lines::read(text, FORMAT, KEYS)?;
        let value = |key: &'static str| {
            let at = KEYS.iter().position(|&one| one == key).expect("one of the keys above");
            (values[at], InvalidStatement::Value(key))
        };
        let free = |key| {
            let (text, invalid) = value(key);
            escape::unline(text).ok_or(invalid)
        };
        let digest = |key| {
            let (text, invalid) = value(key);
            text.parse::<Digest>().map_err(|_| invalid)
        };
        let (article, not_article) = value("article");
        let (time, not_time) = value("time");
        let statement = Self {
            newsroom: free("newsroom")?,
            article: article.parse().map_err(|_| not_article)?,
            content: digest("content")?,
            replaces: if value("replaces").0 == "none" { None } else { Some(digest("replaces")?) },
            person: value("person").0.parse()?,
            roles: read_roles(value("roles").0)?,
            decision: value("decision").0.parse()?,
            policy: digest("policy")?,
            time: time.parse().map_err(|_| not_time)?,
            note: free("note")?,
            sources: if text.lines().nth(KEYS.len() + 1) == Some(KNOWN) { Sources::Known } else { Sources::NotSaid },
            witness: Witness::read(text.lines().skip(KEYS.len() + 1))?,
        };
        if statement.text() == text { Ok(statement) } else { Err(InvalidStatement::Form) }
    }

    /// What names it: the SHA-256 of its text.
    pub fn name(&self) -> Digest {
        Digest::of(self.text().as_bytes())
    }
}

fn read_roles(text: &str) -> Result<Vec<String>, InvalidStatement> {
    if text == escape::line("", &[]) {
        return Ok(Vec::new());
    }
    let invalid = || InvalidStatement::Value("roles");
    text.split(", ").map(|role| escape::unline(role).filter(|role| !role.is_empty()).ok_or_else(invalid)).collect()
}

/// A digest, or the word for no predecessor.
pub(super) fn predecessor(digest: Option<Digest>) -> String {
    digest.map_or_else(|| "none".to_owned(), |digest| digest.to_string())
}

#[cfg(test)]
pub(super) mod tests {
    use proptest::prelude::*;

    use super::super::Ground;
    use super::*;
    use crate::article::ObjectId;

    pub(in crate::ledger) fn sample() -> Statement {
        Statement {
            newsroom: "post-7f3a".to_owned(),
            article: ArticleId::generate(1_753_448_400_000, [7; 10], None),
            content: Digest::of(b"words"),
            replaces: None,
            person: Who::new("Jun Seo", "jun@post.example"),
            roles: vec!["editorial".to_owned(), "legal".to_owned()],
            decision: Decision::Approve,
            policy: Digest::of(b"policy"),
            time: "2026-07-25T23:41:00Z".parse().expect("a time"),
            note: String::new(),
            sources: Sources::NotSaid,
            witness: None,
        }
    }

    #[test]
    fn a_statement_reads_as_plain_lines() {
        let statement = sample();
        assert_eq!(
            statement.text(),
            format!(
                "desk-approval/1\nnewsroom: post-7f3a\narticle: {}\ncontent: {}\nreplaces: none\n\
                 person: Jun Seo <jun@post.example>\nroles: editorial, legal\ndecision: approve\npolicy: {}\n\
                 time: 2026-07-25T23:41:00Z\nnote: -\n",
                statement.article, statement.content, statement.policy
            )
        );
        assert_eq!(Statement::read(&statement.text()), Ok(statement.clone()));
        let known = Statement { sources: Sources::Known, ..statement.clone() };
        assert_eq!(known.text(), format!("{}sources: known to the desk\n", statement.text()));
        assert_eq!(Statement::read(&known.text()), Ok(known));
    }

    #[test]
    fn what_was_written_down_by_somebody_else_says_so() {
        let witness = Witness {
            by: Who::new("Desk", "desk@post.example"),
            place: "github.com/post/desk".to_owned(),
            request: 212,
            review: 9,
            account: 77,
            commit: ObjectId::from_bytes([7; 20]),
            ground: Ground::Event,
        };
        let said = Statement { witness: Some(witness), ..sample() };
        let lines = format!(
            "witness: Desk <desk@post.example>\nseen: github.com/post/desk 212 9 77 {} event\n",
            ObjectId::from_bytes([7; 20])
        );
        assert_eq!(said.text(), format!("{}{lines}", sample().text()));
        let known = Statement { sources: Sources::Known, ..said.clone() };
        for one in [&said, &known] {
            assert_eq!(Statement::read(&one.text()).as_ref(), Ok(one));
        }
        let text = said.text();
        for other in [
            text.replace("event", "Event"),
            text.replace(" 212 ", " 0212 "),
            text.replace(" 77 ", " 77  "),
            text.replace("witness: ", "Witness: "),
            format!("{text}seen: x\n"),
            text.replace("seen: ", "sehen: "),
        ] {
            assert!(Statement::read(&other).is_err(), "{other}");
        }
    }

    #[test]
    fn no_other_form_is_taken() {
        let text = sample().text();
        for other in [
            String::new(),
            text.trim_end().to_owned(),
            format!("{text}\n"),
            format!("{text}more: x\n"),
            format!("{text}sources: unknown\n"),
            format!("{text}{KNOWN}\n{KNOWN}\n"),
            format!("{text}{KNOWN}"),
            text.replace('\n', "\r\n"),
            text.replace("note: -", "note:"),
            text.replace("note: -", "note: \\u{0041}"),
            text.replace("23:41:00Z", "23:41:00.000Z"),
            text.replace("23:41:00Z", "23:41:00+00:00"),
            text.replace("editorial, legal", "editorial,legal"),
            text.replace("decision: approve", "decision: Approve"),
            text.replace("desk-approval/1", "desk-approval/2"),
            text.replace("replaces: none\n", ""),
        ] {
            assert!(Statement::read(&other).is_err(), "{other}");
        }
    }

    proptest! {
        #[test]
        fn any_person_and_note_come_back(
            name in any::<String>(), address in any::<String>(), note in any::<String>(),
            newsroom in any::<String>(), roles in prop::collection::vec(".+", 0..3),
            sources in prop::sample::select(vec![Sources::Known, Sources::NotSaid]),
        ) {
            let statement = Statement { person: Who::new(name, address), note, newsroom, roles, sources, ..sample() };
            prop_assert_eq!(Statement::read(&statement.text()), Ok(statement));
        }

        #[test]
        fn what_reads_writes_the_same_bytes(text in any::<String>()) {
            if let Ok(statement) = Statement::read(&text) {
                prop_assert_eq!(statement.text(), text);
            }
        }
    }
}
