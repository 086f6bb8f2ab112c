//! What differs, in words that can be read without colour: `The contractor [-stole-]{+took+} the deposit`, as on a screen;
//! a forge also strikes through and underlines.

use super::discretion::Discretion;
use super::markdown::{Place, piece, words};
use crate::article::{Difference, Run};

/// Each place that differs as a paragraph.
pub(super) fn passages(difference: &Difference, discretion: &Discretion) -> Vec<String> {
    let one = |passage: &crate::article::Passage| {
        let place = words(&passage.place);
        if !discretion.shows(&passage.place) || !passage.runs.iter().all(|run| discretion.allows(text(run))) {
            return format!("**{place}**\\\nchanged; readers are not shown it");
        }
        let mut line = String::new();
        for run in &passage.runs {
            let at = if line.is_empty() { Place::Start } else { Place::Within };
            match run {
                Run::Same(text) => line += &piece(text, at),
                Run::Gone(text) => line += &format!("\\[-<del>{}</del>-\\]", piece(text, Place::Within)),
                Run::Come(text) => line += &format!("{{+<ins>{}</ins>+}}", piece(text, Place::Within)),
            }
        }
        format!("**{place}**\\\n{}", line.trim())
    };
    difference.passages.iter().map(one).collect()
}

fn text(run: &Run) -> &str {
    match run {
        Run::Same(text) | Run::Gone(text) | Run::Come(text) => text,
    }
}
