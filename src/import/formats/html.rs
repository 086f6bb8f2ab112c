//! HTML: a saved web page.

use super::{Format, FormatRow};
use crate::import::page;

pub(super) const ROW: FormatRow = FormatRow {
    format: Format::Html,
    name: "html",
    endings: &["html", "htm", "xhtml"],
    claims: |start| {
        let openings = ["<!doctype html", "<html", "<head", "<body", "<article", "<main"];
        openings
            .iter()
            .any(|opening| start.get(..opening.len()).is_some_and(|first| first.eq_ignore_ascii_case(opening)))
    },
    read: |name, decoded| page::read(name, &decoded.text),
};

#[cfg(test)]
mod tests {
    use crate::import::accounts::{all_words, words};
    use crate::import::{self, Doubt, Format, Imported, Unreadable, Why};

    const PAGE: &str = include_str!("html_page.html");

    #[track_caller]
    fn imported(html: &str) -> Imported {
        import::read("page.html", html.as_bytes(), None).expect("a page")
    }

    /// The body that the HTML of a story gives.
    #[track_caller]
    fn body(html: &str) -> String {
        imported(&format!("<article><h1>Title</h1>{html}</article>")).body
    }

    #[test]
    fn a_saved_page_comes_apart() {
        let imported = imported(PAGE);
        assert_eq!(imported.format, Format::Html);
        assert_eq!(imported.title.as_deref(), Some("Ferry fares rise in May"));
        assert_eq!(imported.description.as_deref(), Some("The harbor line is dearer, and later."));
        assert_eq!(imported.authors, ["Mina Park", "Jun Seo"]);
        assert_eq!(imported.date.as_deref(), Some("May 1, 2026"));
        assert_eq!(imported.section.as_deref(), Some("Harbor"));
        assert_eq!(imported.dateline.as_deref(), Some("PORT ALDER"));
        let photo = &imported.photos[0];
        assert_eq!(photo.caption.as_deref(), Some("A ferry leaves berth 2 on Friday."));
        assert_eq!((photo.credit.as_deref(), photo.alt.as_deref()), (Some("Port Authority"), Some("A white ferry")));
        assert_eq!(imported.sources[0].name, "clerk official at the ferry line");
        assert_eq!(
            imported.body,
            "Fares on the **harbor ferry** rise *4 percent*, the [port authority](<https://port.example/fares>) said.\n\n\
             ## What it costs\n\n\
             - Adults: $5\n- Children: $2.50\n\n\
             > \u{201c}Nobody likes a fare,\u{201d} said Ida Voss.\n\n\
             An unnamed clerk official at the ferry line said 2 * 3 is \\<six>.\n\n\
             ### Later boats\n\n\
             The last boat leaves at ten.\n"
        );
    }

    #[test]
    fn what_is_not_the_story_is_listed() {
        let imported = imported(PAGE);
        let removed: Vec<_> = imported.removed.iter().map(|one| (one.text.as_str(), one.why)).collect();
        for expected in [
            ("scripts and styles: 2", Why::Script),
            ("Home World Harbor", Why::Furniture),
            ("Share Tweet", Why::Furniture),
            ("Secret words", Why::Hidden),
            ("https://video.example/7", Why::Embed),
            ("https://count.example/p.gif", Why::Pixel),
            ("Related Pier shut by storm", Why::Furniture),
            ("\u{a9} 2026 Port Alder Post", Why::Furniture),
            ("no-break space", Why::Blank),
        ] {
            assert!(removed.contains(&expected), "{expected:?} in {removed:#?}");
        }
        assert!(imported.unsure.iter().any(|unsure| unsure.what == Doubt::Link && unsure.text == "/fares"));
        let script = imported.removed.iter().find(|one| one.why == Why::Hidden).expect("hidden words");
        assert!(PAGE.lines().nth(script.line - 1).is_some_and(|line| line.contains("Secret words")));
    }

