//! YAML front matter to TOML: every key and value, the body byte for byte, comments left behind.

use super::{UNCERTAIN, parse, scalar};
use crate::article::{Data, Document, LARGEST, RepoPath, Table, Value, edit, front};
use crate::finding::{Finding, Level, Span};

/// Keys that hold a date whether or not it stands in quotes.
const DATES: [&str; 5] = ["date", "updated", "lastmod", "publishdate", "expirydate"];

/// The text of an article's file with TOML between its fences instead of YAML; or why that cannot be done with
/// certainty. The result is read again and compared before it is given.
pub fn convert(path: &RepoPath, bytes: &[u8]) -> Result<String, Box<Finding>> {
    let refuse = |finding: Box<Finding>| Box::new(finding.in_file(path.as_str()));
    let plainly = |message: &str| refuse(Box::new(Finding::new(UNCERTAIN, Level::Error, message)));
    if bytes.len() > LARGEST {
        return Err(plainly("this file is too large to be an article"));
    }
    let text = std::str::from_utf8(bytes).map_err(|_| plainly("this file is not UTF-8 text"))?;
    let parts =
        split(text).ok_or_else(|| plainly("there is no YAML between two lines `---` at the top of this file"))?;
    let mut table = parse(&text[parts.front.range()], parts.front.start).map_err(refuse)?;
    dates(&mut table);
    let line_end = if text[..parts.front.start].ends_with("\r\n") { "\r\n" } else { "\n" };
    let mut out = text[..parts.mark].to_owned();
    for line in std::iter::once("+++").chain(toml(&table).lines()) {
        out.push_str(line);
        out.push_str(line_end);
    }
    out.push_str("+++");
    out.push_str(&text[parts.after_fence..]);
    let (written, findings) = Document::read(path.clone(), out.as_bytes());
    let same_body = written.body_text() == &text[parts.body..];
    if findings.is_empty() && same_body && same_table(&written.front, &table) {
        Ok(out)
    } else {
        Err(plainly("what TOML would say is not the same"))
    }
}

/// Where the parts of a file with YAML front matter are.
struct Parts {
    /// The length of the byte order mark.
    mark: usize,
    /// The YAML.
    front: Span,
    /// Behind the closing fence, its line end still to come.
    after_fence: usize,
    /// The body.
    body: usize,
}

fn split(text: &str) -> Option<Parts> {
    let mark = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut lines = front::lines(text, mark);
    let (_, opener) = lines.next()?;
    if opener.trim_end() != "---" {
        return None;
    }
    let start = lines.offset();
    while let Some((span, line)) = lines.next() {
        if line.trim_end() == "---" {
            return Some(Parts {
                mark,
                front: Span::new(start, span.start),
                after_fence: span.end,
                body: lines.offset(),
            });
        }
    }
    None
}

/// Dates in quotes under the keys that hold dates.
fn dates(table: &mut Table) {
    for field in &mut table.fields {
        if DATES.contains(&field.key.to_ascii_lowercase().as_str())
            && let Data::String(text) = &field.value.data
            && let Some(date) = scalar::date(text.trim())
        {
            field.value.data = Data::Datetime(date);
        }
    }
}

/// The table as TOML: what is no table first, as nothing else may follow a header.
fn toml(table: &Table) -> String {
    let mut top = String::new();
    let mut below = String::new();
    for field in &table.fields {
        let key = edit::bare(&field.key);
        let tables: Option<Vec<&Table>> = match &field.value.data {
            Data::Table(table) => {
                below.push_str(&format!("\n[{key}]\n{}", lines(table)));
                continue;
            }
            Data::Array(values) if !values.is_empty() => values.iter().map(Value::as_table).collect(),
            _ => None,
        };
        match tables {
            Some(tables) => tables.iter().for_each(|table| below.push_str(&format!("\n[[{key}]]\n{}", lines(table)))),
            None => top.push_str(&format!("{key} = {}\n", edit::literal(&value(&field.value.data)))),
        }
    }
    top + &below
}

fn lines(table: &Table) -> String {
    let line =
        |field: &front::Field| format!("{} = {}\n", edit::bare(&field.key), edit::literal(&value(&field.value.data)));
    table.fields.iter().map(line).collect()
}

fn value(data: &Data) -> toml::Value {
    match data {
        Data::String(text) => toml::Value::String(text.clone()),
        Data::Integer(number) => toml::Value::Integer(*number),
        Data::Float(number) => toml::Value::Float(*number),
        Data::Boolean(truth) => toml::Value::Boolean(*truth),
        Data::Datetime(date) => toml::Value::Datetime(*date),
        Data::Array(values) => toml::Value::Array(values.iter().map(|one| value(&one.data)).collect()),
        Data::Table(table) => {
            toml::Value::Table(table.fields.iter().map(|field| (field.key.clone(), value(&field.value.data))).collect())
        }
    }
}

fn same_table(one: &Table, other: &Table) -> bool {
    one.fields.len() == other.fields.len()
        && one.fields.iter().all(|field| other.get(&field.key).is_some_and(|value| same(&field.value, value)))
}

