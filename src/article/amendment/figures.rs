//! Figures that changed, and whether a note says them.

use crate::article::english::NUMBERS;
use crate::article::{Difference, Document, Passage, Run};

/// A number as it is written.
#[derive(Debug, Clone)]
struct Figure {
    /// As it stands there: `1,300`, `eight`.
    written: String,
    /// The same for a word and for digits: `8`.
    meant: String,
}

impl PartialEq for Figure {
    fn eq(&self, other: &Self) -> bool {
        self.meant == other.meant
    }
}

/// The figures that stand in place of others from `before` to `after`, and not in `note`. Small numbers may be written as
/// words, as English does, on either side.
pub fn untold_figures(before: &Document, after: &Document, note: &str) -> Vec<String> {
    let said = figures(note);
    let mut untold = Vec::new();
    for passage in Difference::between(before, after).passages.iter().filter(|passage| passage.place != Passage::NOTES)
    {
        let (mut gone, mut come) = (Vec::new(), Vec::new());
        for run in &passage.runs {
            match run {
                Run::Gone(text) => gone.extend(figures(text)),
                Run::Come(text) => come.extend(figures(text)),
                Run::Same(_) => {}
            }
        }
        let new =
            come.into_iter().filter(|figure| !gone.is_empty() && !gone.contains(figure) && !said.contains(figure));
        untold.extend(new);
    }
    untold.dedup();
    untold.into_iter().map(|figure| figure.written).collect()
}

/// The runs of digits of a text, with the points and commas inside them, and its small numbers in words.
fn figures(text: &str) -> Vec<Figure> {
    let parts = text.split(|one: char| !(one.is_alphanumeric() || matches!(one, '.' | ',' | '-')));
    parts.flat_map(of_part).collect()
}

/// The figures of what stands between two spaces.
fn of_part(part: &str) -> Vec<Figure> {
    if let Some(number) = in_words(part.trim_matches(['.', ',', '-'])) {
        return vec![number];
    }
    let pieces = part.split(|one: char| !(one.is_numeric() || matches!(one, '.' | ',')));
    let digits = pieces.map(|piece| piece.trim_matches(['.', ','])).filter(|piece| !piece.is_empty());
    let digits: Vec<Figure> =
        digits.map(|piece| Figure { written: piece.to_owned(), meant: piece.to_owned() }).collect();
    if !digits.is_empty() {
        return digits;
    }
    part.split('-').filter_map(|word| in_words(word.trim_matches(['.', ',']))).collect()
}

/// A number under a hundred: `eight`, `forty`, `forty-two`.
fn in_words(word: &str) -> Option<Figure> {
    let lower = word.to_lowercase();
    let place = |word: &str| NUMBERS.iter().position(|number| *number == word);
    let value = match (lower.split_once('-'), place(&lower)) {
        (_, Some(small @ 0..20)) => small,
        (_, Some(tens)) => (tens - 18) * 10,
        (Some((tens, units)), None) => {
            let (tens, units) = (place(tens).filter(|at| *at >= 20)?, place(units).filter(|at| (1..10).contains(at))?);
            (tens - 18) * 10 + units
        }
        (None, None) => return None,
    };
    Some(Figure { written: word.to_owned(), meant: value.to_string() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::RepoPath;

    #[test]
    fn a_corrected_figure_stands_in_the_note() {
        let read = |body: &str| {
            let text = format!("+++\ntitle = \"Ferry\"\n+++\n{body}\n");
            Document::read(RepoPath::new("articles/a/index.md").expect("a path"), text.as_bytes()).0
        };
        #[track_caller]
        fn check(before: &Document, after: &Document, note: &str, expected: &[&str]) {
            assert_eq!(untold_figures(before, after, note), expected);
        }
        check(&read("Nine of 9 ships."), &read("Eight of 8 ships."), "There are 8 ships, not 9.", &[]);
        check(&read("Nine ships."), &read("Eight ships."), "The number was wrong.", &["Eight"]);
        check(&read("Nine ships."), &read("Eight ships."), "There are eight of them.", &[]);
        check(&read("All 40 ships."), &read("All forty-two ships."), "There were 42.", &[]);
        check(&read("All 40-odd ships."), &read("All twenty-one-year-old ships."), "Wrong.", &["twenty", "one"]);
        check(&read("Twenty ships."), &read("Thirty-one, all old."), "It is 31.", &[]);
        check(&read("Forty-one ships."), &read("Forty-two ships."), "There are forty-two.", &[]);
        check(&read("Forty-one ships."), &read("Forty-two ships."), "There are 42.", &[]);
        check(&read("Four ships."), &read("The ships."), "It is not known how many.", &[]);
        check(&read("All 9 ships."), &read("All 8 ships."), "The number was wrong.", &["8"]);
        check(&read("It cost $1,200.50."), &read("It cost $1,300.50."), "It cost $1,300.50.", &[]);
        check(&read("The ship."), &read("The ship of 1912."), "It is an old ship.", &[]);
    }
}
