use std::collections::BTreeMap;

use super::piece::is_sound;
use super::splice::apply;
use super::{Mended, Mending, mend};
use crate::article::RepoPath;
use crate::check::rules::tests::PARTS;
use crate::check::{Baseline, Context, Piece, one};
use crate::config::Config;
use crate::finding::{Edit, Finding, Level, Safety, Span};
use crate::schema::Schemas;
use crate::style::Styles;

const FRONT: &str = "+++\ntitle = \"Dredging\"\ndate = 2026-07-25\ndraft = true\n";

fn mended(text: &str, mending: Mending) -> Mended {
    let path = RepoPath::new("articles/quay/index.md").expect("a sound path");
    let now = "2026-07-25T12:00:00Z".parse().expect("a time");
    let config = Config::default();
    let styles = Styles::default();
    let context = Context { config: &config, schemas: &Schemas::default(), styles: &styles, answers: None, now };
    mend(&Piece::read(path, text.as_bytes(), Vec::new()), &context, &Baseline::default(), mending)
}

#[track_caller]
fn becomes(mending: Mending, front: &str, body: &str, expected: (&str, &str)) -> Mended {
    let whole = |front: &str, body: &str| format!("{FRONT}{front}+++\n{body}");
    let mended = mended(&whole(front, body), mending);
    assert_eq!(mended.text, whole(expected.0, expected.1));
    mended
}

#[track_caller]
fn body(mending: Mending, body: &str, expected: &str) {
    becomes(mending, "", body, ("", expected));
}

#[test]
fn what_is_mechanical_is_mended() {
    body(Mending::Safe, "The per\u{200b}\u{200b}mit\u{2028}came.\n", "The permit came.\n");
    body(Mending::Safe, "See [it](https://a.example/?utm_x=1&b=2#c).\n", "See [it](https://a.example/?b=2#c).\n");
    let unused = "<!-- desk: allow doubled-word -- band -->\n";
    body(Mending::Safe, &format!("One.\n\n{unused}\nTwo.\n"), "One.\n\nTwo.\n");
    body(Mending::Safe, &format!("One.\n{unused}Two.\n"), "One.\n\nTwo.\n");
    body(Mending::Safe, &format!("{unused}\nTwo.\n"), "Two.\n");
    body(Mending::Safe, &format!("Two.\n\n{unused}"), "Two.\n\n");
    body(Mending::Safe, "One <!-- desk: allow placeholder -- x --> and two.\r\n", "One and two.\r\n");
    let table = "\n[[desk.allow]]\nrule = \"doubled-word\"\nreason = \"band\"\n\n[params]\na = 1\n";
    becomes(Mending::Safe, table, "One.\n", ("\n[params]\na = 1\n", "One.\n"));
    let kept = "[desk]\nid = \"x\"\n  \"stage\" = \"draft\"\n";
    becomes(Mending::Safe, kept, "One.\n", ("[desk]\nid = \"x\"\nstage = \"draft\"\n", "One.\n"));
}

#[test]
fn words_wait_for_somebody_to_read_them() {
    let text = "The the quay.\n";
    assert_eq!(becomes(Mending::Safe, "", text, ("", text)).more, 1);
    let mended = becomes(Mending::Unsafe, "", text, ("", "The quay.\n"));
    assert_eq!((mended.made.len(), mended.more), (1, 0));
    body(Mending::Unsafe, "It is is is late.\n", "It is late.\n");
    body(Mending::Unsafe, "## A\n\n#### B\n", "## A\n\n### B\n");
    body(Mending::Unsafe, "Dredging\n\nThe quay.\n", "The quay.\n");
    body(Mending::Unsafe, "The quay.\n\nBack To Top\n", "The quay.\n\n");
    let kept = "[desk]\nid = \"x\"\nstage = \"draft\" # for now\n";
    becomes(Mending::Safe, kept, "One.\n", (kept, "One.\n"));
    becomes(Mending::Unsafe, kept, "One.\n", ("[desk]\nid = \"x\"\nstage = \"draft\"\n", "One.\n"));
    let rule = "<!-- desk: allow doubled-words -- band -->\n\nThe The play.\n\nOn on.\n";
    body(Mending::Safe, rule, rule);
}

#[test]
fn a_quotation_is_somebody_elses() {
    for own in ["“The the quay.”\n", "> The the quay.\n", "He said \"the the\n\nquay\".\n", "‘the the’ quay\n"]
    {
        body(Mending::Unsafe, own, own);
    }
    for own in ["“The per\u{200b}mit,” he said.\n", "> See [it](https://a.example/?utm_x=1)\n"] {
        assert_eq!(becomes(Mending::Safe, "", own, ("", own)).more, 1, "{own}");
    }
}

