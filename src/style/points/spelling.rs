//! `spelling`: words that no dictionary has.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::{OnceLock, PoisonError, RwLock};

use super::{Chunk, Frame, Hit, Memory, Point, Surroundings};
use crate::finding::Span;
use crate::style::fields::Fields;
use crate::style::pattern::{Exhausted, Pattern};
use crate::style::shelf::Shelf;
use crate::style::tokens::{straightened, tokens};
use crate::style::vocabulary;

/// Words that are not asked about, unless a rule says `custom`: `camelCase`, those that end in capitals, and those with
/// anything but letters of ASCII.
const FILTERS: [&str; 3] = ["[A-Z]{1}[a-z]+[A-Z]+\\w+", "[A-Z]+$", "[^a-zA-Z_']"];
/// How many words it remembers to have looked up.
const REMEMBERED: usize = 100_000;
/// Where dictionaries are.
const FOLDER: &str = "config/dictionaries/";

struct Spelling {
    dictionaries: Vec<Book>,
    /// Whether a word is in any of them, for those that were looked up: a newsroom's words come again and again.
    known: RwLock<HashMap<String, bool>>,
    filters: Vec<Pattern>,
    ignored: BTreeSet<String>,
    exceptions: Option<Pattern>,
}

impl std::fmt::Debug for Spelling {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Spelling").field("filters", &self.filters).finish_non_exhaustive()
    }
}

/// A dictionary, read when the first word is looked up.
struct Book {
    name: String,
    /// Whether it is not in UTF-8.
    is_foreign: bool,
    affixes: String,
    words: String,
    read: OnceLock<Option<spellbook::Dictionary>>,
}

pub(super) fn read(fields: &Fields<'_>, around: &Surroundings<'_>) -> Option<Box<dyn Point>> {
    let mut filters = Vec::new();
    for (filter, span) in fields.texts("filters") {
        match Pattern::new(filter) {
            Ok(filter) => filters.push(filter),
            Err(why) => fields.wrong(span, format!("`{filter}` cannot be read as a pattern: {why}")),
        }
    }
    if !fields.truth("custom", false) {
        filters.extend(FILTERS.iter().filter_map(|filter| Pattern::new(*filter).ok()));
    }
    let own = fields.texts("exceptions").into_iter().map(|(word, _)| word);
    let words: Vec<&str> = own.chain(around.vocabulary.accepted.iter().map(String::as_str)).collect();
    let exceptions = match words.as_slice() {
        [] => None,
        words => Some(super::compile(fields, "exceptions", format!("(?i){}", words.join("|")))?),
    };
    let ignored = ignored(fields, around);
    if fields.number("threshold").is_some() {
        fields.unsupported(
            fields.span("threshold"),
            "`threshold` does nothing: a word is in the dictionary or it is not",
        );
    }
    let dictionaries = dictionaries(fields, around)?;
    Some(Box::new(Spelling { dictionaries, known: RwLock::default(), filters, ignored, exceptions }))
}

/// The words of the lists that are to be left alone.
fn ignored(fields: &Fields<'_>, around: &Surroundings<'_>) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    let mut take = |path: &str| {
        let text = around.shelf.text(path)?;
        all.extend(vocabulary::words(&text).map(str::to_owned));
        Some(())
    };
    if around.name == "Vale.Spelling" {
        for path in around.shelf.below("config/ignore/") {
            take(path);
        }
    }
    for (path, span) in fields.texts("ignore") {
        let places = [
            path.to_owned(),
            format!("config/ignore/{path}"),
            path.rsplit("styles/").next().unwrap_or(path).to_owned(),
        ];
        if !places.iter().any(|place| take(place).is_some()) {
            fields.unsupported(span, format!("there is no list `{path}` below `styles/`"));
        }
    }
    all
}

/// The dictionaries that a rule names, or all there are; what is wrong with one is said.
fn dictionaries(fields: &Fields<'_>, around: &Surroundings<'_>) -> Option<Vec<Book>> {
    let books = named(fields, around)?;
    let key = ["dic", "dictionaries"].into_iter().find(|key| fields.span(key) != Span::at(0)).unwrap_or("extends");
    for book in &books {
        if let Some(why) = book.fault() {
            fields.wrong(fields.span(key), format!("the dictionary `styles/{}` cannot be used: {why}", book.name));
        } else if book.is_foreign {
            let message =
                format!("`styles/{}` is not in UTF-8: words with other letters than a to z are not known", book.name);
            fields.unsupported(fields.span(key), message);
        }
    }
    Some(books)
}

