//! Figures that changed, and whether a note says them.

use crate::article::{Difference, Document, Passage, Run};

/// The figures that stand in place of others from `before` to `after`, and not in `note`.
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
    untold
}

/// The runs of digits of a text, with the points and commas inside them.
pub(super) fn figures(text: &str) -> Vec<String> {
    let parts = text.split(|one: char| !(one.is_numeric() || matches!(one, '.' | ',')));
    parts.map(|part| part.trim_matches(['.', ','])).filter(|part| !part.is_empty()).map(str::to_owned).collect()
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
        check(&read("All 9 ships."), &read("All 8 ships."), "The number was wrong.", &["8"]);
        check(&read("It cost $1,200.50."), &read("It cost $1,300.50."), "It cost $1,300.50.", &[]);
        check(&read("The ship."), &read("The ship of 1912."), "It is an old ship.", &[]);
    }
}
