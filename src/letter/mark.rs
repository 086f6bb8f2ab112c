//! The line that nobody sees, by which a letter of desk's is known again.

use std::fmt;

use crate::article::{ArticleId, Digest};

/// Which article a letter is about, and which of its words.
///
/// Whoever may edit a letter may write any mark: it tells what need not be written anew, and nothing about an article is
/// ever believed for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// The article.
    pub article: ArticleId,
    /// Its words; none where no digest can name them.
    pub content: Option<Digest>,
}

impl Mark {
    const OPENS: &str = "<!-- desk: article ";
    const CLOSES: &str = " -->";

    /// The mark in the first line of a letter, if one stands there.
    pub fn read(letter: &str) -> Option<Self> {
        let inner = letter.lines().next()?.strip_prefix(Self::OPENS)?.strip_suffix(Self::CLOSES)?;
        let (article, content) = inner.split_once(", words ")?;
        let content = if content == "none" { None } else { Some(content.parse().ok()?) };
        Some(Self { article: article.parse().ok()?, content })
    }

    /// How every comment about changes of this article begins: there is one, and it is renewed.
    pub fn of_changes(article: ArticleId) -> String {
        format!("<!-- desk: changes of article {article} -->")
    }

    /// How every summary of CI begins.
    pub const OF_SUMMARY: &str = "<!-- desk: summary -->";
}

impl fmt::Display for Mark {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let content = self.content.map_or_else(|| "none".to_owned(), |content| content.to_string());
        write!(out, "{}{}, words {content}{}", Self::OPENS, self.article, Self::CLOSES)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_read_where_desk_writes_it_and_nowhere_else() {
        let article = ArticleId::generate(1_753_448_400_000, [7; 10], None);
        let content = Digest::of(b"words");
        for mark in [Mark { article, content: Some(content) }, Mark { article, content: None }] {
            assert_eq!(Mark::read(&format!("{mark}\n\nFerry fares rise")), Some(mark));
            assert_eq!(Mark::read(&format!("Hello\n{mark}\n")), None);
            assert_eq!(Mark::read(&mark.to_string().replace("words", "word")), None);
        }
        assert_eq!(Mark::read(""), None);
    }
}
