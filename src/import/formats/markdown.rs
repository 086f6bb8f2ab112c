//! Markdown: with TOML front matter it is an article already and taken over as it is; with YAML front matter the plain
//! keys are read and the rest is said; without, its first heading is the title. The body stays byte for byte.

use toml::Value;

use super::{Format, FormatRow};
use crate::article::{Data, Document, RepoPath, Table};
use crate::import::text::{Decoded, Line};
use crate::import::{Doubt, Imported, Unreadable, Why};

pub(super) const ROW: FormatRow = FormatRow {
    format: Format::Markdown,
    name: "markdown",
    endings: &["md", "markdown", "mdown", "mkd"],
    claims: |start| first_line(start, "+++") || first_line(start, "---") || start.starts_with("# "),
    read,
};

fn first_line(text: &str, fence: &str) -> bool {
    text.lines().next().is_some_and(|line| line.trim_end() == fence)
        && text.lines().skip(1).any(|line| line.trim_end() == fence)
}

fn read(_name: &str, decoded: &Decoded) -> Result<Imported, Unreadable> {
    let mut imported = Imported::empty(Format::Markdown);
    let text = decoded.text.trim_start_matches('\u{feff}');
    if first_line(text, "+++") {
        toml_front(text, &mut imported);
    } else if first_line(text, "---") {
        let (front, body) = cut(text);
        yaml_front(&front, &mut imported);
        imported.body = body.to_owned();
    } else {
        imported.body = text.to_owned();
    }
    if imported.title.is_none() {
        take_first_heading(text, &mut imported);
    }
    Ok(imported)
}

/// The lines between the fences, and the bytes behind them.
fn cut(text: &str) -> (Vec<Line>, &str) {
    let mut at = 0;
    let mut front = Vec::new();
    for (index, line) in text.split_inclusive('\n').enumerate() {
        at += line.len();
        match (index, line.trim_end()) {
            (0, _) => {}
            (_, "---" | "+++") => break,
            (_, line) => front.push(Line { text: line.to_owned(), number: index + 1 }),
        }
    }
    (front, &text[at..])
}

fn toml_front(text: &str, imported: &mut Imported) {
    let path = RepoPath::new("index.md").expect("a plain file name is a path");
    let (document, findings) = Document::read(path, text.as_bytes());
    if !findings.is_empty() {
        let (front, body) = cut(text);
        for line in front.iter().filter(|line| !line.text.trim().is_empty()) {
            imported.doubt(&line.text, line.number, Doubt::FrontMatter);
        }
        imported.body = body.to_owned();
        return;
    }
    let field = |name: &str| document.text_of(name).map(str::to_owned);
    let list = |name: &str| document.list_of(name).into_iter().map(str::to_owned).collect::<Vec<_>>();
    imported.title = field("title");
    imported.description = field("description");
    imported.authors = list("authors");
    imported.dateline = field("dateline");
    imported.date = document.field("date").and_then(|date| date.as_datetime()).map(ToString::to_string);
    imported.section = field("section");
    imported.tags = list("tags");
    imported.body = document.body_text().to_owned();
    imported.front = document
        .front
        .fields
        .iter()
        .filter(|field| !KNOWN.contains(&field.key.as_str()))
        .map(|field| (field.key.clone(), value(&field.value.data)))
        .collect();
    if let Some(id) = document.id() {
        let line = 1 + document.value("desk.id").map_or(0, |id| text[..id.span.start].matches('\n').count());
        imported.doubt(id.to_string(), line, Doubt::Adopted);
    }
    imported.whole = Some(text.to_owned());
}

const KNOWN: &[&str] = &["title", "description", "draft", "authors", "dateline", "date", "section", "tags", "desk"];

fn value(data: &Data) -> Value {
    match data {
        Data::String(text) => Value::String(text.clone()),
        Data::Integer(number) => Value::Integer(*number),
        Data::Float(number) => Value::Float(*number),
        Data::Boolean(truth) => Value::Boolean(*truth),
        Data::Datetime(datetime) => Value::Datetime(*datetime),
        Data::Array(values) => Value::Array(values.iter().map(|one| value(&one.data)).collect()),
        Data::Table(table) => Value::Table(self::table(table)),
    }
}

fn table(table: &Table) -> toml::Table {
    table.fields.iter().map(|field| (field.key.clone(), value(&field.value.data))).collect()
}

