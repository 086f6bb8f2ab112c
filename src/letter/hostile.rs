//! Letters made of words that mean something to a forge: read again as a forge reads them.

use comrak::nodes::NodeValue;
use comrak::{Arena, parse_document};
use proptest::prelude::*;

use super::fixture::{World, id, version};
use super::sheet::{LONGEST, units};
use super::{LeftOut, Look, Mark, changes, pull_request, stale, status, summary};
use crate::article::{Body, Difference, edit};
use crate::finding::{Finding, Level};
use crate::ledger::Decision;

/// The tags that letters have of their own.
const TAGS: [&str; 10] =
    ["<details>", "</details>", "<summary>", "</summary>", "<del>", "</del>", "<ins>", "</ins>", "<!-- desk: ", " -->"];

/// What people, numbers, addresses and commands look like to one forge or another.
fn acts(text: &str) -> Option<String> {
    let signs: Vec<char> = text.chars().collect();
    let at = |place: usize| signs.get(place).copied().unwrap_or(' ');
    for (place, sign) in signs.iter().enumerate() {
        let next = at(place + 1);
        let is_live = match sign {
            '@' | '#' => next.is_alphanumeric() || next == '_',
            '!' => next.is_ascii_digit(),
            '-' => {
                place > 1
                    && at(place - 2).eq_ignore_ascii_case(&'g')
                    && at(place - 1).eq_ignore_ascii_case(&'h')
                    && next.is_ascii_digit()
            }
            ':' => next == '/' || next.is_alphabetic(),
            // GitHub finds `www.` in the source, whatever follows.
            '.' => place > 2 && signs[place - 3..place].iter().all(|sign| sign.eq_ignore_ascii_case(&'w')),
            one => {
                one.is_control() || ('\u{202a}'..='\u{202e}').contains(one) || ('\u{2066}'..='\u{2069}').contains(one)
            }
        };
        if is_live {
            return Some(signs[place.saturating_sub(8)..signs.len().min(place + 8)].iter().collect());
        }
    }
    None
}

/// Reads a letter as a forge does, and gives what should not be there.
fn faults(letter: &str) -> Vec<String> {
    let mut options = Body::options();
    options.extension.autolink = true;
    options.extension.alerts = true;
    options.extension.math_dollars = true;
    let arena = Arena::new();
    let root = parse_document(&arena, letter, &options);
    let mut faults = Vec::new();
    let mut text = String::new();
    let mut folds = 0_i32;
    for node in root.descendants() {
        match &node.data.borrow().value {
            NodeValue::Text(more) => {
                text.push_str(more);
                continue;
            }
            NodeValue::SoftBreak | NodeValue::LineBreak => text.push(' '),
            NodeValue::Link(link) | NodeValue::Image(link) => faults.push(format!("a link to {}", link.url)),
            NodeValue::Math(math) => faults.push(format!("a formula: {}", math.literal)),
            NodeValue::TaskItem(_) | NodeValue::Alert(_) | NodeValue::FootnoteReference(_) | NodeValue::Table(_) => {
                faults.push(format!("{:?}", node.data.borrow().value));
            }
            NodeValue::HtmlBlock(block) => faults.extend(foreign(&block.literal, &mut folds)),
            NodeValue::HtmlInline(html) => faults.extend(foreign(html, &mut folds)),
            // A forge looks for nobody in code.
            NodeValue::Code(_) | NodeValue::CodeBlock(_) => text.push(' '),
            value if value.block() => text.push('\n'),
            _ => {}
        }
    }
    faults.extend(acts(text.replace('\n', " ").as_str()));
    if folds != 0 {
        faults.push("what is folded does not end".to_owned());
    }
    if letter.chars().any(|one| (one.is_control() && one != '\n') || ('\u{202a}'..='\u{202e}').contains(&one)) {
        faults.push("a live sign".to_owned());
    }
    if units(letter) > LONGEST {
        faults.push(format!("{} characters", units(letter)));
    }
    faults
}

/// What of a piece of HTML is not desk's.
fn foreign(html: &str, folds: &mut i32) -> Option<String> {
    let count = |tag: &str| i32::try_from(html.matches(tag).count()).unwrap_or(i32::MAX);
    *folds += count("<details>") - count("</details>");
    let rest = TAGS.iter().fold(html.to_owned(), |rest, tag| rest.replace(tag, ""));
    (rest.contains('<') || rest.contains('>')).then(|| format!("HTML: {html}"))
}

fn words() -> impl Strategy<Value = String> {
    const SIGNS: &[&str] = &[
        "@all",
        "@",
        "#12",
        "#",
        "Fixes #1",
        "o/r#7",
        "!7",
        "GH-3",
        "gh-",
        "<!-- desk: ",
        "-->",
        "<b>",
        "</details>",
        "<del>",
        "```",
        "~~~",
        "`",
        "\n",
        "\n\n",
        "\r\n",
        "[x](http://a.example)",
        "![i](http://e.example/p.png)",
        "[^1]",
        "[^1]: x",
        "\u{202e}",
        "\u{0}",
        "\u{1b}[2J",
        "\u{200b}",
        "www.x.example",
        "https://x.example",
        "a@b.example",
        "mailto:a@b.example",
        "/close",
        "- ",
        "- [ ] x",
        "1. ",
        "+ ",
        "> ",
        "> [!NOTE]\n",
        "=====",
        "-----",
        "    ",
        "\t",
        "|",
        "| - |",
        "$$",
        "$x$",
        ":shipit:",
        "a",
        " ",
        "word",
        "W",
        "w",
        ".",
        "<script>",
        "&#64;x",
        "&lt;",
        "\\",
        "*",
        "**",
        "_",
        "~~",
        "é",
        "😀",
        "Draft: ",
        "[WIP] ",
        "<https://x.example>",
        "{+",
        "-]",
        "# ",
        "***",
    ];
    proptest::collection::vec(proptest::sample::select(SIGNS), 0..14).prop_map(|signs| signs.concat())
}

