//! Words that others wrote, as Markdown that shows just these words.
//!
//! A forge reads Markdown twice: as marks, and once more in what the marks leave, where it finds people (`@name`), numbers
//! (`#12`, `!12`, `GH-12`), addresses and emoji. An escaped sign is itself again by then, and so is an entity; what the
//! second reading does not see through is a sign between the signs that nobody sees, so one is put there.

use std::borrow::Cow;

use crate::report::visible;

/// A blank of no width: what stands on both its sides is not one word to a forge.
const APART: &str = "&#8203;";

/// The same in a text that is no Markdown.
const APART_PLAIN: char = '\u{200b}';

/// Where in its line a text stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// At its beginning, where some signs make a list, a heading or a command.
    Start,
    /// Behind something.
    Within,
}

/// `text` in one line, its blanks as single spaces.
pub(super) fn words(text: &str) -> String {
    escaped(&one_line(text), Place::Start)
}

/// `text` as it is, line ends for spaces: a piece of a line.
pub(super) fn piece(text: &str, place: Place) -> String {
    escaped(&text.replace(char::is_whitespace, " "), place)
}

/// A message, in which names stand in backticks.
pub(super) fn message(text: &str) -> String {
    let text = one_line(text);
    let pairs = text.matches('`').count() / 2;
    let mut parts = text.split('`');
    let mut out = escaped(parts.next().unwrap_or_default(), Place::Start);
    for _ in 0..pairs {
        out += &code(parts.next().unwrap_or_default());
        out += &escaped(parts.next().unwrap_or_default(), Place::Within);
    }
    for rest in parts {
        out += "\\`";
        out += &escaped(rest, Place::Within);
    }
    out
}

/// `text` as code, to be copied: nothing in it means anything to a forge. Empty where it is.
pub(super) fn code(text: &str) -> String {
    let text = visible(text);
    if text.trim().is_empty() {
        return String::new();
    }
    let marks = "`".repeat(longest_run(&text) + 1);
    let gap = if text.starts_with('`') || text.ends_with('`') || text.starts_with(' ') { " " } else { "" };
    format!("{marks}{gap}{text}{gap}{marks}")
}

/// Lines as they stand in a file.
pub(super) fn fenced(text: &str) -> String {
    let fence = "`".repeat(longest_run(text).max(2) + 1);
    let lines: Vec<String> = text.lines().map(|line| visible(&line.replace('\t', "    ")).into_owned()).collect();
    format!("{fence}text\n{}\n{fence}", lines.join("\n"))
}

/// `text` in one line that is no Markdown: a title, or what a status says. At most `most` characters.
pub(super) fn plain(text: &str, most: usize) -> String {
    let text = one_line(text);
    let mut out = String::with_capacity(text.len() + 8);
    let mut signs = Signs::of(&text);
    while let Some(one) = signs.next() {
        out.push(one);
        if signs.joins(one) {
            out.push(APART_PLAIN);
        }
    }
    clipped(&out, most).into_owned()
}

/// The first `most` characters of `text`, whole words where that leaves enough, with a sign that there is more.
pub(super) fn clipped(text: &str, most: usize) -> Cow<'_, str> {
    let Some((end, _)) = text.char_indices().nth(most) else { return Cow::Borrowed(text) };
    let room = text.char_indices().nth(most.saturating_sub(2)).map_or(end, |(at, _)| at);
    let whole = text[..room].rfind(' ').filter(|at| *at >= room / 2).unwrap_or(room);
    Cow::Owned(format!("{} …", text[..whole].trim_end()))
}

/// `text` without line ends and runs of blanks, and with every sign written out that cannot be seen or turns others.
pub(super) fn one_line(text: &str) -> String {
    visible(&text.split_whitespace().collect::<Vec<_>>().join(" ")).into_owned()
}

fn longest_run(text: &str) -> usize {
    text.split(|one| one != '`').map(str::len).max().unwrap_or(0)
}

