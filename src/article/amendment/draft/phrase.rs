//! The sentences of a draft, in each language that desk speaks to readers.

use super::found::{Found, Spot};
use crate::article::{Amendment, english};

/// A language for notes.
pub(super) enum Speech {
    English,
    Korean,
    German,
}

/// The longest sentence that is told whole, in words.
const WHOLE: usize = 24;

/// Nouns that a number follows and belongs to.
const LABELS: &[&str] = &[
    "act",
    "age",
    "aged",
    "article",
    "berth",
    "bill",
    "block",
    "bus",
    "case",
    "chapter",
    "channel",
    "district",
    "flight",
    "floor",
    "gate",
    "grade",
    "highway",
    "hull",
    "item",
    "level",
    "line",
    "lot",
    "no.",
    "number",
    "page",
    "paragraph",
    "part",
    "phase",
    "pier",
    "platform",
    "room",
    "round",
    "route",
    "row",
    "rule",
    "seat",
    "section",
    "terminal",
    "track",
    "unit",
    "verse",
    "volume",
    "ward",
    "week",
    "year",
    "zone",
];

/// Words that begin a sentence and are no names.
const SMALL: &[&str] = &[
    "a",
    "about",
    "after",
    "all",
    "an",
    "and",
    "as",
    "at",
    "before",
    "both",
    "but",
    "by",
    "during",
    "each",
    "every",
    "few",
    "for",
    "from",
    "he",
    "her",
    "his",
    "if",
    "in",
    "it",
    "its",
    "many",
    "more",
    "most",
    "neither",
    "no",
    "nobody",
    "none",
    "of",
    "officials",
    "on",
    "one",
    "only",
    "our",
    "people",
    "police",
    "she",
    "since",
    "some",
    "that",
    "the",
    "their",
    "there",
    "these",
    "they",
    "this",
    "those",
    "three",
    "two",
    "under",
    "until",
    "we",
    "when",
    "while",
    "with",
    "you",
];

/// Words for larger numbers, and for parts and heaps.
const LARGE: &[&str] = &["hundred", "thousand", "million", "billion", "half", "dozen"];

/// Words that never name what is counted.
const AFTER: &[&str] = &[
    "a", "after", "and", "as", "at", "before", "but", "by", "for", "from", "had", "has", "have", "in", "is", "its",
    "of", "on", "or", "that", "the", "their", "to", "was", "were", "when", "which", "while", "who", "with",
];

/// The language for `tag`; English where desk knows none.
pub(super) fn speech(tag: &str) -> Speech {
    match tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase().as_str() {
        "ko" => Speech::Korean,
        "de" => Speech::German,
        _ => Speech::English,
    }
}

impl Speech {
    pub(super) fn refile(&self) -> &'static str {
        match self {
            Self::English => "Typography and punctuation; no word changed.",
            Self::Korean => "표기와 문장 부호를 고쳤으며 내용은 바뀌지 않았습니다.",
            Self::German => "Schreibung und Zeichensetzung; kein Wort wurde geändert.",
        }
    }

    pub(super) fn more(&self) -> &'static str {
        match self {
            Self::English => "Other passages were changed too.",
            Self::Korean => "그 밖의 부분도 고쳤습니다.",
            Self::German => "Auch andere Stellen wurden geändert.",
        }
    }

    pub(super) fn figures(&self, figures: &str) -> String {
        match self {
            Self::English => format!("The figures are now: {figures}."),
            Self::Korean => format!("바로잡은 수치: {figures}."),
            Self::German => format!("Die Zahlen lauten jetzt: {figures}."),
        }
    }

    /// One change in a sentence; `again` after another one. `text` is all that is known to be written in the article.
    pub(super) fn say(&self, found: &Found, kind: Amendment, text: &str, again: bool) -> String {
        match self {
            Self::English if found.spot == Spot::Article => english(found, kind, text, again),
            Self::English => english_field(found),
            Self::Korean => korean(found, kind),
            Self::German => german(found, kind),
        }
    }
}

fn english_field(found: &Found) -> String {
    let what = match found.spot {
        Spot::Article => "version",
        Spot::Headline => "headline",
        Spot::Summary => "summary",
        Spot::Byline => "byline",
        Spot::Dateline => "dateline",
        Spot::Caption => "photo caption",
        Spot::Credit => "photo credit",
    };
    match (&found.old, &found.new) {
        (Some(old), Some(new)) => format!("An earlier {what} said {}; it is now {}.", quoted(old), quoted(new)),
        (Some(old), None) => format!("An earlier {what} said {}. It was removed.", quoted(old)),
        (None, new) => format!("The {what} {} was added.", quoted(new.as_deref().unwrap_or_default())),
    }
}

