//! The required check: whether everybody who must has agreed to exactly the words that a pull request would land, judged by
//! the public version's policy; and what was seen when a review came, written down at that moment.

use super::reviews::reviewed;
use super::{AtForge, ForgeEvent};
use crate::article::{ObjectId, RefName};
use crate::check::Suppression;
use crate::finding::Finding;
use crate::forge::{CheckState, CommitId, NewStatus, Number, PullRequest};
use crate::ledger::Assent;
use crate::letter::{self, LeftOut, State, Story};
use crate::newsroom::proof::in_force;
use crate::newsroom::seen::{Leaf, Seen};
use crate::newsroom::{Error, Newsroom, Result};
use crate::workflow::{self, Circumstances, Naming, Needs, Standing};

/// One article of a pull request, judged.
#[derive(Debug)]
pub struct GatedArticle {
    /// As it would land.
    pub standing: Standing,
    /// What the policy asks, and who has said yes.
    pub needs: Option<Needs>,
    /// What the rules say of it.
    pub findings: Vec<Finding>,
    /// What they would say besides.
    pub suppressions: Vec<Suppression>,
    /// Reviews that count for nothing, a line each.
    pub uncounted: Vec<String>,
}

/// A pull request, judged.
#[derive(Debug)]
pub struct Gated {
    /// Its number.
    pub number: u64,
    /// Its page.
    pub page: String,
    /// Its articles.
    pub articles: Vec<GatedArticle>,
    /// How the check stands.
    pub state: State,
    /// The line of the status.
    pub line: String,
    /// The page for people, in Markdown.
    pub summary: String,
    /// Under which rules.
    pub circumstances: Circumstances,
    /// How many reviews were written down.
    pub recorded: usize,
    /// What the commits may not do.
    pub deeds: Vec<Finding>,
    /// What the forge did not take, in its words.
    pub not_done: Vec<String>,
}

/// What the forge is to be told.
#[derive(Debug, Clone, Copy, Default)]
pub struct Telling {
    /// Whether the status of the commit is set.
    pub status: Yes,
    /// Whether the summary is written beside the pull request.
    pub comment: Yes,
}

/// Whether something is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Yes {
    /// It is.
    Yes,
    /// It is not.
    #[default]
    No,
}

impl Newsroom {
    /// Judges a pull request: the one that is named, else the one that the event is about, else that of the branch that is
    /// checked out.
    pub fn gate(&mut self, number: Option<u64>, event: Option<&ForgeEvent>, telling: Telling) -> Result<Gated> {
        let none = || Error::Given("there is no forge here, and so no pull request".to_owned());
        let at = self.at_forge()?.ok_or_else(none)?;
        self.come_up()?;
        let number = match number.or(event.map(|event| event.number)) {
            Some(number) => Number(number),
            None => self.number_here(&at)?,
        };
        let request = at.forge.pull_request(number)?;
        // The policy of the public version says nothing of what lands anywhere else.
        if request.base != self.base_name() {
            let (base, public) = (&request.base, self.base_name());
            return Err(Error::Given(format!(
                "pull request {number} would land on `{base}`, and readers are served from `{public}`"
            )));
        }
        let tip = self.fetched(&request)?;
        let deeds = self.deeds_of(tip)?;
        let mut recorded = 0;
        let mut standings = self.brought_by(&request, tip)?;
        if let Some(review) = event.and_then(|event| event.review.as_ref()) {
            for standing in &standings {
                recorded += self.write_down(&at, &request, standing, review)?;
            }
            standings = self.brought_by(&request, tip)?;
        }
        let mut articles = Vec::new();
        for standing in standings {
            articles.push(self.gated(&at, &request, standing)?);
        }
        let circumstances = self.circumstances()?;
        let (state, line, summary) = told(&articles, &circumstances, &deeds);
        let page = at.page(request.number);
        let mut gated = Gated {
            number: number.0,
            page,
            articles,
            state,
            line,
            summary,
            circumstances,
            recorded,
            deeds,
            not_done: Vec::new(),
        };
        tell(&at, &request, &mut gated, telling);
        Ok(gated)
    }

    /// The pull request of the branch that is checked out.
    fn number_here(&self, at: &AtForge) -> Result<Number> {
        let branch = match self.repository.head()? {
            crate::repository::Head::Branch(name, _) => name.branch_name().map(str::to_owned),
            _ => None,
        };
        let found = branch.map(|branch| at.forge.find(&branch, self.base_name())).transpose()?.flatten();
        let none = || Error::Given("no pull request is named, and the branch here has none".to_owned());
        Ok(found.ok_or_else(none)?.number)
    }

