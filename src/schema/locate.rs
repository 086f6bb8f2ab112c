//! Where in a JSON text a value stands. The text has been parsed before, so it is JSON.

use crate::finding::Span;

/// The bytes of the value that `steps` lead to, or of the last one on the way that is there.
pub(super) fn locate(text: &str, steps: &[String]) -> Option<Span> {
    let mut cursor = Cursor { text: text.as_bytes(), at: 0 };
    cursor.blanks();
    let mut span = cursor.whole()?;
    for step in steps {
        cursor.at = span.start;
        match cursor.enter(step) {
            Some(inner) => span = inner,
            None => break,
        }
    }
    Some(span)
}

struct Cursor<'a> {
    text: &'a [u8],
    at: usize,
}

impl Cursor<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    fn blanks(&mut self) {
        while self.peek().is_some_and(|byte| byte.is_ascii_whitespace()) {
            self.at += 1;
        }
    }

    /// Steps over the value here, by counting brackets outside of strings.
    fn whole(&mut self) -> Option<Span> {
        let start = self.at;
        let mut depth = 0usize;
        loop {
            match self.peek()? {
                b'"' => {
                    self.string()?;
                }
                b'{' | b'[' => {
                    depth += 1;
                    self.at += 1;
                    continue;
                }
                b'}' | b']' => {
                    depth = depth.checked_sub(1)?;
                    self.at += 1;
                }
                b',' | b':' if depth > 0 => {
                    self.at += 1;
                    continue;
                }
                byte if byte.is_ascii_whitespace() => {
                    self.at += 1;
                    continue;
                }
                _ => {
                    while self.peek().is_some_and(|byte| !byte.is_ascii_whitespace() && !b",]}:".contains(&byte)) {
                        self.at += 1;
                    }
                }
            }
            if depth == 0 {
                return Some(Span::new(start, self.at));
            }
        }
    }

    /// The text of the string here, unescaped.
    fn string(&mut self) -> Option<String> {
        let start = self.at;
        self.at += 1;
        loop {
            match self.peek()? {
                b'"' => break,
                b'\\' => self.at += 2,
                _ => self.at += 1,
            }
        }
        self.at += 1;
        serde_json::from_slice(&self.text[start..self.at]).ok()
    }

    /// The value at `step` in the object or array that begins here.
    fn enter(&mut self, step: &str) -> Option<Span> {
        let object = self.peek()? == b'{';
        self.at += 1;
        let mut index = 0usize;
        loop {
            self.blanks();
            match self.peek()? {
                b',' => {
                    self.at += 1;
                    continue;
                }
                b'}' | b']' => return None,
                _ => {}
            }
            let here = if object {
                let key = self.string()?;
                self.blanks();
                self.at += 1;
                self.blanks();
                key == step
            } else {
                step.parse() == Ok(index)
            };
            let span = self.whole()?;
            if here {
                return Some(span);
            }
            index += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_found_by_their_steps() {
        let text = "{ \"a\\u0062\": [1, {\"c\": \"x, ] }\", \"d\":-2.5e3 }, true],\n \"e\" : null }\n";
        let find = |steps: &[&str]| {
            let steps: Vec<String> = steps.iter().map(|&step| step.to_owned()).collect();
            locate(text, &steps).map(|span| &text[span.range()])
        };
        assert_eq!(find(&["ab", "1", "c"]), Some("\"x, ] }\""));
        assert_eq!(find(&["ab", "1", "d"]), Some("-2.5e3"));
        assert_eq!(find(&["ab", "2"]), Some("true"));
        assert_eq!(find(&["e"]), Some("null"));
        assert_eq!(find(&["ab", "7"]), Some("[1, {\"c\": \"x, ] }\", \"d\":-2.5e3 }, true]"));
        assert_eq!(locate("", &[]), None);
    }
}
