//! A text of one line for each key, in one order and one form: what a signature can cover.

use super::InvalidStatement;

/// The text: the format's name, then a line for each key with its value.
pub(super) fn write<const N: usize>(format: &str, keys: [&'static str; N], values: [String; N]) -> String {
    let mut text = format!("{format}\n");
    for (key, value) in keys.iter().zip(values) {
        text.push_str(&format!("{key}: {value}\n"));
    }
    text
}

/// The values of such a text, in the order of the keys. What follows the last one is left to whoever asks.
pub(super) fn read<'a, const N: usize>(
    text: &'a str,
    format: &'static str,
    keys: [&'static str; N],
) -> Result<[&'a str; N], InvalidStatement> {
    let mut lines = text.lines();
    if lines.next() != Some(format) {
        return Err(InvalidStatement::Line { line: 1, expected: format });
    }
    let mut values = [""; N];
    for (at, key) in keys.into_iter().enumerate() {
        let value = lines.next().and_then(|line| line.strip_prefix(key)?.strip_prefix(": "));
        values[at] = value.ok_or(InvalidStatement::Line { line: at + 2, expected: key })?;
    }
    Ok(values)
}
