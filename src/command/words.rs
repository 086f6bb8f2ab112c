//! Phrases that several verbs say the same way: counts, names, moments. Letters say them too.

pub(super) use crate::letter::{
    and, appointment, asked, count, counted, fact, missing, moment, moment_there, number, or, void, who,
};
