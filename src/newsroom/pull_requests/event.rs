//! What a forge's workflow is told of why it runs. Whoever opened the pull request wrote most of it: only numbers and
//! names of commits are taken.

use serde::Deserialize;

use super::gate::ToldReview;
use crate::article::ObjectId;

/// An event about a pull request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForgeEvent {
    /// Which pull request.
    pub number: u64,
    /// The review that was given, where one was.
    pub review: Option<ToldReview>,
}

#[derive(Deserialize)]
struct Told {
    pull_request: Option<ToldPull>,
    review: Option<ToldOpinion>,
}

#[derive(Deserialize)]
struct ToldPull {
    number: u64,
    head: Option<ToldHead>,
}

#[derive(Deserialize)]
struct ToldHead {
    sha: String,
}

#[derive(Deserialize)]
struct ToldOpinion {
    id: u64,
    commit_id: Option<String>,
}

impl ForgeEvent {
    /// Reads the file that GitHub's and Forgejo's runners name in `GITHUB_EVENT_PATH`; none for what is about no pull
    /// request.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let told: Told = serde_json::from_slice(bytes).ok()?;
        let pull = told.pull_request?;
        let commit = |name: &str| name.parse::<ObjectId>().ok();
        let head = pull.head.and_then(|head| commit(&head.sha));
        let review = told.review.map(|review| ToldReview {
            id: review.id,
            commit: review.commit_id.as_deref().and_then(commit),
            head,
        });
        Some(Self { number: pull.number, review })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_says_which_pull_request_and_which_review() {
        let sha = "a".repeat(40);
        let text = format!(
            "{{\"action\":\"submitted\",\"review\":{{\"id\":9,\"commit_id\":\"{sha}\",\"body\":\"x\"}},\
             \"pull_request\":{{\"number\":7,\"head\":{{\"sha\":\"{sha}\",\"ref\":\"$(x)\"}}}}}}"
        );
        let commit = sha.parse().ok();
        let review = Some(ToldReview { id: 9, commit, head: commit });
        assert_eq!(ForgeEvent::read(text.as_bytes()), Some(ForgeEvent { number: 7, review }));
        assert_eq!(
            ForgeEvent::read(b"{\"pull_request\":{\"number\":7}}"),
            Some(ForgeEvent { number: 7, review: None })
        );
        for none in ["", "{}", "[]", "{\"pull_request\":{\"number\":-1}}", "{\"pull_request\":{\"number\":\"7\"}}"] {
            assert_eq!(ForgeEvent::read(none.as_bytes()), None, "{none}");
        }
    }
}
