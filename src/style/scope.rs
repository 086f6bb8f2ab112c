//! Which words a rule reads: selectors such as `heading.h2`, `~blockquote`, `heading & ~heading.h1`.

/// What a piece of an article is, as selectors name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A paragraph of the running text, asked for as paragraph.
    Paragraph,
    /// One of its sentences.
    Sentence,
    /// The same paragraph as mere text.
    Text,
    Heading(u8),
    /// An item of a list.
    Item,
    Quote,
    /// A cell that names a column.
    Head,
    Cell,
    Caption,
    Alt,
    Title,
    Description,
    /// All running text, items and quotes together.
    Summary,
    /// The file as it is.
    Raw,
}

/// All of them.
pub(super) const KINDS: [Kind; 19] = [
    Kind::Paragraph,
    Kind::Sentence,
    Kind::Text,
    Kind::Heading(1),
    Kind::Heading(2),
    Kind::Heading(3),
    Kind::Heading(4),
    Kind::Heading(5),
    Kind::Heading(6),
    Kind::Item,
    Kind::Quote,
    Kind::Head,
    Kind::Cell,
    Kind::Caption,
    Kind::Alt,
    Kind::Title,
    Kind::Description,
    Kind::Summary,
    Kind::Raw,
];

impl Kind {
    /// Its words in selectors.
    fn words(self) -> &'static [&'static str] {
        match self {
            Self::Paragraph => &["paragraph", "md"],
            Self::Sentence => &["sentence", "md"],
            Self::Text => &["text", "md"],
            Self::Heading(level) => match level {
                1 => &["text", "heading", "h1", "md"],
                2 => &["text", "heading", "h2", "md"],
                3 => &["text", "heading", "h3", "md"],
                4 => &["text", "heading", "h4", "md"],
                5 => &["text", "heading", "h5", "md"],
                _ => &["text", "heading", "h6", "md"],
            },
            Self::Item => &["text", "list", "md"],
            Self::Quote => &["text", "blockquote", "md"],
            Self::Head => &["text", "table", "header", "md"],
            Self::Cell => &["text", "table", "cell", "md"],
            Self::Caption => &["text", "figure", "caption", "md"],
            Self::Alt => &["text", "attr", "alt"],
            Self::Title => &["text", "frontmatter", "title", "heading", "h1", "md"],
            Self::Description => &["text", "frontmatter", "description", "md"],
            Self::Summary => &["summary", "md"],
            Self::Raw => &["raw", "md"],
        }
    }

    /// Whether it is made of several pieces, of which none can be left out.
    fn is_whole(self) -> bool {
        matches!(self, Self::Summary | Self::Raw)
    }

    /// Its place among all kinds.
    pub(super) fn place(self) -> usize {
        match self {
            Self::Paragraph => 0,
            Self::Sentence => 1,
            Self::Text => 2,
            Self::Heading(level) => 2 + usize::from(level.clamp(1, 6)),
            Self::Item => 9,
            Self::Quote => 10,
            Self::Head => 11,
            Self::Cell => 12,
            Self::Caption => 13,
            Self::Alt => 14,
            Self::Title => 15,
            Self::Description => 16,
            Self::Summary => 17,
            Self::Raw => 18,
        }
    }

    fn bit(self) -> u32 {
        1 << self.place()
    }
}

/// The pieces of an article that a rule reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Scope(u32);

impl Scope {
    /// The pieces that any of `selectors` names.
    pub(super) fn of<'a>(selectors: impl IntoIterator<Item = &'a str>) -> Self {
        let selectors: Vec<&str> = selectors.into_iter().collect();
        let named = KINDS.into_iter().filter(|&kind| selectors.iter().any(|selector| names(selector, kind)));
        Self(named.fold(0, |all, kind| all | kind.bit()))
    }

    pub(super) fn has(self, kind: Kind) -> bool {
        self.0 & kind.bit() != 0
    }

    /// The pieces that either reads.
    pub(super) fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Nothing.
    pub(super) const NONE: Self = Self(0);
}

fn names(selector: &str, kind: Kind) -> bool {
    selector.split('&').map(str::trim).all(|part| {
        let (negated, part) = part.strip_prefix('~').map_or((false, part), |part| (true, part));
        let has = part.split('.').map(str::trim).all(|word| kind.words().contains(&word));
        if negated { !has && !kind.is_whole() } else { has }
    })
}

/// What is wrong with a selector, if anything.
pub(super) fn problem(selector: &str) -> Option<String> {
    for part in selector.split('&').map(str::trim) {
        let first = part.trim_start_matches('~').split('.').next().unwrap_or_default().trim();
        if ["code", "link", "strong", "emphasis"].contains(&first) {
            return Some(format!("`{first}` is no scope of its own: read `raw` and look for the marks"));
        }
        if !KNOWN.contains(&first) {
            return Some(format!("there is no scope `{first}`"));
        }
    }
    None
}

/// Whether a selector that is written rightly names nothing that an article has, such as a comment in a program.
pub(super) fn is_idle(selector: &str) -> bool {
    Scope::of([selector]) == Scope::NONE
}

/// The first words of selectors.
const KNOWN: [&str; 14] = [
    "text",
    "heading",
    "table",
    "figure",
    "list",
    "paragraph",
    "sentence",
    "alt",
    "title",
    "blockquote",
    "summary",
    "raw",
    "frontmatter",
    "md",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn reads(selectors: &[&str], kinds: &[Kind], others: &[Kind]) {
        let scope = Scope::of(selectors.iter().copied());
        assert!(kinds.iter().all(|&kind| scope.has(kind)), "{selectors:?} should read all of {kinds:?}");
        assert!(!others.iter().any(|&kind| scope.has(kind)), "{selectors:?} should read none of {others:?}");
    }

    #[test]
    fn kinds_have_their_places() {
        assert!(KINDS.iter().enumerate().all(|(at, kind)| kind.place() == at));
    }

    #[test]
    fn selectors_name_pieces() {
        reads(&["text"], &[Kind::Text, Kind::Item, Kind::Title], &[Kind::Sentence, Kind::Raw, Kind::Summary]);
        reads(&["heading.h2"], &[Kind::Heading(2)], &[Kind::Heading(1), Kind::Text]);
        reads(&["heading & ~heading.h1"], &[Kind::Heading(3)], &[Kind::Heading(1), Kind::Text]);
        reads(&["~blockquote"], &[Kind::Paragraph, Kind::Item], &[Kind::Quote, Kind::Raw]);
        reads(&["list", "table.header"], &[Kind::Item, Kind::Head], &[Kind::Cell]);
        reads(&["raw.md"], &[Kind::Raw], &[Kind::Text]);
        reads(&["title"], &[Kind::Title], &[Kind::Heading(1)]);
    }

    #[test]
    fn what_is_no_selector_is_named() {
        assert_eq!(problem("heading.h9 & ~list"), None);
        assert!(problem("strong").is_some_and(|why| why.contains("raw")));
        assert!(problem("headings").is_some());
    }
}
