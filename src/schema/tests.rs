//! Schemas held against articles, as tables.

use super::*;
use crate::article::{Body, Document, RepoPath, Stage};
use crate::finding::{Finding, Level};

fn path(text: &str) -> RepoPath {
    RepoPath::new(text).expect("a sound path")
}

fn default_schema(kind: &str, sections: &[&str]) -> Schema {
    let sections: Vec<String> = sections.iter().map(|&section| section.to_owned()).collect();
    let text = fresh(kind, &sections).expect("a kind that desk brings");
    Schema::read(kind, &path("schemas/x.schema.json"), text.as_bytes()).expect("a sound schema")
}

fn own_schema(json: &str) -> Schema {
    Schema::read("own", &path("schemas/own.schema.json"), json.as_bytes()).expect("a sound schema")
}

fn read(text: &str) -> Document {
    Document::read(path("articles/a/index.md"), text.as_bytes()).0
}

/// Each finding as `level[rule] message [the bytes it is about] help (holds)`.
fn lines(schema: &Schema, front: &str, body: &str, stage: Stage) -> Vec<String> {
    let document = read(&format!("+++\n{front}\n+++\n{body}"));
    let line = |finding: Finding| {
        let place = finding.span.map_or("", |span| &document.text[span.range()]);
        let help = finding.help.map(|help| format!(" {help}")).unwrap_or_default();
        let holds = finding.holds.map(|holds| format!(" ({holds})")).unwrap_or_default();
        format!("{}[{}] {} [{place}]{help}{holds}", finding.level.as_str(), finding.rule, finding.message)
    };
    schema.validate(&document, &Body::read(&document), stage).into_iter().map(line).collect()
}

#[track_caller]
fn says(schema: &Schema, front: &str, stage: Stage, expected: &[&str]) {
    assert_eq!(lines(schema, front, "Words.\n", stage), expected, "{front}");
}

const NEWS: &str = r#"title = "Ferry fares rise in May"
description = "The council votes for four percent"
date = 2026-07-25T09:00:00-04:00
draft = true
authors = ["Mina Park"]
section = "harbor"
tags = ["port"]
dateline = "PORT ALDER"

[[photos]]
file = "ferry.jpg"
caption = "A ferry."
credit = "Jun Seo"
alt = "A ferry at its berth"
rights = "own"

[[sources]]
name = "port official"
anonymous = true
reason = "was not authorised to speak"

[desk]
id = "01K0Z6H8Q2W3N4P5R6S7T8V9WX"
kind = "news"
stage = "draft""#;

#[test]
fn the_schemas_desk_brings_are_sound() {
    for (kind, text) in defaults() {
        let schema = Schema::read(kind, &path("schemas/x.schema.json"), text.as_bytes()).expect(kind);
        assert!(schema.questions().iter().any(|question| question.field == "title"), "{kind}");
        assert_eq!(schema.required_from("title"), Some(Stage::Draft), "{kind}");
        assert_eq!(schema.required_from("section"), Some(Stage::Review), "{kind}");
    }
    let fresh = fresh("news", &["harbor".to_owned()]).expect("a kind");
    assert!(fresh.contains("\"harbor\"") && fresh.ends_with("}\n"));
}

#[test]
fn a_full_article_has_no_findings_at_any_stage() {
    let schema = default_schema("news", &["harbor", "courts"]);
    for stage in Stage::ALL {
        says(&schema, NEWS, stage, &[]);
    }
}

