//! What a refile may change: how words look, and no word.
//!
//! The form of quotation marks, dashes and blanks, the division into lines and paragraphs, emphasis, and the marks that
//! part words (`.`, `,`, `;`, `:`) may change. Everything that says something may not: words and figures, quotation marks
//! and question marks as such, what is quoted or struck out, pictures and other files, and every field but in its
//! typography. A link may be mended; one that leads to a site it did not lead to before is something new.

use super::Side;
use crate::article::front::{Data, Table, Value};
use crate::article::kept::Kept;
use crate::article::{Block, BlockKind, Body, CODE, Document, Entry, Link};

/// The fields that hold words which readers read; in others every character counts.
const PROSE: [&str; 9] =
    ["title", "description", "author-bio", "disclosure", "dateline", "caption", "alt", "credit", "reason"];

/// The fields that say where an article is found, and nothing of its words.
const PLACING: [&str; 4] = ["slug", "path", "url", "aliases"];

/// The first place where `after` says something else than `before`; none where no word changed.
pub fn word_changed(before: Side<'_>, after: Side<'_>) -> Option<String> {
    if before.document.path != after.document.path {
        return Some("its place".to_owned());
    }
    changed(before, after, &[])
}

/// Whether nothing changed but where the article is found: it was renamed. An address has words too, so that it is not
/// one person's to change.
pub(super) fn is_elsewhere(before: Side<'_>, after: Side<'_>) -> bool {
    word_changed(before, after).is_some() && changed(before, after, &PLACING).is_none()
}

/// The first place, but these fields, where the same article says something else.
fn changed(before: Side<'_>, after: Side<'_>, but: &[&str]) -> Option<String> {
    file(before, after).or_else(|| field(before.document, after.document, but)).or_else(|| {
        let bodies = [before, after].map(|side| Body::read(side.document));
        words(&bodies, [before.document, after.document]).or_else(|| links(&bodies))
    })
}

/// Another file that differs, came or went.
fn file(before: Side<'_>, after: Side<'_>) -> Option<String> {
    let others = |side: Side<'_>| -> Vec<(String, u32, Vec<u8>)> {
        let home = side.document.path.parent();
        let name = |entry: &Entry| {
            let below = home.as_ref().and_then(|home| entry.path.below(home));
            below.unwrap_or(entry.path.as_str()).to_owned()
        };
        let others = side.entries.iter().filter(|entry| entry.path != side.document.path);
        others.map(|entry| (name(entry), entry.mode, entry.bytes.clone())).collect()
    };
    let (old, new) = (others(before), others(after));
    let differs = new.iter().find(|file| !old.contains(file)).or_else(|| old.iter().find(|file| !new.contains(file)));
    differs.map(|(name, ..)| name.rsplit('/').next().unwrap_or(name).to_owned())
}

/// A field of the front matter that differs in more than typography.
fn field(before: &Document, after: &Document, but: &[&str]) -> Option<String> {
    let kept = |key: &str| Kept::ALL.iter().any(|kept| kept.path() == key);
    let keys = before.front.fields.iter().chain(&after.front.fields).map(|field| field.key.as_str());
    let mut keys = keys.filter(|key| *key != "changes" && !kept(key) && !but.contains(key));
    keys.find(|key| {
        let values = [before, after].map(|document| document.front.get(key));
        match values {
            [old, new] if *key == "desk" => bare_desk(old) != bare_desk(new),
            [Some(old), Some(new)] => folded(key, old) != folded(key, new),
            _ => true,
        }
    })
    .map(|key| format!("`{key}`"))
}

/// The `[desk]` table without its stage; nothing for an article that desk did not keep yet.
fn bare_desk(value: Option<&Value>) -> Option<Vec<(String, serde_json::Value)>> {
    let table = value?.as_table()?;
    let fields = table.fields.iter().filter(|field| field.key != "stage");
    Some(fields.map(|field| (field.key.clone(), field.value.to_json())).collect())
}

/// A value with the typography of its words taken out, dates and numbers as they are.
fn folded(key: &str, value: &Value) -> serde_json::Value {
    let table =
        |table: &Table| table.fields.iter().map(|one| (one.key.clone(), folded(&one.key, &one.value))).collect();
    match &value.data {
        Data::String(text) if PROSE.contains(&key) => tokens(text).into(),
        Data::Array(values) => values.iter().map(|value| folded(key, value)).collect(),
        Data::Table(inner) => serde_json::Value::Object(table(inner)),
        _ => value.to_json(),
    }
}

/// The place in the Markdown where a word differs.
fn words(bodies: &[Body; 2], documents: [&Document; 2]) -> Option<String> {
    let [old, new] = [0, 1].map(|side| all_tokens(&bodies[side], documents[side]));
    let same = |one: &(String, usize), other: &(String, usize)| one.0 == other.0;
    let at = old.iter().zip(&new).position(|(old, new)| !same(old, new));
    let at = at.or_else(|| (old.len() != new.len()).then(|| old.len().min(new.len())))?;
    let paragraph = new.get(at).or(new.last()).map_or(1, |(_, paragraph)| *paragraph);
    Some(format!("paragraph {paragraph}"))
}

