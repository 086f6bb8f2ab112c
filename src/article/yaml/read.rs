//! YAML as a tree with spans, the same tree that TOML gives.

use saphyr_parser::{Event, Parser, ScalarStyle, Span as YamlSpan, StrInput};

use super::{UNCERTAIN, scalar};
use crate::article::{Data, Field, Table, Value};
use crate::finding::{Finding, Level, Span};

/// How deep lists and tables may lie in each other.
const DEEPEST: usize = 64;

/// Reads YAML that begins at byte `offset` of its file and says a table of fields.
pub fn parse(yaml: &str, offset: usize) -> Result<Table, Box<Finding>> {
    let places = yaml.char_indices().map(|(at, _)| at + offset).chain([yaml.len() + offset]).collect();
    let mut reader = Reader { parser: Parser::new_from_str(yaml), places };
    let value = loop {
        match reader.next()? {
            (Event::StreamStart | Event::DocumentStart(_) | Event::Nothing, _) => {}
            (Event::StreamEnd | Event::DocumentEnd, _) => return Ok(Table::default()),
            (event, span) => break reader.value(event, span, 0)?,
        }
    };
    loop {
        match reader.next()? {
            (Event::StreamEnd, _) => break,
            (Event::DocumentEnd | Event::Nothing, _) => {}
            (_, span) => return Err(uncertain(span, "a second YAML document begins here")),
        }
    }
    match value.data {
        Data::Table(table) => Ok(table),
        _ => Err(uncertain(value.span, "this is not a list of keys with values")),
    }
}

fn uncertain(span: Span, message: impl Into<String>) -> Box<Finding> {
    Box::new(Finding::new(UNCERTAIN, Level::Error, message).at(span))
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

    fn next(&mut self) -> Result<(Event<'a>, Span), Box<Finding>> {
        match self.parser.next_event() {
            Some(Ok((event, span))) => Ok((event, self.span(span))),
            Some(Err(error)) => {
                let at = Span::at(self.place(error.marker().index()));
                Err(uncertain(at, format!("this is not YAML: {}", error.info())))
            }
            None => Ok((Event::StreamEnd, Span::at(self.places.last().copied().unwrap_or_default()))),
        }
    }

    fn value(&mut self, event: Event<'a>, span: Span, depth: usize) -> Result<Value, Box<Finding>> {
        if depth > DEEPEST {
            return Err(uncertain(span, "lists and tables lie too deep in each other here"));
        }
        let plain = match &event {
            Event::Alias(_) => false,
            Event::Scalar(_, _, anchor, tag) => *anchor == 0 && tag.is_none(),
            Event::SequenceStart(anchor, tag) | Event::MappingStart(anchor, tag) => *anchor == 0 && tag.is_none(),
            _ => true,
        };
        if !plain {
            return Err(uncertain(span, "TOML has no anchors, aliases and tags (&, * and !): write the value out"));
        }
        let (data, end) = match event {
            Event::Scalar(text, ScalarStyle::Plain, ..) => match scalar::plain(&text) {
                Ok(data) => (data, span.end),
                Err(why) if text.is_empty() => return Err(uncertain(span, format!("what stands here {why}"))),
                Err(why) => return Err(uncertain(span, format!("`{text}` {why}"))),
            },
            Event::Scalar(text, ..) => (Data::String(text.into_owned()), span.end),
            Event::SequenceStart(..) => self.list(depth)?,
            Event::MappingStart(..) => self.table(depth)?,
            _ => return Err(uncertain(span, "a value is missing here")),
        };
        Ok(Value { span: Span::new(span.start, end.max(span.start)), data })
    }

    fn list(&mut self, depth: usize) -> Result<(Data, usize), Box<Finding>> {
        let mut values = Vec::new();
        loop {
            match self.next()? {
                (Event::SequenceEnd, span) => return Ok((Data::Array(values), span.end)),
                (event, span) => values.push(self.value(event, span, depth + 1)?),
            }
        }
    }

    fn table(&mut self, depth: usize) -> Result<(Data, usize), Box<Finding>> {
        let mut table = Table::default();
        loop {
            let (event, key_span) = self.next()?;
            let key = match event {
                Event::MappingEnd => return Ok((Data::Table(table), key_span.end)),
                Event::Scalar(key, style, 0, None) => {
                    // The text of a number is its key; a date or a truth value has several texts.
                    let merge = key == "<<" && style == ScalarStyle::Plain;
                    let sure = style != ScalarStyle::Plain
                        || matches!(scalar::plain(&key), Ok(Data::String(_) | Data::Integer(_)));
                    if merge || !sure {
                        return Err(uncertain(key_span, format!("`{key}` is not a plain key: put it in quotes")));
                    }
                    key.into_owned()
                }
                _ => return Err(uncertain(key_span, "a key must be a plain word")),
            };
            if let Some(first) = table.field(&key) {
                let finding = uncertain(key_span, format!("`{key}` stands here twice"));
                return Err(Box::new(finding.beside(first.key_span, "first here")));
            }
            let (event, span) = self.next()?;
            let value = self.value(event, span, depth + 1).map_err(|finding| named(*finding, &key, key_span))?;
            table.fields.push(Field { key, key_span, value });
        }
    }
}

/// A key whose value is missing is pointed at by its key.
fn named(finding: Finding, key: &str, key_span: Span) -> Box<Finding> {
    let empty = finding.span.is_none_or(Span::is_empty) && finding.message.starts_with("what stands here");
    Box::new(if empty {
        Finding { message: finding.message.replacen("what stands here", &format!("what `{key}` has"), 1), ..finding }
            .at(key_span)
    } else {
        finding
    })
}
