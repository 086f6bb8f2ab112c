//! What a person should hear while a command still runs.

use std::fmt;
use std::sync::Arc;

use crate::repository::Recovered;

/// One thing to hear.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// Another desk writes to this newsroom, and this one waits until it is done.
    Waiting,
    /// A command that was stopped before has been settled.
    Settled(Recovered),
}

/// Whoever passes it on.
#[derive(Clone)]
pub struct Herald(Arc<dyn Fn(&Notice) + Send + Sync>);

impl Herald {
    /// One who calls `tell` with each notice.
    pub fn new(tell: impl Fn(&Notice) + Send + Sync + 'static) -> Self {
        Self(Arc::new(tell))
    }

    pub(super) fn tell(&self, notice: &Notice) {
        (self.0)(notice);
    }
}

impl fmt::Debug for Herald {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Herald")
    }
}
