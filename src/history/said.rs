//! What was not allowed, as a finding.

use super::broken::{Break, Reason};
use crate::article::amendment::Untold;
use crate::finding::{Finding, Level};

impl Break {
    /// As `desk check` says it: always an error, whatever the newsroom sets, because it is about what happened and not
    /// about how something is written.
    pub fn finding(&self) -> Finding {
        let mut finding = Finding::new(self.why.rule(), Level::Error, self.why.to_string());
        finding.path = self.path.as_ref().map(ToString::to_string);
        finding.commit = Some(self.commit.to_string());
        match self.why.advice() {
            Some(advice) => finding.help(advice),
            None => finding,
        }
    }
}

impl Reason {
    /// The rule that it is told under, which `desk check --explain` explains.
    pub fn rule(&self) -> &'static str {
        match self {
            Self::ChangedWithoutRecord | Self::NotRecorded | Self::NotANotice | Self::Untold(_) => "stealth-edit",
            Self::KeptLines => "kept-lines",
            Self::NotLegal { .. }
            | Self::MoveNotLegal { .. }
            | Self::PublicWithoutRecord
            | Self::Deleted
            | Self::Hidden => "illegal-move",
            Self::OtherContent { .. }
            | Self::OtherPredecessor
            | Self::NoArticle
            | Self::RecordRewritten
            | Self::RecordDeleted
            | Self::OtherName { .. }
            | Self::RecordBroken(_)
            | Self::RecordsChanged
            | Self::HistoryRewritten(_)
            | Self::RecordsNoLanding(_)
            | Self::MendsNothing(_) => "record-edited",
            Self::LandedWithout { .. }
            | Self::PolicyNotMet { .. }
            | Self::SourcesNotKnown(_)
            | Self::TakenBack(_)
            | Self::OtherPolicy
            | Self::UnknownPerson(_)
            | Self::CompromisedKey { .. }
            | Self::NotAllowedAlone => "policy-not-met",
            Self::Governed { .. }
            | Self::GovernedUnsigned { .. }
            | Self::LoosePage { .. }
            | Self::NoRules(_)
            | Self::RulesGone
            | Self::FormatLowered => "governed-file",
            Self::NotOrdinary(_) | Self::PathEscape(_) | Self::StandsTwice(_) => "not-ordinary-file",
            Self::IdReused(_) => "duplicate-id",
            Self::AddressTaken { .. } => "duplicate-slug",
            Self::AddressLost(_) => "lost-address",
        }
    }

    fn advice(&self) -> Option<&'static str> {
        Some(match self.rule() {
            _ if matches!(self, Self::Untold(Untold::NotesChanged)) => {
                "put the earlier notes back as they were: what was wrong in one is told in another, with desk correct"
            }
            _ if matches!(self, Self::Untold(_)) => "desk correct SLUG writes the note that tells readers what changed",
            _ if matches!(self, Self::NotRecorded) => "desk tick records what landed, if everybody agreed to it",
            _ if matches!(self, Self::FormatLowered) => {
                "put the number back: what landed before it stays judged as it was"
            }
            "stealth-edit" => {
                "take the change back; then desk correct, desk submit and desk publish, which tell readers"
            }
            "kept-lines" => "put the lines back as they were: desk writes them when the article moves",
            "illegal-move" => "take it back, and let the article move with desk submit, desk publish or desk return",
            "record-edited" => "put the record back as it was: only a move of desk's writes into records/",
            "policy-not-met" => "desk show SLUG --needs says who must still agree",
            "governed-file" => "ask somebody with that role to make this change",
            "lost-address" => "write the old address among its `aliases`: desk rename does that by itself",
            "not-ordinary-file" => "put an ordinary file in its place",
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Digest, Move, ObjectId, RepoPath, Slug, Stage};
    use crate::config::Role;

    #[test]
    fn every_reason_is_told_under_a_rule_that_is_explained() {
        let digest = Digest::of(b"words");
        let path = RepoPath::new("articles/a").expect("a path");
        let all = [
            Reason::ChangedWithoutRecord,
            Reason::NotRecorded,
            Reason::LandedWithout { asked: 2, had: 1 },
            Reason::RecordsNoLanding(ObjectId::from_bytes([9; 20])),
            Reason::PublicWithoutRecord,
            Reason::Deleted,
            Reason::Hidden,
            Reason::OtherContent { recorded: digest, found: None },
            Reason::OtherPredecessor,
            Reason::NoArticle,
            Reason::RecordRewritten,
            Reason::RecordDeleted,
            Reason::RecordBroken("x".to_owned()),
            Reason::RecordsChanged,
            Reason::PolicyNotMet { asked: 2, had: 1, roles: Vec::new() },
            Reason::SourcesNotKnown("x".to_owned()),
            Reason::OtherPolicy,
            Reason::UnknownPerson("x".to_owned()),
            Reason::NotAllowedAlone,
            Reason::KeptLines,
            Reason::NotANotice,
            Reason::Untold(Untold::NoNote),
            Reason::Untold(Untold::NotesChanged),
            Reason::Untold(Untold::Malformed { number: 1, field: "kind" }),
            Reason::Untold(Untold::CorrectsNothing { number: 2 }),
            Reason::Untold(Untold::NotARefile { place: "`title`".to_owned() }),
            Reason::FormatLowered,
            Reason::NotOrdinary(0o120_000),
            Reason::NotLegal { from: Stage::Draft, to: Stage::Published },
            Reason::MoveNotLegal { step: Move::Publish, from: Stage::Draft, to: Stage::Published },
            Reason::Governed { by: "x".to_owned(), role: Role::new("admin").expect("a role") },
            Reason::GovernedUnsigned { by: "x".to_owned() },
            Reason::LoosePage { by: "x".to_owned(), role: Role::new("admin").expect("a role") },
            Reason::CompromisedKey { name: "x".to_owned(), after: None },
            Reason::HistoryRewritten(ObjectId::from_bytes([9; 20])),
            Reason::IdReused(path.clone()),
            Reason::AddressTaken { address: "x".to_owned(), other: path.clone() },
            Reason::AddressLost("x".to_owned()),
            Reason::OtherName { recorded: Slug::new("x").expect("a slug"), found: Slug::new("y").expect("a slug") },
            Reason::PathEscape("../x".to_owned()),
            Reason::StandsTwice("x".to_owned()),
            Reason::TakenBack("x".to_owned()),
            Reason::NoRules("x".to_owned()),
            Reason::RulesGone,
            Reason::MendsNothing(ObjectId::from_bytes([9; 20])),
        ];
        for why in all {
            assert!(crate::check::explain(why.rule()).is_ok(), "{} is not explained", why.rule());
            let one = Break { commit: ObjectId::from_bytes([7; 20]), article: None, path: Some(path.clone()), why };
            let finding = one.finding();
            assert_eq!(finding.level, Level::Error);
            assert_eq!(finding.commit.as_deref(), Some("0707070707070707070707070707070707070707"));
            assert!(!finding.message.ends_with('.'), "{}", finding.message);
        }
    }
}