fn english(found: &Found, kind: Amendment, text: &str, again: bool) -> String {
    let earlier = if again { "It also" } else { "An earlier version of this article" };
    let whole = |sentence: &str| quoted(sentence.strip_suffix('.').unwrap_or(sentence));
    let tell = |sentence: &str| lowered(sentence, text).unwrap_or_else(|| whole(sentence));
    // Both in the same way.
    let both = |old, new| match (lowered(old, text), lowered(new, text)) {
        (Some(old), Some(new)) => (old, new),
        _ => (whole(old), whole(new)),
    };
    match (&found.old, &found.new) {
        (Some(old), Some(new)) => match kind {
            Amendment::Correction => english_correction(earlier, old, new, text),
            Amendment::Update if short(old, new) => {
                let (was, is) = both(old, new);
                format!("This article now says {is}; an earlier version said {was}.")
            }
            _ if short(old, new) => {
                let (was, is) = both(old, new);
                format!("{earlier} said {was}; it now says {is}.")
            }
            _ => {
                let (one, other) = around(old, new, 3);
                format!("{earlier} said {}; it now says {}.", quoted(&one), quoted(&other))
            }
        },
        (Some(old), None) => format!("{earlier} said {}. That was removed.", tell(old)),
        (None, new) => {
            let new = tell(new.as_deref().unwrap_or_default());
            match (kind, again) {
                (Amendment::Update, false) => format!("This article was updated to say that {new}."),
                (Amendment::Update, true) => format!("It also says now that {new}."),
                _ => format!("{earlier} did not say that {new}."),
            }
        }
    }
}

fn english_correction(earlier: &str, old: &str, new: &str, text: &str) -> String {
    let plain = |sentence: &str| lowered(sentence, text).filter(|_| !sentence.contains(['"', '“', '”']));
    if let (true, Some(was), Some(is)) = (short(old, new), plain(old), plain(new)) {
        return match fact(&was, &is) {
            Some(fact) => format!("{earlier} said {was}; it is {fact}."),
            None => format!("{earlier} said {was}; it should have said {is}."),
        };
    }
    let (one, other) = around(old, new, 3);
    format!("{earlier} said {}; it is {}.", quoted(&one), quoted(&other))
}

fn short(old: &str, new: &str) -> bool {
    old.split_whitespace().count().max(new.split_whitespace().count()) <= WHOLE
}

/// Where two lists of words begin to differ, and where each ends to.
fn run(old: &[&str], new: &[&str]) -> (usize, usize, usize) {
    let start = old.iter().zip(new).take_while(|(one, other)| one == other).count();
    let room = old.len().min(new.len()) - start;
    let same = old.iter().rev().zip(new.iter().rev()).take(room).take_while(|(one, other)| one == other).count();
    (start, old.len() - same, new.len() - same)
}

/// What differs, with so many words on either side.
fn around(old: &str, new: &str, more: usize) -> (String, String) {
    let [one, other] = [old, new].map(|text| text.split_whitespace().collect::<Vec<_>>());
    let (start, end, other_end) = run(&one, &other);
    let cut = |words: &[&str], end: usize| {
        let piece = words[start.saturating_sub(more)..(end + more).min(words.len())].join(" ");
        piece.trim_end_matches(['.', ',', ';', ':']).to_owned()
    };
    (cut(&one, end), cut(&other, other_end))
}

/// The figure or the name that took another's place, with the word that it belongs to.
fn fact(old: &str, new: &str) -> Option<String> {
    let [one, other] = [old, new].map(|text| text.split_whitespace().collect::<Vec<_>>());
    let (mut start, old_end, mut end) = run(&one, &other);
    let is = |words: &[&str], test: fn(&str) -> bool| !words.is_empty() && words.iter().all(|word| test(bare(word)));
    let (gone, come) = (&one[start..old_end], &other[start..end]);
    if come.len() > 5 {
        return None;
    }
    if come.iter().any(|word| is_number(bare(word))) && gone.iter().any(|word| is_number(bare(word))) {
        let before = start.checked_sub(1).map(|at| other[at]);
        let after = other.get(end).filter(|_| ends_open(other[end - 1]));
        let labelled = before.is_some_and(|word| LABELS.contains(&bare(word).to_lowercase().as_str()) || is_name(word));
        if labelled && start > 1 {
            start -= 1;
        } else if after.is_some_and(|word| is_counted(word)) {
            end += 1;
        }
    } else if is(gone, is_name) && is(come, is_name) && (start > 0 || other.get(end).is_some_and(|word| is_name(word)))
    {
        while start > 0 && is_name(other[start - 1]) && ends_open(other[start - 1]) {
            start -= 1;
        }
        while end < other.len() && ends_open(other[end - 1]) && is_name(bare(other[end])) {
            end += 1;
        }
    } else {
        return None;
    }
    let piece = other[start..end].join(" ");
    Some(piece.trim_end_matches(['.', ',', ';', ':', '!', '?']).to_owned())
}

