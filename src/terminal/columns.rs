//! Lines that line up and lines that fit.

use unicode_width::UnicodeWidthStr as _;

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
        let count = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        let widths: Vec<usize> = (0..count)
            .map(|column| self.rows.iter().filter_map(|row| row.get(column)).map(|cell| columns_of(cell)).max())
            .map(Option::unwrap_or_default)
            .collect();
        let line = |row: &Vec<String>| {
            let mut line = indent.to_owned();
            for (cell, width) in row.iter().zip(&widths) {
                line.push_str(cell);
                line.extend(std::iter::repeat_n(' ', width - columns_of(cell) + 2));
            }
            line.truncate(line.trim_end().len());
            line
        };
        self.rows.iter().map(line).collect()
    }

    /// The same; none where a line would be wider than `width` columns.
    pub fn within(&self, indent: &str, width: usize) -> Option<Vec<String>> {
        let lines = self.lines(indent);
        lines.iter().all(|line| columns_of(line) <= width).then_some(lines)
    }
}

/// How many columns `text` takes on the screen, styles not counted.
pub fn columns_of(text: &str) -> usize {
    anstream::adapter::strip_str(text).to_string().width()
}

/// `text` broken at spaces into lines of at most `width` columns; a longer word stands alone.
pub fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.lines() {
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
    fn lines_break_at_spaces() {
        assert_eq!(wrapped("one two three four", 9), ["one two", "three", "four"]);
        assert_eq!(wrapped("unbreakable", 4), ["unbreakable"]);
        assert_eq!(wrapped("a\n\nb", 9), ["a", "", "b"]);
    }
}
