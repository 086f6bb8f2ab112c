//! The record of one article: a TOML file that only ever grows at its end.
//!
//! Each entry holds, as `previous`, the SHA-256 of every byte before it, so that no earlier byte can change unseen. A
//! record is read only in the form in which desk writes it: whatever is in the file is covered by that.

use serde::Deserialize;

use super::entry::{Act, Owed, RecordEntry};
use super::{Assent, KeptSchedule, Who};
use crate::article::{ArticleId, Digest, Move, RepoPath, Slug, Stage};
use crate::finding::{Finding, Level, Span};

/// The folder of records.
pub const RECORDS: &str = "records";

/// Where the record of an article is.
pub fn record_path(article: ArticleId) -> RepoPath {
    RepoPath::new(format!("{RECORDS}/{article}.toml")).expect("an id has no part that climbs")
}

/// The article whose record is at `path`, if it is a record's path.
pub fn record_id(path: &RepoPath) -> Option<ArticleId> {
    path.as_str().strip_prefix("records/")?.strip_suffix(".toml")?.parse().ok()
}

/// Every move of one article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Whose it is.
    pub article: ArticleId,
    /// What happened, oldest first.
    pub entries: Vec<RecordEntry>,
    bytes: Vec<u8>,
}

impl Record {
    /// A record with nothing in it yet.
    pub fn new(article: ArticleId) -> Self {
        let header = format!(
            "# Every move of one article, and who agreed to it. desk writes this file and only adds to its end.\n\
             format = \"desk-record/1\"\narticle = \"{article}\"\n"
        );
        Self { article, entries: Vec::new(), bytes: header.into_bytes() }
    }

    /// The file.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The file with one more entry: the old bytes, unchanged, and then the new.
    #[must_use]
    pub fn append(&self, mut entry: RecordEntry) -> Self {
        entry.time = jiff::Timestamp::from_second(entry.time.as_second()).unwrap_or(entry.time);
        let mut record = self.clone();
        let text = entry.text(Digest::of(&record.bytes));
        record.bytes.extend_from_slice(text.as_bytes());
        record.entries.push(entry);
        record
    }

    /// Whether it is `earlier` with entries added, byte for byte.
    pub fn is_begun_by(&self, earlier: &[u8]) -> bool {
        self.bytes.starts_with(earlier)
    }

    /// The last entry that made these words public or changed them.
    pub fn last_move(&self) -> Option<&RecordEntry> {
        self.entries.iter().rev().find(|entry| matches!(entry.act, Act::Move { .. }))
    }

    /// When its words first became public with desk.
    pub fn published(&self) -> Option<jiff::Timestamp> {
        let is_first = |entry: &&RecordEntry| {
            entry.replaces.is_none() && matches!(entry.act, Act::Move { step: Move::Publish, .. })
        };
        self.entries.iter().find(is_first).map(|entry| entry.time)
    }

    /// The entry whose assents are still owed, and the assents that came since. None when nothing is owed.
    pub fn owing(&self) -> Option<(&RecordEntry, Vec<&Assent>)> {
        let at = self.entries.iter().rposition(|entry| matches!(entry.act, Act::Move { .. }))?;
        let since = &self.entries[at..];
        (since.last()?.owed == Owed::Assents)
            .then(|| (&self.entries[at], since.iter().flat_map(|entry| &entry.assents).collect()))
    }

