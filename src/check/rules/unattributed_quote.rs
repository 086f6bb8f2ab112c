//! `unattributed-quote`

use crate::check::marks::Marks;
use crate::check::passage::Passage;
use crate::check::phrases::Phrases;
use crate::check::rule::{Levels, Rule, Scope, Seeks};
use crate::check::subject::Subject;
use crate::finding::Finding;
use std::cell::OnceCell;
use std::ops::Range;

pub(super) static RULE: Rule = Rule {
    name: "unattributed-quote",
    levels: Levels::ADVICE,
    seeks: &[Seeks::Marks(Marks::QUOTE)],
    scope: Scope::Words(check),
    doc: DOC,
};

const DOC: &str = r##"# unattributed-quote

## What it says
A quoted sentence stands in a paragraph where nobody is said to have spoken or written it, nor in the paragraphs beside
it. Quotations of a few words and titles of works are left alone, and so are newsrooms that do not write English.

## Why it matters
A quotation without a speaker is nobody's, and a reader can only take it for the newsroom's.

## Bad
```markdown
“The permit came late and nobody told us why.”

The port will be dredged in spring.
```

## Good
```markdown
“The permit came late and nobody told us why,” said Mina Park, a pilot.
```

## How to mend it
Say who said it, in the sentence or beside it.
"##;

/// Words that say that somebody speaks or writes.
static SPEAKING: Phrases = Phrases::with_words(
    "said say says saying told tell tells telling asked ask asks asking added adds adding wrote \
                 write writes writing written noted notes noting explained explains explaining warned warns \
                 warning argued argues arguing insisted insists recalled recalls announced announces announcing \
                 declared declares stated states stating claimed claims claiming replied replies answered \
                 answers responded responds continued continues admitted admits acknowledged acknowledges \
                 conceded concedes confirmed confirms denied denies described describes describing called calls \
                 calling quoted quotes quoting read reads reading posted posts tweeted joked jokes suggested \
                 suggests stressed stresses emphasised emphasized urged urges urging vowed vows pledged promised \
                 testified concluded concludes commented comments complained complains observed observes \
                 remarked predicted predicts believed believes thinks thought shouted shouts cried cries sang \
                 sings chanted whispered laughed sighed recounted revealed reported reports mused quipped \
                 boasted lamented pleaded begged agreed agrees countered counters maintained maintains contended \
                 contends asserted asserts affirmed recited shared shares welcomed praised criticised criticized \
                 condemned accused cautioned cautions reiterated elaborated clarified summed spoke speaks \
                 speaking words statement letter message email slogan motto sign banner caption inscription post \
                 tweet memo verdict ruling speech interview testimony per",
    &["according to", "put it", "goes on", "went on", "pointed out", "points out", "in a note", "in an e-mail"],
);

/// Fewer words are a phrase, or the title of a work.
const FEWEST: usize = 6;
/// From here on it is a sentence however it ends.
const CERTAIN: usize = 12;

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    if !subject.is_english() {
        return Vec::new();
    }
    let running: Vec<&Passage<'_>> = subject.passages.iter().filter(|passage| passage.is_running_text()).collect();
    let speakers: Vec<OnceCell<bool>> = vec![OnceCell::new(); running.len()];
    let speaks = |at: usize| *speakers[at].get_or_init(|| names_speaker(running[at]));
    let beside = |at: usize| speaks(at) || (at > 0 && speaks(at - 1)) || (at + 1 < running.len() && speaks(at + 1));
    // A speaker is carried over paragraphs that are nothing but the quotation.
    let begins = |at: usize| running[at].text.trim_start().starts_with(['"', '\u{201c}']);
    let is_carried =
        |at: usize| (0..=at).rev().find_map(|at| if beside(at) { Some(true) } else { (!begins(at)).then_some(false) });
    let mut findings = Vec::new();
    for (at, passage) in running.iter().enumerate().filter(|(_, passage)| passage.has(Marks::QUOTE)) {
        let quote = quotations(passage).into_iter().find(|quote| is_sentence(&passage.text[quote.clone()]));
        findings.extend(quote.filter(|_| is_carried(at) != Some(true)).map(|quote| {
            RULE.finding("nobody is said to have spoken these words")
                .at(passage.place(quote.start, quote.end))
                .help("say who said it, in the sentence or beside it")
        }));
    }
    findings
}

/// What stands between double quotation marks, marks included. One that is not closed runs to the end.
fn quotations(passage: &Passage<'_>) -> Vec<Range<usize>> {
    let mut all = Vec::new();
    let mut open: Option<usize> = None;
    for &(at, one) in &passage.quotes {
        match (one, open) {
            ('\u{201c}' | '"', None) => open = Some(at),
            ('\u{201d}' | '"', Some(start)) => {
                all.push(start..at + one.len_utf8());
                open = None;
            }
            _ => {}
        }
    }
    all.extend(open.map(|start| start..passage.text.len()));
    all
}

/// Whether somebody is said to speak in a passage outside its quotations.
fn names_speaker(passage: &Passage<'_>) -> bool {
    let (text, quotes) = (passage.text, quotations(passage));
    let colon = quotes.iter().any(|quote| text[..quote.start].trim_end().ends_with([':', '\u{2014}', '\u{2013}']));
    let outside =
        |range: Range<usize>| !quotes.iter().any(|quote| quote.start <= range.start && range.end <= quote.end);
    colon || SPEAKING.stand_in(text, outside)
}

/// Whether a quotation is what somebody said, not a name or a term.
fn is_sentence(quote: &str) -> bool {
    let count = quote.split_whitespace().take(CERTAIN).count();
    let inner = quote.trim_end_matches(['"', '\u{201d}']);
    count >= CERTAIN || (count >= FEWEST && inner.ends_with([',', '.', '!', '?', '\u{2026}']))
}

#[cfg(test)]
mod tests {
    use crate::check::rules::tests::{messages_under, said};

    #[test]
    fn somebody_speaks() {
        for good in [
            "“The permit came late, and nobody told us,” Park said.\n",
            "Park was angry: “The permit came late, and nobody told us.”\n",
            "“The permit came late, and nobody told us.”\n\nPark said it twice.\n",
            "“The permit came late, and nobody told us,” said Park.\n\n“We asked the port.\n\n“It did not answer.”\n",
            "He saw “The Good, the Bad and the Ugly” again.\n",
            "She read “The Long Goodbye,” and left.\n",
            "\"The permit came late, and nobody told us,\" according to Park.\n",
            "> “The permit came late, and nobody told us.”\n",
            "- “The permit came late, and nobody told us.”\n",
        ] {
            assert!(said("unattributed-quote", good).is_empty(), "{good}");
        }
        let bad = "“The permit came late, and nobody told us.”";
        assert_eq!(said("unattributed-quote", &format!("Dredging begins.\n\n{bad}\n\nThe port is old.\n")), [bad]);
        let inside = "“They said the permit came late, and nobody told us.”";
        assert_eq!(said("unattributed-quote", &format!("{inside}\n")), [inside]);
    }

    #[test]
    fn other_languages_have_other_words() {
        let text = "+++\ntitle = \"A\"\n+++\n“Die Genehmigung kam spät, und keiner sagte es.”\n";
        assert!(messages_under("unattributed-quote", "[newsroom]\nlanguage = \"de\"\n", text).is_empty());
    }
}
