//! `spelling`: words that no dictionary has.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use super::{Chunk, Frame, Hit, Memory, Point, Surroundings};
use crate::style::fields::Fields;
use crate::style::pattern::{Exhausted, Pattern};
use crate::style::shelf::Shelf;
use crate::style::tokens::{straightened, tokens};
use crate::style::vocabulary;

/// Words that are not asked about, unless a rule says `custom`: `camelCase`, those that end in capitals, and those with
/// anything but letters of ASCII.
const FILTERS: [&str; 3] = ["[A-Z]{1}[a-z]+[A-Z]+\\w+", "[A-Z]+$", "[^a-zA-Z_']"];
/// Where dictionaries are.
const FOLDER: &str = "config/dictionaries/";

struct Spelling {
    dictionaries: Vec<Book>,
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
    fields.number("threshold");
    let dictionaries = dictionaries(fields, around)?;
    Some(Box::new(Spelling { dictionaries, filters, ignored, exceptions }))
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

/// The dictionaries that a rule names, or all there are.
fn dictionaries(fields: &Fields<'_>, around: &Surroundings<'_>) -> Option<Vec<Book>> {
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
        let text = |path: &str| shelf.text(path).map(std::borrow::Cow::into_owned);
        Some(Self { affixes: text(aff)?, words: text(dic)?, read: OnceLock::new() })
    }

    fn has(&self, word: &str) -> bool {
        let read = || spellbook::Dictionary::new(&self.affixes, &self.words).ok();
        // A dictionary that cannot be read knows every word: better silent than wrong about all of them.
        self.read.get_or_init(read).as_ref().is_none_or(|book| book.check(word))
    }
}

impl Point for Spelling {
    fn look(&self, chunk: &Chunk<'_>, _: &Frame<'_>, _: &mut Memory) -> Result<Vec<Hit>, Exhausted> {
        let mut hits = Vec::new();
        for range in tokens(chunk.words) {
            let word = straightened(&chunk.words[range.clone()]);
            let is_left_alone = || {
                self.filters.iter().any(|filter| filter.is_in(&word))
                    || self.ignored.contains(&*word)
                    || self.ignored.contains(&word.to_lowercase())
            };
            if self.dictionaries.iter().any(|book| book.has(&word)) || is_left_alone() {
                continue;
            }
            if self.exceptions.as_ref().is_none_or(|exceptions| !exceptions.is_in(&word)) {
                hits.push(Hit { at: Some(range), words: vec![word.into_owned()], ..Hit::default() });
            }
        }
        Ok(hits)
    }
}
