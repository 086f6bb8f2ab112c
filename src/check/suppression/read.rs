//! Reading suppressions: comments in the text, tables in the front matter, tables of `desk.toml`.
//!
//! A comment is `<!-- desk: allow RULE -- REASON -->`, with `until 2026-09-01` behind the rule where it ends. A dash of
//! another kind does for `--`: editors and their programs write them. On lines of its own it is about the next block,
//! inside a paragraph about that paragraph, above the first words about the whole article.

use jiff::civil::Date;

use super::permission::is_known;
use super::{Covers, Fault, Origin, Permission, Suppression, permission};
use crate::article::{Block, BlockKind, Data, Document, Table, Value, edit};
use crate::check::explain;
use crate::check::subject::{Context, Piece};
use crate::finding::{Edit, Span, nearest};

const OPEN: &str = "<!--";
const CLOSE: &str = "-->";

/// What the form of a comment is, for those who slipped.
const FORM: &str = "write <!-- desk: allow RULE -- REASON -->, with `until 2026-09-01` behind RULE if it ends";
const ALONE: &str = "put the comment on a line of its own: words behind it on its line are no text to readers";

/// What the writer of `piece` asks to leave out.
pub(in crate::check) fn of_article(piece: &Piece, context: &Context<'_>) -> Vec<Suppression> {
    let document = &piece.document;
    let mut all: Vec<Suppression> = tables(document).filter_map(|table| of_table(document, table)).collect();
    comments(piece, &mut all);
    for one in &mut all {
        judge(one, context);
    }
    all
}

/// What the newsroom asks to leave out, as `desk.toml` has it.
pub(in crate::check) fn of_newsroom(context: &Context<'_>) -> Vec<Suppression> {
    let all = context.config.check.allow.iter().map(|allow| {
        let mut one = Suppression {
            rule: allow.rule.clone(),
            reason: allow.reason.clone(),
            until: allow.until,
            origin: Origin::Newsroom,
            span: allow.span,
            rule_span: allow.rule_span,
            covers: Covers::Paths(allow.path.clone()),
            fault: None,
            hides: 0,
            removal: None,
        };
        judge(&mut one, context);
        one
    });
    all.collect()
}

/// Finds out whether it leaves anything out.
fn judge(one: &mut Suppression, context: &Context<'_>) {
    if one.fault.is_some() {
        return;
    }
    let today = context.config.newsroom.timezone.to_datetime(context.now).date();
    let may = permission(&one.rule);
    one.fault = if !is_known(&one.rule) {
        Some(Fault::NoRule(nearest(&one.rule, explain::names()).map(str::to_owned)))
    } else if may == Permission::Nobody || (may == Permission::Newsroom && one.origin != Origin::Newsroom) {
        Some(Fault::NotPermitted(may))
    } else if !one.reason.chars().any(char::is_alphanumeric) {
        Some(Fault::NoReason)
    } else {
        one.until.filter(|until| *until < today).map(Fault::Over)
    };
}

fn tables(document: &Document) -> impl Iterator<Item = &Table> {
    document.value("desk.allow").map(Value::tables).unwrap_or_default().into_iter()
}

fn of_table(document: &Document, table: &Table) -> Option<Suppression> {
    let first = table.fields.iter().map(|field| field.key_span.start).min()?;
    let last = table.fields.iter().map(|field| field.value.span.end).max()?;
    let until = table.get("until");
    let day = until.and_then(date);
    let known = |key: &str| matches!(key, "rule" | "reason" | "until");
    let sound = table.text("rule").is_some()
        && table.fields.iter().all(|field| known(&field.key))
        && (until.is_none() || day.is_some());
    let span = Span::new(first, last.max(first));
    Some(Suppression {
        rule: table.text("rule").unwrap_or_default().to_owned(),
        reason: collapsed(table.text("reason").unwrap_or_default()),
        until: day,
        origin: Origin::FrontMatter,
        span,
        rule_span: table.get("rule").map_or(span, |rule| rule.span),
        covers: Covers::Article,
        fault: (!sound).then_some(Fault::Form("it has `rule`, `reason` and, if it ends, `until = 2026-09-01`")),
        hides: 0,
        removal: edit::remove_table(document, table),
    })
}

/// A day, written as TOML's own date or as text.
fn date(value: &Value) -> Option<Date> {
    match &value.data {
        Data::String(text) => text.parse().ok(),
        Data::Datetime(moment) if moment.time.is_none() => moment.to_string().parse().ok(),
        _ => None,
    }
}