    #[test]
    fn no_word_of_the_page_is_lost() {
        let body = PAGE.split_once("<body>").expect("a body").1;
        let mut shown = String::new();
        let mut rest = body
            .split_once("<script>")
            .map(|(before, after)| {
                let after = after.split_once("</script>").expect("closed").1;
                format!("{before} {after}")
            })
            .expect("a script");
        while let Some((text, tag)) = rest.split_once('<') {
            shown.push_str(text);
            let (tag, after) = tag.split_once('>').expect("closed");
            if !matches!(tag.trim_start_matches('/'), "b" | "em" | "a") {
                shown.push(' ');
            }
            rest = after.to_owned();
        }
        shown.push_str(&rest);
        let shown = shown
            .replace("&nbsp;", "\u{a0}")
            .replace("&mdash;", "\u{2014}")
            .replace("&lt;", "<")
            .replace("&amp;", "&")
            .replace("&copy;", "\u{a9}");
        // The section is said in the page's head alone.
        let expected = words(&format!("{shown} Harbor"));
        assert_eq!(all_words(&imported(PAGE)), expected);
    }

    #[test]
    fn emphasis_stays_where_it_keeps_the_words() {
        assert_eq!(
            body("<p>It <b>rose </b>a <i>lot</i>!<a href='https://x.example/a b'>More</a></p>"),
            "It **rose** a *lot*\\![More](<https://x.example/a%20b>)\n"
        );
        assert_eq!(body("<p>one<br>- two<br></p>"), "one\\\n\\- two\n");
        // `**“a”**b` would show its asterisks.
        assert_eq!(body("<p>x<b>\u{201c}a\u{201d}</b>b</p>"), "x\u{201c}a\u{201d}b\n");
    }

    #[test]
    fn lists_quotations_and_code() {
        assert_eq!(
            body("<ol><li><p>One</p><p>more</p></li><li>Two<ul><li>deep</li></ul></li></ol>"),
            "1. One\n\n   more\n2. Two\n\n   - deep\n"
        );
        assert_eq!(body("<pre>a\n```\nb</pre>"), "````\na\n```\nb\n````\n");
        assert_eq!(body("<table><tr><th>Fare</th><td>5</td></tr></table>"), "Fare | 5\n");
    }

    #[test]
    fn links_that_run_code_do_not_come_along() {
        let made = body("<p><a href='javascript:alert(1)'>Click</a> <a href='data:text/html,x'>here</a></p>");
        assert_eq!(made, "Click here\n");
    }

    #[test]
    fn a_page_made_to_exhaust_is_refused() {
        let refused = |html: String| import::read("a.html", html.as_bytes(), Some(Format::Html)).expect_err("refused");
        assert!(matches!(refused("<div>".repeat(300_000)), Unreadable::TooDeep { .. }));
        let attributes: String = (0..20_000).map(|number| format!("a{number}=1 ")).collect();
        assert!(matches!(refused(format!("<p {attributes}>x</p>")), Unreadable::TooManyElements { .. }));
        assert!(matches!(refused("<b><i>x</i></b>".repeat(200_000)), Unreadable::TooManyElements { .. }));
    }

    proptest::proptest! {
        #![proptest_config(proptest::test_runner::Config::with_cases(128))]

        #[test]
        fn words_of_paragraphs_stay(runs in proptest::collection::vec(
            ("(b|i|em|strong|span|del|code|q)", "[-a-c1.)#>+*_`~!:=|\\[\\]()\\\\ \u{a0}é“”]{0,12}"), 1..6)) {
            let inner: String = runs.iter().map(|(tag, text)| format!("<{tag}>{text}</{tag}>")).collect();
            let bare: String = runs.iter().map(|(_, text)| text.as_str()).collect();
            let html = format!("<article><h1>Title</h1><p>{inner}</p></article>");
            let imported = import::read("a.html", html.as_bytes(), Some(Format::Html)).expect("a page");
            proptest::prop_assert_eq!(all_words(&imported), words(&format!("Title {bare}")));
        }

        #[test]
        fn any_markup_is_read(html in "(<(/?)(p|div|table|tr|td|b|a|li|ul|h1|article|template|svg|p hidden|select|option|figure|img)>|[a-c é<&]){0,60}") {
            drop(import::read("a.html", html.as_bytes(), Some(Format::Html)));
        }
    }
}
