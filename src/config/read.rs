//! Reading TOML key by key: a key is known because something asked for it, and every wrong value is a finding.

use std::cell::RefCell;
use std::str::FromStr;
use std::sync::LazyLock;

use super::{Articles, CheckSettings, DEFAULTS, Forge, NewsroomInfo, Review, Site};
use crate::article::{RepoPath, Table, Value};
use crate::finding::{Finding, Level, Span, nearest};

/// The defaults, read once: each step of a long past has its own settings.
static TABLE: LazyLock<Table> =
    LazyLock::new(|| Table::parse(DEFAULTS).expect("default.toml is TOML, as a test shows"));

/// `desk.toml`, read: every key has a value, its own or that of `default.toml`.
#[derive(Debug, Clone, PartialEq)]
pub struct Config {
    /// `[newsroom]`: what it is called and where it is.
    pub newsroom: NewsroomInfo,
    /// `[articles]`: where articles are.
    pub articles: Articles,
    /// `[review]`: who must have agreed before words become public.
    pub review: Review,
    /// `[check]`: how much each rule weighs.
    pub check: CheckSettings,
    /// `[site]`: what readers see.
    pub site: Site,
    /// `[forge]`: where pull requests are, if anywhere.
    pub forge: Forge,
}

impl Config {
    /// Reads `desk.toml`. Findings (all of level error) have the rule names `invalid-utf8`, `invalid-toml`,
    /// `config-unknown-key`, `config-type` and `config-value`.
    pub fn read(path: &RepoPath, bytes: &[u8]) -> Result<Self, Vec<Finding>> {
        let table = parse(path, bytes)?;
        let findings = RefCell::default();
        let root = Section::new("", Some(&table), Some(&*TABLE), &findings);
        let config = Self {
            newsroom: NewsroomInfo::read(&root.section("newsroom")),
            articles: Articles::read(&root.section("articles")),
            review: Review::read(&root.section("review")),
            check: CheckSettings::read(&root.section("check")),
            site: Site::read(&root.section("site")),
            forge: Forge::read(&root.section("forge")),
        };
        drop(root);
        finished(path, findings).map(|()| config)
    }
}

impl Default for Config {
    /// What an empty `desk.toml` means.
    fn default() -> Self {
        let path = RepoPath::new(super::DESK_FILE).expect("a sound path");
        Self::read(&path, b"").expect("default.toml reads, as a test shows")
    }
}

/// The bytes as a TOML table, or why not.
pub(super) fn parse(path: &RepoPath, bytes: &[u8]) -> Result<Table, Vec<Finding>> {
    let in_file = |finding: Finding| vec![finding.in_file(path.as_str())];
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let line = bytes[..error.valid_up_to()].iter().filter(|&&byte| byte == b'\n').count() + 1;
        in_file(
            Finding::new("invalid-utf8", Level::Error, format!("line {line} is not UTF-8 text"))
                .help("save the file again as UTF-8 (most editors call it the encoding)"),
        )
    })?;
    Table::parse(text).map_err(|finding| in_file(*finding))
}

/// Nothing, or the findings in the order of the file.
pub(super) fn finished(path: &RepoPath, findings: RefCell<Vec<Finding>>) -> Result<(), Vec<Finding>> {
    let mut findings = findings.into_inner();
    if findings.is_empty() {
        return Ok(());
    }
    findings.sort_by_key(|finding| finding.span);
    Err(findings.into_iter().map(|finding| finding.in_file(path.as_str())).collect())
}

/// One table of a file, over the same table of the defaults.
pub(super) struct Section<'a> {
    name: String,
    given: Option<&'a Table>,
    defaults: Option<&'a Table>,
    asked: RefCell<Vec<String>>,
    findings: &'a RefCell<Vec<Finding>>,
}

impl<'a> Section<'a> {
    pub(super) fn new(
        name: impl Into<String>,
        given: Option<&'a Table>,
        defaults: Option<&'a Table>,
        findings: &'a RefCell<Vec<Finding>>,
    ) -> Self {
        Self { name: name.into(), given, defaults, asked: RefCell::default(), findings }
    }

    /// A table that stands as a value inside `section`.
    pub(super) fn of(name: &str, value: &'a Value, section: &Self) -> Self {
        Self::new(name, value.as_table(), None, section.findings)
    }

