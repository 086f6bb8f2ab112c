//! The editorial desk of a newsroom that keeps its articles in git.
//!
//! Each room of the house is a module with one concern; `ARCHITECTURE.md` is the map. Data flows one way: read, judge,
//! decide a [`article::Change`], apply it, say it.

pub mod article;
pub mod cache;
pub mod check;
pub mod command;
pub mod config;
pub mod finding;
pub mod forge;
pub mod history;
pub mod import;
pub mod ledger;
pub mod letter;
pub mod links;
pub mod newsroom;
pub mod process;
pub mod report;
pub mod repository;
pub mod schema;
pub mod site;
pub mod style;
pub mod terminal;
pub mod web;
pub mod workflow;