    /// Reads a record and verifies its chain: `invalid-record` where it cannot be read, `broken-record` where it is not
    /// what desk wrote.
    pub fn read(path: &RepoPath, bytes: &[u8]) -> Result<Self, Vec<Finding>> {
        let fault = |rule: &str, span: Span, message: String| {
            vec![
                Finding::new(rule, Level::Error, message)
                    .in_file(path.as_str())
                    .at(span)
                    .help("a record is never edited: bring back the file as it was, with git"),
            ]
        };
        let invalid = |span, message: String| fault("invalid-record", span, message);
        let text = std::str::from_utf8(bytes)
            .map_err(|error| invalid(Span::at(error.valid_up_to()), "this record is not UTF-8 text".to_owned()))?;
        let file: File = toml::from_str(text).map_err(|error| {
            let span = error.span().map_or(Span::at(0), Span::from);
            invalid(span, error.message().lines().collect::<Vec<_>>().join("; "))
        })?;
        let article: ArticleId =
            file.article.parse().map_err(|error: crate::article::InvalidId| invalid(Span::at(0), error.to_string()))?;
        if record_id(path).is_some_and(|named| named != article) {
            return Err(fault("broken-record", Span::at(0), format!("this is the record of `{article}`")));
        }
        let mut record = Self::new(article);
        if !bytes.starts_with(&record.bytes) || file.format != "desk-record/1" {
            return Err(fault("broken-record", Span::at(0), "this record does not begin as records do".to_owned()));
        }
        for (at, raw) in file.entry.iter().enumerate() {
            let start = record.bytes.len();
            let number = at + 1;
            let rest = Span::new(start.min(bytes.len()), bytes.len());
            if raw.previous != Digest::of(&record.bytes).to_string() {
                let message = format!("entry {number} does not follow what stands before it");
                return Err(fault("broken-record", rest, message));
            }
            let entry = raw
                .entry()
                .map_err(|what| invalid(rest, format!("`{what}` of entry {number} holds something that cannot be")))?;
            record = record.append(entry);
            if !bytes.starts_with(&record.bytes) {
                let message = format!("entry {number} is not as it was written");
                return Err(fault("broken-record", rest, message));
            }
        }
        if record.bytes.len() != bytes.len() {
            let span = Span::new(record.bytes.len().min(bytes.len()), bytes.len());
            return Err(fault("broken-record", span, "there is more here than was written".to_owned()));
        }
        Ok(record)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    format: String,
    article: String,
    #[serde(default)]
    entry: Vec<RawEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawEntry {
    previous: String,
    r#move: String,
    from: String,
    to: String,
    content: String,
    replaces: String,
    time: toml::value::Datetime,
    path: String,
    slug: String,
    title: String,
    person: String,
    policy: String,
    people: u32,
    roles: Vec<String>,
    owed: String,
    note: String,
    #[serde(default)]
    mends: Vec<String>,
    #[serde(default)]
    landed: Vec<String>,
    schedule: Option<RawAssent>,
    #[serde(default)]
    assent: Vec<RawAssent>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawAssent {
    statement: String,
    signature: Option<String>,
}

impl RawEntry {
    /// The entry, or the key whose value cannot be.
    fn entry(&self) -> Result<RecordEntry, &'static str> {
        let from: Stage = self.from.parse().map_err(|_| "from")?;
        let to: Stage = self.to.parse().map_err(|_| "to")?;
        let act = match self.r#move.as_str() {
            "assent" if from == to => Act::Assent { at: from },
            word => Act::Move { step: word.parse::<Move>().map_err(|_| "move")?, from, to },
        };
        let assents = self.assent.iter().map(|raw| Assent::read(&raw.statement, raw.signature.clone()));
        let kept = |raw: &RawAssent| KeptSchedule::read(&raw.statement, raw.signature.clone());
        let schedule = self.schedule.as_ref().map(kept);
        Ok(RecordEntry {
            act,
            content: self.content.parse().map_err(|_| "content")?,
            replaces: match self.replaces.as_str() {
                "none" => None,
                digest => Some(digest.parse().map_err(|_| "replaces")?),
            },
            time: self.time.to_string().parse().map_err(|_| "time")?,
            path: RepoPath::new(self.path.clone()).map_err(|_| "path")?,
            slug: Slug::new(self.slug.clone()).map_err(|_| "slug")?,
            title: self.title.clone(),
            person: self.person.parse::<Who>().map_err(|_| "person")?,
            policy: self.policy.parse().map_err(|_| "policy")?,
            people: self.people,
            roles: self.roles.clone(),
            owed: [Owed::Nothing, Owed::Assents].into_iter().find(|owed| owed.as_str() == self.owed).ok_or("owed")?,
            note: self.note.clone(),
            mends: self.mends.iter().map(|commit| commit.parse()).collect::<Result<_, _>>().map_err(|_| "mends")?,
            landed: self.landed.iter().map(|commit| commit.parse()).collect::<Result<_, _>>().map_err(|_| "landed")?,
            schedule: schedule.transpose().map_err(|_| "schedule")?,
            assents: assents.collect::<Result<_, _>>().map_err(|_| "assent")?,
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::statement::tests::sample;
    use super::*;
    use crate::article::ObjectId;

    fn entry(title: &str, note: &str) -> RecordEntry {
        let statement = sample();
        RecordEntry {
            act: Act::Move { step: Move::Publish, from: Stage::Review, to: Stage::Published },
            content: statement.content,
            replaces: None,
            time: "2026-07-25T23:52:00Z".parse().expect("a time"),
            path: RepoPath::new("articles/2026/07/ferry-fares").expect("a path"),
            slug: Slug::new("ferry-fares").expect("a slug"),
            title: title.to_owned(),
            person: statement.person.clone(),
            policy: statement.policy,
            people: 2,
            roles: vec!["editorial".to_owned()],
            owed: Owed::Nothing,
            note: note.to_owned(),
            mends: Vec::new(),
            landed: Vec::new(),
            schedule: None,
            assents: vec![
                Assent::new(statement.clone(), Some("-----BEGIN SSH SIGNATURE-----\nU1NI\n".to_owned())),
                Assent::new(statement, None),
            ],
        }
    }

    fn read(bytes: &[u8]) -> Result<Record, Vec<Finding>> {
        Record::read(&record_path(sample().article), bytes)
    }

    #[test]
    fn a_record_only_grows() {
        let empty = Record::new(sample().article);
        let one = empty.append(entry("Ferry fares rise", ""));
        let mends = vec![ObjectId::from_bytes([7; 20]), ObjectId::from_bytes([9; 20])];
        let two = one.append(RecordEntry { mends, ..entry("Ferry fares rise in May", "later") });
        assert!(two.is_begun_by(one.bytes()) && one.is_begun_by(empty.bytes()));
        let kept = KeptSchedule::new(super::super::schedule::tests::sample(), Some("a signature".to_owned()));
        let three = two.append(RecordEntry { schedule: Some(kept), ..entry("Ferry fares fall", "") });
        let landed = vec![ObjectId::from_bytes([8; 20])];
        let four = three.append(RecordEntry { landed, ..entry("Ferry fares fall again", "") });
        for record in [empty, one, two, three, four] {
            assert_eq!(read(record.bytes()), Ok(record));
        }
    }

    #[test]
    fn no_byte_changes_unseen() {
        let record = Record::new(sample().article).append(entry("One", "")).append(entry("Two", "why"));
        for at in 0..record.bytes().len() {
            let mut bytes = record.bytes().to_vec();
            bytes[at] ^= 1;
            match read(&bytes) {
                Err(findings) => assert!(findings[0].span.is_some()),
                // What reads is a whole record of its own: only the last entry can differ, as nothing follows it.
                Ok(other) => assert_eq!(other.entries[0], record.entries[0]),
            }
        }
        let dropped = Record::new(sample().article).append(entry("Two", "why"));
        assert!(!record.is_begun_by(dropped.bytes()));
    }

    #[test]
    fn entries_can_be_neither_dropped_nor_reordered_nor_added_to() {
        let record = Record::new(sample().article).append(entry("One", "")).append(entry("Two", ""));
        let text = std::str::from_utf8(record.bytes()).expect("text");
        let parts: Vec<_> = text.split("\n[[entry]]").collect();
        let others = [
            format!("{}\n[[entry]]{}", parts[0], parts[2]),
            format!("{}\n[[entry]]{}\n[[entry]]{}", parts[0], parts[2], parts[1]),
            text.replace("title = \"One\"", "title = \"Uno\""),
            format!("{text}# and more\n"),
            text.replace("note = \"\"\n", "note = \"\"\nnew = 1\n"),
            text.replacen('#', "##", 1),
            text.replace("owed = \"nothing\"", "owed = \"much\""),
        ];
        for other in others {
            assert!(read(other.as_bytes()).is_err(), "{other}");
        }
        let elsewhere = ArticleId::generate(5, [1; 10], None);
        assert!(Record::read(&record_path(elsewhere), record.bytes()).is_err(), "of another article");
        assert!(read(b"\xff").is_err() && read(b"").is_err());
    }

    #[test]
    fn what_is_owed_is_paid_by_a_later_entry() {
        let alone = RecordEntry { owed: Owed::Assents, ..entry("Pier fire", "1 am") };
        let record = Record::new(sample().article).append(alone.clone());
        assert_eq!(record.owing().map(|(_, assents)| assents.len()), Some(2));
        let paid = record.append(RecordEntry { act: Act::Assent { at: Stage::Published }, ..entry("Pier fire", "") });
        assert_eq!(paid.owing(), None);
        assert_eq!(paid.last_move(), Some(&alone));
    }

    #[test]
    fn paths_of_records_name_their_article() {
        let id = sample().article;
        assert_eq!(record_id(&record_path(id)), Some(id));
        for other in ["records/before-desk.toml", "records/x/y.toml", "articles/a.md"] {
            assert_eq!(record_id(&RepoPath::new(other).expect("a path")), None);
        }
    }

    proptest! {
        #[test]
        fn any_title_and_note_come_back(title in any::<String>(), note in any::<String>(), name in any::<String>()) {
            let entry = RecordEntry { person: Who::new(name, "a@b"), ..entry(&title, &note) };
            let record = Record::new(sample().article).append(entry);
            prop_assert_eq!(read(record.bytes()), Ok(record));
        }
    }
}
