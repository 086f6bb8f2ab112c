//! Tests of the program as people and other programs meet it: one binary, a file per subject.
#![allow(clippy::disallowed_methods, reason = "tests live in the world")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![allow(unreachable_pub, reason = "a binary of tests has no outside")]

mod adoption;
#[cfg(unix)]
mod adversaries;
mod again;
mod audit;
#[cfg(unix)]
mod between;
mod borders;
mod codeowners;
mod commits;
mod compared;
mod contract;
mod correcting;
#[cfg(unix)]
mod described;
#[cfg(unix)]
mod description;
mod doctor;
mod durable;
#[cfg(unix)]
mod examples;
mod fixing;
#[cfg(unix)]
mod forgejo;
mod forgery;
mod formats;
#[cfg(unix)]
mod gate;
#[cfg(unix)]
mod guests;
mod help;
mod house_style;
#[cfg(unix)]
mod hub;
mod input;
#[cfg(unix)]
mod judged;
mod links;
mod many;
mod mending;
mod moves;
mod newsroom;
#[cfg(unix)]
mod prism;
#[cfg(unix)]
mod protected;
#[cfg(unix)]
mod pull_requests;
#[cfg(unix)]
mod pygithub;
mod readme;
mod renaming;
mod rules;
mod scheduling;
#[cfg(unix)]
mod secrets;
mod sending;
#[cfg(unix)]
mod servers;
mod setup;
mod signatures;
mod streams;
mod syncing;
mod undo;
mod withdrawing;

/// Every file of this folder is in the list above: one that is not would never run.
#[test]
fn every_file_is_listed() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it");
    for entry in std::fs::read_dir(folder).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let Some(module) = name.strip_suffix(".rs").filter(|module| *module != "main") else { continue };
        let listed = include_str!("main.rs").lines().any(|line| line == format!("mod {module};"));
        assert!(listed, "tests/it/{name} is not in tests/it/main.rs");
    }
}
