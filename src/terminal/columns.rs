//! Lines that line up and lines that fit.

use unicode_width::UnicodeWidthStr as _;

/// In how many columns words can still be read one below the other.
const LEAST: usize = 20;

/// Rows of cells, aligned by what they take on the screen.
#[derive(Debug, Clone, Default)]
pub struct Columns {
    rows: Vec<Vec<String>>,
}

impl Columns {
    /// No row yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Those rows.
    pub fn of<const N: usize>(rows: &[[String; N]]) -> Self {
        Self { rows: rows.iter().map(|row| row.to_vec()).collect() }
    }

    /// Adds a row. Cells may hold styles.
    pub fn row<C: Into<String>>(&mut self, cells: impl IntoIterator<Item = C>) -> &mut Self {
        self.rows.push(cells.into_iter().map(Into::into).collect());
        self
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The rows as lines, each after `indent`, with two spaces between columns and none at the end.
    pub fn lines(&self, indent: &str) -> Vec<String> {
        let widths = self.widths();
        self.rows.iter().map(|row| aligned(indent, row, &widths)).collect()
    }

    /// The same; none where a line would be wider than `width` columns.
    pub fn within(&self, indent: &str, width: usize) -> Option<Vec<String>> {
        let lines = self.lines(indent);
        lines.iter().all(|line| columns_of(line) <= width).then_some(lines)
    }

    /// The same in lines of at most `width` columns, as far as the cells before the last one allow: where a row is wider,
    /// its last cell goes on below itself, or begins on a line of its own where there is no room to speak of.
    pub fn fitted(&self, indent: &str, width: usize) -> Vec<String> {
        let widths = self.widths();
        // Where the widest would fit, none need be measured.
        if columns_of(indent) + widths.iter().map(|width| width + 2).sum::<usize>() <= width {
            return self.lines(indent);
        }
        let fit = |row: &Vec<String>| {
            let line = aligned(indent, row, &widths);
            match row.split_last() {
                Some((last, cells)) if columns_of(&line) > width => broken(indent, cells, last, &widths, width),
                _ => vec![line],
            }
        };
        self.rows.iter().flat_map(fit).collect()
    }

    /// How wide each column is.
    fn widths(&self) -> Vec<usize> {
        let count = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        let width = |column: usize| {
            self.rows.iter().filter_map(|row| row.get(column)).map(|cell| columns_of(cell.as_str())).max()
        };
        (0..count).map(|column| width(column).unwrap_or_default()).collect()
    }
}

/// One row as a line.
fn aligned(indent: &str, row: &[String], widths: &[usize]) -> String {
    let mut line = padded(indent, row, widths);
    line.truncate(line.trim_end().len());
    line
}

/// One row, each cell as wide as its column and the space behind it.
fn padded(indent: &str, row: &[String], widths: &[usize]) -> String {
    let mut line = indent.to_owned();
    for (cell, width) in row.iter().zip(widths) {
        line.push_str(cell);
        line.extend(std::iter::repeat_n(' ', width - columns_of(cell) + 2));
    }
    line
}

/// One row whose `last` cell is too wide.
fn broken(indent: &str, cells: &[String], last: &str, widths: &[usize], width: usize) -> Vec<String> {
    let before = padded(indent, cells, &widths[..cells.len()]);
    let taken = columns_of(indent) + widths[..cells.len()].iter().map(|width| width + 2).sum::<usize>();
    let longest = last.split_whitespace().map(columns_of).max().unwrap_or(0);
    if width >= taken + longest.max(LEAST) {
        let begins = std::iter::once(before).chain(std::iter::repeat(" ".repeat(taken)));
        return begins.zip(wrapped(last, width - taken)).map(|(begins, part)| begins + &part).collect();
    }
    let before = before.trim_end();
    let first = if columns_of(before) <= width { vec![before.to_owned()] } else { wrapped(before, width) };
    let below = wrapped(last, width.saturating_sub(columns_of(indent) + 4));
    first.into_iter().chain(below.into_iter().map(|part| format!("{indent}    {part}"))).collect()
}

/// How many columns `text` takes on the screen, styles not counted.
pub fn columns_of(text: &str) -> usize {
    anstream::adapter::strip_str(text).to_string().width()
}

/// `text` broken at spaces into lines of at most `width` columns; a longer word stands alone. A line that fits keeps its
/// spaces, but for those at its ends.
pub fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.lines().map(str::trim) {
        if columns_of(paragraph) <= width {
            lines.push(paragraph.to_owned());
            continue;
        }
        let mut line = String::new();
        for word in paragraph.split_whitespace() {
            if !line.is_empty() && columns_of(&line) + 1 + columns_of(word) > width {
                lines.push(std::mem::take(&mut line));
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        lines.push(line);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terminal::style::{ERROR, paint};

    #[test]
    fn cells_line_up_by_what_they_take_on_the_screen() {
        let mut columns = Columns::new();
        columns.row(["한국", "two", "x"]).row([paint(ERROR, "a").to_string(), String::new(), "y".to_owned()]);
        columns.row(["long cell"]);
        let plain: Vec<_> =
            columns.lines("  ").iter().map(|line| anstream::adapter::strip_str(line).to_string()).collect();
        assert_eq!(plain, ["  한국       two  x", "  a               y", "  long cell"]);
    }

    #[test]
    fn what_is_too_wide_goes_on_below_itself() {
        let fitted = |columns: &Columns, width| columns.fitted("", width);
        let columns =
            Columns::of(&[["a".to_owned(), "The quay that nobody wanted".to_owned()], ["bcd".into(), "Short".into()]]);
        assert_eq!(fitted(&columns, 80), columns.lines(""));
        assert_eq!(fitted(&columns, 25), ["a    The quay that nobody", "     wanted", "bcd  Short"]);
        assert_eq!(fitted(&columns, 20), ["a", "    The quay that", "    nobody wanted", "bcd  Short"]);
        assert_eq!(
            Columns::of(&[["한국".to_owned(), "unbreakable".to_owned()]]).fitted("  ", 12),
            ["  한국", "      unbreakable"]
        );
        let columns = Columns::of(&[["digest".to_owned(), "sha256:0123456789abcdef0123".to_owned()]]);
        assert_eq!(fitted(&columns, 32), ["digest", "    sha256:0123456789abcdef0123"]);
        assert!(Columns::new().fitted("", 20).is_empty());
    }

    #[test]
    fn lines_break_at_spaces() {
        assert_eq!(wrapped("one two three four", 9), ["one two", "three", "four"]);
        assert_eq!(wrapped("unbreakable", 4), ["unbreakable"]);
        assert_eq!(wrapped(" one  two ", 9), ["one  two"]);
        assert_eq!(wrapped("a\n\nb", 9), ["a", "", "b"]);
    }
}
