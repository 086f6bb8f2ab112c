//! What another site said, and for how long that holds.

use jiff::SignedDuration;

use crate::web::Silence;

/// What became of one link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Answer {
    /// It leads somewhere.
    Good,
    /// The site says that there is nothing (404, 410).
    Missing(u16),
    /// Nobody has the site's name.
    NoHost,
    /// The site does not let programs look: this status.
    Unwilling(u16),
    /// The site says that it is ill: this status.
    Ailing(u16),
    /// The site says: later.
    Later,
    /// Nothing came in time.
    Slow,
    /// The connection was refused, or broke.
    Broken,
    /// The certificate is not believed.
    Certificate,
    /// It leads to a machine that is not public.
    Private,
    /// It leads on and on.
    Roundabout,
}

/// What an answer is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// Readers arrive.
    Good,
    /// Readers do not.
    Gone,
    /// Nobody can tell today.
    Unsure,
}

impl Answer {
    /// What it is worth.
    pub fn sort(self) -> Sort {
        match self {
            Self::Good => Sort::Good,
            Self::Missing(_) | Self::NoHost => Sort::Gone,
            _ => Sort::Unsure,
        }
    }

    /// What is to be said of it, behind the link's address and a colon.
    pub fn words(self) -> String {
        match self {
            Self::Good => "it is there".to_owned(),
            Self::Missing(status) => format!("the site says that it is not there ({status})"),
            Self::NoHost => "there is no site of that name".to_owned(),
            Self::Unwilling(status) => format!("the site does not show it to programs ({status})"),
            Self::Ailing(status) => format!("the site has trouble ({status})"),
            Self::Later => "the site asks to come back later".to_owned(),
            Self::Slow => "the site does not answer in time".to_owned(),
            Self::Broken => "the site does not take the call, or breaks off".to_owned(),
            Self::Certificate => "the site cannot prove who it is (its certificate)".to_owned(),
            Self::Private => "it leads into a private network, where desk does not look".to_owned(),
            Self::Roundabout => "it leads on from page to page without end".to_owned(),
        }
    }

    /// For how long it need not be asked again.
    pub(super) fn life(self) -> SignedDuration {
        match self.sort() {
            Sort::Good => SignedDuration::from_hours(7 * 24),
            Sort::Gone => SignedDuration::from_hours(6),
            Sort::Unsure => SignedDuration::from_hours(1),
        }
    }
}

impl From<Silence> for Answer {
    fn from(silence: Silence) -> Self {
        match silence {
            Silence::NoHost => Self::NoHost,
            Silence::NoNetwork | Silence::Broken => Self::Broken,
            Silence::Slow => Self::Slow,
            Silence::Certificate => Self::Certificate,
            Silence::Private => Self::Private,
        }
    }
}