/// Every word of the Markdown with the number of its block.
fn all_tokens(body: &Body, document: &Document) -> Vec<(String, usize)> {
    let mut all = Vec::new();
    for (at, block) in body.blocks.iter().enumerate() {
        let source = &document.text[block.span.range()];
        // What is quoted, or struck out, says something else with the same words.
        let manner = format!("{}{}", if block.quoted { ">" } else { "" }, "~".repeat(source.matches("~~").count()));
        let told = match block.kind {
            BlockKind::Code | BlockKind::Html => vec![source.to_owned()],
            BlockKind::Rule => Vec::new(),
            _ if !block.html.is_empty() || block.text.contains(CODE) => tokens(source),
            _ => tokens(&block.text),
        };
        all.extend(told.into_iter().map(|token| (format!("{manner}{token}"), at + 1)));
    }
    all
}

/// The first picture that differs, or link that leads where none led.
fn links(bodies: &[Body; 2]) -> Option<String> {
    let [old, new] = bodies;
    let all = |body: &Body| body.blocks.iter().flat_map(|block: &Block| block.links.clone()).collect::<Vec<Link>>();
    let (was, is) = (all(old), all(new));
    let pictures = |links: &[Link]| {
        let pictures = links.iter().filter(|link| link.image);
        pictures.map(|link| (link.url.clone(), tokens(&link.text))).collect::<Vec<_>>()
    };
    if pictures(&was) != pictures(&is) {
        return Some("a picture".to_owned());
    }
    let known = |link: &&Link| was.iter().any(|other| other.url == link.url || host(&other.url) == host(&link.url));
    let new = is.iter().find(|link| !link.image && !known(link))?;
    Some(format!("a link to `{}`", host(&new.url).unwrap_or_else(|| new.url.clone())))
}

/// The site that an address leads to; none for one inside the newsroom's own.
fn host(url: &str) -> Option<String> {
    let rest = match url.split_once(':') {
        Some((scheme, rest)) if !scheme.contains(['/', '?', '#']) => match rest.strip_prefix("//") {
            Some(rest) if matches!(scheme.to_ascii_lowercase().as_str(), "http" | "https") => rest,
            // Another scheme is named whole.
            _ => return Some(url.to_owned()),
        },
        _ => url.strip_prefix("//")?,
    };
    let authority = rest.split(['/', '?', '#', '\\']).next().unwrap_or_default();
    Some(authority.to_lowercase())
}

/// The words of a text, without what is only typography.
pub(super) fn tokens(text: &str) -> Vec<String> {
    let mut flat = String::with_capacity(text.len());
    for one in text.chars() {
        match one {
            '‘' | '’' | '‚' | '‛' | '′' => flat.push('\''),
            '“' | '”' | '„' | '‟' | '″' | '«' | '»' => flat.push('"'),
            '–' | '—' | '―' | '‐' | '‑' => flat.push('-'),
            '…' => flat.push_str("..."),
            '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}' => {}
            one if one.is_whitespace() => flat.push(' '),
            one => flat.push(one),
        }
    }
    let mut words: Vec<String> = Vec::new();
    let mut joins = false;
    for word in flat.split(' ').filter(|word| !word.is_empty()) {
        let word = word.replace("---", "-").replace("--", "-");
        let joined = joins || word.starts_with('-') && !word[1..].starts_with(|one: char| one.is_ascii_digit());
        joins = word.ends_with('-');
        match words.last_mut().filter(|_| joined) {
            Some(last) if last.ends_with('-') && word == "-" => {}
            Some(last) => last.push_str(word.strip_prefix('-').filter(|_| last.ends_with('-')).unwrap_or(&word)),
            None => words.push(word),
        }
    }
    words.iter().map(|word| unmarked(word)).filter(|word| !word.is_empty()).collect()
}

