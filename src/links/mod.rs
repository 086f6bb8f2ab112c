//! Whether links to other sites still lead somewhere.
//!
//! Owns [`ask()`]: it asks each address once, politely (one request at a time for each host, with a pause; who says
//! "later" is asked later or not at all), within limits of time and number, through at most a few redirects, and
//! remembers what it heard. What articles say is hostile here: [`web`](crate::web) looks at every hop before it is made.
//! It reads no article, and does not decide what an answer weighs.
#![expect(clippy::disallowed_methods, reason = "this room waits by the clock")]

mod answer;
mod ask;
mod memory;
mod round;
#[cfg(test)]
mod server;
mod trip;

pub use answer::{Answer, Sort};
pub use ask::{Asked, Manners, Watch, ask};