/// The comments in the body, in order, with what each is about.
fn comments(piece: &Piece, all: &mut Vec<Suppression>) {
    let text = &*piece.document.text;
    let blocks = &piece.body.blocks;
    let mut above = true;
    for (at, block) in blocks.iter().enumerate() {
        if block.kind == BlockKind::Html {
            let found = in_html(text, block.span);
            let alone = is_all_comments(text, block.span);
            let covers = if above && !block.quoted {
                Covers::Article
            } else {
                Covers::Place(next_block(&blocks[at + 1..], text).unwrap_or(Span::at(block.span.end)))
            };
            for mut one in found {
                one.covers = covers.clone();
                if !alone {
                    one.fault = Some(Fault::Form(ALONE));
                }
                all.push(one);
            }
            above = above && alone;
        } else {
            above = false;
            for span in &block.html {
                all.extend(in_html(text, *span).map(|one| Suppression { covers: Covers::Place(block.span), ..one }));
            }
        }
    }
}

/// The place that a comment of its own is about: the next block that is more than a comment, a table whole.
fn next_block(behind: &[Block], text: &str) -> Option<Span> {
    let mut rest = behind.iter().skip_while(|block| block.kind == BlockKind::Html && is_all_comments(text, block.span));
    let first = rest.next()?;
    let mut place = first.span;
    if first.kind == BlockKind::TableRow {
        for row in rest.take_while(|block| block.kind == BlockKind::TableRow) {
            place.end = place.end.max(row.span.end);
        }
    }
    Some(place)
}

fn is_all_comments(text: &str, span: Span) -> bool {
    let mut rest = &text[span.range()];
    loop {
        rest = rest.trim_start();
        if rest.is_empty() {
            return true;
        }
        match rest.strip_prefix(OPEN).and_then(|inside| inside.split_once(CLOSE)) {
            Some((_, behind)) => rest = behind,
            None => return false,
        }
    }
}

/// desk's own comments in raw HTML.
fn in_html(text: &str, html: Span) -> impl Iterator<Item = Suppression> {
    let mut at = html.start;
    std::iter::from_fn(move || {
        let start = at + text[at..html.end].find(OPEN)?;
        let inside = start + OPEN.len();
        let close = inside + text[inside..html.end].find(CLOSE)?;
        at = close + CLOSE.len();
        Some((Span::new(start, at), Span::new(inside, close)))
    })
    .filter_map(move |(span, inside)| of_comment(text, span, inside))
}

fn of_comment(text: &str, span: Span, inside: Span) -> Option<Suppression> {
    let words = text[inside.range()].trim();
    let asked = words.get(..5).filter(|mark| mark.eq_ignore_ascii_case("desk:")).map(|_| words[5..].trim())?;
    let (head, reason) = ["--", "\u{2014}", "\u{2013}"]
        .into_iter()
        .filter_map(|dash| Some((asked.find(dash)?, dash)))
        .min()
        .map_or((asked, ""), |(at, dash)| (&asked[..at], &asked[at + dash.len()..]));
    let said: Vec<&str> = head.split_whitespace().collect();
    let (rule, until, sound) = match said[..] {
        ["allow", rule] => (rule, None, true),
        ["allow", rule, "until", day] => match day.parse::<Date>() {
            Ok(day) => (rule, Some(day), true),
            Err(_) => (rule, None, false),
        },
        ["allow", rule, ..] => (rule, None, false),
        _ => ("", None, false),
    };
    let place = text[span.range()].find(rule).filter(|_| !rule.is_empty());
    let rule_span = place.map_or(span, |at| Span::new(span.start + at, span.start + at + rule.len()));
    Some(Suppression {
        rule: rule.to_owned(),
        reason: collapsed(reason),
        until,
        origin: Origin::Text,
        span,
        rule_span,
        covers: Covers::Article,
        fault: (!sound).then_some(Fault::Form(FORM)),
        hides: 0,
        removal: Some(removal(text, span)),
    })
}

fn collapsed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Takes a comment out so that everything else reads as before.
fn removal(text: &str, span: Span) -> Edit {
    edit::remove_block(text, span).unwrap_or_else(|| {
        let words = text[..span.start].trim_end_matches([' ', '\t']);
        Edit::delete(Span::new(words.len(), span.end))
    })
}