/// A word without the marks that part it from others; those inside figures, times and addresses stay.
fn unmarked(word: &str) -> String {
    let all: Vec<char> = word.chars().collect();
    let inside = |at: usize| {
        let letter = |at: Option<usize>| at.and_then(|at| all.get(at)).is_some_and(|one| one.is_alphanumeric());
        letter(at.checked_sub(1)) && letter(Some(at + 1))
    };
    let stays = |at: &usize| !matches!(all[*at], '.' | ',' | ';' | ':') || inside(*at);
    (0..all.len()).filter(stays).map(|at| all[at]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{ORDINARY_FILE, RepoPath};

    const FRONT: &str = "title = \"Ferry 'fares' rise\"\ntags = [\"port\"]\nslug = \"ferry-fares\"\n\n[[photos]]\nfile = \"a.jpg\"\ncaption = \"The pier.\"\n";

    fn read(front: &str, body: &str, photo: &str) -> (Document, Vec<Entry>) {
        let text = format!("+++\n{front}\n[desk]\nid = \"x\"\nstage = \"published\"\n+++\n{body}\n");
        let path = |name: &str| RepoPath::new(format!("articles/a/{name}")).expect("a path");
        let entry =
            |name: &str, bytes: &str| Entry { path: path(name), mode: ORDINARY_FILE, bytes: bytes.as_bytes().to_vec() };
        let entries = vec![entry("index.md", &text), entry("a.jpg", photo)];
        (Document::read(path("index.md"), text.as_bytes()).0, entries)
    }

    fn between(before: &(Document, Vec<Entry>), after: &(Document, Vec<Entry>)) -> Option<String> {
        let side = |one| -> Side<'_> {
            let (document, entries): &(Document, Vec<Entry>) = one;
            Side { document, entries }
        };
        word_changed(side(before), side(after))
    }

    #[track_caller]
    fn body(before: &str, after: &str, expected: Option<&str>) {
        let found = between(&read(FRONT, before, "photo"), &read(FRONT, after, "photo"));
        assert_eq!(found.as_deref(), expected, "{before} / {after}");
    }

    #[test]
    fn typography_is_no_word() {
        body("Say \"no\" to it.", "Say “no” to it", None);
        body("He paid, she left.", "He paid; she left.", None);
        body("One line\nof words.", "One line of words.", None);
        body("One. Two.", "One.\n\nTwo.", None);
        body("A -- b", "A — b", None);
        body("May 1-3", "May 1–3", None);
        body("The *pier* burned", "The **pier** burned.", None);
        body("10 000", "10\u{a0}000", None);
        body("Wait...", "Wait…", None);
        body("He said \"no,\" then", "He said \"no\", then", None);
    }

    #[test]
    fn words_figures_and_what_they_say_are() {
        let first = Some("paragraph 1");
        body("Nine ships.", "Eight ships.", first);
        body("It cost 1.5 million.", "It cost 15 million.", first);
        body("It cost 1,5 million.", "It cost 1.5 million.", first);
        body("At -5 degrees.", "At 5 degrees.", first);
        body("He left.", "He left?", first);
        body("He called it a lie.", "He called it \"a lie\".", first);
        body("the port", "the Port", first);
        body("One.\n\nTwo.", "One.\n\nTwo.\n\nThree.", Some("paragraph 3"));
        body("One.\n\nTwo.", "One.", first);
        body("He lies.", "> He lies.", first);
        body("He lies.", "~~He lies.~~", first);
        body("Run `a`.", "Run `b`.", first);
        body("A <b>b</b>.", "A <i>b</i>.", first);
    }

    #[test]
    fn a_link_is_mended_and_leads_nowhere_new() {
        let link = |url: &str| format!("See [the report]({url}).");
        body(&link("http://post.example/reprt"), &link("https://post.example/report"), None);
        body(&link("../pier/"), &link("../pier-fire/"), None);
        body(&link("https://post.example/a"), "See the report.", None);
        let other = Some("a link to `evil.example`");
        body(&link("https://post.example/a"), &link("https://evil.example/a"), other);
        body("See the report.", &link("https://evil.example/a"), other);
        let disguised = Some("a link to `evil.example@post.example`");
        body(&link("https://post.example/a"), &link("https://evil.example@post.example/a"), disguised);
        body(&link("https://post.example/a"), &link("javascript:alert(1)"), Some("a link to `javascript:alert(1)`"));
        body("![The pier](a.jpg)", "![The pier](b.jpg)", Some("a picture"));
    }

    #[test]
    fn fields_and_files_count() {
        let before = read(FRONT, "Words.", "photo");
        let with = |from: &str, to: &str| between(&before, &read(&FRONT.replacen(from, to, 1), "Words.", "photo"));
        assert_eq!(with("'fares' rise", "’fares’ rise"), None);
        assert_eq!(with("The pier.", "The pier"), None);
        assert_eq!(with("rise", "fall").as_deref(), Some("`title`"));
        assert_eq!(with("The pier", "The port").as_deref(), Some("`photos`"));
        assert_eq!(with("\"port\"", "\"ports\"").as_deref(), Some("`tags`"));
        assert_eq!(with("ferry-fares", "ferry–fares").as_deref(), Some("`slug`"));
        assert_eq!(with("tags", "# of the port\ntags"), None);
        assert_eq!(with("tags", "tag").as_deref(), Some("`tags`"));
        assert_eq!(between(&before, &read(FRONT, "Words.", "other")).as_deref(), Some("a.jpg"));
    }

    proptest::proptest! {
        #[test]
        fn a_changed_word_is_never_a_refile(words in proptest::collection::vec("[a-z]{1,6}", 1..12), at in 0usize..12, new in "[A-Z0-9]{1,4}") {
            let mut other = words.clone();
            let at = at % words.len();
            other[at] = new;
            let found = between(&read(FRONT, &words.join(" "), "p"), &read(FRONT, &other.join(" "), "p"));
            proptest::prop_assert!(found.is_some());
        }

        #[test]
        fn any_two_texts_are_compared(one in "\\PC{0,60}", other in "\\PC{0,60}") {
            let (one, other) = (read(FRONT, &one, "p"), read(FRONT, &other, "p"));
            proptest::prop_assert_eq!(between(&one, &one), None);
            between(&one, &other);
        }
    }
}
