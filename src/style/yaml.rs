//! The YAML of a rule's file as a tree of texts, each with its bytes. What a plain word means is for the key to say: in
//! a list of words `no` is a word.

use saphyr_parser::{Event, Parser, Span as YamlSpan, StrInput};

use crate::finding::Span;

/// How deep lists and tables may lie in each other.
const DEEPEST: usize = 32;

/// A value and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Node {
    pub(super) span: Span,
    pub(super) data: Data,
}

/// What a value is.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Data {
    Text(String),
    List(Vec<Node>),
    Table(Vec<Entry>),
}

/// A key with its value.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Entry {
    pub(super) key: String,
    pub(super) key_span: Span,
    pub(super) value: Node,
}

/// Why something is not YAML that can be used.
#[derive(Debug)]
pub(super) struct Unreadable {
    pub(super) span: Span,
    pub(super) why: String,
}

/// Reads one document; an empty one is an empty table.
pub(super) fn parse(yaml: &str) -> Result<Node, Unreadable> {
    let places = yaml.char_indices().map(|(at, _)| at).chain([yaml.len()]).collect();
    let mut reader = Reader { parser: Parser::new_from_str(yaml), places };
    loop {
        match reader.next()? {
            (Event::StreamStart | Event::DocumentStart(_) | Event::Nothing, _) => {}
            (Event::StreamEnd | Event::DocumentEnd, span) => return Ok(Node { span, data: Data::Table(Vec::new()) }),
            (event, span) => return reader.value(event, span, 0),
        }
    }
}

struct Reader<'a> {
    parser: Parser<'a, StrInput<'a>>,
    /// The byte of every character: the parser counts in characters.
    places: Vec<usize>,
}

impl<'a> Reader<'a> {
    fn place(&self, character: usize) -> usize {
        self.places.get(character).or(self.places.last()).copied().unwrap_or_default()
    }

    fn span(&self, span: YamlSpan) -> Span {
        let start = self.place(span.start.index());
        Span::new(start, self.place(span.end.index()).max(start))
    }

    fn next(&mut self) -> Result<(Event<'a>, Span), Unreadable> {
        match self.parser.next_event() {
            Some(Ok((event, span))) => Ok((event, self.span(span))),
            Some(Err(error)) => {
                let span = Span::at(self.place(error.marker().index()));
                Err(Unreadable { span, why: format!("this is not YAML: {}", error.info()) })
            }
            None => Ok((Event::StreamEnd, Span::at(self.places.last().copied().unwrap_or_default()))),
        }
    }

    fn value(&mut self, event: Event<'a>, span: Span, depth: usize) -> Result<Node, Unreadable> {
        if depth > DEEPEST {
            return Err(Unreadable { span, why: "lists and tables lie too deep in each other here".to_owned() });
        }
        let (data, end) = match event {
            Event::Scalar(text, ..) => (Data::Text(text.into_owned()), span.end),
            Event::SequenceStart(..) => {
                let mut list = Vec::new();
                loop {
                    match self.next()? {
                        (Event::SequenceEnd, span) => break (Data::List(list), span.end),
                        (event, span) => list.push(self.value(event, span, depth + 1)?),
                    }
                }
            }
            Event::MappingStart(..) => self.table(depth)?,
            Event::Alias(_) => return Err(Unreadable { span, why: "write the value out, without `*`".to_owned() }),
            _ => return Err(Unreadable { span, why: "a value is missing here".to_owned() }),
        };
        Ok(Node { span: Span::new(span.start, end.max(span.start)), data })
    }

    fn table(&mut self, depth: usize) -> Result<(Data, usize), Unreadable> {
        let mut table: Vec<Entry> = Vec::new();
        loop {
            let (key, key_span) = match self.next()? {
                (Event::MappingEnd, span) => return Ok((Data::Table(table), span.end)),
                (Event::Scalar(key, ..), span) => (key.into_owned(), span),
                (_, span) => return Err(Unreadable { span, why: "a key must be a word".to_owned() }),
            };
            let (event, span) = self.next()?;
            let value = self.value(event, span, depth + 1)?;
            table.push(Entry { key, key_span, value });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_keep_their_bytes() {
        let text = "message: \"é %s\"\ntokens:\n  - no\n  - '\\bx'\nswap: {a: b}\n";
        let Data::Table(entries) = parse(text).expect("YAML").data else { panic!("a table") };
        assert_eq!(&text[entries[0].value.span.range()], "\"é %s\"");
        let Data::List(list) = &entries[1].value.data else { panic!("a list") };
        assert_eq!(list[0].data, Data::Text("no".to_owned()));
        assert_eq!(&text[list[1].span.range()], "'\\bx'");
        assert!(matches!(&entries[2].value.data, Data::Table(pairs) if pairs[0].key == "a"));
    }

    #[test]
    fn what_is_not_yaml_says_so() {
        assert!(parse("a: [b").is_err());
        assert!(parse("a: *b").is_err());
        assert!(parse(&"[".repeat(100)).is_err());
        assert!(matches!(parse("").expect("empty").data, Data::Table(entries) if entries.is_empty()));
    }
}