fn same(one: &Value, other: &Value) -> bool {
    match (&one.data, &other.data) {
        (Data::Float(one), Data::Float(other)) => one.to_bits() == other.to_bits() || (one.is_nan() && other.is_nan()),
        (Data::Array(one), Data::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (Data::Table(one), Data::Table(other)) => same_table(one, other),
        (one, other) => one == other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path() -> RepoPath {
        RepoPath::new("content/posts/Quiet@Night-1.2.md").expect("sound")
    }

    #[track_caller]
    fn check(yaml: &str, toml: &str) {
        let body = "\nWords --- and\n---\nmore\r\n\u{a0}";
        let file = format!("---\n{yaml}---\n{body}");
        let converted = convert(&path(), file.as_bytes()).map_err(|finding| finding.message).expect(yaml);
        assert_eq!(converted, format!("+++\n{toml}+++\n{body}"));
    }

    #[test]
    fn keys_and_values_keep_their_meaning() {
        check("title: Ferry fares # later: more\ndraft: true\n", "title = \"Ferry fares\"\ndraft = true\n");
        check("title: 'It''s \"on\"'\n", "title = \"It's \\\"on\\\"\"\n");
        check("date: 2026-07-25 09:00:00 -0400\n", "date = 2026-07-25T09:00:00-04:00\n");
        check("date: \"2026-07-25\"\nother: \"2026-07-25\"\n", "date = 2026-07-25\nother = \"2026-07-25\"\n");
        check("lastmod: 2026-07-25T09:00:00Z\nweight: 3\n", "lastmod = 2026-07-25T09:00:00Z\nweight = 3\n");
        check("tags: [port, 'no']\nempty: []\n", "tags = [\"port\", \"no\"]\nempty = []\n");
        check("tags:\n- port\n- budget: 1\n", "tags = [\"port\", { budget = 1 }]\n");
        check(
            "photos:\n  - file: a.jpg\n    alt: A quay\n  - file: b.jpg\ncover:\n  image: c.jpg\n  size: {w: 1, h: 2.5}\nlast: x\n",
            "last = \"x\"\n\n[[photos]]\nfile = \"a.jpg\"\nalt = \"A quay\"\n\n[[photos]]\nfile = \"b.jpg\"\n\n[cover]\nimage = \"c.jpg\"\nsize = { h = 2.5, w = 1 }\n",
        );
        check(
            "text: |\n  One\n  +++\n  Two\nfolded: >-\n  a\n  b\n",
            "text = \"One\\n+++\\nTwo\\n\"\nfolded = \"a b\"\n",
        );
        check("2026: x\n\"a b\": w\nümlaut: z\n", "2026 = \"x\"\n\"a b\" = \"w\"\n\"ümlaut\" = \"z\"\n");
        check("# nothing\n", "");
        check("title: \"\\u00e9 \\t \\0\"\n", "title = \"é \\t \\u0000\"\n");
    }

    #[test]
    fn line_ends_and_the_mark_stay() {
        let converted = convert(&path(), "\u{feff}---\r\ntitle: x\r\n---\r\nBody\r\n".as_bytes()).expect("converts");
        assert_eq!(converted, "\u{feff}+++\r\ntitle = \"x\"\r\n+++\r\nBody\r\n");
        assert_eq!(convert(&path(), b"---\ntitle: x\n---").expect("converts"), "+++\ntitle = \"x\"\n+++");
    }

    #[track_caller]
    fn refuses(file: &str, place: &str, reason: &str) {
        let finding = convert(&path(), file.as_bytes()).expect_err(file);
        assert!(finding.message.contains(reason), "{file}: {}", finding.message);
        assert_eq!(finding.span.map_or("", |span| &file[span.range()]).trim_end(), place, "{file}");
        assert_eq!(finding.path.as_deref(), Some(path().as_str()));
    }

    #[test]
    fn what_is_uncertain_is_refused_at_its_place() {
        refuses("---\né: x\nflag: yes\n---\n", "yes", "true or false to others");
        refuses("---\nimage:\ntitle: x\n---\n", "image", "what `image` has is no value");
        refuses("---\nlist: [a, ~]\n---\n", "~", "is no value");
        refuses("---\nzip: 01234\n---\n", "01234", "begins with a zero");
        refuses("---\nat: 12:30\n---\n", "12:30", "base 60");
        refuses("---\na: &x 1\nb: 2\n---\n", "&x 1", "anchors, aliases and tags");
        refuses("---\na: !!str 1\n---\n", "!!str 1", "anchors, aliases and tags");
        refuses("---\na: 1\na: 2\n---\n", "a", "`a` stands here twice");
        refuses("---\ntrue: 1\n---\n", "true", "is not a plain key");
        refuses("---\n<<: {a: 1}\n---\n", "<<", "is not a plain key");
        refuses("---\n[a, b]: 1\n---\n", "[", "a key must be a plain word");
        refuses("---\n- a\n---\n", "- a", "not a list of keys");
        refuses("---\na: [1\n---\n", "", "not YAML");
        refuses("---\ntitle: x\n", "", "there is no YAML between");
        refuses("+++\ntitle = \"x\"\n+++\n", "", "there is no YAML between");
        refuses(&format!("---\na: {}{}\n---\n", "[".repeat(80), "]".repeat(80)), "[", "too deep");
        assert!(convert(&path(), format!("---\na: {}\n---\n", "[".repeat(50_000)).as_bytes()).is_err());
    }

    proptest::proptest! {
        #[test]
        fn any_file_is_converted_or_refused(yaml in "([a-c]{1,2}: ?[-a-z0-9:'\"\\[\\]{}#|>&*!%@, ]{0,12}\n( {1,2}[-a-z: ]{0,8}\n)?){0,5}", body in "[-+a-z\n\r]{0,20}") {
            let file = format!("---\n{yaml}---\n{body}");
            if let Ok(converted) = convert(&path(), file.as_bytes()) {
                proptest::prop_assert!(converted.ends_with(&body));
            }
        }
    }
}
