//! New articles: from a title and answers, or from foreign text.

use toml::Value;

use super::Newsroom;
use super::error::{Error, Result};
use super::layout;
use super::moves::Saved;
use super::seen::{Leaf, Seen};
use super::standing::file_of;
use super::writing::Work;
use crate::article::{ArticleId, Change, Document, Entry, FileStep, ORDINARY_FILE, Reach, RepoPath, Slug, edit};
use crate::config::{self, Place};
use crate::import::Imported;
use crate::schema::Schema;
use crate::workflow::{self, Standing};

/// A new article, before it has an id and a place.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// Its kind.
    pub kind: String,
    /// Its slug; none makes one of the title.
    pub slug: Option<Slug>,
    /// What it begins with.
    pub content: Content,
    /// Fields and what they say, as somebody typed them.
    pub answers: Vec<(String, String)>,
}

/// What an article begins with.
#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    /// A headline and an empty page.
    Title(String),
    /// Foreign text.
    Imported(Box<Imported>),
}

impl Content {
    fn title(&self) -> &str {
        match self {
            Self::Title(title) => title,
            Self::Imported(imported) => imported.title.as_deref().unwrap_or_default(),
        }
    }
}

/// A new article as it now stands.
#[derive(Debug, Clone)]
pub struct Created {
    /// Its id.
    pub id: ArticleId,
    /// Its slug.
    pub slug: Slug,
    /// The file with its words.
    pub main: RepoPath,
    /// Its title.
    pub title: String,
}

impl Newsroom {
    /// Articles whose titles say the same as `title`, so that nobody writes a story twice unawares.
    pub fn like(&self, title: &str) -> Result<Vec<Seen>> {
        let wanted = title.to_lowercase();
        let words = |text: &str| {
            text.to_lowercase()
                .split(|one: char| !one.is_alphanumeric())
                .filter(|word| word.chars().count() > 3)
                .map(str::to_owned)
                .collect::<std::collections::BTreeSet<_>>()
        };
        let asked = words(title);
        let mut like = self.articles()?;
        like.retain(|seen| {
            let theirs = words(seen.title());
            let shared = asked.intersection(&theirs).count();
            seen.is_open()
                && (seen.title().to_lowercase() == wanted
                    || (shared >= 2 && shared * 2 >= asked.len().min(theirs.len())))
        });
        Ok(like)
    }

    /// Begins an article: its folder is laid out, its words are saved to a branch of its own.
    pub fn create(&mut self, draft: &Draft) -> Result<Created> {
        self.write(|work| {
            let newsroom = &*work.newsroom;
            let schemas = newsroom.schemas()?;
            let Some(schema) = schemas.get(&draft.kind) else {
                let kinds = schemas.kinds().map(str::to_owned).collect();
                return Err(Error::NoKind { kind: draft.kind.clone(), kinds });
            };
            let answers = answered(schema, &draft.answers)?;
            let field = |name: &str| answers.iter().find(|(key, _)| key == name).and_then(|(_, value)| value.as_str());
            let title = field("title").unwrap_or(draft.content.title()).to_owned();
            let slug = match &draft.slug {
                Some(slug) => slug.clone(),
                None => Slug::from_title(&title).ok_or_else(|| Error::NoSlug(title.clone()))?,
            };
            let articles = &newsroom.house.config.articles;
            let today = newsroom.local_now().date();
            let Place { home, main } = articles
                .path
                .place(&articles.root, &slug, today, field("section"))
                .map_err(|no_place| Error::Given(no_place.to_string()))?;
            newsroom.is_free(&slug, &home, &main)?;
            let id = newsroom.chance()?.article_id(newsroom.setting.now);
            let text = newsroom.first_text(draft, id, answers)?;
            let files = vec![(main.clone(), text.clone().into_bytes())];
            let leaf = Leaf::read(None, home, main.clone(), text.as_bytes());
            let seen =
                Seen { id: Some(id), slug: slug.clone(), base: None, open: None, working: Some(leaf), spiked: None };
            let standing = newsroom.standing(&seen)?;
            work.put(&seen, &standing, files, format!("began {slug}"))?;
            Ok(Created { id, slug, main, title })
        })
    }

    /// The file that an article begins with.
    fn first_text(&self, draft: &Draft, id: ArticleId, answers: Vec<(String, Value)>) -> Result<String> {
        match &draft.content {
            Content::Title(title) => {
                let mut fields = vec![
                    ("title".to_owned(), Value::String(title.clone())),
                    ("draft".to_owned(), Value::Boolean(true)),
                ];
                for (name, value) in answers {
                    match fields.iter_mut().find(|(known, _)| *known == name) {
                        Some(field) => field.1 = value,
                        None => fields.push((name, value)),
                    }
                }
                let manuscript =
                    layout::manuscript(self.house.config.site.generator, fields, Vec::new(), String::new());
                Ok(edit::compose(&manuscript, id, &draft.kind))
            }
            Content::Imported(imported) => {
                let mut text = imported.text(id, &draft.kind).map_err(|not_kept| Error::Given(not_kept.to_string()))?;
                let nowhere = RepoPath::new("index.md").expect("a sound name");
                for (name, value) in answers {
                    let (document, _) = Document::read(nowhere.clone(), text.as_bytes());
                    text = edit::apply(&text, &[edit::set(&document, &name, &value)]);
                }
                Ok(text)
            }
        }
    }

