//! What a newsroom demands of its articles and a machine can see.
//!
//! Owns the rules ([`RULES`], one file each in `rules/`), what they look at ([`Subject`], [`Card`]) and the run over a
//! tree ([`run()`]), which never stops at the first finding and gives the same findings in the same order on one thread
//! and on many. It reads no file and no git, prints nothing, and decides no exit code.
//!
//! An article is read once ([`Piece`]) and its words are laid out once ([`Passage`]). One walk over them notes for all
//! rules which characters and phrases there are ([`Marks`], [`Phrases`]); a rule says what it seeks ([`Seeks`]), and is
//! asked only where that stands. A new rule is one file in `rules/`, a row in its table and a folder of fixtures in
//! `tests/cases/`.

mod baseline;
mod dates;
mod explain;
mod exposed;
mod house_style;
mod marks;
mod mend;
mod numbers;
mod outside;
mod passage;
mod phrases;
mod quotation;
mod reference;
mod rule;
mod rules;
mod run;
mod runs;
mod settle;
mod steps;
mod subject;
mod suppression;
mod words;

pub use baseline::{BASELINE_FILE, Baseline};
pub use explain::{UnknownRule, explain, names};
pub use exposed::{Embargo, exposed};
pub use house_style::{of_settings, style_choice};
pub use marks::Marks;
pub use mend::{Mended, Mending, mend, mend_each};
pub use outside::{Answer, Answers, Outside};
pub use passage::{Part, Passage};
pub use phrases::Phrases;
pub use rule::{Hold, Levels, Rule, SECTIONS, Scope, Seeks, holds};
pub use rules::RULES;
pub use run::{Outcome, Told, across, gather, one, over, run, sort};
pub use settle::{Extent, Settled, settle};
pub use subject::{Beside, Card, Context, Piece, Sort, Subject, Tree};
pub use suppression::{Covers, Fault, Origin, Permission, Suppression, permission};
