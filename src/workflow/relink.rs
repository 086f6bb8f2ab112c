//! Links to an article that was renamed, mended in another.

use super::publish::{Together, public_time, publish};
use super::telling::is_a_refile;
use super::{Circumstances, Refusal, Standing, Version};
use crate::article::amendment::{self, Noting};
use crate::article::{Amendment, Body, Change, Document, Entry, RepoPath, edit};
use crate::config::{Articles, Config, Wanted, folded};
use crate::finding::{Edit, Span};
use crate::ledger::Assent;

/// From where to where an article went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Way {
    /// Its file before and after.
    mains: [RepoPath; 2],
    /// Its address before and after.
    addresses: [String; 2],
    /// The end of its address before and after: what `related` may call it by.
    names: [String; 2],
}

impl Way {
    /// From one version of an article to another; none when it did not move.
    pub fn between(articles: &Articles, before: &Document, after: &Document) -> Option<Self> {
        let addresses = [before, after].map(|document| articles.address(document));
        let names = addresses.each_ref().map(|one| one.rsplit('/').next().unwrap_or(one).to_owned());
        let way = Self { mains: [before.path.clone(), after.path.clone()], addresses, names };
        (way.mains[0] != way.mains[1] || way.addresses[0] != way.addresses[1]).then_some(way)
    }

    /// What a text that leads there says somewhere, in lower case: so that not every article need be read.
    pub fn sign(&self) -> String {
        self.names[0].to_lowercase()
    }

    /// The note of an article in which only such links are mended, in whatever language the newsroom writes.
    fn note(&self) -> String {
        format!("/{}/ → /{}/", self.addresses[0], self.addresses[1])
    }

    /// A link as it should be; none where it leads elsewhere, or nobody can tell how.
    fn mended(&self, url: &str, leads: &Wanted) -> Option<String> {
        let whole = url.find(['#', '?']).unwrap_or(url.len());
        let (path, rest) = url.split_at(whole);
        let [old, new] = match leads {
            Wanted::File(file) if *file == self.mains[0] => self.mains.each_ref().map(stem),
            Wanted::Address(address) if *address == folded(&self.addresses[0]) => self.names.clone(),
            _ => return None,
        };
        let parent = |at: usize| self.addresses[at].rsplit_once('/').map_or("", |(folder, _)| folder);
        if parent(0) != parent(1) {
            return None;
        }
        let end = path.strip_suffix("/index.md").unwrap_or(path);
        let end = end.strip_suffix(".md").unwrap_or(end).trim_end_matches('/');
        let start = end.rfind('/').map_or(0, |slash| slash + 1);
        let name = &end[start..];
        // As it is called by an address, so it may be cased.
        (name.to_lowercase() == old.to_lowercase())
            .then(|| format!("{}{new}{}{rest}", &path[..start], &path[end.len()..]))
    }

    fn renamed(&self, text: &str, leads: &Wanted) -> Option<String> {
        match leads {
            Wanted::Name(name) if *name == folded(&self.addresses[0]) => Some(self.addresses[1].clone()),
            Wanted::Name(name) if *name == self.names[0].to_lowercase() => Some(self.names[1].clone()),
            other => self.mended(text, other),
        }
    }
}

/// The name of an article's folder, or of its file without its ending.
fn stem(main: &RepoPath) -> String {
    match main.parent().filter(|_| main.name() == "index.md") {
        Some(home) => home.name().to_owned(),
        None => main.stem().to_owned(),
    }
}

/// The text of `document` with every link to where the article was leading to where it is; none where there is no such
/// link. What `related` lists is mended where `related` says so.
pub fn relinked(document: &Document, way: &Way, config: &Config, related: Related) -> Option<String> {
    let own = config.articles.addresses(document).into_iter().next().map(|own| own.path).unwrap_or_default();
    let mut edits = Vec::new();
    for link in Body::read(document).blocks.iter().flat_map(|block| &block.links).filter(|link| !link.image) {
        let Some(leads) = config.leads_to(&link.url, &own, &document.path) else { continue };
        let Some(new) = way.mended(&link.url, &leads) else { continue };
        edits.extend(written(document, link.span, &link.url).map(|span| Edit::replace(span, new)));
    }
    let named = document.field("related").filter(|_| related == Related::Mended);
    for value in named.into_iter().flat_map(|value| value.as_array().unwrap_or(std::slice::from_ref(value))) {
        let leads = value.as_str().and_then(|text| Some((text, config.related(text, &own, &document.path)?)));
        let new = leads.and_then(|(text, leads)| way.renamed(text, &leads));
        edits.extend(new.map(|new| Edit::replace(value.span, edit::literal(&toml::Value::String(new)))));
    }
    edits.dedup();
    (!edits.is_empty()).then(|| edit::apply(&document.text, &edits))
}

/// Whether what `related` lists is mended too. It is no link that readers see in the words, so not in public ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Related {
    /// It is.
    Mended,
    /// It is left: a name that an article had still means it.
    Left,
}

/// Where the address of a link is written: in the link, or in the definition that it names.
fn written(document: &Document, link: Span, url: &str) -> Option<Span> {
    let at = |start: usize| Span::new(start, start + url.len());
    if let Some(found) = document.text[link.range()].rfind(url) {
        return Some(at(link.start + found));
    }
    let definition = format!("]: {url}");
    let body = document.body.start;
    let found = document.text[body..].match_indices(&definition).find(|(found, _)| {
        document.text[body + found + definition.len()..].starts_with(|one: char| one.is_whitespace())
    });
    found.map(|(found, _)| at(body + found + "]: ".len()))
}

