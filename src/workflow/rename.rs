//! Another name and place for an article. It is no move: its stage stays. What readers see moves with the next
//! publication, by everybody's yes to the words at their new place; the old address leads there from then on.

use super::commit::{file_steps, gone, message, read, sound, writes};
use super::publish::public_time;
use super::{Circumstances, Refusal, Standing, Version};
use crate::article::amendment::{self, Label, Noting, Side, Telling};
use crate::article::{Amendment, Change, Digest, Document, Entry, Reach, RefName, RefStep, Slug, Stage, Target};
use crate::article::{edit, element};
use crate::config::{Articles, Place, folded};

/// What an article is to be called.
#[derive(Debug, Clone)]
pub struct Renaming<'a> {
    /// Its new slug.
    pub to: &'a Slug,
    /// Its new title; none keeps the one it has.
    pub title: Option<&'a str>,
    /// Its branch, where it has none yet.
    pub branch: &'a RefName,
    /// Where articles are.
    pub articles: &'a Articles,
    /// All other articles.
    pub others: &'a [Neighbour],
}

/// Another article, as far as its name goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Neighbour {
    /// Its slug.
    pub slug: Slug,
    /// Every address that it answers to, public or not, as they are compared.
    pub addresses: Vec<String>,
}

/// Moves an article to the place that its new name gives it, on its own branch, with all its files. An address that
/// readers know is written among its `aliases`; nothing else of its words changes but what was asked for. Back under the
/// name that readers know, nothing of it is open any more.
pub fn rename(standing: &Standing, circumstances: &Circumstances, renaming: &Renaming<'_>) -> Result<Change, Refusal> {
    let version = standing.open.as_ref().or(standing.base.as_ref());
    let version = match (version, &standing.spiked) {
        (None, Some(_)) => return Err(Refusal::KeepsItsName { stage: Stage::Spiked }),
        (version, _) => version.filter(|one| one.document.is_adopted()).ok_or(Refusal::NothingSaved)?,
    };
    if standing.is_unsaved() {
        return Err(Refusal::Unsaved);
    }
    sound(standing, version)?;
    // What the record will say of the old place must be of this article, which only its id shows.
    if standing.base.as_ref().is_some_and(|base| base.document.id() != Some(standing.id)) {
        return Err(Refusal::NotKeptYet);
    }
    if !matches!(version.stage, Stage::Draft | Stage::Review | Stage::Published) {
        return Err(Refusal::KeepsItsName { stage: version.stage });
    }
    let nowhere = || Refusal::NoPlace(version.home.clone());
    let place = renaming.articles.renamed(&version.main, renaming.to).ok_or_else(nowhere)?;
    let after = renamed(standing, circumstances, version, &place, renaming)?;
    if after == version.entries {
        return Err(Refusal::SameName);
    }
    free(&after, &place, renaming)?;
    let tip = standing.open.as_ref().map(|open| open.commit);
    let back = standing.base.as_ref().is_some_and(|base| super::standing::same_files(&base.entries, &after));
    let step = match (&standing.open, back) {
        (Some(open), true) => gone(&standing.branch, open.commit),
        _ => RefStep {
            name: if tip.is_some() { standing.branch.clone() } else { renaming.branch.clone() },
            expect: tip,
            target: Target::Commit {
                parents: vec![tip.unwrap_or(circumstances.base.tip)],
                writes: writes(&version.entries, &after),
                message: message(standing, &format!("rename to {}", renaming.to), "", &[]),
            },
        },
    };
    Ok(Change {
        summary: format!("renamed {} to {}", standing.slug, renaming.to),
        articles: vec![standing.id],
        steps: vec![step],
        files: standing.working.as_ref().map(|working| file_steps(working, &after)).unwrap_or_default(),
        reach: Reach::Here,
    })
}

