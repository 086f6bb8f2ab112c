//! Whatever stands in a newsroom's folder, nothing is lost and everything else goes on.

use crate::newsroom::{JUN, Newsroom};

const HARBOR: &str = "articles/2026/07/harbor/index.md";

/// `harbor` holding these bytes: the finding it gets; `list` goes on, a move is refused, the bytes stay, and with the
/// good bytes back the move goes through.
#[track_caller]
fn broken(bytes: &[u8], rule: &str) {
    let newsroom = Newsroom::with_profile("pair");
    newsroom.brief("harbor");
    newsroom.brief("pier");
    let good = newsroom.read(HARBOR);
    newsroom.write(HARBOR, bytes);
    let list = newsroom.run(["list", "--format", "json"]).json();
    let stages: Vec<_> = list["articles"].as_array().unwrap().iter().map(|article| &article["stage"]).collect();
    assert_eq!(stages, ["draft", "draft"], "{list}");
    let check = newsroom.run(["check", "--format", "json"]);
    assert_eq!(check.code, Some(1), "{check}");
    let report = check.json();
    let rules: Vec<_> = report["findings"].as_array().unwrap().iter().map(|finding| &finding["rule"]).collect();
    assert_eq!(rules, [rule], "{report}");
    let said = newsroom.run(["submit", "harbor"]).fails(1);
    assert!(said.contains("help: "), "{said}");
    assert_eq!(std::fs::read(newsroom.path().join(HARBOR)).unwrap(), bytes);
    newsroom.run(["show", "harbor"]).ok();
    newsroom.run(["submit", "pier"]).ok();
    newsroom.write(HARBOR, good);
    newsroom.run(["submit", "harbor"]).ok();
}

#[test]
fn front_matter_that_never_ends() {
    broken(b"+++\ntitle = \"Harbor\"\ndraft = true\n", "unclosed-front-matter");
}

#[test]
fn front_matter_that_is_no_toml() {
    broken(b"+++\ntitle = = 1\n+++\nwords\n", "invalid-toml");
}

#[test]
fn bytes_that_are_no_text() {
    broken(b"+++\ntitle = \"Harbor\"\n+++\nbad \xff\xfe\n", "invalid-utf8");
}

#[test]
fn a_file_with_nothing_in_it() {
    broken(b"", "empty-file");
}

#[test]
fn a_mark_and_line_ends_stay_through_publication() {
    let newsroom = Newsroom::with_profile("pair");
    newsroom.brief("harbor");
    let windows = format!("\u{feff}{}", newsroom.read(HARBOR).replace('\n', "\r\n"));
    newsroom.write(HARBOR, &windows);
    newsroom.run(["submit"]).ok();
    newsroom.as_(JUN).run(["approve", "--yes"]).ok();
    newsroom.run(["publish"]).ok();
    let text = newsroom.read(HARBOR);
    assert!(text.starts_with("\u{feff}+++\r\n"), "{text:?}");
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count(), "{text:?}");
    assert!(text.contains("stage = \"published\"\r\n"), "{text:?}");
    assert_eq!(newsroom.git(["status", "--porcelain"]), "");
}

