//! The note that a change asks for, drafted from what differs, sentence by sentence: what an earlier version said, and what
//! it is. A person reads it before it stands anywhere, and may put it better.

mod found;
mod phrase;

use super::{Amendment, untold_figures};
use crate::article::Document;
use found::found;
use phrase::speech;

/// The most passages that a draft speaks of one by one.
const MOST: usize = 6;

/// What readers may be told of the change from `before` to `after`; none where no words differ that it could quote. In the
/// newsroom's language where it is English, Korean or German. Every figure that took another's place stands in it.
pub fn drafted(before: &Document, after: &Document, kind: Amendment, language: &str) -> Option<String> {
    let speech = speech(language);
    if kind == Amendment::Refile {
        return Some(speech.refile().to_owned());
    }
    let all = found(before, after);
    if all.is_empty() {
        return None;
    }
    let text = [before.text.as_ref(), after.text.as_ref()].join("\n");
    let mut said: Vec<String> = Vec::new();
    for one in all.iter().take(MOST) {
        said.push(speech.say(one, kind, &text, !said.is_empty()));
    }
    if all.len() > MOST {
        said.push(speech.more().to_owned());
    }
    let mut note = said.join(" ");
    let figures = untold_figures(before, after, &note);
    if !figures.is_empty() {
        note = format!("{note} {}", speech.figures(&figures.join(", ")));
    }
    Some(crate::article::notice::on_one_line(&note))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::RepoPath;

    fn read(front: &str, body: &str) -> Document {
        let text = format!("+++\n{front}\n+++\n{body}\n");
        Document::read(RepoPath::new("articles/a/index.md").expect("a path"), text.as_bytes()).0
    }

    #[track_caller]
    fn body(kind: Amendment, before: &str, after: &str, expected: &str) {
        let note = drafted(&read("title = \"A\"", before), &read("title = \"A\"", after), kind, "en");
        assert_eq!(note.as_deref(), Some(expected));
    }

    #[test]
    fn a_corrected_sentence_reads_as_a_sub_editor_writes_it() {
        let check = |before: &str, after: &str, expected: &str| body(Amendment::Correction, before, after, expected);
        check(
            "The dredger waits at berth 4.",
            "The dredger waits at berth 5.",
            "An earlier version of this article said the dredger waits at berth 4; it is berth 5.",
        );
        check(
            "There were nine ships in the bay. They left.",
            "There were eight ships in the bay. They left.",
            "An earlier version of this article said there were nine ships in the bay; it is eight ships.",
        );
        check(
            "Mina Prak runs the port.",
            "Mina Park runs the port.",
            "An earlier version of this article said Mina Prak runs the port; it is Mina Park.",
        );
        check(
            "The contractor stole the deposit.",
            "The contractor took the deposit.",
            "An earlier version of this article said the contractor stole the deposit; it should have said the contractor took the deposit.",
        );
        check(
            "The port opens on Tuesday. It cost $1,200.",
            "The port opens on Monday. It cost $1,300.",
            "An earlier version of this article said the port opens on Tuesday; it is Monday. It also said it cost $1,200; it is $1,300.",
        );
    }

    #[test]
    fn what_comes_and_goes_is_told() {
        let two = "The pier burned. Nobody was hurt.";
        body(
            Amendment::Correction,
            two,
            "The pier burned.",
            "An earlier version of this article said nobody was hurt. That was removed.",
        );
        body(Amendment::Update, "The pier burned.", two, "This article was updated to say that nobody was hurt.");
        body(
            Amendment::Clarification,
            "The pier burned.",
            two,
            "An earlier version of this article did not say that nobody was hurt.",
        );
    }

    #[test]
    fn a_sentence_that_begins_with_a_number_or_cannot_be_told_whole_reads_too() {
        body(
            Amendment::Correction,
            "Nine ships wait, Ana Ruiz said.",
            "Seven ships wait, Ana Ruiz said.",
            "An earlier version of this article said nine ships wait, Ana Ruiz said; it is seven ships.",
        );
        body(
            Amendment::Clarification,
            "Dredging begins in March.",
            "Dredging of the inner harbor begins in March.",
            "An earlier version of this article said “Dredging begins in March”; it now says “Dredging of the inner harbor begins in March”.",
        );
    }

    #[test]
    fn quotations_and_long_sentences_are_quoted_where_they_differ() {
        body(
            Amendment::Correction,
            "\"We saw 9 ships,\" she said.",
            "\"We saw 8 ships,\" she said.",
            "An earlier version of this article said “We saw 9 ships,‘ she said”; it is “We saw 8 ships,‘ she said”."
                .replace('‘', "'")
                .as_str(),
        );
        let long = "a ".repeat(30);
        body(
            Amendment::Correction,
            &format!("Then {long}of all 9 ships {long}end."),
            &format!("Then {long}of all 8 ships {long}end."),
            "An earlier version of this article said “a of all 9 ships a a”; it is “a of all 8 ships a a”.",
        );
    }

    #[test]
    fn headlines_captions_and_bylines_have_their_names() {
        let front = "title = \"Nine ships wait\"\nauthors = [\"Mina Park\"]\n\n[[photos]]\nfile = \"a.jpg\"\ncaption = \"Berth 4.\"\n";
        let other = front.replace("Nine", "Eight").replace("Mina", "Jun").replace('4', "5");
        let note = drafted(&read(front, "a"), &read(&other, "a"), Amendment::Correction, "en");
        assert_eq!(
            note.as_deref(),
            Some(
                "An earlier headline said “Nine ships wait”; it is now “Eight ships wait”. An earlier byline said “Mina Park”; it is now “Jun Park”. An earlier photo caption said “Berth 4.”; it is now “Berth 5.”."
            )
        );
    }

    #[test]
    fn other_languages_quote() {
        let (before, after) = (read("title = \"A\"", "배가 9척 있다."), read("title = \"A\"", "배가 8척 있다."));
        assert_eq!(
            drafted(&before, &after, Amendment::Correction, "ko-KR").as_deref(),
            Some("이전 기사의 “배가 9척 있다.”를 “배가 8척 있다.”(으)로 바로잡습니다.")
        );
        let (before, after) = (read("title = \"A\"", "Es sind 9."), read("title = \"A\"", "Es sind 8."));
        assert_eq!(
            drafted(&before, &after, Amendment::Correction, "de").as_deref(),
            Some("In einer früheren Fassung dieses Artikels hieß es: „Es sind 9.“ Richtig ist: „Es sind 8.“")
        );
        let (before, after) = (read("tags = [\"a\"]", "a"), read("tags = [\"b\"]", "a"));
        assert_eq!(drafted(&before, &after, Amendment::Correction, "en"), None);
    }

    proptest::proptest! {
        #[test]
        fn every_figure_that_took_anothers_place_is_told(before in "([a-zA-Z\"]{1,6}|[0-9]{1,4}|[.] )( ([a-zA-Z]{1,6}|[0-9]{1,4}|[.]|\\PC)){0,14}", after in "([a-zA-Z\"]{1,6}|[0-9]{1,4}|[.] )( ([a-zA-Z]{1,6}|[0-9]{1,4}|[.]|\\PC)){0,14}") {
            let (before, after) = (read("title = \"A 1\"", &before), read("title = \"A 2\"", &after));
            for language in ["en", "ko", "de"] {
                let note = drafted(&before, &after, Amendment::Correction, language).expect("the headline differs");
                proptest::prop_assert_eq!(untold_figures(&before, &after, &note), Vec::<String>::new());
                proptest::prop_assert!(!note.contains(['\n', '\r']));
            }
        }
    }
}