/// Reads the keys whose meaning nobody can dispute, and says which were left out. desk has no YAML reader: what is more
/// than a plain value is for `desk init --convert` or a person.
fn yaml_front(front: &[Line], imported: &mut Imported) {
    let mut rest = front.iter().peekable();
    while let Some(line) = rest.next() {
        let mut inner = Vec::new();
        while let Some(next) = rest.next_if(|next| next.text.is_empty() || next.text.starts_with([' ', '\t', '-'])) {
            inner.push(next);
        }
        let taken = line.text.split_once(':').is_some_and(|(key, value)| take(key, value.trim(), &inner, imported));
        if !taken {
            for line in std::iter::once(&line).chain(&inner).filter(|line| !line.text.trim().is_empty()) {
                imported.doubt(line.text.trim(), line.number, Doubt::FrontMatter);
            }
        }
    }
}

/// Puts a key's value into its field, if there is a field, it is free, and the value is plain.
fn take(key: &str, value: &str, inner: &[&Line], imported: &mut Imported) -> bool {
    let many = || if value.is_empty() { block_list(inner) } else { inner.is_empty().then(|| flow_list(value))? };
    let one = || if inner.iter().all(|line| line.text.is_empty()) { scalar(value) } else { None };
    let put = |field: &mut Option<String>| match (field.is_none(), one()) {
        (true, Some(value)) => {
            *field = Some(value);
            true
        }
        _ => false,
    };
    let put_all = |field: &mut Vec<String>| match (field.is_empty(), many().or_else(|| Some(vec![one()?]))) {
        (true, Some(values)) => {
            *field = values;
            true
        }
        _ => false,
    };
    match key {
        "title" => put(&mut imported.title),
        "description" => put(&mut imported.description),
        "date" => put(&mut imported.date),
        "section" => put(&mut imported.section),
        "dateline" => put(&mut imported.dateline),
        "authors" | "author" => put_all(&mut imported.authors),
        "tags" => put_all(&mut imported.tags),
        // The import is a draft whatever it was.
        "draft" => matches!(value, "true" | "false") && inner.is_empty(),
        _ => false,
    }
}

/// A plain or simply quoted YAML value; none when it could mean anything else.
fn scalar(text: &str) -> Option<String> {
    let quoted = |quote: char| text.strip_prefix(quote)?.strip_suffix(quote);
    if let Some(inner) = quoted('"') {
        return (!inner.contains(['"', '\\'])).then(|| inner.to_owned());
    }
    if let Some(inner) = quoted('\'') {
        return (!inner.replace("''", "").contains('\'')).then(|| inner.replace("''", "'"));
    }
    let special = text.starts_with(['&', '*', '!', '|', '>', '{', '[', '%', '@', '`', '"', '\'', '#', '-', '?', ',']);
    let null = matches!(text, "" | "~" | "null" | "Null" | "NULL");
    (!special && !null && !text.contains(": ") && !text.contains(" #") && !text.ends_with(':')).then(|| text.to_owned())
}

fn flow_list(text: &str) -> Option<Vec<String>> {
    let inner = text.strip_prefix('[')?.strip_suffix(']')?;
    let plain = |one: &str| scalar(one.trim()).filter(|value| !value.contains(['[', ']', '{', '}']));
    // A comma within quotes makes two broken halves, neither of which is plain.
    inner.split(',').map(plain).collect()
}

fn block_list(lines: &[&Line]) -> Option<Vec<String>> {
    let items = lines.iter().filter(|line| !line.text.is_empty());
    let values: Option<Vec<String>> = items.map(|line| scalar(line.text.trim().strip_prefix("- ")?.trim())).collect();
    values.filter(|values| !values.is_empty())
}

