//! Links to other sites, and what these answered when somebody asked them.

use std::collections::HashMap;

use super::rule::Rule;
use super::subject::{Card, Piece};
use crate::article::{Data, Stage, Table, Value};
use crate::config::Config;
use crate::finding::{Finding, Span};

/// One link to another site.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Outside {
    /// The address as it is written.
    pub address: String,
    /// Where it is written.
    pub span: Span,
}

/// What a site answered, in words that follow the address and a colon.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// It leads nowhere.
    Gone(String),
    /// Nobody can tell today.
    Unsure(String),
}

/// What is known of addresses on other sites; none of one that is good, and of one that was not asked.
pub type Answers = HashMap<String, Answer>;

/// Everything in `piece` that leads to another site: links and photos of its text, addresses in its front matter. What
/// is not read any more leads nowhere.
pub(super) fn outside(piece: &Piece, config: &Config) -> Vec<Outside> {
    if matches!(piece.stage(), Stage::Withdrawn | Stage::Spiked) {
        return Vec::new();
    }
    let home = config.newsroom.url.as_deref();
    let mut all = Vec::new();
    let mut add = |address: &str, span| {
        if is_outside(address, home) {
            all.push(Outside { address: address.to_owned(), span });
        }
    };
    in_table(&piece.document.front, &mut add);
    piece.body.blocks.iter().flat_map(|block| &block.links).for_each(|link| add(&link.url, link.span));
    all
}

fn in_table(table: &Table, add: &mut impl FnMut(&str, Span)) {
    table.fields.iter().for_each(|field| in_value(&field.value, add));
}

fn in_value(value: &Value, add: &mut impl FnMut(&str, Span)) {
    match &value.data {
        Data::String(text) => add(text, value.span),
        Data::Array(values) => values.iter().for_each(|value| in_value(value, add)),
        Data::Table(table) => in_table(table, add),
        _ => {}
    }
}

/// Whether this is an address of the web, and not of the newsroom's own site at `home`.
fn is_outside(address: &str, home: Option<&str>) -> bool {
    let begins = |start: &str| address.get(..start.len()).is_some_and(|first| first.eq_ignore_ascii_case(start));
    let is_web = begins("https://") || begins("http://") || begins("//");
    let is_ours = home.is_some_and(|home| {
        let home = home.trim_end_matches('/');
        begins(home) && address[home.len()..].chars().next().is_none_or(|next| matches!(next, '/' | '?' | '#'))
    });
    is_web && !is_ours && !address.contains(char::is_whitespace)
}

/// What `rule` says of every link whose answer it has words for.
pub(super) fn told(
    rule: &Rule,
    cards: &[Card],
    answers: &Answers,
    words: impl Fn(&Answer) -> Option<&str>,
) -> Vec<Finding> {
    let links = cards.iter().flat_map(|card| card.outside.iter().map(move |link| (card, link)));
    links
        .filter_map(|(card, link)| {
            let words = words(answers.get(&link.address)?)?;
            let message = format!("`{}`: {words}", link.address);
            Some(rule.finding(message).in_file(card.path.as_str()).at(link.span))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::RepoPath;

    #[test]
    fn links_to_other_sites_are_found_in_text_and_front_matter() {
        let text = "+++\ntitle = \"https: a story\"\ndraft = true\nhome = \"https://post.example/x\"\n[[sources]]\n\
                    url = \"https://port.example/a\"\n+++\n[a](http://b.example) ![c](//c.example/c.jpg) [d](/d) \
                    [e](https://post.example) [f](https://post.example.org) `https://g.example` [h](mailto:a@b.c)\n";
        let path = RepoPath::new("articles/a/index.md").expect("a path");
        let config = b"[newsroom]\nurl = \"https://post.example\"\n";
        let config = Config::read(&RepoPath::new("desk.toml").expect("a path"), config).expect("a configuration");
        let piece = Piece::read(path, text.as_bytes(), Vec::new());
        let found: Vec<String> = outside(&piece, &config).into_iter().map(|link| link.address).collect();
        let expected = ["https://port.example/a", "http://b.example", "//c.example/c.jpg", "https://post.example.org"];
        assert_eq!(found, expected);
        let gone = text.replace("draft = true", "[desk]\nstage = \"withdrawn\"");
        let path = RepoPath::new("articles/a/index.md").expect("a path");
        let piece = Piece::read(path, gone.as_bytes(), Vec::new());
        assert_eq!(piece.stage(), Stage::Withdrawn);
        assert_eq!(outside(&piece, &config), []);
    }
}
