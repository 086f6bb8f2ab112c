//! What stays of a finding when the lines around it move: its rule, its file and the words it is about.

use std::collections::HashMap;

use sha2::{Digest as _, Sha256};

use super::Report;
use super::place::words;
use crate::finding::Finding;

/// One name per finding, in their order, none twice. Where a rule says the same of the same words of one file more than
/// once, they are counted.
pub(super) fn fingerprints(report: &Report<'_>) -> Vec<String> {
    let mut seen: HashMap<[u8; 32], u64> = HashMap::new();
    report
        .findings
        .iter()
        .map(|finding| {
            let key = key(finding, report);
            let count = seen.entry(key).or_default();
            *count += 1;
            let named = Sha256::new().chain_update(key).chain_update(count.to_be_bytes()).finalize();
            named.iter().take(16).map(|byte| format!("{byte:02x}")).collect()
        })
        .collect()
}

fn key(finding: &Finding, report: &Report<'_>) -> [u8; 32] {
    let about = finding.span.zip(report.text_of(finding)).map(|(span, text)| words(text, span));
    // Where something is missing there are no words, and what is said names it.
    let about = about.filter(|words| !words.trim().is_empty()).unwrap_or(&finding.message);
    let about: Vec<&str> = about.split_whitespace().collect();
    let mut key = Sha256::new();
    for part in ["desk-finding/1", &finding.rule, finding.path.as_deref().unwrap_or_default(), &about.join(" ")] {
        key.update(part.len().to_be_bytes());
        key.update(part);
    }
    key.finalize().into()
}
