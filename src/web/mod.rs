//! The one HTTP client of desk: how it names itself, which certificates it believes, which proxy it goes through, how
//! long it waits, and which machines it does not talk to.
//!
//! Owns [`agent()`], which every room that talks over HTTP begins with, and [`look()`], which asks one address once and
//! reads no body. It follows no redirect, keeps nothing, and decides nothing: what an answer means is for who asked.

mod agent;
mod guard;
mod look;

#[cfg(test)]
pub(crate) use agent::agent_within;
pub use agent::{Proxy, Reach, agent};
pub use guard::{is_inner_name, is_public};
pub use look::{Ask, Reply, Silence, look};
