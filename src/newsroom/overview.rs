//! What is going on: every article with its stage and facts, and what waits for one person.

use rayon::prelude::*;

use super::Newsroom;
use super::error::Result;
use super::seen::Seen;
use crate::article::{ArticleId, RepoPath, Stage};
use crate::ledger::{RECORDS, record_path};
use crate::workflow::{self, Circumstances, Fact, Inbox, Standing};

/// One article in a list.
#[derive(Debug, Clone)]
pub struct Row {
    /// The article.
    pub seen: Seen,
    /// What is derived of it.
    pub facts: Vec<Fact>,
    /// When its words changed last: the last save of an open one, else what its file says. RFC 3339.
    pub updated: Option<String>,
}

/// What waits for one person.
#[derive(Debug, Clone)]
pub struct Waiting {
    /// The inbox.
    pub inbox: Inbox,
    /// Whose, when and under which rules.
    pub circumstances: Circumstances,
    /// How many articles are public.
    pub public: usize,
}

impl Newsroom {
    /// All articles whose slug, title, people, section or tags hold every one of `words`; all for no words.
    pub fn overview(&self, words: &[String]) -> Result<Vec<Row>> {
        let circumstances = self.circumstances()?;
        let mut articles = self.articles()?;
        if !words.is_empty() {
            let words: Vec<String> = words.iter().map(|word| word.to_lowercase()).collect();
            articles = articles.into_par_iter().filter(|seen| holds_all(seen, &words)).collect();
        }
        let marked = self.marked(&articles)?;
        articles
            .into_iter()
            .zip(marked)
            .map(|(seen, marked)| {
                let expires = seen.base.as_ref().is_some_and(|leaf| leaf.document.field("expiryDate").is_some());
                let facts = if seen.is_open() || marked == Marked::Yes || expires {
                    workflow::facts(&self.standing(&seen)?, &circumstances)
                } else {
                    Vec::new()
                };
                Ok(Row { updated: self.updated(&seen)?, seen, facts })
            })
            .collect()
    }

    /// What waits for whoever sits here.
    pub fn waiting(&self) -> Result<Waiting> {
        let circumstances = self.circumstances()?;
        let articles = self.articles()?;
        let marked = self.marked(&articles)?;
        let standings: Vec<Standing> = articles
            .iter()
            .zip(marked)
            .filter(|(seen, marked)| seen.is_open() || *marked == Marked::Yes)
            .map(|(seen, _)| self.standing(seen))
            .collect::<Result<_>>()?;
        let public = articles
            .iter()
            .filter(|seen| seen.base.as_ref().is_some_and(|leaf| leaf.document.stage() == Some(Stage::Published)))
            .count();
        Ok(Waiting { inbox: workflow::inbox(&standings, &circumstances), circumstances, public })
    }

    /// Which public articles have more to say than that they are public: a record with a debt or a correction in it.
    /// Only a first look at the bytes; what it marks is read and judged in full.
    fn marked(&self, articles: &[Seen]) -> Result<Vec<Marked>> {
        let memory = self.memory("records");
        let folder = RepoPath::new(RECORDS).expect("a sound name");
        let records = memory.listing(&folder)?.files;
        let telling = memory.telling(&records, tells_more)?;
        memory.close();
        let mark = |id: Option<ArticleId>| id.is_some_and(|id| telling.contains(&record_path(id)));
        let marked = articles.iter().map(|seen| mark(seen.base.as_ref().and(seen.id)));
        Ok(marked.map(|yes| if yes { Marked::Yes } else { Marked::No }).collect())
    }

    fn updated(&self, seen: &Seen) -> Result<Option<String>> {
        if let Some((_, leaf)) = &seen.open
            && let Some(commit) = leaf.commit
        {
            return Ok(Some(self.repository.commit(commit)?.committer.time.to_string()));
        }
        let document = &seen.current().document;
        let said = document.value("updated").or_else(|| document.value("date"));
        Ok(said.and_then(|value| value.as_datetime()).map(ToString::to_string))
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Marked {
    Yes,
    No,
}

fn tells_more(record: &[u8]) -> bool {
    let holds = |wanted: &[u8]| record.windows(wanted.len()).any(|window| window == wanted);
    holds(b"owed = \"assents\"") || holds(b"move = \"correct\"")
}

fn holds_all(seen: &Seen, words: &[String]) -> bool {
    let document = &seen.current().document;
    let mut text = format!("{}\n{}", seen.slug, seen.title());
    for field in ["authors", "author", "section", "tags", "categories", "description"] {
        for said in document.list_of(field) {
            text.push('\n');
            text.push_str(said);
        }
    }
    let text = text.to_lowercase();
    words.iter().all(|word| text.contains(word))
}