/// The article's files under its new name.
fn renamed(
    standing: &Standing,
    circumstances: &Circumstances,
    version: &Version,
    place: &Place,
    renaming: &Renaming<'_>,
) -> Result<Vec<Entry>, Refusal> {
    let text = named(standing, version, place, renaming);
    let text = told(standing, circumstances, version, place, renaming, &text).unwrap_or(text);
    let unreadable = || Refusal::Unreadable(version.main.clone());
    let (document, findings) = Document::read(place.main.clone(), text.as_bytes());
    let keeps = standing.public().is_none_or(|public| lost(renaming.articles, &public.document, &document).is_none());
    if !findings.is_empty() || !keeps || renaming.articles.slug_of(&document).as_ref() != Some(renaming.to) {
        return Err(unreadable());
    }
    let after = moved(version, place, &text).ok_or_else(unreadable)?;
    Digest::of_article(standing.id, &place.home, &place.main, &after)?;
    Ok(after)
}

/// The article's files at another place, its own with this text.
fn moved(version: &Version, place: &Place, text: &str) -> Option<Vec<Entry>> {
    let mut after = version.entries.clone();
    for entry in &mut after {
        if entry.path == version.main {
            entry.bytes = text.as_bytes().to_vec();
            entry.path = place.main.clone();
        } else {
            entry.path = place.home.join(entry.path.below(&version.home)?).ok()?;
        }
    }
    after.sort_by(|one, other| one.path.cmp(&other.path));
    Some(after)
}

/// The same text with the change record that a public article needs, where nothing changes but its place: the register
/// has it, readers are told nothing. None where none is needed, or somebody must write what else changed.
fn told(
    standing: &Standing,
    circumstances: &Circumstances,
    version: &Version,
    place: &Place,
    renaming: &Renaming<'_>,
    text: &str,
) -> Option<String> {
    let before = standing.told_against().filter(|before| before.document.text.as_ref() != text)?;
    let document = read(&place.main, text);
    let seen = amendment::records(&before.document).len();
    let ways = [&before.document, &document].map(|one| alias(&renaming.articles.address(one)));
    let date = public_time(circumstances.now, &circumstances.zone);
    let note = format!("{}{ARROW}{}", ways[0], ways[1]);
    let noting = Noting { kind: Amendment::Refile, date: &date, note: &note, corrects: None };
    let text = amendment::noted(&document, seen, &noting).filter(|_| amendment::records(&document).len() == seen)?;
    let (noted, entries) = (read(&place.main, &text), moved(version, place, &text)?);
    let after = Side { document: &noted, entries: &entries };
    (amendment::told(before.side(), after) == Ok(Telling::Renamed)).then_some(text)
}

/// What stands between two addresses in the note of a rename, in whatever language the newsroom writes.
const ARROW: &str = " → ";

/// The edit that takes out what an earlier rename, which readers have not seen, noted.
fn unnoted(standing: &Standing, document: &Document) -> Option<crate::finding::Edit> {
    let seen = amendment::records(&standing.told_against()?.document).len();
    let records = amendment::records(document);
    let [last] = records.get(seen..)? else { return None };
    let is_own = last.label == Label::Change(Amendment::Refile) && last.note.contains(ARROW);
    edit::remove_table(document, document.tables_of("changes").last().filter(|_| is_own)?)
}

/// Its text under the new name: `slug`, `path` or `url` where the writer set one, the title if it was asked for, and the
/// address that readers know among the `aliases`.
fn named(standing: &Standing, version: &Version, place: &Place, renaming: &Renaming<'_>) -> String {
    let mut text = version.document.text.to_string();
    let mut change = |edit: &dyn Fn(&Document) -> Option<crate::finding::Edit>| {
        let document = read(&place.main, &text);
        if let Some(edit) = edit(&document) {
            text = edit::apply(&text, &[edit]);
        }
        read(&place.main, &text)
    };
    change(&|document| unnoted(standing, document));
    let string = |text: &str| toml::Value::String(text.to_owned());
    let set = |document: &Document, key: &str, value: &str| {
        (document.text_of(key) != Some(value)).then(|| edit::set(document, key, &string(value)))
    };
    let said = |document: &Document, key: &str| Some(document.front.get(key)?.as_str()?.to_owned());
    change(&|document| said(document, "slug").and_then(|_| set(document, "slug", renaming.to.as_str())));
    for key in ["path", "url"] {
        change(&|document| {
            let address = said(document, key)?;
            set(document, key, &with_last(&address, renaming.to))
        });
    }
    let now = change(&|document| set(document, "title", renaming.title?));
    let own = renaming.articles.address(&now);
    change(&|document| element::remove(document, "aliases", |alias| folded(alias) == folded(&own)));
    for known in standing.public().iter().flat_map(|public| known(&public.document, renaming.articles)) {
        change(&|document| {
            let answers = renaming.articles.addresses(document);
            let is_known = answers.iter().any(|address| address.path == folded(&known));
            (!is_known).then(|| element::add(document, "aliases", &known))
        });
    }
    let last = change(&|_| None);
    match standing.public().filter(|public| public.main == place.main && is_as_known(&public.document, &last, renaming))
    {
        Some(public) => public.document.text.to_string(),
        None => text,
    }
}

