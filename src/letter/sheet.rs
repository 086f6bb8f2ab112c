//! A letter within its limits.

/// The most characters of a text on GitHub ("body is too long (maximum is 65536 characters)"), counted as UTF-16 has
/// them, which is never less; other forges take more.
pub(super) const LONGEST: usize = 65_536;

/// What is kept free for the ends of sections.
const KEPT: usize = 2_048;

/// Paragraphs of Markdown that are written as long as there is room, each whole or not at all.
pub(super) struct Sheet {
    text: String,
    left: usize,
}

impl Sheet {
    /// An empty one that becomes no longer than `most`.
    pub(super) fn of(most: usize) -> Self {
        Self { text: String::new(), left: most.saturating_sub(KEPT) }
    }

    /// One that a forge takes as the text of a pull request or a comment.
    pub(super) fn new() -> Self {
        Self::of(LONGEST)
    }

    /// Writes a paragraph, if there is room.
    pub(super) fn paragraph(&mut self, paragraph: &str) -> bool {
        self.put(paragraph, "\n\n")
    }

    /// Writes a line of a list, if there is room.
    pub(super) fn line(&mut self, line: &str) -> bool {
        self.put(line, "\n")
    }

    /// Ends a list.
    pub(super) fn gap(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    /// Writes a line of desk's own that is short and must not be missing: there is always room for some.
    pub(super) fn end(&mut self, line: &str) {
        self.gap();
        self.must(&format!("{line}\n\n"));
    }

    /// Whether there is hardly any room.
    pub(super) fn is_full(&self) -> bool {
        self.left < KEPT
    }

    /// A list under a heading: as many lines as there is room for, and no more than `most`; `rest` says where the others
    /// are. Nothing where there are no lines.
    pub(super) fn list(&mut self, heading: &str, lines: &[String], most: usize, rest: &str) {
        if lines.is_empty() {
            return;
        }
        self.end(heading);
        let shown = lines.iter().take(most).take_while(|line| self.line(&format!("- {line}"))).count();
        if shown < lines.len() {
            self.must(&format!("- {} more: {rest}\n", lines.len() - shown));
        }
        self.gap();
    }

    /// Paragraphs one after the other, as long as there is room; gives how many were left out.
    pub(super) fn paragraphs(&mut self, paragraphs: &[String]) -> usize {
        self.gap();
        let shown = paragraphs.iter().take_while(|paragraph| self.paragraph(paragraph)).count();
        paragraphs.len() - shown
    }

    pub(super) fn finish(self) -> String {
        let mut text = self.text;
        text.truncate(text.trim_end().len());
        text.push('\n');
        text
    }

    fn must(&mut self, text: &str) {
        self.left = self.left.saturating_sub(units(text));
        self.text.push_str(text);
    }

    fn put(&mut self, text: &str, end: &str) -> bool {
        let size = units(text) + end.len();
        let Some(left) = self.left.checked_sub(size) else { return false };
        self.left = left;
        self.text.push_str(text);
        self.text.push_str(end);
        true
    }
}

/// How long a text is to a forge.
pub(super) fn units(text: &str) -> usize {
    text.chars().map(char::len_utf16).sum()
}
