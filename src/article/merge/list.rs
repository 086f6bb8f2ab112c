//! A list in one line or several, such as `tags`, merged by its elements.

use super::keyed::{Trio, distinct, trios};
use crate::article::{Data, Table, Value};

/// A list and the text that its bytes count in.
#[derive(Clone, Copy)]
pub(super) struct List<'a> {
    pub(super) value: &'a Value,
    pub(super) text: &'a str,
}

impl<'a> List<'a> {
    fn elements(self) -> Option<&'a [Value]> {
        match &self.value.data {
            Data::Array(elements) => Some(elements),
            _ => None,
        }
    }

    fn names(self) -> Option<Vec<String>> {
        Some(distinct(self.elements()?.iter().map(|element| element.to_json().to_string()).collect()))
    }

    fn spelt(self, at: usize) -> Option<&'a str> {
        self.text.get(self.elements()?.get(at)?.span.range())
    }

    fn all(self) -> Option<&'a str> {
        self.text.get(self.value.span.range()).filter(|text| text.starts_with('['))
    }
}

/// The list with what each side added and without what either took out, spelt as ours is. None where that cannot be
/// written for certain.
pub(super) fn merge(origin: Option<List<'_>>, ours: List<'_>, theirs: List<'_>) -> Option<String> {
    let old = origin.map_or(Some(Vec::new()), List::names)?;
    let (our, their) = (ours.names()?, theirs.names()?);
    let stays = |trio: &Trio| match trio.origin {
        Some(_) => trio.ours.is_some() && trio.theirs.is_some(),
        None => true,
    };
    let rest: Vec<Trio> = trios(&old, &our, &their).into_iter().filter(stays).collect();
    let name = |trio: &Trio| trio.ours.map(|at| &our[at]).or_else(|| trio.theirs.map(|at| &their[at])).cloned();
    let expected: Vec<String> = rest.iter().filter_map(name).collect();
    let whole = ours.all()?;
    let in_order: Vec<usize> = rest.iter().filter_map(|trio| trio.ours).collect();
    let text = if in_order.len() == our.len() && in_order.is_sorted() && !our.is_empty() {
        added(ours, theirs, &rest, whole)?
    } else {
        written(ours, theirs, &rest, whole)?
    };
    let read = Table::parse(&format!("x = {text}")).ok()?;
    let found = List { value: read.get("x")?, text: "" }.names()?;
    (found == expected).then_some(text)
}

/// What parts two elements: a comma, and a line of its own where ours has those.
fn parting(whole: &str) -> String {
    match whole.split_once('\n') {
        Some((first, rest)) => {
            let indent: String = rest.chars().take_while(|one| matches!(one, ' ' | '\t')).collect();
            format!(",{}{indent}", if first.ends_with('\r') { "\r\n" } else { "\n" })
        }
        None => ", ".to_owned(),
    }
}

/// Our text with elements of theirs put in.
fn added(ours: List<'_>, theirs: List<'_>, rest: &[Trio], whole: &str) -> Option<String> {
    let start = ours.value.span.start;
    let apart = parting(whole);
    let mut text = String::new();
    let mut at = 0;
    let first = ours.elements()?.first()?.span.start - start;
    for trio in rest {
        if let Some(place) = trio.ours {
            let end = ours.elements()?[place].span.end - start;
            text.push_str(whole.get(at..end)?);
            at = end;
        } else if at == 0 {
            text.push_str(whole.get(..first)?);
            text.push_str(theirs.spelt(trio.theirs?)?);
            text.push_str(&apart);
            at = first;
        } else {
            // Before our first element more than one may come: each brings its own comma.
            let comes_first = at == first;
            let element = theirs.spelt(trio.theirs?)?;
            if comes_first {
                text.push_str(&format!("{element}{apart}"));
            } else {
                text.push_str(&format!("{apart}{element}"));
            }
        }
    }
    text.push_str(whole.get(at..)?);
    Some(text)
}

/// The list anew, in our form; not where a comment in it would be lost.
fn written(ours: List<'_>, theirs: List<'_>, rest: &[Trio], whole: &str) -> Option<String> {
    if whole.contains('#') {
        return None;
    }
    let spelt = |trio: &Trio| match trio.ours {
        Some(at) => ours.spelt(at),
        None => theirs.spelt(trio.theirs?),
    };
    let elements = rest.iter().map(spelt).collect::<Option<Vec<_>>>()?;
    let apart = parting(whole);
    if !whole.contains('\n') || elements.is_empty() {
        return Some(format!("[{}]", elements.join(&apart)));
    }
    let line = apart.trim_start_matches(',');
    Some(format!("[{line}{},{}]", elements.join(&apart), line.trim_end_matches([' ', '\t'])))
}
