//! What reviewers wrote on the forge, brought to the writer.

use jiff::Timestamp;

use super::AtForge;
use crate::article::{Document, ObjectId};
use crate::forge::{CommitId, Opinion, State, User};
use crate::newsroom::{Newsroom, Result};
use crate::workflow::Standing;

/// Something a reviewer wrote.
#[derive(Debug, Clone)]
pub struct Remarked {
    /// Who, as the staff list or the forge calls them.
    pub by: String,
    /// When.
    pub at: Option<Timestamp>,
    /// Their words.
    pub text: String,
    /// The file that they are about.
    pub path: String,
    /// The line in it, from 1; none where they are about all of it.
    pub line: Option<u32>,
    /// The article's file as they saw it; none where that is not here.
    pub then: Option<Document>,
}

/// What stands in a review that desk gave: it is for machines.
const BINDING: &str = "Desk-Content:";

impl Newsroom {
    /// What was written in the open pull request of an article, in the order in which it was written. None where there is
    /// no forge, or nobody was asked there.
    pub fn remarks(&self, standing: &Standing) -> Result<Option<Vec<Remarked>>> {
        let Some(open) = &standing.open else { return Ok(None) };
        let Some(remote) = self.remote()? else { return Ok(None) };
        if self.repository.known(&remote, &standing.branch)?.is_none() {
            return Ok(None);
        }
        let Some(at) = self.at_forge()? else { return Ok(None) };
        let found = self.newest_request(&at, standing)?;
        let Some(request) = found.filter(|request| request.state == State::Open) else { return Ok(None) };
        let main = open.main.to_string();
        let mut remarks = Vec::new();
        for review in at.forge.reviews(request.number)? {
            let text = spoken(&review.text);
            if text.is_empty() || review.opinion == Opinion::Dismissed {
                continue;
            }
            let by = self.called(&at, review.by.as_ref());
            remarks.push(Remarked { by, at: review.at, text, path: main.clone(), line: None, then: None });
        }
        for remark in at.forge.remarks(request.number)? {
            remarks.push(Remarked {
                by: self.called(&at, remark.by.as_ref()),
                at: remark.at,
                text: remark.text.trim().to_owned(),
                then: self.as_seen(standing, remark.commit.as_ref(), &remark.path)?,
                path: remark.path,
                line: remark.line,
            });
        }
        remarks.sort_by_key(|remark| remark.at);
        Ok(Some(remarks))
    }

    /// The article's file at the commit that a remark is about, if it is about that file.
    fn as_seen(&self, standing: &Standing, commit: Option<&CommitId>, path: &str) -> Result<Option<Document>> {
        let (Some(open), Some(commit)) = (&standing.open, commit) else { return Ok(None) };
        let commit = commit.as_str().parse::<ObjectId>().ok().filter(|_| open.main.as_str() == path);
        let Some(commit) =
            commit.filter(|commit| self.repository.revision(&commit.to_string()).is_ok_and(|one| one.is_some()))
        else {
            return Ok(None);
        };
        let bytes = self.repository.file_at(commit, &open.main)?;
        Ok(bytes.map(|bytes| Document::read(open.main.clone(), &bytes).0))
    }

    /// What somebody on a forge is called here.
    fn called(&self, at: &AtForge, user: Option<&User>) -> String {
        let Some(user) = user else { return "somebody whose account is gone".to_owned() };
        match self.house.staff.at_forge(&at.place.host, user.id, &user.login) {
            Some((person, _)) => person.name.clone(),
            None => user.login.clone(),
        }
    }
}

/// A review's words without what desk wrote into it.
fn spoken(text: &str) -> String {
    let lines = text.lines().filter(|line| !line.starts_with(BINDING));
    lines.collect::<Vec<_>>().join("\n").trim().to_owned()
}