#[test]
fn slugs_that_are_taken_or_climb() {
    let newsroom = Newsroom::with_profile("pair");
    newsroom.brief("harbor");
    let new = |slug: &str| newsroom.run(["new", "Another", "--kind", "brief", "--slug", slug, "--no-edit"]);
    insta::assert_snapshot!(new("harbor"), @r"
    --- stderr ---
    error: there is an article called `harbor` already
    help: desk show harbor, or choose another name with --slug
    [exit 1]
    ");
    insta::assert_snapshot!(new("../x"), @r"
    --- stderr ---
    error: `../x` cannot be a slug (use letters, digits and hyphens)
    help: --slug harbor-dredging
    [exit 2]
    ");
    for slug in ["..", "/etc/x", "a/b", "", ".git", "a\u{1b}[31m"] {
        let output = new(slug);
        assert_eq!(output.code, Some(2), "{slug:?}: {output}");
        assert!(!output.stderr.contains('\u{1b}'), "{slug:?}: {output}");
    }
    assert_eq!(newsroom.git(["status", "--porcelain", "--untracked-files=all"]), format!("?? {HARBOR}\n"));
}

#[cfg(unix)]
#[test]
fn a_link_to_elsewhere_is_refused_and_never_read() {
    let newsroom = Newsroom::with_profile("pair");
    newsroom.brief("harbor");
    newsroom.brief("pier");
    let outside = newsroom.around().join("outside");
    std::fs::create_dir(&outside).unwrap();
    std::fs::write(outside.join("index.md"), "+++\ntitle = \"SECRET\"\n+++\nSECRET\n").unwrap();
    let folder = newsroom.path().join("articles/2026/07");
    std::os::unix::fs::symlink(outside.join("index.md"), folder.join("harbor/photo.jpg")).unwrap();
    std::os::unix::fs::symlink(&outside, folder.join("lying")).unwrap();
    let refused = newsroom.run(["submit", "harbor"]);
    assert!(refused.code != Some(0), "{refused}");
    assert!(refused.stderr.contains("harbor/photo.jpg` is a link"), "{refused}");
    newsroom.run(["submit", "pier"]).ok();
    let all = newsroom.git(["log", "--all", "-p"]);
    assert!(!all.contains("SECRET"), "{all}");
}

#[test]
fn a_file_of_fifty_megabytes() {
    let newsroom = Newsroom::with_profile("solo");
    newsroom.brief("harbor");
    newsroom.write("articles/2026/07/harbor/large.jpg", vec![7; 50 << 20]);
    newsroom.run(["list"]).ok();
    let check = newsroom.run(["check"]);
    assert!(matches!(check.code, Some(0 | 1)), "{check}");
    let output = newsroom.run(["submit", "harbor"]);
    assert!(matches!(output.code, Some(0 | 1)), "{output}");
    let size = std::fs::metadata(newsroom.path().join("articles/2026/07/harbor/large.jpg")).unwrap().len();
    assert_eq!(size, 50 << 20);
}

#[test]
fn two_people_change_one_article() {
    let newsroom = Newsroom::with_profile("pair");
    newsroom.brief("harbor");
    newsroom.run(["submit"]).ok();
    newsroom.as_(JUN).run(["approve", "--yes"]).ok();
    newsroom.run(["publish"]).ok();
    newsroom.edit(HARBOR, "waits", "lies");
    newsroom.run(["submit", "harbor"]).ok();
    newsroom.as_(JUN).run(["approve", "harbor", "--yes"]).ok();
    // Meanwhile somebody changes the public version by hand.
    let mine = newsroom.read(HARBOR);
    newsroom.write(HARBOR, mine.replace("lies", "sinks"));
    newsroom.git(["commit", "--quiet", "-m", "by hand", "--", HARBOR]);
    newsroom.write(HARBOR, &mine);
    let said = newsroom.run(["publish", "harbor"]).fails(1);
    assert!(said.contains("help: "), "{said}");
    assert_eq!(newsroom.read(HARBOR), mine);
    assert!(newsroom.git(["show", &format!("main:{HARBOR}")]).contains("sinks"));
    assert!(newsroom.git(["show", &format!("desk/harbor:{HARBOR}")]).contains("lies"));
}

#[test]
fn control_characters_never_reach_the_output() {
    let newsroom = Newsroom::with_profile("pair");
    newsroom.brief("harbor");
    newsroom.edit(HARBOR, "\"Title of harbor\"", r#""Red \u001b[31m\u0007\u202e title""#);
    newsroom.edit(HARBOR, "waits", "waits\u{1b}]0;owned\u{7}");
    newsroom.run(["edit", "harbor", "--no-edit"]).ok();
    for args in [
        &["list"][..],
        &["show", "harbor"],
        &["show", "harbor", "--text"],
        &["show", "harbor", "--changes"],
        &["show", "harbor", "--history"],
        &["check"],
        &["submit", "harbor"],
        &[],
    ] {
        let output = newsroom.as_(JUN).run(args);
        let written = format!("{}{}", output.stdout, output.stderr);
        let live = written.chars().find(|one| matches!(one, '\u{1b}' | '\u{7}' | '\u{202e}'));
        assert_eq!(live, None, "{args:?}: {written:?}");
    }
}