fn escaped(text: &str, place: Place) -> String {
    let text = visible(text);
    let mut out = String::with_capacity(text.len() + 16);
    let mut signs = Signs::of(&text);
    let mut opens = place == Place::Start;
    while let Some(one) = signs.next() {
        match one {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '|' => out.push_str("&#124;"),
            '$' => out.push_str("&#36;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '~' | '#' | '!' => out.extend(['\\', one]),
            '-' | '+' | '=' | '/' | '.' | ')' if opens => out.extend(['\\', one]),
            _ => out.push(one),
        }
        if signs.joins(one) {
            out.push_str(APART);
        }
        // `12.` and `12)` open a list too.
        opens &= one.is_ascii_digit() || one == ' ';
    }
    out
}

/// The characters of a text, each with its neighbours.
struct Signs<'a> {
    rest: std::iter::Peekable<std::str::Chars<'a>>,
    before: Option<char>,
    last: Option<char>,
}

impl<'a> Signs<'a> {
    fn of(text: &'a str) -> Self {
        Self { rest: text.chars().peekable(), before: None, last: None }
    }

    fn next(&mut self) -> Option<char> {
        self.before = self.last;
        self.last = self.rest.next();
        self.last
    }

    /// Whether a forge might read `one`, the character that came last, as one word with what follows. What follows a text
    /// is not known.
    fn joins(&mut self, one: char) -> bool {
        let next = self.rest.peek().copied();
        let before = self.before.unwrap_or(' ');
        match one {
            '@' | '#' => true,
            // GitLab's and Forgejo's pull requests, `GH-12`.
            '!' => next.is_none_or(|next| next.is_alphanumeric()),
            '-' => matches!(before, 'h' | 'H') && next.is_none_or(|next| next.is_ascii_digit()),
            // `https://`, `mailto:`, `:shipit:`
            ':' => next.is_none_or(|next| !next.is_whitespace()),
            // `www.`, which GitHub finds before it reads what is escaped behind the point.
            'w' | 'W' => matches!(before, 'w' | 'W') && next.is_none_or(|next| next == '.'),
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_are_words() {
        let table = [
            ("Fares *rise* [4%](http://x.example)", "Fares \\*rise\\* \\[4%\\](http:&#8203;//x.example)"),
            ("ask @mina or a@b.example", "ask @&#8203;mina or a@&#8203;b.example"),
            ("Fixes #12, GH-12 and !12", "Fixes \\#&#8203;12, GH-&#8203;12 and \\!&#8203;12"),
            ("<!-- x --> <b>", "&lt;\\!-- x --&gt; &lt;b&gt;"),
            ("- item", "\\- item"),
            ("1. item", "1\\. item"),
            ("/close", "\\/close"),
            ("two\n\n# lines", "two \\#&#8203; lines"),
            ("turned \u{202e}round\u{1b}", "turned \\\\u{202e}round\\\\u{1b}"),
            ("www.x.example $5", "www&#8203;.x.example &#36;5"),
            ("Port Alder, 12:30: it is 4 - 5", "Port Alder, 12:&#8203;30: it is 4 - 5"),
        ];
        for (text, expected) in table {
            assert_eq!(words(text), expected, "{text}");
        }
    }

    #[test]
    fn code_holds_what_it_is_given() {
        let table = [("a`b", "``a`b``"), ("`", "`` ` ``"), ("", ""), ("a\nb", "`a\\u{a}b`"), ("@mina", "`@mina`")];
        for (text, expected) in table {
            assert_eq!(code(text), expected, "{text}");
        }
        assert_eq!(fenced("```\n</details>\t\u{202e}"), "````text\n```\n</details>    \\u{202e}\n````");
        assert_eq!(message("no `alt` for @mina in `x"), "no `alt` for @&#8203;mina in \\`x");
    }

    #[test]
    fn a_line_is_cut_between_words() {
        assert_eq!(clipped("one two three", 11), "one two …");
        assert_eq!(clipped("one two", 7), "one two");
        assert_eq!(clipped("onetwothree", 5), "one …");
        assert_eq!(plain("Fixes #12 @mina\nhere", 80), "Fixes #\u{200b}12 @\u{200b}mina here");
    }
}