    pub(super) fn say(&self, finding: Finding) {
        self.findings.borrow_mut().push(finding);
    }

    /// A key as it is called in messages.
    pub(super) fn full(&self, key: &str) -> String {
        if self.name.is_empty() { key.to_owned() } else { format!("{}.{key}", self.name) }
    }

    fn own(&self, key: &str) -> Option<&'a Value> {
        self.asked.borrow_mut().push(key.to_owned());
        self.given.and_then(|table| table.get(key))
    }

    /// Asks for `key` with `convert`, which gives none for a value of the wrong type: first the file's own value, then
    /// the default.
    fn ask<T>(&self, key: &str, wanted: &str, convert: impl Fn(&'a Value) -> Option<T>) -> Option<T> {
        if let Some(value) = self.own(key) {
            match convert(value) {
                Some(converted) => return Some(converted),
                None => self.say(
                    Finding::new("config-type", Level::Error, format!("`{}` must be {wanted}", self.full(key)))
                        .at(value.span),
                ),
            }
        }
        self.defaults.and_then(|table| table.get(key)).and_then(convert)
    }

    pub(super) fn value(&self, key: &str) -> Option<&'a Value> {
        self.own(key).or_else(|| self.defaults.and_then(|table| table.get(key)))
    }

    pub(super) fn text(&self, key: &str) -> Option<&'a str> {
        self.ask(key, "text in quotes", Value::as_str)
    }

    pub(super) fn truth(&self, key: &str) -> Option<bool> {
        self.ask(key, "`true` or `false`", Value::as_bool)
    }

    pub(super) fn count(&self, key: &str) -> Option<u32> {
        self.ask(key, "a whole number, 0 or more", |value| match value.data {
            crate::article::Data::Integer(number) => u32::try_from(number).ok(),
            _ => None,
        })
    }

    /// A day without a time, as TOML writes it or as text.
    pub(super) fn date(&self, key: &str) -> Option<jiff::civil::Date> {
        self.ask(key, "a day, such as 2026-09-01", |value| match &value.data {
            crate::article::Data::String(text) => text.parse().ok(),
            crate::article::Data::Datetime(moment) if moment.time.is_none() => moment.to_string().parse().ok(),
            _ => None,
        })
    }

    /// A list of strings, each with its bytes; one string counts as a list of one.
    pub(super) fn texts(&self, key: &str) -> Vec<(&'a str, Span)> {
        self.ask(key, "a list of texts, such as [\"one\", \"two\"]", |value| match value.as_array() {
            Some(values) => values.iter().map(|value| Some((value.as_str()?, value.span))).collect(),
            None => Some(vec![(value.as_str()?, value.span)]),
        })
        .unwrap_or_default()
    }

    /// The same, each converted.
    pub(super) fn list<T: FromStr<Err: std::fmt::Display>>(&self, key: &str) -> Vec<T> {
        let convert = |(text, span): (&str, Span)| match text.parse::<T>() {
            Ok(value) => Some(value),
            Err(error) => {
                self.say(Finding::new("config-value", Level::Error, error.to_string()).at(span));
                None
            }
        };
        self.texts(key).into_iter().filter_map(convert).collect()
    }

    /// A text that is converted; a bad one is a finding, and the default stands in.
    pub(super) fn parsed<T, E: std::fmt::Display>(
        &self,
        key: &str,
        convert: impl Fn(&str) -> Result<T, E>,
    ) -> Option<T> {
        let text = self.text(key)?;
        convert(text)
            .map_err(|error| self.wrong(key, error.to_string()))
            .ok()
            .or_else(|| convert(self.defaults?.text(key)?).ok())
    }

    /// One word out of several.
    pub(super) fn choice<T: Copy>(&self, key: &str, words: &[(&str, T)]) -> Option<T> {
        self.parsed(key, |text| {
            let found = words.iter().find(|(word, _)| *word == text).map(|&(_, value)| value);
            found.ok_or_else(|| not_among(&self.full(key), text, words.iter().map(|&(word, _)| word)))
        })
    }

    /// Says that the value of `key` will not do.
    pub(super) fn wrong(&self, key: &str, message: impl Into<String>) {
        let span = self.given.and_then(|table| table.get(key)).map(|value| value.span);
        let finding = Finding::new("config-value", Level::Error, message);
        self.say(match span {
            Some(span) => finding.at(span),
            None => finding,
        });
    }

    /// The table called `key`.
    pub(super) fn section(&self, key: &str) -> Self {
        let given = self.own(key).and_then(|value| {
            if value.as_table().is_none() {
                let message = format!("`{}` must be a table, opened by a line [{}]", self.full(key), self.full(key));
                self.say(Finding::new("config-type", Level::Error, message).at(value.span));
            }
            value.as_table()
        });
        let defaults = self.defaults.and_then(|table| table.get(key)?.as_table());
        Self::new(self.full(key), given, defaults, self.findings)
    }

    /// The array of tables called `key`, each table with its bytes.
    pub(super) fn sections(&self, key: &str) -> Vec<(Self, Span)> {
        let Some(value) = self.own(key) else { return Vec::new() };
        let name = self.full(key);
        let wrong = |span| {
            let message = format!("each of `{name}` must be a table, opened by a line [[{name}]]");
            self.say(Finding::new("config-type", Level::Error, message).at(span));
        };
        let Some(values) = value.as_array() else {
            wrong(value.span);
            return Vec::new();
        };
        let section = |value: &'a Value| match value.as_table() {
            Some(table) => Some((Self::new(name.clone(), Some(table), None, self.findings), value.span)),
            None => {
                wrong(value.span);
                None
            }
        };
        values.iter().filter_map(section).collect()
    }

    /// The keys that stand in the file itself, for a table whose keys are free.
    pub(super) fn free(&self) -> impl Iterator<Item = &'a crate::article::Field> {
        self.given.into_iter().flat_map(|table| &table.fields).inspect(|field| {
            self.asked.borrow_mut().push(field.key.clone());
        })
    }

    /// Whether the file itself says anything here.
    pub(super) fn is_given(&self, key: &str) -> bool {
        self.given.is_some_and(|table| table.get(key).is_some())
    }

    /// Reports every key that nothing asked for.
    fn finish(&self) {
        let asked = self.asked.borrow();
        for field in self.given.into_iter().flat_map(|table| &table.fields) {
            if asked.contains(&field.key) {
                continue;
            }
            let message = format!("`{}` is not a key that desk knows", self.full(&field.key));
            let finding = Finding::new("config-unknown-key", Level::Error, message).at(field.key_span);
            self.say(match nearest(&field.key, asked.iter().map(String::as_str)) {
                Some(meant) => finding.help(format!("did you mean `{meant}`?")),
                None => finding.help(format!("known here: {}", asked.join(", "))),
            });
        }
    }
}

