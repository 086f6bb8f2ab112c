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
    insta::assert_snapshot!(newsroom.run(["submit", "harbor"]), @r"
    --- stderr ---
    error: `articles/2026/07/harbor/photo.jpg` is a link, not an ordinary file
      nothing was changed
    help: put an ordinary file in its place
    [exit 1]
    ");
    newsroom.run(["list"]).ok();
    newsroom.run(["show", "harbor"]).ok();
    newsroom.run(["submit", "pier"]).ok();
    std::fs::remove_file(folder.join("harbor/photo.jpg")).unwrap();
    newsroom.run(["submit", "harbor"]).ok();
    // The same where the words themselves stood, and where their folder stood.
    std::fs::remove_file(folder.join("harbor/index.md")).unwrap();
    std::os::unix::fs::symlink(outside.join("index.md"), folder.join("harbor/index.md")).unwrap();
    std::fs::remove_dir_all(folder.join("pier")).unwrap();
    std::os::unix::fs::symlink(&outside, folder.join("pier")).unwrap();
    for (slug, link) in [("harbor", "harbor/index.md"), ("pier", "pier")] {
        let refused = newsroom.run(["publish", slug]).fails(1);
        assert!(refused.contains(&format!("articles/2026/07/{link}` is a link, not an ordinary file")), "{refused}");
        newsroom.run(["show", slug, "--text"]).ok();
    }
    let list = newsroom.run(["list"]).ok();
    assert!(list.contains("harbor") && list.contains("pier") && !list.contains("SECRET"), "{list}");
    let check = newsroom.run(["check"]);
    assert!(matches!(check.code, Some(0 | 1)) && !check.to_string().contains("SECRET"), "{check}");
    let all = newsroom.git(["log", "--all", "-p"]);
    assert!(!all.contains("SECRET"), "{all}");
}

