//! Text copied from a page or a mail: what each line is shows in its length, its end and the blank lines around it.

use super::{Format, FormatRow};
use crate::import::caption::{self, Sureness};
use crate::import::text::{self, Decoded, Line};
use crate::import::{Doubt, Imported, Photo, Unreadable, Why, byline, escape, furniture};

pub(super) const ROW: FormatRow =
    FormatRow { format: Format::Paste, name: "paste", endings: &["txt", "text"], claims: |_| false, read };

/// Lines that follow each other without a blank line between.
type Block = Vec<Line>;

/// What a line has around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Blank lines, or nothing.
    Alone,
    /// Right below it a paragraph that is longer.
    AboveParagraph,
    /// Other lines.
    Among,
}

fn read(_name: &str, decoded: &Decoded) -> Result<Imported, Unreadable> {
    let mut imported = Imported::empty(Format::Paste);
    let lines = text::lines(&decoded.text, &mut imported);
    let lines = without_furniture(lines, &mut imported);
    let mut blocks: Vec<Block> =
        lines.split(|line| line.text.is_empty()).filter(|block| !block.is_empty()).map(<[Line]>::to_vec).collect();
    if is_wrapped(&blocks) {
        blocks.iter_mut().for_each(|block| join(block, &mut imported));
    }
    let lines: Vec<(Line, Place)> = blocks.into_iter().flat_map(placed).collect();
    let start = head(&lines, &mut imported);
    body(&lines[start..], &mut imported);
    Ok(imported)
}

/// Leaves out the page's own lines and what stands twice.
fn without_furniture(lines: Vec<Line>, imported: &mut Imported) -> Vec<Line> {
    let others = other_stories(&lines);
    let mut seen = std::collections::HashSet::new();
    let mut kept = Vec::with_capacity(lines.len());
    for (index, line) in lines.into_iter().enumerate() {
        let why = if index >= others || furniture::is_furniture(&line.text) {
            Some(Why::Furniture)
        } else if is_long_enough_to_repeat(&line.text) && !seen.insert(line.text.clone()) {
            Some(Why::Duplicate)
        } else {
            None
        };
        match why {
            Some(why) if !line.text.is_empty() => imported.remove(line.text, line.number, why),
            _ => kept.push(line),
        }
    }
    kept
}

/// Short lines may stand twice for good reasons: an answer, a refrain.
fn is_long_enough_to_repeat(line: &str) -> bool {
    line.chars().count() >= 25 && line.split_whitespace().count() >= 4
}

/// Where a list of other stories begins that runs to the end.
fn other_stories(lines: &[Line]) -> usize {
    let tail = lines.iter().rev().take_while(|line| line.text.is_empty() || is_headline(&line.text)).count();
    let start = lines.len() - tail;
    lines[start..]
        .iter()
        .position(|line| furniture::opens_other_stories(&line.text))
        .map_or(lines.len(), |opener| start + opener)
}

/// Whether the lines of paragraphs were broken to fit a width, as mails do.
fn is_wrapped(blocks: &[Block]) -> bool {
    let width = |line: &Line| line.text.chars().count();
    let inner = || blocks.iter().flat_map(|block| &block[subhead(block)..block.len() - 1]).map(width);
    let full = inner().filter(|width| (50..=100).contains(width)).count();
    full >= 3 && 4 * full >= 3 * inner().count() && blocks.iter().flatten().all(|line| width(line) <= 100)
}

/// How many lines of a block with broken lines are a sub-head: one or none.
fn subhead(block: &Block) -> usize {
    let short = |line: &Line| line.text.chars().count() < 45 && is_headline(&line.text);
    usize::from(block.len() > 1 && short(&block[0]))
}

/// Joins a block's lines to one, but for a sub-head at its top.
fn join(block: &mut Block, imported: &mut Imported) {
    let from = subhead(block);
    if block.len() - from < 2 {
        return;
    }
    let joined: Vec<&str> = block[from..].iter().map(|line| line.text.as_str()).collect();
    let joined = Line { text: joined.join(" "), number: block[from].number };
    let start: String = joined.text.chars().take(40).collect();
    imported.doubt(start + "...", joined.number, Doubt::JoinedLines);
    block.truncate(from);
    block.push(joined);
}