    /// The articles that a pull request brings, as they would land.
    pub(super) fn brought_by(&self, request: &PullRequest, tip: ObjectId) -> Result<Vec<Standing>> {
        let all = self.articles()?;
        let branch = RefName::branch(&request.branch).map_err(|_| Error::NothingOpen)?;
        let mut standings = Vec::new();
        for leaf in self.leaves_of(tip)? {
            standings.extend(self.as_brought(&all, &branch, leaf)?);
        }
        Ok(standings)
    }

    fn as_brought(&self, all: &[Seen], branch: &RefName, leaf: Leaf) -> Result<Option<Standing>> {
        let (Some(id), Some(slug)) = (leaf.document.id(), self.slug_of(&leaf.document)) else { return Ok(None) };
        let known = all.iter().find(|seen| seen.id == Some(id)).cloned();
        let seen = Seen {
            id: Some(id),
            slug,
            base: known.as_ref().and_then(|seen| seen.base.clone()),
            open: Some((branch.clone(), leaf)),
            working: None,
            spiked: known.and_then(|seen| seen.spiked),
        };
        // What lies in the folder here is nobody's proposal.
        Ok(Some(Standing { working: None, ..self.standing(&self.whole(&seen)?)? }))
    }

    /// Judges one of them.
    pub(super) fn gated(&self, at: &AtForge, request: &PullRequest, standing: Standing) -> Result<GatedArticle> {
        let (standing, uncounted) = self.with_reviews_in(at, request, standing)?;
        let standing = workflow::unsealed(&standing);
        let settled = self.findings_of(&standing, &self.articles()?)?;
        let suppressions = in_force(&settled);
        let needs = workflow::needs(&standing, &self.circumstances()?);
        Ok(GatedArticle { needs, findings: settled.told.findings, suppressions, uncounted, standing })
    }

    /// Writes down what the giver of a review saw: the forge tells of it at this moment, and what it names is what was
    /// seen, if that is what stood there.
    fn write_down(
        &mut self,
        at: &AtForge,
        request: &PullRequest,
        standing: &Standing,
        told: &ToldReview,
    ) -> Result<usize> {
        let mut reviewed = reviewed(at, request)?;
        reviewed.reviews.retain(|review| review.id == told.id);
        let (Some(named), Some(head)) = (told.commit, told.head) else { return Ok(0) };
        if named != head {
            return Ok(0);
        }
        for review in &mut reviewed.reviews {
            review.commit = Some(named);
        }
        (reviewed.naming, reviewed.heads) = (Naming::Told, None);
        let witnessed = self.witnessed(&reviewed, standing)?;
        let said: Vec<Assent> = self.written_down(&witnessed)?;
        let kept = self.keep_reviews(&Standing { assents: said, ..standing.clone() })?;
        Ok(kept.len())
    }
}

/// What an event says of a review.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToldReview {
    /// Its number.
    pub id: u64,
    /// The commit that it names.
    pub commit: Option<ObjectId>,
    /// Where the branch stood when the event was made.
    pub head: Option<ObjectId>,
}

/// The state, the line and the page for people. `deeds` is what the commits may not do.
fn told(articles: &[GatedArticle], circumstances: &Circumstances, deeds: &[Finding]) -> (State, String, String) {
    let left_out: Vec<Vec<LeftOut<'_>>> =
        articles.iter().map(|article| article.suppressions.iter().map(left_out).collect()).collect();
    let stories: Vec<Story<'_>> = articles
        .iter()
        .zip(&left_out)
        .map(|(article, left_out)| Story {
            standing: &article.standing,
            circumstances,
            needs: article.needs.as_ref(),
            findings: &article.findings,
            left_out,
        })
        .collect();
    let status = letter::status(&stories, deeds);
    (status.state, status.text, letter::summary(&stories, deeds).text)
}

fn left_out(one: &Suppression) -> LeftOut<'_> {
    LeftOut { rule: &one.rule, reason: &one.reason, until: one.until, origin: one.origin.as_str() }
}

/// Tells the forge. Without the right to, what it said is told instead: whoever runs this is then the check.
fn tell(at: &AtForge, request: &PullRequest, gated: &mut Gated, telling: Telling) {
    let state = match gated.state {
        State::Success => CheckState::Passed,
        State::Pending => CheckState::Pending,
        State::Failure => CheckState::Failed,
    };
    if telling.status == Yes::Yes {
        let head: &CommitId = &request.head;
        let status = NewStatus { name: workflow::CHECK, state, text: &gated.line };
        gated.not_done.extend(at.forge.set_status(head, &status).err().map(|error| error.to_string()));
    }
    if telling.comment == Yes::Yes {
        let comment = at.forge.comment(request.number, letter::Mark::OF_SUMMARY, &gated.summary);
        gated.not_done.extend(comment.err().map(|error| error.to_string()));
    }
}
