//! Text copied from a page or a mail.

use super::{Format, FormatRow};
use crate::import::text::{self, Decoded};
use crate::import::{Imported, Unreadable, escape};

pub(super) const ROW: FormatRow =
    FormatRow { format: Format::Paste, name: "paste", endings: &["txt", "text"], claims: |_| false, read };

fn read(_name: &str, decoded: &Decoded) -> Result<Imported, Unreadable> {
    let mut imported = Imported::empty(Format::Paste);
    let lines = text::lines(&decoded.text, &mut imported);
    let mut blocks = lines.split(|line| line.text.is_empty()).filter(|block| !block.is_empty());
    imported.title = blocks.next().map(|block| block[0].text.clone());
    let mut body = Vec::new();
    for block in blocks {
        for (index, line) in block.iter().enumerate() {
            let above_longer = block.get(index + 1).is_some_and(|next| next.text.len() > 2 * line.text.len());
            let ends = line.text.ends_with(|last: char| !last.is_alphanumeric());
            body.push(match above_longer && !ends {
                true => escape::heading(2, &line.text),
                false => escape::paragraph(&line.text),
            });
        }
    }
    imported.body = body.join("\n\n") + "\n";
    Ok(imported)
}