fn placed(block: Block) -> Vec<(Line, Place)> {
    let places: Vec<Place> = (0..block.len())
        .map(|at| match block.get(at + 1) {
            None if block.len() == 1 => Place::Alone,
            Some(next) if is_paragraph(&next.text) && next.text.len() > block[at].text.len() => Place::AboveParagraph,
            _ => Place::Among,
        })
        .collect();
    block.into_iter().zip(places).collect()
}

/// Reads what stands above the story, and says where the story begins.
fn head(lines: &[(Line, Place)], imported: &mut Imported) -> usize {
    for (at, (line, place)) in lines.iter().enumerate() {
        let text = line.text.as_str();
        if imported.title.is_none() && imported.section.is_none() && furniture::is_section(text) {
            imported.section = Some(text.to_owned());
            imported.doubt(text, line.number, Doubt::Section);
        } else if takes_meta(line, imported) {
        } else if imported.title.is_none() && is_title(text) && *place != Place::AboveParagraph {
            imported.title = Some(text.to_owned());
            if *place != Place::Alone {
                imported.doubt(text, line.number, Doubt::Title);
            }
        } else if is_dek(line, *place, lines.get(at + 1), imported) {
            imported.description = Some(text.to_owned());
            if *place != Place::Alone || !is_title(text) {
                imported.doubt(text, line.number, Doubt::Description);
            }
        } else if imported.title.is_none() && is_headline(text) {
            // The headline stands right above the first paragraph.
            imported.title = Some(text.to_owned());
            imported.doubt(text, line.number, Doubt::Title);
        } else {
            return at;
        }
    }
    lines.len()
}

/// A line that goes to a field wherever above the story it stands: a byline, a date, a caption.
fn takes_meta(line: &Line, imported: &mut Imported) -> bool {
    if imported.date.is_none() && byline::is_date(&line.text) {
        imported.date = Some(line.text.clone());
        imported.doubt(&line.text, line.number, Doubt::Date);
        return true;
    }
    takes_byline(line, imported) || takes_caption(line, Sureness::Guess, imported)
}

fn takes_byline(line: &Line, imported: &mut Imported) -> bool {
    let Some(byline) = byline::read(&line.text).filter(|_| imported.authors.is_empty()) else { return false };
    imported.authors = byline.names;
    for text in byline.left_out {
        imported.remove(text, line.number, Why::Label);
    }
    true
}

fn takes_caption(line: &Line, least: Sureness, imported: &mut Imported) -> bool {
    let found = caption::split(&line.text).filter(|found| found.sureness >= least);
    let Some(found) = found else { return false };
    imported.doubt(found.caption, line.number, Doubt::PhotoWithoutFile);
    if found.sureness == Sureness::Guess {
        imported.doubt(found.credit, line.number, Doubt::Credit);
    }
    imported.photos.push(Photo {
        caption: Some(found.caption.to_owned()),
        credit: Some(found.credit.to_owned()),
        ..Photo::default()
    });
    true
}

fn is_dek(line: &Line, place: Place, next: Option<&(Line, Place)>, imported: &Imported) -> bool {
    if imported.title.is_none() || imported.description.is_some() || place == Place::AboveParagraph {
        return false;
    }
    let above_meta = next.is_some_and(|(next, _)| {
        byline::is_date(&next.text) || byline::read(&next.text).is_some() || caption::split(&next.text).is_some()
    });
    is_title(&line.text) || line.text.chars().count() <= 160 && above_meta
}

/// Reads the story.
fn body(lines: &[(Line, Place)], imported: &mut Imported) {
    let mut blocks: Vec<String> = Vec::new();
    let mut begun = false;
    let last = lines.iter().rposition(|(line, _)| is_paragraph(&line.text));
    for (at, (line, place)) in lines.iter().enumerate() {
        let followed = last.is_some_and(|last| at < last);
        let near_end = lines.len() - at <= 3;
        // An agency's name ends whole paragraphs too: within the story it proves nothing.
        let least = if begun { Sureness::Sure } else { Sureness::Guess };
        if takes_caption(line, least, imported) || near_end && takes_byline(line, imported) {
            continue;
        }
        if *place != Place::Among && followed && is_headline(&line.text) {
            if *place == Place::Alone {
                imported.doubt(&line.text, line.number, Doubt::Heading);
            }
            blocks.push(escape::heading(2, &line.text));
        } else {
            let text = if begun { &line.text } else { imported.take_dateline(&line.text, line.number) };
            imported.notice_unnamed(text, line.number);
            blocks.push(escape::paragraph(text));
            begun = true;
        }
    }
    imported.body = blocks.iter().map(|block| format!("{block}\n")).collect::<Vec<_>>().join("\n");
}