fn toml(text: &str) -> String {
    edit::literal(&toml::Value::String(text.to_owned()))
}

/// A story of which everything that anybody could write is one of these texts.
fn world(texts: &[String]) -> World {
    let text = |at: usize| texts[at % texts.len()].as_str();
    let front = |shift: usize| {
        format!(
            "title = {}\ndescription = {}\nauthors = [{}]\nsection = {}\n\n[[photos]]\nfile = {}\ncaption = {}\n\n[[sources]]\nname = {}\n\n[[changes]]\nkind = \"correction\"\nnote = {}\n",
            toml(text(shift)),
            toml(text(shift + 1)),
            toml(text(2)),
            toml(text(3)),
            toml(text(4)),
            toml(text(shift + 5)),
            toml(text(6)),
            toml(text(shift + 7)),
        )
    };
    let public = version(1, &front(1), "published", text(9));
    let open = version(2, &front(0), "published", &format!("{}\n\n{}", text(8), text(9)));
    let mut world = World::new(Some(public.clone()), Some(open)).called("jun@post.example", text(3)).said(
        "jun@post.example",
        Decision::Approve,
        &public,
        "2026-07-25T22:40:00+09:00",
    );
    world.findings = vec![Finding::new(text(1), Level::Warning, text(2)).in_file(text(3))];
    world
}

proptest! {
    #[test]
    fn no_word_of_anybody_acts(texts in proptest::collection::vec(words(), 10)) {
        let mut world = world(&texts);
        // A test ends before its words do.
        let reason: &'static str = Box::leak(texts[0].clone().into_boxed_str());
        world.left_out = vec![LeftOut { rule: "title-case", reason, until: None, origin: "text" }];
        let story = world.story();
        let request = pull_request(&story);
        prop_assert_eq!(faults(&request.text), Vec::<String>::new(), "{}", request.text);
        let mark = Mark::read(&request.text).expect("its first line is its mark");
        prop_assert_eq!(mark.article, id());
        prop_assert_eq!(request.text.matches("<!--").count(), 1 + fenced(&request.text, "<!--"));

        let old = world.standing.base.as_ref().expect("public");
        let since = Difference::between(&old.document, &world.standing.open.as_ref().expect("open").document);
        let looks: Vec<Look<'_>> =
            stale(&story).into_iter().map(|assent| Look { assent, since: Some(&since), by: &texts }).collect();
        for letter in [changes(&story, &looks), summary(&[story, story], &world.findings)] {
            prop_assert_eq!(faults(&letter.text), Vec::<String>::new(), "{}", letter.text);
        }
        for line in [status(&[story], &world.findings).text, request.title.clone()] {
            prop_assert_eq!(acts(&line), None, "{}", line);
        }
        let upper = request.title.to_uppercase();
        prop_assert!(!["WIP", "[WIP", "DRAFT", "[DRAFT"].iter().any(|word| upper.starts_with(word)), "{upper}");
        prop_assert!(request.title.chars().count() <= 255);
        prop_assert!(status(&[story], &[]).text.chars().count() <= 140);
    }
}

#[test]
fn a_page_about_many_articles_is_a_page() {
    let world = world(&vec!["@all #1 <b>".repeat(40); 10]);
    let page = summary(&vec![world.story(); 200], &vec![world.findings[0].clone(); 200]);
    assert_eq!(faults(&page.text), Vec::<String>::new());
    assert!(page.text.ends_with(" more: the log has them.*\n"), "{}", &page.text[page.text.len() - 200..]);
}

/// How often a text stands in code.
fn fenced(letter: &str, wanted: &str) -> usize {
    let arena = Arena::new();
    let root = parse_document(&arena, letter, &Body::options());
    let all = root.descendants().map(|node| match &node.data.borrow().value {
        NodeValue::Code(code) => code.literal.matches(wanted).count(),
        NodeValue::CodeBlock(block) => block.literal.matches(wanted).count(),
        _ => 0,
    });
    all.sum()
}

#[test]
fn a_letter_ends_with_a_whole_paragraph_and_says_so() {
    for (sign, length) in [("word ", 20_000), ("@", 90_000), ("한글 ", 60_000), ("😀", 70_000), ("`", 100_000)] {
        let long = vec![sign.repeat(length / 100); 100].join("\n\n");
        let texts = vec![long.clone(), sign.repeat(length)];
        let world = world(&texts);
        let request = pull_request(&world.story());
        assert_eq!(faults(&request.text), Vec::<String>::new());
        assert!(request.text.contains(" more"), "{}", &request.text[request.text.len() - 600..]);
        assert!(request.text.trim_end().ends_with("`desk approve ferry-fares`.*"));
        let many = vec![world.story(); 3];
        let page = summary(&many, &world.findings);
        assert_eq!(faults(&page.text), Vec::<String>::new());
    }
}