    fn is_free(&self, slug: &Slug, home: &RepoPath, main: &RepoPath) -> Result<()> {
        let articles = self.articles()?;
        let taken = articles.iter().any(|seen| seen.slug == *slug || seen.current().home == *home);
        let address = self.house.config.articles.address(&Document::read(main.clone(), b"").0);
        let had = |other: &workflow::Neighbour| other.addresses.contains(&config::folded(&address));
        if let Some(other) = self.neighbours(&articles, None).into_iter().find(had).filter(|_| !taken) {
            return Err(Error::AddressTaken { address, by: other.slug });
        }
        let in_the_way = !self.repository.working_entries(home)?.is_empty();
        if taken || in_the_way { Err(Error::Taken(slug.clone())) } else { Ok(()) }
    }

    /// Lays an article out in its folder, so that it can be edited: the saved words, where the folder does not hold
    /// them already. Nothing unsaved is overwritten.
    pub fn lay_out(&mut self, name: Option<&str>) -> Result<(Standing, RepoPath, Option<Saved>)> {
        self.write(|work| {
            let seen = work.find(name)?;
            let (seen, standing, saved_now) = work.saved(seen)?;
            let main = seen.current().document.path.clone();
            let saved = standing.open.as_ref().or(standing.base.as_ref());
            let entries = saved.map(|version| version.entries.as_slice()).unwrap_or_default();
            let here = standing.working.as_deref().unwrap_or_default();
            let missing: Vec<FileStep> = entries
                .iter()
                .filter(|entry| !here.iter().any(|file| file.path == entry.path))
                .map(|entry| FileStep { path: entry.path.clone(), expect: None, bytes: Some(entry.bytes.clone()) })
                .collect();
            if !missing.is_empty() && here.is_empty() {
                work.apply(&Change {
                    summary: format!("laid out {}", seen.slug),
                    articles: vec![standing.id],
                    steps: Vec::new(),
                    files: missing,
                    reach: Reach::Here,
                })?;
            }
            Ok((standing, main, saved_now))
        })
    }

    /// Writes an article's files anew where they are what they were when they were read, and saves them.
    pub fn rewrite(
        &mut self,
        name: Option<&str>,
        change: impl FnOnce(&Standing, &Document) -> Result<Vec<(RepoPath, Vec<u8>)>>,
    ) -> Result<(Standing, Option<Saved>)> {
        self.write(|work| {
            let seen = work.find(name)?;
            let (seen, standing, _) = work.saved(seen)?;
            let document = seen.current().document.clone();
            let new = change(&standing, &document)?;
            let saved = work.put(&seen, &standing, new, format!("edited {}", seen.slug))?;
            let seen = work.newsroom.see(&standing)?.unwrap_or(seen);
            Ok((work.newsroom.standing(&seen)?, saved))
        })
    }
}

impl Work<'_> {
    /// Writes files of an article and saves them, as one operation. What is there now must be what `standing` saw.
    pub(super) fn put(
        &mut self,
        seen: &Seen,
        standing: &Standing,
        files: Vec<(RepoPath, Vec<u8>)>,
        summary: String,
    ) -> Result<Option<Saved>> {
        let here = standing.working.clone().unwrap_or_default();
        let steps: Vec<FileStep> = files
            .iter()
            .map(|(path, bytes)| FileStep {
                path: path.clone(),
                expect: file_of(&here, path).map(<[u8]>::to_vec),
                bytes: Some(bytes.clone()),
            })
            .collect();
        let mut working = here;
        for (path, bytes) in files {
            working.retain(|entry| entry.path != path);
            working.push(Entry { path, mode: ORDINARY_FILE, bytes });
        }
        let after = Standing { working: Some(working), ..standing.clone() };
        let circumstances = self.newsroom.circumstances()?;
        let change =
            workflow::save(&after, &circumstances, None).map_err(|refusal| self.newsroom.refused(seen, refusal))?;
        let Some(change) = change else { return Ok(None) };
        let saved = Saved::between(standing, &change);
        self.apply(&Change { summary, files: steps, ..change })?;
        Ok(Some(saved))
    }
}

/// Answers as values of their fields.
fn answered(schema: &Schema, answers: &[(String, String)]) -> Result<Vec<(String, Value)>> {
    answers
        .iter()
        .map(|(field, text)| {
            if matches!(field.as_str(), "draft" | "date" | "updated" | "desk") {
                return Err(Error::Given(format!("`{field}` is a line that desk keeps: moves write it")));
            }
            let value = schema.value(field, text).map_err(|wrong| Error::Given(wrong.to_string()))?;
            Ok((field.clone(), value))
        })
        .collect()
}