#[test]
fn a_draft_is_told_review_is_held_publication_is_refused() {
    let schema = default_schema("news", &[]);
    let front = "title = \"A\"\nauthors = []\ndescription = \"d\"\ndateline = \"x\"\n[[photos]]\nfile = \"a.jpg\"\ncaption = \"c\"\ncredit = \"x\"";
    says(
        &schema,
        front,
        Stage::Draft,
        &[
            "note[missing-field] `section` is missing [+++] (review)",
            "note[missing-field] `tags` is missing [+++] (published)",
            "note[missing-field] `authors` is empty [[]] (review)",
            "note[missing-field] `rights` in number 1 of `photos` is missing [[[photos]]] (published)",
        ],
    );
    let levels =
        |stage| lines(&schema, front, "Words.\n", stage).iter().filter(|line| line.starts_with("error")).count();
    assert_eq!((levels(Stage::Review), levels(Stage::Published), levels(Stage::Withdrawn)), (2, 4, 0));
}

#[test]
fn every_fault_is_said_in_words_at_its_place() {
    let schema = default_schema("news", &["harbor", "courts"]);
    let check = |line: &str, stage: Stage, expected: &str| {
        let key = line.split(' ').next().unwrap_or_default();
        let mut done = false;
        let mut front: String = NEWS
            .lines()
            .map(|old| {
                let same = old.starts_with(&format!("{key} ="));
                done |= same;
                format!("{}\n", if same { line } else { old })
            })
            .collect();
        if !done {
            front = format!("{line}\n{front}");
        }
        let found = lines(&schema, &front, "Words.\n", stage);
        assert_eq!(found, [expected], "{line}");
    };
    check(
        "tilte = \"x\"",
        Stage::Draft,
        "error[unknown-field] `tilte` is not a field of `news` articles [tilte] did you mean `title`?",
    );
    check(
        "zebra = 1",
        Stage::Draft,
        "error[unknown-field] `zebra` is not a field of `news` articles [zebra] fields of the site's own go into [params] (Hugo) or [extra] (Zola)",
    );
    check(
        "section = \"harbour\"",
        Stage::Review,
        "error[not-in-list] `section` must be one of `harbor`, `courts` [\"harbour\"] did you mean `harbor`?",
    );
    check(
        "section = \"harbour\"",
        Stage::Draft,
        "warning[not-in-list] `section` must be one of `harbor`, `courts` [\"harbour\"] did you mean `harbor`? (review)",
    );
    check(
        "tags = \"port\"",
        Stage::Draft,
        "error[wrong-type] `tags` must be a list in [brackets], not text [\"port\"]",
    );
    check(
        "tags = [\"a\", 2]",
        Stage::Draft,
        "error[wrong-type] number 2 of `tags` must be text in quotes, not a number [2]",
    );
    check("tags = [\"a\", \"b\", \"a\"]", Stage::Review, "error[repeated-entry] `tags` has `a` twice [\"a\"]");
    check(
        "title = 2026-07-25",
        Stage::Draft,
        "error[wrong-type] `title` must be text in quotes, not a date [2026-07-25]",
    );
    check("title = \"\"", Stage::Review, "error[too-short] `title` is empty [\"\"]");
    check(
        "date = \"2026-07-25T09:00:00Z\"",
        Stage::Draft,
        "error[wrong-type] `date` must be a date without quotes [\"2026-07-25T09:00:00Z\"]",
    );
    check(
        "date = 2026-07-25",
        Stage::Review,
        "error[wrong-form] `date` must be a date with time and zone, such as 2026-07-25T09:00:00Z [2026-07-25]",
    );
    check(
        "draft = \"true\"",
        Stage::Draft,
        "error[wrong-type] `draft` must be `true` or `false` without quotes, not text [\"true\"]",
    );
    check(
        "caption = 3",
        Stage::Draft,
        "error[wrong-type] `caption` in number 1 of `photos` must be text in quotes, not a number [3]",
    );
    let long = "x".repeat(104);
    check(
        &format!("title = \"{long}\""),
        Stage::Review,
        &format!("error[too-long] `title` is 104 characters long; 90 is the most [\"{long}\"]"),
    );
}

#[test]
fn what_has_a_rule_of_its_own_is_not_said_twice() {
    let schema = default_schema("news", &[]);
    let front = NEWS.replace("reason = \"was not authorised to speak\"", "").replace("caption = \"A ferry.\"", "");
    says(&schema, &front, Stage::Published, &[]);
}