/// The addresses at which readers know an article, its own first, as they stand among `aliases`.
fn known(public: &Document, articles: &Articles) -> Vec<String> {
    let aliases = public.front.get("aliases").and_then(|value| value.as_array()).unwrap_or_default();
    let aliases = aliases.iter().filter_map(|alias| alias.as_str()).filter(|one| !folded(one).is_empty());
    std::iter::once(alias(&articles.address(public))).chain(aliases.map(str::to_owned)).collect()
}

/// Whether two texts differ in the order of their `aliases` at most: there and back again is where it was.
fn is_as_known(public: &Document, text: &Document, renaming: &Renaming<'_>) -> bool {
    let bare = |document: &Document| {
        edit::apply(&document.text, &edit::remove(document, "aliases").into_iter().collect::<Vec<_>>())
    };
    let addresses = |document: &Document| {
        let all = renaming.articles.addresses(document);
        all.into_iter().map(|address| address.path).collect::<std::collections::BTreeSet<_>>()
    };
    bare(public) == bare(text) && addresses(public) == addresses(text)
}

/// An address with another last part: `/sea/ferry.html` becomes `/sea/boats.html`.
fn with_last(address: &str, to: &Slug) -> String {
    let trimmed = address.trim_end_matches('/');
    let (folder, last) = trimmed.rsplit_once('/').map_or(("", trimmed), |(folder, last)| (folder, last));
    let slash = if trimmed.contains('/') { "/" } else { "" };
    let ending = last.rsplit_once('.').map(|(_, ending)| format!(".{ending}")).unwrap_or_default();
    format!("{folder}{slash}{to}{ending}{}", &address[trimmed.len()..])
}

/// An address as generators want it among the `aliases`: from the site's root.
fn alias(address: &str) -> String {
    let is_file = address.ends_with(".html") || address.ends_with(".htm");
    format!("/{address}{}", if is_file { "" } else { "/" })
}

/// Whether no other article has the new name, or an address that this one would take.
fn free(after: &[Entry], place: &Place, renaming: &Renaming<'_>) -> Result<(), Refusal> {
    let bytes = after.iter().find(|entry| entry.path == place.main).map_or(&[][..], |entry| &entry.bytes);
    let (document, _) = Document::read(place.main.clone(), bytes);
    let addresses = renaming.articles.addresses(&document);
    for other in renaming.others {
        if other.slug == *renaming.to {
            return Err(Refusal::NameTaken(other.slug.clone()));
        }
        if let Some(address) = addresses.iter().find(|address| other.addresses.contains(&address.path)) {
            return Err(Refusal::AddressTaken { address: address.path.clone(), by: other.slug.clone() });
        }
    }
    Ok(())
}

/// The first address at which readers found `before` and would not find `after`.
pub fn lost(articles: &Articles, before: &Document, after: &Document) -> Option<String> {
    let kept = articles.addresses(after);
    let known = articles.addresses(before).into_iter().map(|address| address.path);
    known.into_iter().find(|address| kept.iter().all(|other| other.path != *address))
}

/// Refuses open words that readers of an address of the public version would not find.
pub(super) fn leads_on(standing: &Standing, circumstances: &Circumstances, open: &Version) -> Result<(), Refusal> {
    let Some(public) = standing.public() else { return Ok(()) };
    match lost(&circumstances.articles, &public.document, &open.document) {
        Some(address) => Err(Refusal::AddressLost { address }),
        None => Ok(()),
    }
}
