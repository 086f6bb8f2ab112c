//! An article's own file as text: front matter between `+++` lines, then Markdown, every key and value with the bytes
//! it stands in. Reading never fails: what is wrong comes back as findings beside whatever could be read.

use std::sync::Arc;

use super::front::{self, Field, Table, Value};
use super::{ArticleId, RepoPath, Stage};
use crate::finding::{Finding, Level, Span};

/// The largest file desk reads as an article, in bytes.
pub const LARGEST: usize = 4 * 1024 * 1024;

/// One article's file, read.
#[derive(Debug, Clone)]
pub struct Document {
    /// Where it is.
    pub path: RepoPath,
    /// All of it, as stored: byte order mark, fences and line ends included. Spans count in this text.
    pub text: Arc<str>,
    /// What stands between the fences, parsed; empty when there is none or it is not TOML.
    pub front: Table,
    /// The bytes of the TOML between the fences; none when there is no front matter.
    pub front_span: Option<Span>,
    /// The bytes of the Markdown.
    pub body: Span,
}

impl Document {
    /// The tables in which generators keep a newsroom's own fields, in the order in which they are looked through.
    pub const TABLES: [&str; 3] = ["params", "extra", "taxonomies"];

    /// Reads `bytes`. The findings say what could not be: `invalid-utf8`, `too-large`, `empty-file`, `no-front-matter`,
    /// `yaml-front-matter`, `unclosed-front-matter`, `invalid-toml`.
    pub fn read(path: RepoPath, bytes: &[u8]) -> (Self, Vec<Finding>) {
        let mut findings = Vec::new();
        let mut say = |finding: Finding| findings.push(finding.in_file(path.as_str()));
        let text: Arc<str> = if bytes.len() > LARGEST {
            say(Finding::new("too-large", Level::Error, format!("this file is {} MB long", bytes.len() / 1_000_000))
                .help("an article is text: keep photos and data in files beside it"));
            Arc::from("")
        } else {
            match std::str::from_utf8(bytes) {
                Ok(text) => Arc::from(text),
                Err(error) => {
                    let line = bytes[..error.valid_up_to()].iter().filter(|&&byte| byte == b'\n').count() + 1;
                    say(Finding::new("invalid-utf8", Level::Error, format!("line {line} is not UTF-8 text"))
                        .help("save the file again as UTF-8 (most editors call it the encoding)"));
                    Arc::from("")
                }
            }
        };
        let parts = front::split(&text);
        let mut document = Self {
            path: path.clone(),
            front: Table::default(),
            front_span: parts.front,
            body: parts.body,
            text: Arc::clone(&text),
        };
        if let Some(finding) = parts.finding {
            // Of an unreadable file its emptiness is no news.
            if bytes.is_empty() || !text.is_empty() {
                say(finding);
            }
        }
        if let Some(span) = parts.front {
            match front::parse(&text[span.range()], span.start) {
                Ok(table) => document.front = table,
                Err(finding) => say(*finding),
            }
        }
        (document, findings)
    }

    /// The value at a dotted path of keys, such as `desk.id`, looked up exactly there.
    pub fn value(&self, path: &str) -> Option<&Value> {
        self.front.at(path)
    }

    /// A field of the article by its name: at the top level, then in `[params]` (Hugo), then in `[extra]` and
    /// `[taxonomies]` (Zola).
    pub fn field(&self, name: &str) -> Option<&Value> {
        self.entry(name).map(|field| &field.value)
    }

    /// The same with its key.
    pub fn entry(&self, name: &str) -> Option<&Field> {
        std::iter::once(&self.front)
            .chain(Self::TABLES.into_iter().filter_map(|table| self.front.get(table)?.as_table()))
            .find_map(|table| table.field(name))
    }

    /// A field that is a string.
    pub fn text_of(&self, name: &str) -> Option<&str> {
        self.field(name)?.as_str()
    }

    /// A field that is a string or a list of strings, as a list.
    pub fn list_of(&self, name: &str) -> Vec<&str> {
        self.field(name).map(Value::strings).unwrap_or_default()
    }

    /// The tables of an array of tables, such as `photos`.
    pub fn tables_of(&self, name: &str) -> Vec<&Table> {
        self.field(name).map(Value::tables).unwrap_or_default()
    }

    /// What the sources are called that readers are not told: all that do not say plainly that they are named.
    pub fn unnamed_sources(&self) -> Vec<&str> {
        let unnamed = |source: &&Table| source.get("anonymous").is_some_and(|value| value.as_bool() != Some(false));
        let sources = self.tables_of("sources").into_iter().filter(unnamed);
        sources.map(|source| source.text("name").unwrap_or_default()).collect()
    }

    /// `desk.id`, when it is one.
    pub fn id(&self) -> Option<ArticleId> {
        self.value("desk.id")?.as_str()?.parse().ok()
    }

    /// Whether desk keeps this article: it has a `[desk]` table. One that holds nothing but what the writer allows
    /// (`[[desk.allow]]`) makes no article desk's.
    pub fn is_adopted(&self) -> bool {
        let desk = self.value("desk").and_then(Value::as_table);
        desk.is_some_and(|desk| desk.fields.is_empty() || desk.fields.iter().any(|field| field.key != "allow"))
    }

    /// The stored stage. An article that desk does not keep counts as published unless `draft = true`.
    pub fn stage(&self) -> Option<Stage> {
        if self.is_adopted() {
            return self.value("desk.stage")?.as_str()?.parse().ok();
        }
        Some(if self.is_hidden() { Stage::Draft } else { Stage::Published })
    }

    /// Whether `draft = true`: the switch that keeps Hugo and Zola from rendering it. Hugo takes `Draft` for the same key:
    /// where both stand, nobody knows which it follows.
    pub fn is_hidden(&self) -> bool {
        let mut switches = self.front.fields.iter().filter(|field| field.key.eq_ignore_ascii_case("draft"));
        let only = switches.next().filter(|_| switches.next().is_none());
        only.is_some_and(|field| field.key == "draft" && field.value.as_bool() == Some(true))
    }

    /// `desk.kind`: the schema it follows.
    pub fn kind(&self) -> Option<&str> {
        self.value("desk.kind")?.as_str()
    }

    /// The Markdown.
    pub fn body_text(&self) -> &str {
        &self.text[self.body.range()]
    }

    /// The line end that this file uses: that of its first line.
    pub fn line_end(&self) -> &'static str {
        match self.text.find('\n') {
            Some(at) if self.text[..at].ends_with('\r') => "\r\n",
            _ => "\n",
        }
    }
}