/// A public article with its links mended, as the words that wait for assent: what [`super::statement`] is made of and
/// [`refile`] makes public. None where it has no such link, is open, or more would change than one person may.
pub fn refiled(standing: &Standing, circumstances: &Circumstances, way: &Way, config: &Config) -> Option<Standing> {
    let public = standing.published().filter(|_| standing.open.is_none() && !standing.is_unsaved())?;
    let text = relinked(&public.document, way, config, Related::Left)?;
    let document = super::commit::read(&public.main, &text);
    let date = public_time(circumstances.now, &circumstances.zone);
    let note = way.note();
    let noting = Noting { kind: Amendment::Refile, date: &date, note: &note, corrects: None };
    let text = amendment::noted(&document, amendment::records(&public.document).len(), &noting)?;
    let with = |entry: &Entry| match entry.path == public.main {
        true => Entry { bytes: text.clone().into_bytes(), ..entry.clone() },
        false => entry.clone(),
    };
    let entries = public.entries.iter().map(with).collect();
    let (home, main) = (public.home.clone(), public.main.clone());
    let open = Version::read(circumstances.base.tip, standing.id, home, main, entries);
    is_a_refile(circumstances.format, public.side(), open.side()).then(|| Standing {
        open: Some(open),
        origin: standing.base.clone(),
        // The working folder follows the public version.
        working: None,
        ..standing.clone()
    })
}

/// Makes what [`refiled`] gave public, by the one person's yes that a change of no word needs.
pub fn refile(refiled: &Standing, circumstances: &Circumstances, assent: &Assent) -> Result<Change, Refusal> {
    let together = Together::WithOthers { note: String::new() };
    let change = publish(refiled, circumstances, &[], Some(assent), &together)?;
    Ok(Change { summary: format!("mended links in {}", refiled.slug), ..change })
}

#[cfg(test)]
mod tests {
    use super::*;

    const HARBOR: &str = "articles/2026/07/harbor/index.md";

    fn read(main: &str, front: &str, body: &str) -> Document {
        let text = format!("+++\ntitle = \"A\"\n{front}\n+++\n{body}\n");
        Document::read(RepoPath::new(main).expect("a path"), text.as_bytes()).0
    }

    fn config() -> Config {
        let mut config = Config::default();
        config.newsroom.url = Some("https://post.example".to_owned());
        config
    }

    fn way(config: &Config) -> Way {
        let (before, after) = (read(HARBOR, "", ""), read("articles/2026/07/port/index.md", "", ""));
        Way::between(&config.articles, &before, &after).expect("it moved")
    }

    #[track_caller]
    fn body(before: &str, after: &str) {
        let config = config();
        let quay = |body: &str| read("articles/2026/07/quay/index.md", "", body);
        let mended = relinked(&quay(before), &way(&config), &config, Related::Mended);
        assert_eq!(mended, (before != after).then(|| quay(after).text.to_string()));
    }

    #[test]
    fn links_are_mended_in_the_form_they_have() {
        body("See [it](../harbor/).", "See [it](../port/).");
        body("See [it](../harbor/index.md#late \"Late\").", "See [it](../port/index.md#late \"Late\").");
        body("See [it](/2026/07/harbor).", "See [it](/2026/07/port).");
        body("See [it](/2026/07/Harbor/?x=1).", "See [it](/2026/07/port/?x=1).");
        body("See [it](@/2026/07/harbor/index.md).", "See [it](@/2026/07/port/index.md).");
        body(
            "See [harbor](https://post.example/2026/07/harbor/).",
            "See [harbor](https://post.example/2026/07/port/).",
        );
        body("See [it][1] and it.\n\n[1]: ../harbor/ \"It\"", "See [it][1] and it.\n\n[1]: ../port/ \"It\"");
        body("A [harbor](../harbor/), a [harbor](../harbor/).", "A [harbor](../port/), a [harbor](../port/).");
    }

    #[test]
    fn what_leads_elsewhere_stays() {
        for other in [
            "The harbor.",
            "[it](../harbor-fees/)",
            "[it](/2025/07/harbor/)",
            "[it](https://other.example/2026/07/harbor/)",
            "![it](../harbor/harbor.jpg)",
            "`[it](../harbor/)`",
        ] {
            body(other, other);
        }
    }

    #[test]
    fn related_articles_are_called_by_their_new_name() {
        let config = config();
        let quay = |front: &str| read("articles/2026/07/quay/index.md", front, "Words.");
        let mended = |front: &str, related| relinked(&quay(front), &way(&config), &config, related);
        let (before, after) = (
            "related = ['harbor', \"ferry\", \"2026/07/harbor\"]",
            "related = [\"port\", \"ferry\", \"2026/07/port\"]",
        );
        assert_eq!(mended(before, Related::Mended), Some(quay(after).text.to_string()));
        assert_eq!(mended(before, Related::Left), None);
    }

    proptest::proptest! {
        #[test]
        fn a_mended_text_needs_no_more_mending(words in "(\\[it\\]\\((\\.\\./|/2026/07/)(harbor|port|pier)/?\\)|[a-z .]|\\n){0,12}") {
            let config = config();
            let quay = read("articles/2026/07/quay/index.md", "", &words);
            if let Some(text) = relinked(&quay, &way(&config), &config, Related::Mended) {
                let again = Document::read(quay.path.clone(), text.as_bytes()).0;
                proptest::prop_assert_eq!(relinked(&again, &way(&config), &config, Related::Mended), None);
            }
        }
    }
}