#[test]
fn kinds_differ() {
    let opinion = default_schema("opinion", &[]);
    let front = "title = \"A\"\ndescription = \"d\"\nauthors = [\"Staff\"]\nsection = \"s\"\nauthor-bio = \"b\"\ndisclosure = \"none\"\ndateline = \"X\"";
    says(
        &opinion,
        front,
        Stage::Review,
        &[
            "note[missing-field] `tags` is missing [+++] (published)",
            "error[schema] an opinion is signed by people, not by the house [\"Staff\"]",
            "error[unwanted-field] `dateline` does not belong in `opinion` articles [dateline]",
        ],
    );
    let brief = default_schema("brief", &[]);
    let front = "title = \"A\"\nsection = \"s\"";
    assert_eq!(lines(&brief, front, &"word ".repeat(150), Stage::Published), Vec::<String>::new());
    let long = format!("One.\n\n{}\n", "word ".repeat(150).trim());
    let found = lines(&brief, front, &long, Stage::Review);
    assert!(
        found.len() == 1 && found[0].starts_with("error[body-length] the body has 151 words; 150 is the most [word"),
        "{found:?}"
    );
    assert_eq!(lines(&brief, front, "", Stage::Draft), ["note[body-length] the article has no body yet [] (review)"]);
}

#[test]
fn fields_are_found_in_the_generators_tables() {
    let schema = default_schema("news", &["harbor"]);
    for table in ["params", "extra", "taxonomies"] {
        let front = format!(
            "title = \"A\"\ndescription = \"d\"\nauthors = [\"M\"]\nsection = \"harbor\"\n[{table}]\ntags = [\"port\"]\ndateline = 3\ntheme-colour = \"red\""
        );
        says(
            &schema,
            &front,
            Stage::Published,
            &["error[wrong-type] `dateline` must be text in quotes, not a number [3]"],
        );
    }
}

#[test]
fn of_front_matter_that_cannot_be_read_nothing_is_said_twice() {
    let schema = default_schema("news", &[]);
    for text in ["", "no front matter", "+++\ntitle = \n+++\n", "+++\ntitle = \"x\"\n", "---\ntitle: x\n---\n"] {
        let document = read(text);
        assert_eq!(schema.validate(&document, &Body::read(&document), Stage::Published), [], "{text}");
    }
    assert!(!lines(&schema, "# nothing yet", "", Stage::Draft).is_empty());
}

#[test]
fn several_forms_are_one_finding_where_one_was_meant() {
    let schema = own_schema(
        r#"{"properties": {"by": {"anyOf": [{"type": "string", "maxLength": 3}, {"type": "array"}]},
            "at": {"oneOf": [{"type": "string"}, {"type": "boolean"}]}}}"#,
    );
    says(
        &schema,
        "by = \"long\"",
        Stage::Review,
        &["error[too-long] `by` is 4 characters long; 3 is the most [\"long\"]"],
    );
    says(&schema, "at = 3", Stage::Review, &["error[schema] `at` fits none of the forms that its schema allows [3]"]);
}

#[test]
fn the_same_schema_may_be_toml() {
    let toml = "type = \"object\"\n[properties.title]\ntype = \"string\"\nmaxLength = 3\n[x-required-from]\nreview = [\"by\"]\n";
    let schema = Schema::read("own", &path("schemas/own.schema.toml"), toml.as_bytes()).expect("sound");
    says(
        &schema,
        "title = \"long\"",
        Stage::Review,
        &[
            "error[missing-field] `by` is missing [+++]",
            "error[too-long] `title` is 4 characters long; 3 is the most [\"long\"]",
        ],
    );
}