impl Drop for Section<'_> {
    /// No section can forget to report what it was not asked for.
    fn drop(&mut self) {
        self.finish();
    }
}

/// "must be one of", with the nearest.
pub(super) fn not_among<'a>(name: &str, text: &str, words: impl Iterator<Item = &'a str>) -> String {
    let words: Vec<&str> = words.collect();
    let listed = words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ");
    match nearest(text, words.iter().copied()) {
        Some(meant) => format!("`{name}` must be one of {listed}; did you mean `{meant}`?"),
        None => format!("`{name}` must be one of {listed}, not `{text}`"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Generator, Setting};

    fn path() -> RepoPath {
        RepoPath::new(super::super::DESK_FILE).expect("a sound path")
    }

    /// The findings for `text`, each as `rule: message [the bytes it is about] help`.
    fn findings(text: &str) -> Vec<String> {
        let found = Config::read(&path(), text.as_bytes()).err().unwrap_or_default();
        found
            .into_iter()
            .map(|finding| {
                let place = finding.span.map_or("", |span| &text[span.range()]);
                format!("{}: {} [{place}] {}", finding.rule, finding.message, finding.help.unwrap_or_default())
            })
            .collect()
    }

    #[track_caller]
    fn refuses(text: &str, expected: &str) {
        let found = findings(text);
        assert!(found.iter().any(|line| line.contains(expected)), "{text}\n{found:#?}");
    }

    #[test]
    fn an_empty_file_means_the_defaults() {
        let config = Config::default();
        assert_eq!(config.articles.root.as_str(), "articles");
        assert_eq!(config.articles.path.to_string(), "{year}/{month}/{slug}");
        assert_eq!((config.review.people, config.articles.base.as_str()), (1, "main"));
        assert_eq!(config.site.generator, Generator::Desk);
        assert_eq!(config.newsroom.timezone.iana_name(), Some("UTC"));
        assert_eq!(Config::read(&path(), DEFAULTS.as_bytes()), Ok(config));
    }

    #[test]
    fn every_key_of_the_defaults_has_a_comment_and_the_commented_ones_read_too() {
        let mut before = "";
        for line in DEFAULTS.lines() {
            if line.contains(" = ") && !line.starts_with('#') {
                assert!(before.starts_with('#'), "{line}");
            }
            before = line;
        }
        let is_toml =
            |line: &str| line.starts_with("[[") || line.split_once(" = ").is_some_and(|(key, _)| !key.contains(' '));
        let all: String = DEFAULTS
            .lines()
            .map(|line| match line.strip_prefix("# ") {
                Some(inner) if is_toml(inner) => format!("{inner}\n"),
                _ => format!("{line}\n"),
            })
            .collect();
        assert_eq!(findings(&all), Vec::<String>::new());
        let config = Config::read(&path(), all.as_bytes()).expect("reads");
        assert_eq!(config.review.require.len(), 3);
        assert_eq!(config.check.setting("photo-alt"), Some(Setting::At(Level::Warning)));
        assert!(config.site.title.is_some() && config.forge.kind.is_some() && config.newsroom.url.is_some());
    }

    #[test]
    fn wrong_values_say_what_would_be_right() {
        refuses("[newsroom]\ntimezone = \"Seoul\"", "did you mean `Asia/Seoul`? [\"Seoul\"]");
        refuses("[newsroom]\ntimezone = \"Europe/Lisbn\"", "did you mean `Europe/Lisbon`?");
        refuses("[newsroom]\nurl = \"post.example\"", "is not a web address");
        refuses("[newsroom]\nlanguage = \"english please\"", "is not a language tag");
        refuses("[articles]\nroot = \"../x\"", "config-value: `../x` is not a path inside the newsroom [\"../x\"]");
        refuses("[articles]\npath = \"{yaer}/{slug}\"", "`{yaer}` means nothing here");
        refuses("[articles]\nbase = \"-x\"", "cannot be the name of a branch");
        refuses("[review]\npeople = 0", "`review.people` must be 1 or more [0]");
        refuses("[review]\npeople = \"two\"", "config-type: `review.people` must be a whole number");
        refuses("[review]\nroles = [\"Legal\"]", "`Legal` is not a role");
        refuses("[review]\nroles = [1]", "`review.roles` must be a list of texts");
        refuses("[[review.require]]\nroles = [\"legal\"]", "does not say `when`");
        refuses("[[review.require]]\nwhen = { section = \"courts\" }", "asks for nothing");
        refuses("[review]\nrequire = 3", "opened by a line [[review.require]]");
        refuses("[check.levels]\nphoto-alt = \"warn\"", "must be one of `off`, `note`, `warning`, `error`");
        refuses("[check]\nexclude = [\"/x\"]", "is not a path pattern");
        refuses("[site]\ngenerator = \"hugoo\"", "did you mean `hugo`?");
        refuses("review = 2", "`review` must be a table, opened by a line [review] [2]");
        refuses("[review", "invalid-toml");
    }

    #[test]
    fn unknown_keys_are_found_with_what_was_meant() {
        refuses(
            "[artcles]\nroot = \"x\"",
            "config-unknown-key: `artcles` is not a key that desk knows [artcles] did you mean `articles`?",
        );
        refuses("[review]\npeple = 2", "`review.peple` is not a key that desk knows [peple] did you mean `people`?");
        refuses("[[review.require]]\nwhen = { sections = \"a\" }\nroles = [\"b\"]", "did you mean `section`?");
        refuses("[forge]\nzebra = 2", "known here: kind, url, repository");
        assert_eq!(findings("[review]\npeple = 2\n[sit]\n").len(), 2);
    }

    #[test]
    fn bytes_that_are_no_text_are_a_finding() {
        let found = Config::read(&path(), b"a = 1\n\xff").expect_err("not UTF-8");
        assert_eq!(found[0].message, "line 2 is not UTF-8 text");
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "[\\[\\]a-z=\"{}.,0-9\n ]{0,60}") {
            for finding in Config::read(&path(), text.as_bytes()).err().unwrap_or_default() {
                proptest::prop_assert!(finding.span.is_none_or(|span| text.get(span.range()).is_some()));
            }
        }
    }
}
