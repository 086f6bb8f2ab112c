//! `anonymity-unexplained`

use crate::check::phrases::Phrases;
use crate::check::rule::{Levels, Rule, Scope, Seeks};
use crate::check::subject::Subject;
use crate::check::words::sentence;
use crate::finding::Finding;

pub(super) static RULE: Rule = Rule {
    name: "anonymity-unexplained",
    levels: Levels::ADVICE,
    seeks: &[Seeks::Phrases(&REQUESTS)],
    scope: Scope::Words(check),
    doc: DOC,
};

const DOC: &str = r##"# anonymity-unexplained

## What it says
The text says that somebody wished not to be named, and nowhere why. Said once, at the first place; a reason in the
same
paragraph of any such place is enough.

## Why it matters
"Asked to remain anonymous" is a request, not a reason. The reason is what lets a reader trust the promise.

## Bad
```markdown
The permit was late, said an official who asked to remain anonymous.
```

## Good
```markdown
The permit was late, said an official who asked to remain anonymous because talks go on.
```

## How to mend it
Say why in the sentence: "because", "for fear of", "was not authorised to". If there is no reason, ask for the name.
"##;

pub(super) static REQUESTS: Phrases = Phrases::new(&[
    "asked to remain anonymous",
    "asked to stay anonymous",
    "asked to be anonymous",
    "asked not to be named",
    "asked not to be identified",
    "asked for anonymity",
    "asking not to be named",
    "asking for anonymity",
    "requested anonymity",
    "requesting anonymity",
    "requested to remain anonymous",
    "on condition of anonymity",
    "on the condition of anonymity",
    "under condition of anonymity",
    "declined to be named",
    "declined to be identified",
    "wished to remain anonymous",
    "wishes to remain anonymous",
    "wants to remain anonymous",
    "wanted to remain anonymous",
    "did not want to be named",
    "did not want to be identified",
    "did not wish to be named",
    "refused to be named",
    "insisted on anonymity",
    "preferred to remain anonymous",
]);

static REASONS: Phrases = Phrases::new(&[
    "because",
    "for fear",
    "fearing",
    "fears",
    "feared",
    "afraid",
    "citing",
    "cited",
    "authorised",
    "authorized",
    "unauthorised",
    "unauthorized",
    "not allowed",
    "not permitted",
    "forbidden",
    "barred",
    "to discuss",
    "to describe",
    "to speak freely",
    "to speak candidly",
    "to speak openly",
    "to speak frankly",
    "due to",
    "owing to",
    "lest",
    "out of concern",
    "to protect",
    "to avoid",
    "given the",
    "as he",
    "as she",
    "as they",
    "as the",
    "since he",
    "since she",
    "since they",
    "since the",
    "in order to",
    "so as not",
    "for the sake of",
    "for the safety of",
    "out of respect",
    "so that",
    "retaliation",
    "reprisals",
    "reprisal",
]);

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let mut first = None;
    for hit in subject.hits(&REQUESTS) {
        let sentence = sentence(hit.passage.text, hit.range.start);
        // The reason may have a sentence of its own, behind the request.
        if REASONS.are_in(&hit.passage.text[sentence.start..]) {
            return Vec::new();
        }
        first.get_or_insert_with(|| hit.place());
    }
    first
        .map(|place| {
            RULE.finding("a request is no reason: nothing says why this source is not named")
                .at(place)
                .help("say why in this sentence: because ..., was not authorised to ...")
        })
        .into_iter()
        .collect()
}

/// Whether `text` gives no reason but the wish itself.
pub(super) fn is_request(text: &str) -> bool {
    let bare = [
        "anonymity",
        "anonymous",
        "requested",
        "on request",
        "by request",
        "asked",
        "confidential",
        "none",
        "n/a",
        "unknown",
    ];
    let alone = bare.contains(&&*crate::check::words::folded(text));
    alone || (REQUESTS.are_in(text) && !REASONS.are_in(text))
}

#[cfg(test)]
mod tests {
    use super::is_request;
    use crate::check::rules::tests::said;

    #[test]
    fn a_request_is_no_reason() {
        assert!(is_request("asked to remain anonymous") && is_request("Anonymity."));
        assert!(!is_request("was not authorised to speak before the vote"));
        assert!(!is_request("asked not to be named for fear of losing the job"));
        let bare = "He spoke on condition of anonymity.\n";
        assert_eq!(said("anonymity-unexplained", &format!("{bare}\n{bare}")), ["on condition of anonymity"]);
        assert!(
            said("anonymity-unexplained", "She asked not to be named. She was not authorised to speak.\n").is_empty()
        );
    }
}