#[test]
fn a_schema_that_is_none_says_where() {
    let check = |name: &str, text: &str, expected: &str| {
        let findings = Schema::read("own", &path(name), text.as_bytes()).expect_err(text);
        let line = |finding: &Finding| {
            format!("{}: {} [{}]", finding.rule, finding.message, finding.span.map_or("", |span| &text[span.range()]))
        };
        let lines: Vec<String> = findings.iter().map(line).collect();
        assert!(lines.iter().any(|line| line.contains(expected)), "{lines:#?}");
    };
    let json = "schemas/own.schema.json";
    check(json, "{\"type\": ", "invalid-schema: this is not JSON: EOF");
    check(json, "{\"properties\": {\"a\": {\"type\": \"strin\"}}}", "invalid-schema: this is no schema");
    check(
        json,
        "{\"properties\": {\"a\": {\"$ref\": \"https://x.example/a.json\"}}}",
        "`https://x.example/a.json` is not in this file, and a schema stands alone [\"https://x.example/a.json\"]",
    );
    check(json, "{\"properties\": {\"a\": {\"$ref\": \"other.json#/a\"}}}", "stands alone");
    check(json, "{\"properties\": {\"a\": {\"$ref\": \"file:///etc/passwd\"}}}", "stands alone");
    check(json, "{\"$ref\": \"#/$defs/none\"}", "invalid-schema");
    check(
        json,
        "{\"x-required-from\": {\"reveiw\": [\"a\"]}}",
        "`reveiw` is not a stage that demands fields (draft, review, published) [[\"a\"]]",
    );
    check(json, "{\"x-required-from\": {\"review\": \"a\"}}", "this must be a list of fields [\"a\"]");
    check(json, "{\"x-body-words\": {\"minimum\": \"a\"}}", "`x-body-words` has");
    check("schemas/own.schema.toml", "type = \n", "invalid-toml");
    check("schemas/own.schema.toml", "[properties.a]\n\"$ref\" = \"x.json\"\n", "stands alone [\"x.json\"]");
}

#[test]
fn a_schema_that_leads_round_in_circles_is_read_in_no_time() {
    let schema = own_schema(
        r##"{"properties": {"a": {"$ref": "#"}, "b": {"$ref": "#"}, "c": {"$ref": "#"}, "d": {"allOf": [{"$ref": "#"}, {"$ref": "#"}]}},
            "x-required-from": {"draft": ["e"]}}"##,
    );
    says(
        &schema,
        "e = 1\n[a]\ne = 2\n[a.b]",
        Stage::Draft,
        &["error[missing-field] `e` in `b` in `a` is missing [[a.b]]"],
    );
}

#[test]
fn answers_become_values() {
    let schema = default_schema("news", &["harbor"]);
    let check = |field: &str, text: &str, expected: &str| {
        let value = schema.value(field, text).map_or_else(|error| error.to_string(), |value| value.to_string());
        assert_eq!(value, expected);
    };
    check("title", " Fares, again ", "\"Fares, again\"");
    check("tags", "port, budget,", "[\"port\", \"budget\"]");
    check("date", "2026-07-25T09:00:00Z", "2026-07-25T09:00:00Z");
    check("date", "tomorrow", "`date` must be a date, such as 2026-07-25T09:00:00Z, not `tomorrow`");
    check("draft", "yes", "true");
    check("tilte", "x", "`tilte` is not a field of `news` articles; did you mean `title`?");
    check("photos", "x", "`photos` is not a field for one answer: write it in the article");
    let section = schema.questions().into_iter().find(|question| question.field == "section").expect("asked");
    assert_eq!((section.choices, section.answer), (vec!["harbor".to_owned()], Answer::Text));
}

#[test]
fn every_name_is_explained_once() {
    let mut names: Vec<&str> = RULES.iter().map(|rule| rule.name).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), RULES.len());
}