/// Whether the line may be the headline or the dek: not long, and no whole sentence.
fn is_title(line: &str) -> bool {
    line.chars().count() <= 200 && !line.ends_with(['.', ':', ';', ',']) && line.contains(char::is_alphanumeric)
}

/// Whether the line may be a sub-head.
fn is_headline(line: &str) -> bool {
    let quoted = line.starts_with(['\u{201c}', '"', '\u{2018}', '\'', '-', '*', '\u{2022}']);
    let ended = line.ends_with(['.', '!', ':', ';', ',', '"', '\u{201d}', '\u{2019}', '\'', ')', '\u{2026}', '-']);
    line.chars().count() <= 80
        && line.split_whitespace().count() <= 12
        && line.contains(char::is_alphanumeric)
        && !line.starts_with(char::is_lowercase)
        && !quoted
        && !ended
}

/// Whether the line is a paragraph of the story: long, or a whole sentence.
fn is_paragraph(line: &str) -> bool {
    line.chars().count() > 120 || line.ends_with(['.', '!', '?', '"', '\u{201d}'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import;
    use crate::import::accounts::{all_words, words};

    /// A page as it comes out of the clipboard, with what such pages have.
    const PAGE: &str = include_str!("paste_page.txt");

    fn imported(text: &str) -> Imported {
        import::read("-", text.as_bytes(), None).expect("text")
    }

    fn doubts(imported: &Imported) -> Vec<(&str, usize, Doubt)> {
        imported.unsure.iter().map(|unsure| (unsure.text.as_str(), unsure.line, unsure.what)).collect()
    }

    #[test]
    fn a_pasted_page_comes_apart() {
        let imported = imported(PAGE);
        assert_eq!(imported.format, Format::Paste);
        assert_eq!(
            imported.title.as_deref(),
            Some("Port chiefs to weigh night dredging, berth fees before storm season")
        );
        assert_eq!(imported.description.as_deref(), Some("Harbor boards plan next steps after spring accord"));
        assert_eq!(
            imported.photos,
            [Photo {
                caption: Some(
                    "Harbor master Ida Voss (L) and pilot Tom Reyes look over berth 4 at Port Alder on Sunday."
                        .to_owned()
                ),
                credit: Some("File Photo - Port Alder Authority".to_owned()),
                ..Photo::default()
            }]
        );
        assert_eq!(
            imported.sources.iter().map(|source| source.name.as_str()).collect::<Vec<_>>(),
            ["senior official at the Port Authority"]
        );
        let removed: Vec<_> = imported
            .removed
            .iter()
            .map(|one| (one.text.chars().take(14).collect::<String>(), one.line, one.why))
            .collect();
        assert_eq!(
            removed,
            [
                ("Back To Top".to_owned(), 1, Why::Furniture),
                ("Harbor master ".to_owned(), 8, Why::Duplicate),
                ("no-break space".to_owned(), 13, Why::Blank),
                ("no-break space".to_owned(), 20, Why::Blank),
            ]
        );
        assert_eq!(
            doubts(&imported),
            [
                (
                    "Harbor master Ida Voss (L) and pilot Tom Reyes look over berth 4 at Port Alder on Sunday.",
                    7,
                    Doubt::PhotoWithoutFile
                ),
                ("senior official at the Port Authority", 11, Doubt::UnnamedSource),
                ("", 1, Doubt::NoByline),
                ("", 1, Doubt::NoDateline),
            ]
        );
        let heads: Vec<_> = imported.body.lines().filter(|line| line.starts_with('#')).collect();
        assert_eq!(heads, ["## Night work and noise", "## Fees, pilots"]);
        assert_eq!(imported.body.split("\n\n").count(), 12);
        assert!(imported.body.contains("rise by 4%\\* in the first year"));
    }

    #[test]
    fn a_page_with_a_byline_and_a_dateline() {
        let imported = imported(
            "Business\n\nFerry fares rise in May\n\nBy Mina Park and Jun Seo (desk@post.example)\nPublished : May 1, 2026 - 09:30\n\n\
             A ferry leaves berth 2 on Friday. (Yonhap)\n\nPORT ALDER, May 1 (Post) -- Fares on the harbor ferry rise 4 percent this month.\n\n\
             Riders were told on Friday.\n\nRelated articles\nPier shut by storm\nWhy the ferry is late\n",
        );
        assert_eq!(imported.section.as_deref(), Some("Business"));
        assert_eq!(imported.title.as_deref(), Some("Ferry fares rise in May"));
        assert_eq!(imported.authors, ["Mina Park", "Jun Seo"]);
        assert_eq!(imported.date.as_deref(), Some("Published : May 1, 2026 - 09:30"));
        assert_eq!(imported.dateline.as_deref(), Some("PORT ALDER"));
        assert_eq!(imported.photos[0].credit.as_deref(), Some("Yonhap"));
        assert_eq!(
            imported.body,
            "Fares on the harbor ferry rise 4 percent this month.\n\nRiders were told on Friday.\n"
        );
        let furniture = imported.removed.iter().filter(|one| one.why == Why::Furniture);
        assert_eq!(
            furniture.map(|one| one.text.as_str()).collect::<Vec<_>>(),
            ["Related articles", "Pier shut by storm", "Why the ferry is late"]
        );
    }

    #[test]
    fn broken_lines_are_joined_and_said() {
        let imported = imported(
            "Pier shut by storm\n\nThe old pier was closed on Monday after waves broke over its\nrailing and took two of \
             its lamps with them, the harbor master\nsaid in a short note to all crews.\n\nWhat comes next\nDivers will look \
             at the piles once the wind has dropped, which\nmay take until the end of the week.\n",
        );
        assert_eq!(
            imported.body,
            "The old pier was closed on Monday after waves broke over its railing and took two of its lamps with them, the \
             harbor master said in a short note to all crews.\n\n## What comes next\n\nDivers will look at the piles once \
             the wind has dropped, which may take until the end of the week.\n"
        );
        assert_eq!(imported.unsure.iter().filter(|unsure| unsure.what == Doubt::JoinedLines).count(), 2);
    }

    #[test]
    fn marks_at_odd_places_stay_words() {
        let imported = imported(
            "Title here\n\nFirst paragraph is this one.\n\n# 1 in sales, it said.\n1. May was <b>dry</b> & *hot*.\n> 5 knots.\n",
        );
        assert_eq!(
            imported.body,
            "First paragraph is this one.\n\n\\# 1 in sales, it said.\n\n1\\. May was \\<b>dry\\</b> & \\*hot\\*.\n\n\\> 5 knots.\n"
        );
    }

    #[test]
    fn a_sentence_alone_is_the_story_not_its_title() {
        let imported = imported("The ferry is late again, and nobody at the pier would say why.\n");
        assert_eq!(imported.title, None);
        assert!(imported.unsure.iter().any(|unsure| unsure.what == Doubt::NoTitle));
        assert_eq!(imported.body, "The ferry is late again, and nobody at the pier would say why.\n");
    }

    #[test]
    fn no_word_of_the_page_is_lost() {
        assert_eq!(all_words(&imported(PAGE)), words(PAGE));
    }

    proptest::proptest! {
        #[test]
        fn no_word_is_lost(lines in proptest::collection::vec(proptest::prop_oneof![
            "[ -~\u{a0}é“”]{0,40}",
            "(Back To Top|Related|World|By Mina Park|By Ana Ruiz, Reporter \\(a@b\\.example\\)|Published: May 3, 2026|)",
            "(ALDER|SEOUL, May 3 \\(Post\\)) (--|—) [a-z]{1,9} [ -~]{0,130}\\.",
            "[A-Z][a-z ]{5,30}( \\((AP|File Photo - AP|Photo by X)\\))?",
            "[A-Z][a-z ]{50,90}[.,]?",
        ], 0..14)) {
            let text = lines.join("\n");
            if let Ok(imported) = import::read("-", text.as_bytes(), Some(Format::Paste)) {
                proptest::prop_assert_eq!(all_words(&imported), words(&text));
            }
        }

        #[test]
        fn any_bytes_are_read(bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..300)) {
            drop(import::read("-", &bytes, Some(Format::Paste)));
        }
    }
}
