//! Three versions of a row of things that have names: fields, tables, the elements of a list.

use std::collections::{HashMap, HashSet};

/// Where one of them stands in each version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Trio {
    pub(super) origin: Option<usize>,
    pub(super) ours: Option<usize>,
    pub(super) theirs: Option<usize>,
}

/// Every name of the three in one order: that of the side which changed the order, what the other side has beside it
/// behind what it follows there. What theirs adds comes before what ours adds in the same place: it is public already.
pub(super) fn trios(origin: &[String], ours: &[String], theirs: &[String]) -> Vec<Trio> {
    let places = |names: &[String]| -> HashMap<String, usize> {
        names.iter().enumerate().rev().map(|(at, name)| (name.clone(), at)).collect()
    };
    let (old, our, their) = (places(origin), places(ours), places(theirs));
    let keeps_order = |side: &[String]| {
        let shared: Vec<usize> = side.iter().filter_map(|name| old.get(name).copied()).collect();
        shared.is_sorted()
    };
    let (first, second) = if keeps_order(theirs) || !keeps_order(ours) { (ours, theirs) } else { (theirs, ours) };
    let mut order: Vec<&String> = first.iter().collect();
    for rest in [second, origin] {
        let mut known: HashSet<&String> = order.iter().copied().collect();
        let mut before: Option<&String> = None;
        for name in rest {
            if known.insert(name) {
                let at = before.and_then(|before| order.iter().position(|other| *other == before));
                order.insert(at.map_or(0, |at| at + 1), name);
            }
            before = Some(name);
        }
    }
    let at = |places: &HashMap<String, usize>, name: &String| places.get(name).copied();
    order
        .into_iter()
        .map(|name| Trio { origin: at(&old, name), ours: at(&our, name), theirs: at(&their, name) })
        .collect()
}

/// The names, each made its own where one stands twice.
pub(super) fn distinct(names: Vec<String>) -> Vec<String> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    names
        .into_iter()
        .map(|name| {
            let count = seen.entry(name.clone()).or_insert(0);
            *count += 1;
            if *count == 1 { name } else { format!("{name}\u{0}{count}") }
        })
        .collect()
}