mod inferring {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_all_have_is_required_and_types_are_told() {
        let documents = [
            read(
                "+++\ntitle = \"A\"\ndate = 2026-07-25\nweight = 1\n[taxonomies]\ntags = [\"x\"]\n[extra]\nhero = \"a.jpg\"\n+++\n",
            ),
            read(
                "+++\ntitle = \"B\"\ndate = 2026-07-26\nweight = 1.5\ntoc = true\n[taxonomies]\ntags = []\n[extra]\nhero = \"b.jpg\"\n+++\n",
            ),
        ];
        let text = infer("harbor", &documents);
        let schema = Schema::read("harbor", &path("schemas/harbor.schema.json"), text.as_bytes()).expect("sound");
        assert_eq!(schema.required_from("title"), Some(Stage::Draft));
        assert_eq!(schema.required_from("hero"), Some(Stage::Review));
        assert_eq!((schema.required_from("tags"), schema.required_from("date")), (None, None));
        says(
            &schema,
            "title = 3",
            Stage::Draft,
            &[
                "note[missing-field] `weight` is missing [+++] (review)",
                "note[missing-field] `hero` is missing [+++] (review)",
                "error[wrong-type] `title` must be text in quotes, not a number [3]",
            ],
        );
    }

    fn value() -> impl Strategy<Value = String> {
        let leaf = prop_oneof![
            Just("\"\"".to_owned()),
            Just("\"text\"".to_owned()),
            Just("3".to_owned()),
            Just("2.5".to_owned()),
            Just("nan".to_owned()),
            Just("inf".to_owned()),
            Just("true".to_owned()),
            Just("2026-07-25".to_owned()),
            Just("2026-07-25T09:00:00".to_owned()),
            Just("2026-07-25 09:00:00+09:00".to_owned()),
            Just("09:00:00".to_owned()),
            Just("\"2026-07-25\"".to_owned()),
        ];
        leaf.prop_recursive(2, 6, 3, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..3).prop_map(|values| format!("[{}]", values.join(", "))),
                inner.prop_map(|value| format!("{{ k = {value} }}")),
            ]
        })
    }

    fn table(names: &'static [&'static str]) -> impl Strategy<Value = String> {
        let fields = prop::collection::btree_map(prop::sample::select(names), value(), 0..4);
        fields.prop_map(|fields| fields.iter().map(|(name, value)| format!("{name} = {value}\n")).collect())
    }

    proptest! {
        #[test]
        fn every_article_it_was_told_from_fits(
            articles in prop::collection::vec(
                (table(&["title", "date", "draft", "tags", "extra", "desk", "a"]), table(&["tags", "hero", "desk", "params"])),
                1..5,
            )
        ) {
            let documents: Vec<Document> = articles
                .iter()
                .map(|(top, params)| read(&format!("+++\n{top}[params]\n{params}+++\nBody\n")))
                .collect();
            let text = infer("s", &documents);
            let schema = Schema::read("s", &path("schemas/s.schema.json"), text.as_bytes()).expect("sound");
            for document in &documents {
                for stage in Stage::ALL {
                    prop_assert_eq!(schema.validate(document, &Body::read(document), stage), vec![], "{}\n{}", document.text, text);
                }
            }
        }

        #[test]
        fn any_article_is_validated_with_sound_spans(text in "\\+\\+\\+\n([a-z]{1,8} = (\"[a-zé]{0,9}\"|[0-9]{1,3}|\\[\\]|\\[\"a\", 2\\]|\\{ a = 1 \\})\n){0,6}(\\[\\[(photos|sources)\\]\\]\n)?(file = 2\n)?\\+\\+\\+\n[a-z ]{0,20}") {
            let document = read(&text);
            for (kind, _) in defaults() {
                for finding in default_schema(kind, &[]).validate(&document, &Body::read(&document), Stage::Review) {
                    prop_assert!(finding.span.is_some_and(|span| text.get(span.range()).is_some()), "{:?}", finding);
                    prop_assert!(RULES.iter().any(|rule| rule.name == finding.rule));
                    prop_assert!(finding.level >= Level::Note);
                }
            }
        }
    }
}