/// The first heading of the first level is the title, when nothing but blank lines stands above it.
fn take_first_heading(text: &str, imported: &mut Imported) {
    let body = imported.body.trim_start_matches(['\n', '\r', ' ']);
    let Some((line, rest)) = body.strip_prefix("# ").map(|rest| rest.split_once('\n').unwrap_or((rest, ""))) else {
        return;
    };
    let number = 1 + text[..text.len() - body.len()].matches('\n').count();
    let words = line.trim().trim_end_matches('#').trim_end().to_owned();
    if words.is_empty() || imported.whole.is_some() {
        return;
    }
    imported.body = rest.trim_start_matches(['\n', '\r']).to_owned();
    imported.remove("#", number, Why::Label);
    imported.title = Some(words);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::ArticleId;
    use crate::import;

    #[track_caller]
    fn imported(text: &str) -> Imported {
        import::read("a.md", text.as_bytes(), None).expect("text")
    }

    fn id() -> ArticleId {
        "01K0Z6H8Q2W3N4P5R6S7T8V9WX".parse().expect("an id")
    }

    #[test]
    fn toml_front_matter_is_taken_over_byte_for_byte() {
        let text = "+++\r\n# mine\r\ntitle = 'Pier shut' # for now\r\nweight = 3\r\n+++\r\nOne.\r\n\r\n*Two* \r\n";
        let imported = imported(text);
        assert_eq!(imported.title.as_deref(), Some("Pier shut"));
        assert_eq!(imported.front, [("weight".to_owned(), Value::Integer(3))]);
        let adopted = imported.text(id(), "news").expect("no kept line stands in its way");
        let (front, body) = adopted.split_once("\r\n+++\r\n").expect("two parts");
        assert!(front.starts_with("+++\r\n# mine\r\ntitle = 'Pier shut' # for now\r\nweight = 3\r\n"), "{front}");
        assert!(front.contains("draft = true"));
        assert_eq!(body, "One.\r\n\r\n*Two* \r\n");
    }

    #[test]
    fn an_article_of_desk_gets_an_id_of_its_own() {
        let text = "+++\ntitle = \"a\"\ndraft = false\n\n[desk]\nid = \"01K0Z6H8Q2W3N4P5R6S7T8V9WA\"\nkind = \"brief\"\n\
                    stage = \"published\"\n+++\nOne.\n";
        let imported = imported(text);
        assert!(imported.unsure.iter().any(|unsure| unsure.what == Doubt::Adopted && unsure.line == 6));
        let made = imported.text(id(), "news").expect("kept lines are in their form");
        assert!(made.contains("draft = true\n") && made.contains("stage = \"draft\"\n") && made.contains("WX\"\n"));
    }

    #[test]
    fn yaml_is_read_where_it_is_plain_and_said_where_not() {
        let text = "---\ntitle: \"Pier: shut\"\ndescription: It's windy\nauthors:\n  - Mina Park\n  - 'Jun ''JJ'' Seo'\n\
                    tags: [port, storm]\ndate: 2026-07-25\nsummary: >\n  long\n  text\nlayout: post\n---\n\nOne *two*.\n";
        let imported = imported(text);
        assert_eq!(imported.title.as_deref(), Some("Pier: shut"));
        assert_eq!(imported.description.as_deref(), Some("It's windy"));
        assert_eq!(imported.authors, ["Mina Park", "Jun 'JJ' Seo"]);
        assert_eq!(imported.tags, ["port", "storm"]);
        assert_eq!(imported.date.as_deref(), Some("2026-07-25"));
        assert_eq!(imported.body, "\nOne *two*.\n");
        let said: Vec<_> = imported
            .unsure
            .iter()
            .filter(|unsure| unsure.what == Doubt::FrontMatter)
            .map(|unsure| (unsure.text.as_str(), unsure.line))
            .collect();
        assert_eq!(said, [("summary: >", 9), ("long", 10), ("text", 11), ("layout: post", 12)]);
    }

    #[test]
    fn yaml_that_means_more_than_it_says_is_not_guessed() {
        for value in ["&a b", "*a", "a: b", "[a, \"b, c\"]", "|", "a # b", "\"a\\tb\"", "~"] {
            let imported = imported(&format!("---\ntitle: {value}\n---\nOne.\n"));
            assert_eq!(imported.title, None, "{value}");
        }
    }

    #[test]
    fn without_front_matter_the_first_heading_is_the_title() {
        let imported = imported("\n# Pier shut #\n\nOne.\n\n# Two\n");
        assert_eq!(imported.title.as_deref(), Some("Pier shut"));
        assert_eq!(imported.body, "One.\n\n# Two\n");
    }

    #[test]
    fn toml_that_is_broken_is_said_line_by_line() {
        let imported = imported("+++\ntitle = \nweight = 3\n+++\nOne.\n");
        assert_eq!((imported.whole, imported.body.as_str()), (None, "One.\n"));
        assert_eq!(imported.unsure.iter().filter(|unsure| unsure.what == Doubt::FrontMatter).count(), 2);
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_are_read(bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..200)) {
            drop(import::read("a.md", &bytes, None));
            let fenced = [b"---\n".as_slice(), &bytes, b"\n---\n"].concat();
            drop(import::read("a.md", &fenced, None));
        }
    }
}