fn bare(word: &str) -> &str {
    word.trim_matches(|one: char| !one.is_alphanumeric() && !matches!(one, '$' | '€' | '£' | '%'))
}

fn is_number(word: &str) -> bool {
    word.chars().any(char::is_numeric) || word.split('-').all(|part| is_spelt(&part.to_lowercase()))
}

/// Whether `word`, in lower case, is a number.
fn is_spelt(word: &str) -> bool {
    english::NUMBERS.contains(&word) || LARGE.contains(&word)
}

fn is_name(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}

fn is_counted(word: &str) -> bool {
    let word = bare(word);
    word.chars().next().is_some_and(char::is_lowercase) && !AFTER.contains(&word)
}

fn ends_open(word: &str) -> bool {
    word.ends_with(|one: char| one.is_alphanumeric() || matches!(one, '$' | '€' | '£'))
}

/// A sentence as it goes on after "said": without its stop, and without the capital that only its place gave it. None where
/// its first word may be a name, or where it is quoted.
fn lowered(sentence: &str, text: &str) -> Option<String> {
    let sentence = sentence.strip_suffix('.').unwrap_or(sentence);
    let first = sentence.split_whitespace().next()?;
    let rest = &sentence[first.len()..];
    if sentence.ends_with(['?', '!', '"', '”']) || !first.starts_with(char::is_alphanumeric) {
        return None;
    }
    if !is_name(first) {
        return Some(sentence.to_owned());
    }
    let small = first.to_lowercase();
    let known = |word: &str| {
        text.match_indices(word).any(|(at, _)| {
            let before = text[..at].chars().next_back();
            let after = text[at + word.len()..].chars().next();
            before == Some(' ') && !after.is_some_and(char::is_alphanumeric)
        })
    };
    let names_on = rest.split_whitespace().next().is_some_and(is_name);
    let counts = is_spelt(&small);
    if SMALL.contains(&small.as_str()) || ((counts || known(&small)) && !names_on) {
        return Some(format!("{small}{rest}"));
    }
    (names_on || known(first)).then(|| sentence.to_owned())
}

/// Words in quotation marks, those inside made single.
fn quoted(text: &str) -> String {
    let inner = text.trim().replace(['“', '”', '"'], "'");
    format!("“{}”", inner.trim_start_matches('\''))
}

fn korean(found: &Found, kind: Amendment) -> String {
    let what = match found.spot {
        Spot::Article => "기사",
        Spot::Headline => "제목",
        Spot::Summary => "요약",
        Spot::Byline => "글쓴이 표기",
        Spot::Dateline => "발신지",
        Spot::Caption => "사진 설명",
        Spot::Credit => "사진 출처",
    };
    let done = if kind == Amendment::Correction { "바로잡습니다" } else { "고쳤습니다" };
    match (&found.old, &found.new) {
        (Some(old), Some(new)) => format!("이전 {what}의 “{old}”를 “{new}”(으)로 {done}."),
        (Some(old), None) => format!("이전 {what}의 “{old}”를 삭제했습니다."),
        (None, new) => format!("{what}에 “{}”를 추가했습니다.", new.as_deref().unwrap_or_default()),
    }
}

fn german(found: &Found, kind: Amendment) -> String {
    let what = match found.spot {
        Spot::Article => "dieses Artikels",
        Spot::Headline => "der Überschrift",
        Spot::Summary => "des Vorspanns",
        Spot::Byline => "der Autorenzeile",
        Spot::Dateline => "der Ortsmarke",
        Spot::Caption => "der Bildunterschrift",
        Spot::Credit => "des Bildnachweises",
    };
    let now = if kind == Amendment::Correction { "Richtig ist" } else { "Jetzt heißt es" };
    match (&found.old, &found.new) {
        (Some(old), Some(new)) => format!("In einer früheren Fassung {what} hieß es: „{old}“ {now}: „{new}“"),
        (Some(old), None) => format!("In einer früheren Fassung {what} hieß es: „{old}“ Das wurde entfernt."),
        (None, new) => format!("Ergänzt wurde: „{}“", new.as_deref().unwrap_or_default()),
    }
}
