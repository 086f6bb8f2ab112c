//! Fixes made in one text.

use std::collections::BTreeMap;

use crate::article::edit;
use crate::finding::{Edit, Finding, Fix, Span};

/// Makes the fixes of these findings in one text, whole or not at all, the earlier one first where two meet. Gives the
/// findings whose fixes were made; no byte outside their spans is touched.
pub(super) fn apply(text: &str, findings: &[&Finding]) -> (String, Vec<Finding>) {
    let mut order: Vec<(Span, &Finding, &Fix)> = findings
        .iter()
        .filter_map(|finding| {
            let fix = finding.fix.as_ref()?;
            Some((fix.edits.iter().map(|edit| edit.span).min()?, *finding, fix))
        })
        .collect();
    order.sort_by(|(one, finding, _), (other, second, _)| (one, &finding.rule).cmp(&(other, &second.rule)));
    let mut taken: BTreeMap<usize, usize> = BTreeMap::new();
    let mut edits: Vec<Edit> = Vec::new();
    let mut made = Vec::new();
    for (_, finding, fix) in order {
        let mut with = Vec::new();
        let fits = fix.edits.iter().all(|edit| {
            let free = text.get(edit.span.range()).is_some() && is_free(&taken, edit.span);
            if free {
                taken.insert(edit.span.start, edit.span.end);
                with.push(edit.span.start);
            }
            free
        });
        if fits {
            edits.extend(fix.edits.iter().cloned());
            made.push(finding.clone());
        } else {
            for start in with {
                taken.remove(&start);
            }
        }
    }
    (edit::apply(text, &edits), made)
}

/// Whether an edit of `span` meets none that is taken. Edits may stand side by side, but nothing is put in at the edge
/// of another: which of the two comes first would be chance.
fn is_free(taken: &BTreeMap<usize, usize>, span: Span) -> bool {
    for (&start, &end) in taken.range(..=span.end).rev() {
        let beside = start != end && !span.is_empty();
        if beside && start == span.end {
            continue;
        }
        return end < span.start || (beside && end == span.start);
    }
    true
}