#[cfg(unix)]
#[test]
fn a_program_or_a_repository_among_the_files_stops_only_its_own_article() {
    use std::os::unix::fs::PermissionsExt as _;
    let newsroom = Newsroom::with_profile("pair");
    newsroom.brief("harbor");
    newsroom.brief("pier");
    let photo = newsroom.path().join("articles/2026/07/harbor/run.sh");
    std::fs::write(&photo, "#!/bin/sh\n").unwrap();
    std::fs::set_permissions(&photo, std::fs::Permissions::from_mode(0o755)).unwrap();
    insta::assert_snapshot!(newsroom.run(["submit", "harbor"]), @r"
    --- stderr ---
    error: `articles/2026/07/harbor/run.sh` is a program, not an ordinary file
      nothing was changed
    help: put an ordinary file in its place
    [exit 1]
    ");
    std::fs::remove_file(&photo).unwrap();
    newsroom.git(["init", "--quiet", "articles/2026/07/harbor/inner"]);
    let refused = newsroom.run(["submit", "harbor"]).fails(1);
    assert!(refused.contains("harbor/inner` is something else, not an ordinary file"), "{refused}");
    newsroom.run(["list"]).ok();
    newsroom.run(["submit", "pier"]).ok();
}

#[test]
fn a_file_of_fifty_megabytes() {
    let newsroom = Newsroom::with_profile("solo");
    newsroom.brief("harbor");
    newsroom.write("articles/2026/07/harbor/large.jpg", vec![7; 50 << 20]);
    newsroom.run(["list"]).ok();
    insta::assert_snapshot!(newsroom.run(["check", "--format", "short"]), @r"
    articles/2026/07/harbor/large.jpg: warning[unused-file] nothing in the article uses `large.jpg`
    [exit 0]
    ");
    insta::assert_snapshot!(newsroom.run(["submit", "harbor"]), @r"
    --- stderr ---
    Saved harbor: 6 words and 1 file changed.
    Sent for review: Title of harbor
    Everybody who must agree has: desk publish harbor
    Check: 0 errors, 1 warning: desk check harbor
    [exit 0]
    ");
    newsroom.run(["publish", "harbor"]).ok();
    let large = "articles/2026/07/harbor/large.jpg";
    assert_eq!(std::fs::metadata(newsroom.path().join(large)).unwrap().len(), 50 << 20);
    assert_eq!(newsroom.git(["cat-file", "-s", &format!("main:{large}")]).trim(), (50 << 20).to_string());
    assert_eq!(newsroom.git(["status", "--porcelain"]), "");
}

#[test]
fn two_people_change_one_article_each_in_a_copy_of_their_own() {
    let newsroom = Newsroom::with_profile("solo");
    newsroom.brief("harbor");
    newsroom.run(["publish", "harbor"]).ok();
    newsroom.git(["clone", "--quiet", "--bare", ".", "../hub.git"]);
    newsroom.git(["remote", "add", "origin", "../hub.git"]);
    newsroom.git(["clone", "--quiet", "../hub.git", "../jun"]);
    let theirs = newsroom.around().join("jun").join(HARBOR);
    // Mina is first.
    newsroom.edit(HARBOR, "waits", "lies");
    newsroom.tell("harbor").run(["publish", "harbor"]).ok();
    newsroom.git(["push", "--quiet", "origin", "main"]);
    // Jun does not know of it.
    let words = std::fs::read_to_string(&theirs).unwrap().replace("waits", "sinks");
    std::fs::write(&theirs, words).unwrap();
    let jun = |args: &[&str]| newsroom.as_(JUN).run([&["-C", "../jun"], args].concat());
    jun(&["correct", "harbor", "--kind", "update", "--note", "It sank."]).ok();
    jun(&["submit", "harbor"]).ok();
    let saved = std::fs::read_to_string(&theirs).unwrap();
    assert!(saved.contains("sinks"), "{saved}");
    newsroom.as_(JUN).git(["-C", "../jun", "push", "--quiet", "origin", "desk/harbor"]);
    // Then he gets what is public.
    newsroom.as_(JUN).git(["-C", "../jun", "switch", "--quiet", "-c", "mine"]);
    newsroom.as_(JUN).git(["-C", "../jun", "fetch", "--quiet", "origin", "main:main"]);
    let list = jun(&["list", "--format", "json"]).json();
    assert_eq!(list["articles"][0]["facts"].to_string(), r#"["correcting","corrected","conflicting"]"#, "{list}");
    insta::assert_snapshot!(jun(&["publish", "harbor"]), @r"
    --- stderr ---
    error: the public version of `harbor` changed since yours was begun
      nothing was changed
      both changed paragraph 1; both are kept
    help: desk sync harbor
    [exit 1]
    ");
    // Both are kept, here and there.
    assert_eq!(std::fs::read_to_string(&theirs).unwrap(), saved);
    for folder in ["../jun", "../hub.git"] {
        let text = |place: &str| newsroom.git(["-C", folder, "show", &format!("{place}:{HARBOR}")]);
        assert!(text("main").contains("lies") && text("desk/harbor").contains("sinks"), "{folder}");
        newsroom.git(["-C", folder, "fsck", "--strict", "--no-dangling"]);
    }
    jun(&["audit"]).ok();
    // And Mina, who gets his words, keeps hers.
    newsroom.git(["fetch", "--quiet", "origin", "desk/harbor:desk/harbor"]);
    newsroom.run(["publish", "harbor"]).fails(1);
    assert!(newsroom.git(["show", &format!("main:{HARBOR}")]).contains("lies"));
    assert!(newsroom.git(["log", "-p", "desk/harbor"]).contains("sinks"));
    newsroom.run(["audit"]).ok();
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

#[test]
fn a_clone_that_only_fetched_the_public_version_can_be_read() {
    let newsroom = Newsroom::with_profile("pair");
    newsroom.brief("harbor");
    newsroom.run(["submit"]).ok();
    newsroom.git(["checkout", "--quiet", "--detach"]);
    newsroom.git(["update-ref", "refs/remotes/origin/main", "main"]);
    newsroom.git(["branch", "--quiet", "-D", "main"]);
    for verb in [&["check"][..], &["list"], &["audit"]] {
        newsroom.run(verb.iter().copied()).ok();
    }
    insta::assert_snapshot!(newsroom.as_(JUN).run(["approve", "harbor", "--yes"]).fails(3), @r"
    --- stderr ---
    error: the public version's branch `main` does not exist here
      desk.toml names it as `base` in [articles]
    help: git fetch origin main:main
    [exit 3]
    ");
}
