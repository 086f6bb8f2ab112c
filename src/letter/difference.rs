//! What differs, in words that can be read without colour: `The contractor [-stole-]{+took+} the deposit`, as on a screen;
//! a forge also strikes through and underlines.

use super::count;
use super::discretion::Discretion;
use super::markdown::{Place, code, piece, words};
use super::sheet::Sheet;
use crate::article::{Difference, Run, Slug};

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

/// Says that there was no room for so many places.
pub(super) fn rest(left: usize, slug: &Slug, sheet: &mut Sheet) {
    if left > 0 {
        sheet.end(&format!("*{} more: {}*", count(left, "place"), code(&format!("desk show {slug} --changes"))));
    }
}

fn text(run: &Run) -> &str {
    match run {
        Run::Same(text) | Run::Gone(text) | Run::Come(text) => text,
    }
}
