//! What CI says: one page for all articles of a push or a pull request, and one line for its status.

use super::changes::{discreet, missing};
use super::discretion::Discretion;
use super::markdown::{code, plain, words};
use super::sheet::Sheet;
use super::{Comment, Mark, Story, count, counted, difference, fact, request};
use crate::finding::{Finding, Level};
use crate::workflow::{self, Missing};

/// GitHub takes 140 characters of a status' description.
const LINE: usize = 140;

/// The most articles that one page tells of.
const ARTICLES: usize = 50;

/// How the required check stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// Everything holds.
    Success,
    /// Nothing is broken; people have yet to agree.
    Pending,
    /// Something is broken.
    Failure,
}

impl State {
    /// The word that forges have for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Success => "success",
            Self::Pending => "pending",
            Self::Failure => "failure",
        }
    }
}

/// The line of a commit's status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// How it stands.
    pub state: State,
    /// Why, in one line of at most 140 characters.
    pub text: String,
}

/// How articles stand, and what is said besides of the commits that bring them.
pub fn state(stories: &[Story<'_>], besides: &[Finding]) -> State {
    let all = stories.iter().flat_map(|story| story.findings).chain(besides);
    let is_broken = all.into_iter().any(|finding| finding.level == Level::Error);
    let waits = stories.iter().any(|story| story.needs.is_some_and(|needs| !needs.are_met()));
    match (is_broken, waits) {
        (true, _) => State::Failure,
        (false, true) => State::Pending,
        (false, false) => State::Success,
    }
}

/// The line of the status: `needs legal approval (by Ana Ruiz)`.
pub fn status(stories: &[Story<'_>], besides: &[Finding]) -> Status {
    let state = state(stories, besides);
    let text = match state {
        State::Failure => broken(stories, besides),
        State::Pending => waiting(stories),
        State::Success => holds(stories),
    };
    Status { state, text: plain(&text, LINE) }
}

fn discretion(stories: &[Story<'_>]) -> Discretion {
    Discretion::together(stories.iter().map(Story::discretion))
}

/// `2 errors, 1 warning: desk check ferry-fares`.
fn broken(stories: &[Story<'_>], besides: &[Finding]) -> String {
    let is_bad = |story: &&Story<'_>| story.findings.iter().any(|finding| finding.level == Level::Error);
    let bad: Vec<_> = stories.iter().filter(is_bad).map(|story| story.standing.slug.as_str()).collect();
    let all: Vec<Finding> = stories.iter().flat_map(|story| story.findings).chain(besides).cloned().collect();
    let found = counted(&all).unwrap_or_default();
    match &bad[..] {
        [] => {
            let first = besides.iter().find(|finding| finding.level == Level::Error);
            let what = first.map(|first| format!(": {}", discretion(stories).told(&first.message))).unwrap_or_default();
            format!("{found}{what}")
        }
        [slug] => format!("{found}: desk check {slug}"),
        slugs => format!("{found} in {}: {}", count(slugs.len(), "article"), slugs.join(", ")),
    }
}

fn waiting(stories: &[Story<'_>]) -> String {
    let missing = |story: &Story<'_>| -> Vec<Missing> {
        story.needs.map(|needs| needs.missing(story.circumstances)).unwrap_or_default()
    };
    let waiting: Vec<_> =
        stories.iter().map(|story| (story, missing(story))).filter(|(_, all)| !all.is_empty()).collect();
    match &waiting[..] {
        [(_, all)] => format!("needs {}", all.iter().map(discreet).collect::<Vec<_>>().join("; ")),
        all => {
            let slugs: Vec<_> = all.iter().map(|(story, _)| story.standing.slug.as_str()).collect();
            format!("{} need a yes: {}", count(all.len(), "article"), slugs.join(", "))
        }
    }
}

fn holds(stories: &[Story<'_>]) -> String {
    match stories {
        [] => "no article is touched".to_owned(),
        [story] => {
            let names: Vec<String> =
                story.needs.iter().flat_map(|needs| &needs.tally.counted).map(|one| one.person.name.clone()).collect();
            if names.is_empty() {
                "nothing is missing".to_owned()
            } else {
                format!("{} agreed to these exact words", super::and(&names))
            }
        }
        all => format!("nothing is missing in {}", count(all.len(), "article")),
    }
}

/// The page: what holds, what is missing, what the rules say, what changed, and the command that helps. `besides` is what
/// is said of commits and of the newsroom's own files.
pub fn summary(stories: &[Story<'_>], besides: &[Finding]) -> Comment {
    let mut sheet = Sheet::new();
    let status = status(stories, besides);
    let head = match status.state {
        State::Success => "holds",
        State::Pending => "waits for people",
        State::Failure => "does not hold",
    };
    sheet.end(&format!("## desk: {head}"));
    sheet.paragraph(&words(&status.text));
    let kept = discretion(stories);
    let lines: Vec<String> = besides.iter().map(|one| request::finding_line(one, &kept)).collect();
    sheet.list("### Commits and the newsroom’s own files", &lines, 30, "the log");
    let told = stories.iter().take(ARTICLES).take_while(|story| article(story, &mut sheet)).count();
    if told < stories.len() {
        sheet.end(&format!("*{} more: the log has them.*", count(stories.len() - told, "article")));
    }
    Comment { mark: Mark::OF_SUMMARY.to_owned(), text: sheet.finish() }
}

/// One article, if there is room to say something of it.
fn article(story: &Story<'_>, sheet: &mut Sheet) -> bool {
    let standing = story.standing;
    let slug = &standing.slug;
    if sheet.is_full() || !sheet.paragraph(&format!("### {}", request::heading(story))) {
        return false;
    }
    let facts = workflow::facts(standing, story.circumstances).into_iter().map(fact);
    let stage = std::iter::once(standing.stage().to_string()).chain(facts).collect::<Vec<_>>().join(", ");
    let found = counted(story.findings).unwrap_or_else(|| "nothing found".to_owned());
    sheet.line(&format!("- {} · {stage}", code(slug.as_str())));
    sheet.line(&format!("- check: {found}"));
    for line in missing(story) {
        sheet.line(&format!("- **needs** {line}"));
    }
    if story.needs.is_some_and(crate::workflow::Needs::are_met) {
        sheet.line(&format!("- **has** everything: {}", words(&holds(std::slice::from_ref(story)))));
    }
    if let Some(command) = helps(story) {
        sheet.line(&format!("- next: {}", code(&command)));
    }
    sheet.gap();
    let discretion = story.discretion();
    let mut grave: Vec<&Finding> = story.findings.iter().collect();
    grave.sort_by_key(|one| std::cmp::Reverse(one.level));
    let lines: Vec<String> =
        grave.into_iter().map(|one| request::finding_of(one, story.document(), &discretion)).collect();
    sheet.list("**Check**", &lines, 20, &code(&format!("desk check {slug}")));
    if let Some(difference) = story.against_public().filter(|difference| !difference.is_empty()) {
        sheet.end(&format!(
            "<details>\n<summary>{} changed against the public version</summary>",
            count(difference.words(), "word")
        ));
        let left = sheet.paragraphs(&difference::passages(&difference, &discretion));
        difference::rest(left, slug, sheet);
        sheet.end("</details>");
    }
    true
}

/// The one command that helps most.
fn helps(story: &Story<'_>) -> Option<String> {
    let slug = &story.standing.slug;
    if story.findings.iter().any(|finding| finding.level == Level::Error) {
        return Some(format!("desk check {slug}"));
    }
    let needs = story.needs?;
    let waits = story.standing.open.is_some();
    match (needs.are_met(), waits) {
        (true, true) => Some(format!("desk publish {slug}")),
        (true, false) => None,
        (false, _) => Some(format!("desk approve {slug}")),
    }
}
