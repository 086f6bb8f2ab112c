//! GitLab's Code Quality report: an array, whose entries GitLab tells apart by their fingerprints.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::fingerprint::fingerprints;
use super::json::inert;
use super::place::Place;
use super::sentence::told;
use super::{Format, Look, NEWSROOM, Report};
use crate::finding::Level;

pub(super) static FORMAT: Format =
    Format { name: "gitlab", about: "for GitLab's merge requests (Code Quality)", write, summary: None };

fn write(report: &Report<'_>, _look: Look<'_>, out: &mut dyn Write) -> io::Result<()> {
    let entries = report.findings.iter().zip(fingerprints(report)).map(|(finding, fingerprint)| {
        let place = Place::of(finding, report);
        json!({
            "description": told(finding),
            "check_name": finding.rule,
            "fingerprint": fingerprint,
            "severity": severity(finding.level),
            "location": {
                "path": finding.path.as_deref().unwrap_or(NEWSROOM),
                "lines": {
                    "begin": place.map_or(1, |place| place.first.line),
                    "end": place.map_or(1, Place::last_line),
                },
            },
        })
    });
    writeln!(out, "{}", inert(&Value::from_iter(entries).to_string()))
}

fn severity(level: Level) -> &'static str {
    match level {
        Level::Error => "major",
        Level::Warning => "minor",
        Level::Note => "info",
    }
}
