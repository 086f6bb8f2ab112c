//! Where an article stands, and the legal ways from one stage to another.

use std::fmt;
use std::str::FromStr;

/// What is stored in `desk.stage`. Everything else that is said of an article (approved, stale, owed...) is derived.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Stage {
    /// Being written.
    Draft,
    /// Sent to colleagues.
    Review,
    /// Before the public.
    Published,
    /// Was public; a notice stands in its place.
    Withdrawn,
    /// Abandoned, and kept.
    Spiked,
}

impl Stage {
    /// Every stage, in the order of an article's life.
    pub const ALL: [Self; 5] = [Self::Draft, Self::Review, Self::Published, Self::Withdrawn, Self::Spiked];

    /// The word that stands in the file.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Review => "review",
            Self::Published => "published",
            Self::Withdrawn => "withdrawn",
            Self::Spiked => "spiked",
        }
    }
}

impl fmt::Display for Stage {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(self.as_str())
    }
}

/// A word that names no stage.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a stage (draft, review, published, withdrawn, spiked)")]
pub struct UnknownStage(pub String);

impl FromStr for Stage {
    type Err = UnknownStage;

    fn from_str(word: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|stage| stage.as_str() == word).ok_or_else(|| UnknownStage(word.to_owned()))
    }
}

/// A change of stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Move {
    /// To colleagues, for review.
    Submit,
    /// Back to the writer.
    Return,
    /// To the public.
    Publish,
    /// The public words change, and say so.
    Correct,
    /// The public words go, and a notice takes their place.
    Withdraw,
    /// Abandoned, and kept.
    Spike,
    /// Taken up again.
    Revive,
}

impl Move {
    /// Every move.
    pub const ALL: [Self; 7] =
        [Self::Submit, Self::Return, Self::Publish, Self::Correct, Self::Withdraw, Self::Spike, Self::Revive];

    /// The command's name, which is also the word in ledgers and trailers.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Submit => "submit",
            Self::Return => "return",
            Self::Publish => "publish",
            Self::Correct => "correct",
            Self::Withdraw => "withdraw",
            Self::Spike => "spike",
            Self::Revive => "revive",
        }
    }

    /// The stage this move leads to from `from`, or none where it is not legal.
    pub fn from(self, from: Stage) -> Option<Stage> {
        match (self, from) {
            (Self::Submit, Stage::Draft) => Some(Stage::Review),
            (Self::Return, Stage::Review) | (Self::Revive, Stage::Spiked | Stage::Withdrawn) => Some(Stage::Draft),
            (Self::Publish, Stage::Review) | (Self::Correct, Stage::Published) => Some(Stage::Published),
            (Self::Withdraw, Stage::Published) => Some(Stage::Withdrawn),
            (Self::Spike, Stage::Draft | Stage::Review) => Some(Stage::Spiked),
            _ => None,
        }
    }
}

impl fmt::Display for Move {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(self.as_str())
    }
}

/// A word that names no move.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a move")]
pub struct UnknownMove(pub String);

impl FromStr for Move {
    type Err = UnknownMove;

    fn from_str(word: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|one| one.as_str() == word).ok_or_else(|| UnknownMove(word.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_moves_of_the_design_are_legal() {
        let legal: Vec<_> = Move::ALL
            .into_iter()
            .flat_map(|step| Stage::ALL.map(|from| (from, step, step.from(from))))
            .filter_map(|(from, step, to)| Some(format!("{from} {step} {}", to?)))
            .collect();
        assert_eq!(
            legal,
            [
                "draft submit review",
                "review return draft",
                "review publish published",
                "published correct published",
                "published withdraw withdrawn",
                "draft spike spiked",
                "review spike spiked",
                "withdrawn revive draft",
                "spiked revive draft",
            ]
        );
    }

    #[test]
    fn words_round_trip() {
        for stage in Stage::ALL {
            assert_eq!(stage.as_str().parse(), Ok(stage));
        }
        for step in Move::ALL {
            assert_eq!(step.as_str().parse(), Ok(step));
        }
        assert!("Published".parse::<Stage>().is_err());
    }
}
