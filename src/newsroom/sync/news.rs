//! What others did, and what came of it here, as values for the words said about it.

use jiff::Timestamp;

use crate::article::merge::Joint;
use crate::article::{ArticleId, ObjectId, RepoPath, Slug};
use crate::ledger::Decision;
use crate::newsroom::Hindrance;

/// Whether to ask the remote first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fetching {
    /// Yes.
    Remote,
    /// No: what was fetched before is all there is.
    Nothing,
}

/// What others did, and what came of it here.
#[derive(Debug, Clone, Default)]
pub struct Synced {
    /// The remote that was asked.
    pub remote: Option<String>,
    /// Why it did not answer; what was fetched before was brought in all the same.
    pub unreachable: Option<String>,
    /// What happened.
    pub news: Vec<News>,
    /// What two people changed, each in their own way. Both are kept as they are.
    pub clashes: Vec<Clash>,
}

/// One thing that happened.
#[derive(Debug, Clone, PartialEq)]
pub enum News {
    /// The public version here is what the remote has.
    Public {
        /// How many steps it went on.
        steps: usize,
    },
    /// The public version here has steps that the remote does not have.
    Ahead {
        /// How many.
        steps: usize,
    },
    /// The public version went on in both places.
    Parted,
    /// Somebody else's open article is here now.
    Came(About),
    /// Somebody else went on with an open article, and so did ours.
    Followed(About),
    /// Ours and somebody else's words are one.
    Joined {
        /// Which, and with whose.
        about: About,
        /// Where words came in.
        places: Vec<String>,
        /// How many.
        words: usize,
        /// Other files that came in.
        files: usize,
        /// Names of those whose yes was to the words before.
        stale: Vec<String>,
    },
    /// Somebody said something of an article.
    Said {
        /// Which, and who said it when.
        about: About,
        /// What.
        decision: Decision,
    },
    /// Its pull request was closed, and nothing of it landed.
    RequestClosed {
        /// Which.
        about: About,
        /// The pull request's page.
        page: String,
    },
    /// The forge did not tell what was said there.
    Unheard {
        /// Why.
        why: String,
    },
    /// What was to be sent before has reached the remote.
    Sent(About),
    /// What was to be sent before could not be.
    Unsent(About, Hindrance),
    /// Others landed it, and readers do not see it yet.
    Hidden(About),
    /// Others landed it: nothing of it is open any more.
    Landed(About),
    /// Nobody else has it open any more, and ours is.
    Closed(About),
    /// It was withdrawn: our words stay on their branch.
    Withdrawn(About),
    /// The public version does not have it any more.
    Gone(About),
    /// It stands in another place.
    Moved(About, RepoPath),
}

/// An article, and who changed it last elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    /// Its slug.
    pub slug: Slug,
    /// Its title.
    pub title: String,
    /// Who, and when; none where nobody is known.
    pub by: Option<(String, Timestamp)>,
}

/// Two people's changes of one article that do not join by themselves.
#[derive(Debug, Clone, PartialEq)]
pub struct Clash {
    /// Which article, and who changed it elsewhere.
    pub about: About,
    /// Its id.
    pub id: ArticleId,
    /// Whose words are the other ones.
    pub with: With,
    /// What both make together, and where they part.
    pub joint: Joint,
    /// How many words of the other side join by themselves.
    pub joining: usize,
}

/// Whose words the other ones are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum With {
    /// Those that readers are served from.
    Public,
    /// Those on a colleague's branch, as it was fetched.
    Colleague(ObjectId),
}