#[test]
fn what_is_left_out_with_a_reason_stays() {
    let text = "<!-- desk: allow hidden-characters -- the article is about it -->\n\nA\u{200b}B.\n";
    body(Mending::Unsafe, text, text);
}

#[test]
fn no_fix_brings_an_error() {
    let span = |start, end| Span::new(start, end);
    let fix = |span| Finding::new("x", Level::Warning, "m").fix(Safety::Safe, vec![Edit::delete(span)]);
    let (one, other, third) = (fix(span(0, 2)), fix(span(1, 3)), fix(span(3, 4)));
    let (text, made) = apply("abcdef", &[&third, &other, &one]);
    assert_eq!((text.as_str(), made), ("cef", vec![one, third]));
    let error = |rule: &str| Finding::new(rule, Level::Error, "m");
    assert!(is_sound(&[error("a")], &[error("a")]) && is_sound(&[error("a")], &[]));
    assert!(!is_sound(&[error("a")], &[error("b")]) && !is_sound(&[error("a")], &[error("a"), error("a")]));
}

fn errors(text: &str) -> BTreeMap<String, usize> {
    let path = RepoPath::new("articles/quay/index.md").expect("a sound path");
    let now = "2026-07-25T12:00:00Z".parse().expect("a time");
    let config = Config::default();
    let styles = Styles::default();
    let context = Context { config: &config, schemas: &Schemas::default(), styles: &styles, answers: None, now };
    let mut errors = BTreeMap::new();
    for finding in one(&Piece::read(path, text.as_bytes(), Vec::new()), &context).findings {
        if finding.level == Level::Error {
            *errors.entry(finding.rule).or_default() += 1;
        }
    }
    errors
}

const FRONTS: &[&str] = &[
    "\"draft\" = true\n",
    "  draft = true # x\n",
    "description = \"the the per\u{200b}mit\"\n",
    "[desk]\nid = \"x\"\n",
    "\"stage\" = \"draft\"\n",
    "kinds = \"news\"\n",
    "[[desk.allow]]\nrule = \"doubled-word\"\n",
    "reason = \"x\"\n",
    "[[photos]]\nfile = \"a.jpg\"\n",
    "\n",
];

const COMMENTS: &[&str] = &[
    "<!-- desk: allow doubled-word -- x -->",
    "<!-- desk: allow placeholder until 2026-01-01 -- x -->\n",
    "<!-- desk: allow hidden-character -->\n",
    "<!-- x -->",
    "\r\n",
];

proptest::proptest! {
    #[test]
    fn mending_brings_no_error_and_mending_twice_is_mending_once(
        front in proptest::collection::vec(proptest::sample::select(FRONTS), 0..5),
        body in proptest::collection::vec(proptest::sample::select([PARTS, COMMENTS].concat()), 0..24),
    ) {
        let text = format!("+++\ntitle = \"Dredging\"\n{}+++\n{}", front.concat(), body.concat());
        for mending in [Mending::Safe, Mending::Unsafe] {
            let once = mended(&text, mending);
            let before = errors(&text);
            for (rule, count) in errors(&once.text) {
                proptest::prop_assert!(before.get(&rule).is_some_and(|known| count <= *known), "{rule} {:?}", once.text);
            }
            let twice = mended(&once.text, mending);
            proptest::prop_assert_eq!(&twice.text, &once.text);
            proptest::prop_assert!(once.made.is_empty() || once.text != text);
        }
    }

    #[test]
    fn bytes_outside_all_spans_stay(
        text in "[a-zé한 \r\n]{0,60}",
        places in proptest::collection::vec((0usize..90, 0usize..9, "[A-Z]{0,3}"), 0..8),
    ) {
        let finding = |(start, length, new): &(usize, usize, String)| {
            let edit = Edit::replace(Span::new(*start, start + length), new.clone());
            Finding::new("x", Level::Warning, "m").fix(Safety::Safe, vec![edit])
        };
        let findings: Vec<Finding> = places.iter().map(finding).collect();
        let (after, made) = apply(&text, &findings.iter().collect::<Vec<_>>());
        let edits: Vec<&Edit> = made.iter().flat_map(|finding| &finding.fix.as_ref().expect("it has one").edits).collect();
        let (mut rest, mut at) = (after.as_str(), 0);
        for edit in edits {
            let same = &text[at..edit.span.start];
            rest = rest.strip_prefix(same).and_then(|rest| rest.strip_prefix(edit.text.as_str())).expect("in order");
            at = edit.span.end;
        }
        proptest::prop_assert_eq!(rest, &text[at..]);
    }
}
