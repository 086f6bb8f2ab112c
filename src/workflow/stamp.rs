//! After words have landed: the commit that makes them public and records who agreed to them.

use super::commit::{content_trailer, gone};
use super::publish::publish;
use super::standing::same_files;
use super::{Circumstances, Refusal, Standing, Together, Version};
use crate::article::{Change, Digest, FileStep, Stage};
use crate::finding::Finding;

/// What a forge writes under its own merge: a first line, and the rest.
pub fn landing(standing: &Standing, content: Digest) -> (String, String) {
    let message = format!("Desk-Article: {}\n{}", standing.id, content_trailer(content));
    (format!("{}: land", standing.slug), message)
}

/// Makes words public that are on the base already, hidden from readers. It asks for all that publishing asks for, of
/// just these words; the branch that brought them goes, if nothing was added to it.
pub fn stamp(
    standing: &Standing,
    circumstances: &Circumstances,
    findings: &[Finding],
    together: &Together,
) -> Result<Change, Refusal> {
    let landed = landed(standing, circumstances).ok_or(Refusal::NothingOpen)?;
    let mut change = publish(&landed, circumstances, findings, None, together)?;
    let is_landed = |open: &&Version| standing.base.as_ref().is_some_and(|base| base.digest == open.digest);
    if let Some(open) = standing.open.as_ref().filter(is_landed) {
        change.steps.push(gone(&standing.branch, open.commit));
    }
    if landed.working.is_none() {
        // Somebody goes on writing: those words stay on disk while the public version goes on beneath them.
        let stay = standing.working.iter().flatten();
        change.files = stay
            .map(|entry| FileStep {
                path: entry.path.clone(),
                expect: Some(entry.bytes.clone()),
                bytes: Some(entry.bytes.clone()),
            })
            .collect();
    }
    Ok(change)
}

/// The article as if what landed were open: there is nothing newer that could become public by mistake.
fn landed(standing: &Standing, circumstances: &Circumstances) -> Option<Standing> {
    let base = standing.base.as_ref()?;
    let version = Version { commit: circumstances.base.tip, ..base.clone() };
    let shows = |working: &Vec<_>| same_files(working, &base.entries);
    Some(Standing { working: standing.working.clone().filter(shows), open: Some(version), ..standing.clone() })
}

/// The same for an article that nobody has open and that waits on the base, hidden: what people agree to is what landed.
pub fn waiting(standing: &Standing, circumstances: &Circumstances) -> Option<Standing> {
    let waits = standing.open.is_none() && is_hidden(standing);
    waits.then(|| landed(standing, circumstances)).flatten()
}

/// Whether the words have landed and readers do not see them yet.
pub fn is_hidden(standing: &Standing) -> bool {
    let hidden = |base: &Version| base.stage == Stage::Review && base.document.is_hidden();
    standing.base.as_ref().is_some_and(hidden)
}
