//! Leaving findings out.

use super::Suppression;
use crate::finding::Finding;

/// Takes out of `findings` what holding suppressions are about, counts it on each of them, and gives how many went.
pub(in crate::check) fn hide(findings: &mut Vec<Finding>, suppressions: &mut [Suppression]) -> usize {
    if suppressions.iter().all(|one| !one.holds()) {
        return 0;
    }
    let before = findings.len();
    findings.retain(|finding| {
        let mut hidden = false;
        // Every one that is about it counts: none of them is idle.
        for one in suppressions.iter_mut().filter(|one| one.holds() && one.is_about(finding)) {
            one.hides += 1;
            hidden = true;
        }
        !hidden
    });
    before - findings.len()
}
