//! Lines that belong to a web page and to no story.

/// Whole lines, in small letters and without the marks around them.
const LINES: &[&str] = &[
    "advertise with us",
    "advertisement",
    "advertisements",
    "all rights reserved",
    "back to top",
    "bookmark",
    "click to enlarge",
    "comments",
    "continue reading",
    "copy link",
    "copy url",
    "email this article",
    "facebook",
    "font size",
    "go to top",
    "home",
    "instagram",
    "kakaotalk",
    "leave a comment",
    "linkedin",
    "listen to this article",
    "load more",
    "log in",
    "login",
    "menu",
    "next article",
    "post a comment",
    "previous article",
    "print",
    "print this article",
    "save article",
    "scroll to top",
    "search",
    "share",
    "share on facebook",
    "share on twitter",
    "share this",
    "share this article",
    "share this story",
    "show comments",
    "sign in",
    "sign up",
    "sign up for our newsletter",
    "skip to content",
    "skip to main content",
    "sponsored",
    "story continues below",
    "story continues below advertisement",
    "subscribe",
    "subscribe now",
    "text size",
    "top",
    "tweet",
    "twitter",
    "view comments",
    "whatsapp",
];

/// Lines that open a list of other stories.
const OPENERS: &[&str] = &[
    "editor's picks",
    "latest news",
    "more from this section",
    "more news",
    "more stories",
    "more to read",
    "most popular",
    "most read",
    "most viewed",
    "read more",
    "recommended",
    "recommended for you",
    "related",
    "related articles",
    "related news",
    "related stories",
    "related topics",
    "trending",
    "what to read next",
    "you may also like",
    "you might also like",
];

/// Sections that papers print above a headline.
const SECTIONS: &[&str] = &[
    "business",
    "city",
    "courts",
    "culture",
    "defense",
    "economy",
    "editorial",
    "education",
    "entertainment",
    "environment",
    "finance",
    "foreign affairs",
    "harbor",
    "health",
    "international",
    "life",
    "lifestyle",
    "local",
    "metro",
    "national",
    "north korea",
    "opinion",
    "politics",
    "region",
    "science",
    "social affairs",
    "society",
    "sports",
    "technology",
    "travel",
    "weather",
    "world",
];

/// Whether the whole line is furniture.
pub(super) fn is_furniture(line: &str) -> bool {
    let words = bare(line);
    LINES.contains(&words.as_str()) || is_copyright(&words) || is_address(line)
}

/// Whether the line opens a list of other stories.
pub(super) fn opens_other_stories(line: &str) -> bool {
    OPENERS.contains(&bare(line).as_str())
}

/// Whether the line is the name of a section.
pub(super) fn is_section(line: &str) -> bool {
    SECTIONS.contains(&bare(line).as_str())
}

/// The line in small letters, without arrows, dots, bullets and blanks around it.
fn bare(line: &str) -> String {
    line.trim_matches(|one: char| !one.is_alphanumeric() && one != '\u{a9}').to_lowercase().replace('\u{2019}', "'")
}

/// A notice of whose page it is, as short as these are.
fn is_copyright(words: &str) -> bool {
    let marked = words.starts_with('\u{a9}') || words.starts_with("copyright") || words.starts_with("c) ");
    marked && words.len() < 160 && (words.contains("rights reserved") || words.chars().any(|one| one.is_ascii_digit()))
}

/// A mail address and nothing else.
pub(super) fn is_address(line: &str) -> bool {
    let inner = line.trim_matches(['(', ')', '<', '>', '[', ']']);
    inner.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty() && host.contains('.') && !inner.contains(char::is_whitespace) && !host.contains('@')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn furniture_is_a_whole_line() {
        for line in ["Back To Top", "\u{25b2} BACK TO TOP", "Share this article:", "desk@paper.example"] {
            assert!(is_furniture(line), "{line}");
        }
        assert!(is_furniture("\u{a9} 2026 Port Alder Post. All rights reserved."));
        for line in ["Share prices fell", "Top officials met", "Print is not dead", "Copyright law changes"] {
            assert!(!is_furniture(line), "{line}");
        }
    }

    #[test]
    fn tables_are_in_order_and_bare() {
        for table in [LINES, OPENERS, SECTIONS] {
            assert!(table.is_sorted());
            assert!(table.iter().all(|line| bare(line) == *line));
        }
    }
}