fn named(fields: &Fields<'_>, around: &Surroundings<'_>) -> Option<Vec<Book>> {
    let folder = fields.text("dicpath").filter(|path| !path.is_empty()).map(|path| {
        let path = path.rsplit("styles/").next().unwrap_or(path).trim_matches('/');
        format!("{path}/")
    });
    let (aff, dic) = (fields.text("aff"), fields.text("dic"));
    let named: Vec<&str> = fields.texts("dictionaries").into_iter().map(|(name, _)| name).collect();
    let appends = fields.truth("append", false);
    let folder = folder.unwrap_or_else(|| FOLDER.to_owned());
    let mut books = Vec::new();
    if let (Some(aff), Some(dic)) = (aff.filter(|aff| !aff.is_empty()), dic.filter(|dic| !dic.is_empty())) {
        books.extend(Book::on(around.shelf, aff, dic));
        if books.is_empty() {
            fields.wrong(fields.span("dic"), format!("there is no dictionary `{dic}` with `{aff}` below `styles/`"));
            return None;
        }
        return Some(books);
    }
    for name in &named {
        match Book::on(around.shelf, &format!("{folder}{name}.aff"), &format!("{folder}{name}.dic")) {
            Some(book) => books.push(book),
            None => {
                fields.wrong(fields.span("dictionaries"), format!("there is no dictionary `styles/{folder}{name}.dic`"))
            }
        }
    }
    if named.is_empty() || appends {
        let all = around.shelf.below(FOLDER).filter_map(|path| path.strip_suffix(".dic"));
        let others = all.filter(|stem| !named.iter().any(|name| **stem == format!("{folder}{name}")));
        books.extend(others.filter_map(|stem| Book::on(around.shelf, &format!("{stem}.aff"), &format!("{stem}.dic"))));
    }
    if books.is_empty() {
        fields.unsupported(
            fields.span("extends"),
            "there is no dictionary: put a pair such as `en_US.dic` and `en_US.aff` into `styles/config/dictionaries/`",
        );
        return None;
    }
    Some(books)
}

impl Book {
    fn on(shelf: &Shelf, aff: &str, dic: &str) -> Option<Self> {
        let (affixes, words) = (shelf.text(aff)?, shelf.text(dic)?);
        let is_foreign = [&affixes, &words].into_iter().any(|text| text.contains(char::REPLACEMENT_CHARACTER));
        // A word with a hyphen is one word to the format, and not right because its parts are.
        let (affixes, words) = (format!("{affixes}\nBREAK 0\n"), words.into_owned());
        Some(Self { name: dic.to_owned(), is_foreign, affixes, words, read: OnceLock::new() })
    }

    /// Why it cannot be read, if that is so. What its words say of themselves is read once each, which is told sooner
    /// than all words are read.
    fn fault(&self) -> Option<String> {
        let mut lines = self.words.lines();
        let mut few = lines.next().unwrap_or_default().to_owned();
        let mut seen = HashSet::new();
        for line in lines {
            let flags = line.rsplit_once('/').map_or("", |(_, flags)| flags);
            if line.len() > usize::from(u16::MAX) || (!flags.is_empty() && seen.insert(flags)) {
                few.push('\n');
                few.push_str(line);
            }
        }
        spellbook::Dictionary::new(&self.affixes, &few).err()?;
        spellbook::Dictionary::new(&self.affixes, &self.words).err().map(|error| error.to_string())
    }

    fn has(&self, word: &str) -> bool {
        let read = || spellbook::Dictionary::new(&self.affixes, &self.words).ok();
        // What is wrong with a dictionary was said when it was put on the shelf.
        self.read.get_or_init(read).as_ref().is_none_or(|book| book.check(word))
    }
}

impl Spelling {
    /// Whether `word` is spelt so, or is not to be asked about.
    fn is_right(&self, word: &str) -> bool {
        self.dictionaries.iter().any(|book| book.has(word))
            || self.filters.iter().any(|filter| filter.is_in(word))
            || self.ignored.contains(word)
            || self.ignored.contains(&word.to_lowercase())
            || self.exceptions.as_ref().is_some_and(|exceptions| exceptions.is_in(word))
    }

    /// Remembers what was looked up.
    fn remember(&self, new: Vec<(String, bool)>) {
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        if known.len() < REMEMBERED {
            known.extend(new);
        }
    }
}

impl Point for Spelling {
    fn look(&self, chunk: &Chunk<'_>, _: &Frame<'_>, _: &mut Memory) -> Result<Vec<Hit>, Exhausted> {
        let (mut hits, mut new) = (Vec::new(), Vec::new());
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        for range in tokens(chunk.words) {
            let word = straightened(&chunk.words[range.clone()]);
            let is_right = known.get(&*word).copied().unwrap_or_else(|| {
                let is_right = self.is_right(&word);
                new.push((word.to_string(), is_right));
                is_right
            });
            if !is_right {
                hits.push(Hit { at: Some(range), words: vec![word.into_owned()], ..Hit::default() });
            }
        }
        drop(known);
        if !new.is_empty() {
            self.remember(new);
        }
        Ok(hits)
    }
}
