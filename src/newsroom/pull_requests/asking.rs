//! Opening an article's pull request, and renewing it when the article changed.

use super::{AtForge, There};
use crate::article::Difference;
use crate::check::Settled;
use crate::config::Person;
use crate::forge::{self, NewPullRequest, Opened};
use crate::ledger::Assent;
use crate::letter::{self, LeftOut, Look, Story};
use crate::newsroom::proof::in_force;
use crate::newsroom::{Delivery, Error, Moved, Newsroom, Result};
use crate::workflow::{self, Circumstances, Missing, Needs, Standing};

/// So many people are asked at once; where more could say yes, only those whose role is missing are.
const ASKED: usize = 5;

/// Who is asked for a review.
#[derive(Debug, Clone, Copy)]
pub(in crate::newsroom) enum Whom<'a> {
    /// These; without names, those who could give what is missing.
    Named(&'a [String]),
    /// Nobody who is not asked yet.
    Nobody,
}

impl Newsroom {
    /// Has the forge ask people about words that were sent.
    pub(in crate::newsroom) fn requested(&self, moved: Moved, whom: Whom<'_>) -> Result<Moved> {
        if matches!(moved.delivery, Some(Delivery::Kept(_))) {
            return Ok(moved);
        }
        let Some(at) = self.at_forge()? else { return Ok(moved) };
        let settled = self.findings_of(&moved.after, &self.articles()?)?;
        let asked = self.with_reviews(&at, moved.after.clone());
        let asked =
            asked.and_then(|(standing, _)| self.opened_at(&at, &standing, &moved.circumstances, &settled, whom));
        let there = match asked {
            Ok(opened) => There::Done {
                number: opened.request.number.0,
                page: at.page(opened.request.number),
                renewed: opened.renewed,
                not_done: opened.not_done,
            },
            Err(Error::Forge(error)) => self.failed(&at, error),
            Err(other) => return Err(other),
        };
        Ok(Moved { there: Some(there), ..moved })
    }

    /// Opens the pull request, or renews it; where approvals are stale now, a comment says whose and at which words they
    /// must look.
    pub(super) fn opened_at(
        &self,
        at: &AtForge,
        standing: &Standing,
        circumstances: &Circumstances,
        settled: &Settled,
        whom: Whom<'_>,
    ) -> Result<Opened> {
        let needs = workflow::needs(standing, circumstances);
        let suppressions = in_force(settled);
        let left_out: Vec<LeftOut<'_>> = suppressions
            .iter()
            .map(|one| LeftOut { rule: &one.rule, reason: &one.reason, until: one.until, origin: one.origin.as_str() })
            .collect();
        let story = Story {
            standing,
            circumstances,
            needs: needs.as_ref(),
            findings: &settled.told.findings,
            left_out: &left_out,
        };
        let written = letter::pull_request(&story);
        let labels: Vec<&str> = written.labels.iter().map(String::as_str).collect();
        // Whoever works in a copy of their own may give no labels, and ask nobody.
        let is_guest = at.place.copy.is_some();
        let whom = if is_guest { Whom::Nobody } else { whom };
        let labels = if is_guest { Vec::new() } else { labels };
        let reviewers = self.reviewers(at, needs.as_ref(), circumstances, whom)?;
        let reviewers: Vec<&str> = reviewers.iter().map(String::as_str).collect();
        let branch = standing.branch.branch_name().unwrap_or_default();
        let new = NewPullRequest {
            title: &written.title,
            text: &written.text,
            branch,
            base: self.base_name(),
            labels: &labels,
            reviewers: &reviewers,
        };
        let mut opened = at.forge.open(&new)?;
        if opened.renewed
            && let Some(error) = self.tell_of_changes(at, &opened, &story)?
        {
            opened.not_done.push(error.to_string());
        }
        Ok(opened)
    }

    /// Writes whose approval is stale, and at which words they must look again; why it could not, if it could not.
    fn tell_of_changes(&self, at: &AtForge, opened: &Opened, story: &Story<'_>) -> Result<Option<forge::Error>> {
        let stale = letter::stale(story);
        let mut looks = Vec::new();
        for assent in stale {
            looks.push((assent, self.since(story.standing, assent)?));
        }
        let looks: Vec<Look<'_>> =
            looks.iter().map(|(assent, (since, by))| Look { assent, since: since.as_ref(), by }).collect();
        if looks.is_empty() {
            return Ok(None);
        }
        let comment = letter::changes(story, &looks);
        Ok(at.forge.comment(opened.request.number, &comment.mark, &comment.text).err())
    }

    /// What changed since somebody said yes, and by whose hand; none where the words of then are not here.
    fn since(&self, standing: &Standing, assent: &Assent) -> Result<(Option<Difference>, Vec<String>)> {
        let Some(open) = &standing.open else { return Ok((None, Vec::new())) };
        let Some(older) = self.with_digest(standing, open, assent.statement.content)? else {
            return Ok((None, Vec::new()));
        };
        let by = self.authors_since(open, &older)?;
        Ok((Some(Difference::between(&older.document, &open.document)), by))
    }

    /// The accounts that are asked for a review: those of the people who are named, else of those who could give what is
    /// missing.
    fn reviewers(
        &self,
        at: &AtForge,
        needs: Option<&Needs>,
        circumstances: &Circumstances,
        whom: Whom<'_>,
    ) -> Result<Vec<String>> {
        let staff = self.staff();
        let people: Vec<&Person> = match whom {
            Whom::Nobody => Vec::new(),
            Whom::Named([]) => {
                let names = could(needs, circumstances);
                staff.people.iter().filter(|person| names.contains(&person.name)).collect()
            }
            Whom::Named(named) => named.iter().map(|name| self.meant(name)).collect::<Result<_>>()?,
        };
        Ok(people.into_iter().filter_map(|person| person.login_at(&at.place.host)).map(str::to_owned).collect())
    }

    /// The one person of the staff list whom a word means: a name, a part of it, an address or a role.
    fn meant(&self, word: &str) -> Result<&Person> {
        let lower = word.to_lowercase();
        let is_meant = |person: &&Person| {
            person.has_address(word)
                || person.name.to_lowercase() == lower
                || person.name.to_lowercase().split_whitespace().any(|part| part == lower)
                || person.forges.values().any(|login| login.to_lowercase() == lower)
                || person.roles.iter().any(|role| role.as_str() == lower)
        };
        let mut found = self.staff().people.iter().filter(is_meant);
        match (found.next(), found.next()) {
            (Some(person), None) => Ok(person),
            (None, _) => Err(Error::Given(format!("nobody on the staff list is called `{word}`"))),
            (Some(one), Some(other)) => {
                Err(Error::Given(format!("`{word}` may be {} or {}: write the whole name", one.name, other.name)))
            }
        }
    }
}

/// Names of those who could give what is missing. Where many could, only of those whose role is asked for.
fn could(needs: Option<&Needs>, circumstances: &Circumstances) -> Vec<String> {
    let missing = needs.map(|needs| needs.missing(circumstances)).unwrap_or_default();
    let (mut roles, mut all) = (Vec::new(), Vec::new());
    for one in missing {
        match one {
            Missing::Role { could, .. } => {
                roles.extend(could.iter().cloned());
                all.extend(could);
            }
            Missing::People { could, .. } => all.extend(could),
            Missing::Knowledge { .. } | Missing::Finding(_) => {}
        }
    }
    all.sort();
    all.dedup();
    if all.len() > ASKED && !roles.is_empty() { roles } else { all.into_iter().take(ASKED).collect() }
}
