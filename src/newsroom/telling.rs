//! One article, looked at without changing anything: its facts and its history.

use jiff::Timestamp;

use super::Newsroom;
use super::error::Result;
use super::proof::Proof;
use crate::article::RefName;
use crate::workflow::{self, Fact, Plan, Planned, Standing};

/// Something that happened to an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// When.
    pub time: Timestamp,
    /// Who, by name.
    pub who: String,
    /// What they did, as a person says it: `saved it`, `approved it`.
    pub what: String,
    /// What they said about it.
    pub note: String,
}

impl Newsroom {
    /// One article as it is on disk, saved or not, with what differs and what it needs. Nothing is written.
    pub fn look(&self, name: Option<&str>) -> Result<Proof> {
        let articles = self.articles()?;
        let seen = self.find_among(&articles, name)?;
        let standing = self.standing(&seen)?;
        let written = standing.once_saved().unwrap_or_else(|| standing.clone());
        let settled = self.findings_of(&written, &articles)?;
        Ok(Proof { standing, ..self.proof_of(written, settled)? })
    }

    /// What is derived of an article.
    pub fn facts(&self, standing: &Standing) -> Result<Vec<Fact>> {
        Ok(workflow::facts(standing, &self.circumstances()?))
    }

    /// What is to be said of its schedule.
    pub fn plan(&self, standing: &Standing) -> Result<Option<Plan>> {
        Ok(workflow::plan(standing, &self.circumstances()?))
    }

    /// Everything that happened to an article, oldest first: saves and moves from its own branch, what people said of
    /// it, and what its record holds.
    pub fn history(&self, standing: &Standing) -> Result<Vec<Event>> {
        let mut events = Vec::new();
        let kept = self.repository.resolve(&RefName::spiked(standing.id))?;
        let open = standing.open.as_ref().map(|version| version.commit).or(kept);
        let landed = standing.record.iter().flat_map(|record| &record.entries);
        for entry in landed {
            let mut what = format!("{} it ({} -> {})", past(entry.act.word()), entry.act.from(), entry.act.to());
            if let Some(kept) = &entry.schedule {
                what.push_str(&format!(", as scheduled {} for {}", kept.schedule.time, kept.schedule.due));
            }
            events.push(event(entry.time, &entry.person.name, what, &entry.note));
        }
        if let Some(tip) = open {
            let fork = self.repository.merge_base(tip, self.base_tip)?;
            for commit in self.repository.first_parents(tip) {
                let commit = commit?;
                if Some(commit.id) == fork {
                    break;
                }
                let what = match moved(&commit.message) {
                    // What people said is told below, in their own statements.
                    Some("submit" | "return") => continue,
                    Some(other) => format!("{} it", past(other)),
                    None => "saved it".to_owned(),
                };
                events.push(event(commit.committer.time, &commit.author.name, what, ""));
            }
        }
        for assent in &standing.assents {
            let said = &assent.statement;
            let what = format!("{} it ({})", past(said.decision.as_str()), said.content.short());
            events.push(event(said.time, &said.person.name, what, &said.note));
        }
        if let Some(schedule) = standing.schedule.as_ref().and_then(Planned::schedule) {
            let what = format!("scheduled it for {}", schedule.due);
            events.push(event(schedule.time, &schedule.person.name, what, &schedule.note));
        }
        events.sort_by_key(|event| event.time);
        Ok(events)
    }
}

fn event(time: Timestamp, who: &str, what: String, note: &str) -> Event {
    Event { time, who: who.to_owned(), what, note: note.to_owned() }
}

/// The move that a commit's `Desk-Move` trailer names.
fn moved(message: &str) -> Option<&str> {
    let line = message.lines().find_map(|line| line.strip_prefix("Desk-Move: "))?;
    line.split_whitespace().next()
}

fn past(word: &str) -> String {
    match word {
        "submit" => "submitted".to_owned(),
        "withdraw" => "withdrew".to_owned(),
        "assent" => "agreed to".to_owned(),
        word if word.ends_with('e') => format!("{word}d"),
        word => format!("{word}ed"),
    }
}
