//! What became of an article's findings from one commit to the next.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::article::{ObjectId, RepoPath};
use crate::finding::{Finding, Level};
use crate::report::{Sources, source_at};

/// An article as one commit left it.
#[derive(Debug, Clone)]
pub(super) struct Telling {
    pub(super) commit: ObjectId,
    pub(super) path: RepoPath,
    pub(super) text: Arc<str>,
    pub(super) findings: Vec<Finding>,
}

/// How an article's story ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// It stands as the last telling has it.
    Stands,
    /// This commit took it away.
    Gone(ObjectId),
}

/// What makes two findings the same in two versions: what is said, and of which words. Of several alike, which.
type Mark = (String, String, String, usize);

fn marks(telling: &Telling) -> Vec<(Mark, &Finding)> {
    let mut counted: BTreeMap<(String, String, String), usize> = BTreeMap::new();
    let mark = |finding: &Finding| {
        let words = finding.span.and_then(|span| telling.text.get(span.range())).unwrap_or_default().to_owned();
        let key = (finding.rule.clone(), finding.message.clone(), words);
        let nth = counted.entry(key.clone()).or_default();
        *nth += 1;
        (key.0, key.1, key.2, *nth)
    };
    let mut mark = mark;
    telling.findings.iter().map(|finding| (mark(finding), finding)).collect()
}

/// Every finding of an article once: what still stands, with the commit that brought it, as it stands in the end; and what
/// a later commit mended, as a note. Texts that are pointed into are put into `sources`.
pub(super) fn tell(tellings: &[Telling], end: End, sources: &mut Sources) -> Vec<Finding> {
    let mut open: BTreeMap<Mark, (&Telling, &Finding)> = BTreeMap::new();
    let mut told = Vec::new();
    for telling in tellings {
        let now: BTreeMap<Mark, &Finding> = marks(telling).into_iter().collect();
        open.retain(|mark, (first, finding)| {
            let stands = now.contains_key(mark);
            if !stands {
                told.extend(mended(first, finding, telling.commit, sources));
            }
            stands
        });
        for (mark, finding) in now {
            open.entry(mark).or_insert((telling, finding));
        }
    }
    match (end, tellings.last()) {
        (End::Gone(commit), _) => {
            for (first, finding) in open.into_values() {
                told.extend(mended(first, finding, commit, sources));
            }
        }
        (End::Stands, Some(last)) => {
            for (mark, finding) in marks(last) {
                let first = open.get(&mark).map_or(last.commit, |(first, _)| first.commit);
                let mut finding = finding.clone();
                finding.commit = Some(first.to_string());
                sources.entry(last.path.to_string()).or_insert_with(|| Arc::clone(&last.text));
                told.push(finding);
            }
        }
        (End::Stands, None) => {}
    }
    told
}

/// A finding that does not stand any more; a note that does not is not worth telling.
fn mended(first: &Telling, finding: &Finding, by: ObjectId, sources: &mut Sources) -> Option<Finding> {
    if finding.level == Level::Note {
        return None;
    }
    let commit = first.commit.to_string();
    let path = finding.path.clone().unwrap_or_else(|| first.path.to_string());
    sources.entry(source_at(&commit, &path)).or_insert_with(|| Arc::clone(&first.text));
    Some(Finding {
        level: Level::Note,
        holds: None,
        fix: None,
        help: None,
        commit: Some(commit),
        mended: Some(by.to_string()),
        path: Some(path),
        ..finding.clone()
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A version whose every word in capitals is an error of that name.
    fn telling(at: u8, text: &str) -> Telling {
        let mut findings = Vec::new();
        let mut start = 0;
        for word in text.split(' ') {
            if !word.is_empty() && word.chars().all(|one| one.is_ascii_uppercase()) {
                let finding = Finding::new("loud", Level::Error, "this is loud").in_file("a.md");
                findings.push(finding.at(start..start + word.len()));
            }
            start += word.len() + 1;
        }
        let path = RepoPath::new("a.md").expect("a path");
        Telling { commit: ObjectId::from_bytes([at; 20]), path, text: Arc::from(text), findings }
    }

    /// `WORD 1` stands since commit 1, `WORD 1-2` was mended by commit 2.
    fn told(texts: &[&str], end: End) -> Vec<String> {
        let tellings: Vec<Telling> = (1..).zip(texts).map(|(at, text)| telling(at, text)).collect();
        let mut sources = Sources::new();
        let found = tell(&tellings, end, &mut sources);
        let short = |id: &str| id[1..2].to_owned();
        found
            .iter()
            .map(|finding| {
                let key = match (&finding.mended, &finding.commit) {
                    (Some(_), Some(commit)) => source_at(commit, "a.md"),
                    _ => "a.md".to_owned(),
                };
                let word = &sources[&key][finding.span.expect("a place").range()];
                let first = short(finding.commit.as_deref().expect("a commit"));
                match &finding.mended {
                    Some(by) => {
                        assert_eq!(finding.level, Level::Note);
                        format!("{word} {first}-{}", short(by))
                    }
                    None => format!("{word} {first}"),
                }
            })
            .collect()
    }

    #[test]
    fn a_finding_is_told_once_with_the_commit_that_brought_it() {
        let table: &[(&[&str], End, &[&str])] = &[
            (&["TK it"], End::Stands, &["TK 1"]),
            (&["TK it", "so TK it", "TK there"], End::Stands, &["TK 1"]),
            (&["TK it", "done"], End::Stands, &["TK 1-2"]),
            (&["TK it", "done", "TK again"], End::Stands, &["TK 1-2", "TK 3"]),
            (&["TK XX", "TK"], End::Stands, &["XX 1-2", "TK 1"]),
            (&["TK", "TK TK"], End::Stands, &["TK 1", "TK 2"]),
            (&["TK TK", "TK"], End::Stands, &["TK 1-2", "TK 1"]),
            (&["TK"], End::Gone(ObjectId::from_bytes([9; 20])), &["TK 1-9"]),
            (&["fine"], End::Stands, &[]),
            (&[], End::Stands, &[]),
        ];
        for (texts, end, expected) in table {
            assert_eq!(told(texts, *end), *expected, "{texts:?}");
        }
    }

    proptest! {
        #[test]
        fn what_stands_is_what_the_last_version_says(texts in prop::collection::vec("(TK |XX |so ){0,6}", 1..6)) {
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            let all = told(&texts, End::Stands);
            let stands = all.iter().filter(|one| !one.contains('-')).count();
            prop_assert_eq!(stands, telling(1, texts[texts.len() - 1]).findings.len());
            prop_assert_eq!(all, told(&texts, End::Stands));
        }
    }
}
