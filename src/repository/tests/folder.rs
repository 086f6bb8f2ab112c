//! The working folder as git would store it, and links in every position.

use super::{Desk, path, put, save};
#[cfg(unix)]
use super::{file, in_the_way};
use crate::article::Write;
#[cfg(unix)]
use crate::article::{Change, Reach};
use crate::repository::Error;
#[cfg(unix)]
use crate::repository::FileKind;

#[test]
fn entries_are_what_git_would_store() {
    let desk = Desk::new();
    desk.put(".gitignore", "*.log\n");
    for (name, text) in [("index.md", "a\n"), ("photo.jpg", "x"), (".DS_Store", ""), ("index.md~", ""), ("run.log", "")]
    {
        desk.put(&format!("articles/pier/{name}"), text);
    }
    let entries = desk.open().working_entries(&path("articles/pier")).expect("read");
    let names: Vec<&str> = entries.iter().map(|entry| entry.path.name()).collect();
    assert_eq!(names, ["index.md", "photo.jpg"]);
    assert!(entries.iter().all(|entry| entry.mode == 0o100_644));
    assert_eq!(desk.open().working_entries(&path("articles/none")).expect("nothing is there").len(), 0);
    let one = desk.open().working_entries(&path("articles/pier/index.md")).expect("a single file");
    assert_eq!(one.len(), 1);
}

#[cfg(unix)]
#[test]
fn links_are_never_followed() {
    use std::os::unix::fs::symlink;
    let outside = tempfile::TempDir::new().expect("a folder");
    std::fs::write(outside.path().join("index.md"), "secret").expect("written");
    for (link, target) in [("articles/pier/index.md", "index.md"), ("articles/pier", ""), ("articles", "")] {
        let desk = Desk::new();
        if link == "articles" {
            std::fs::remove_dir_all(desk.at("articles")).expect("removed");
        } else {
            std::fs::create_dir_all(desk.at(link).parent().expect("a parent")).expect("made");
        }
        symlink(outside.path().join(target), desk.at(link)).expect("linked");
        let repository = desk.open();
        let story = path("articles/pier/index.md");
        let is_link = |error: &Error| matches!(error, Error::NotOrdinary { kind: FileKind::Link, .. });
        assert!(repository.read_working(&story).is_err_and(|error| is_link(&error)), "{link}");
        assert_eq!(repository.read_ordinary(&story).expect("not followed"), None, "{link}");
        let entries = repository.working_entries(&path("articles/pier")).expect("told by its mode");
        let told: Vec<_> = entries.iter().map(|entry| (entry.mode, entry.bytes.len())).collect();
        assert_eq!(told, [(0o120_000, 0)], "{link}");
        let base = desk.tip("main").expect("a base");
        let change = save("main", Some(base), vec![base], vec![put("articles/pier/index.md", "x")]);
        assert_eq!(in_the_way(desk.apply(&change)), ["articles/pier/index.md: Kind(Link)"], "{link}");
        let removal = Change {
            summary: "removed".to_owned(),
            articles: vec![],
            steps: vec![],
            files: vec![file("articles/pier/index.md", Some("secret"), None)],
            reach: Reach::Here,
        };
        assert_eq!(in_the_way(desk.apply(&removal)), ["articles/pier/index.md: Kind(Link)"], "{link}");
        assert_eq!(std::fs::read_to_string(outside.path().join("index.md")).ok().as_deref(), Some("secret"));
    }
}

#[cfg(unix)]
#[test]
fn pipes_programs_and_repositories_are_told() {
    use std::os::unix::fs::PermissionsExt as _;
    let desk = Desk::new();
    let story = desk.at("articles/ferry/index.md");
    std::fs::set_permissions(&story, std::fs::Permissions::from_mode(0o755)).expect("set");
    let entries = desk.open().working_entries(&path("articles/ferry")).expect("read");
    assert_eq!(entries[0].mode, 0o100_755);
    desk.put("articles/ferry/inner/.git/HEAD", "x");
    let inner = desk.open().working_entries(&path("articles/ferry")).expect("told by its mode");
    let told: Vec<_> = inner.iter().map(|entry| (entry.path.name(), entry.mode)).collect();
    assert_eq!(told, [("index.md", 0o100_755), ("inner", 0)]);
    assert!(std::process::Command::new("mkfifo").arg(desk.at("articles/pipe")).status().expect("runs").success());
    let pipe = desk.open().read_working(&path("articles/pipe"));
    assert!(matches!(pipe, Err(Error::NotOrdinary { kind: FileKind::Special, .. })), "{pipe:?}");
}

#[test]
fn line_ends_are_as_git_has_them() {
    let desk = Desk::new();
    desk.put(".gitattributes", "*.md text eol=crlf\n*.jpg -text\n*.psd filter=lfs\n");
    desk.put("articles/pier/index.md", "one\r\ntwo\r\n");
    desk.put("articles/pier/photo.jpg", "\r\n");
    let repository = desk.open();
    let entries = repository.working_entries(&path("articles/pier")).expect("read");
    assert_eq!(
        entries.iter().map(|entry| entry.bytes.clone()).collect::<Vec<_>>(),
        [b"one\ntwo\n".to_vec(), b"\r\n".to_vec()]
    );
    desk.git(&["add", "."]);
    desk.git(&["commit", "-qm", "with attributes"]);
    let base = desk.tip("main").expect("a base");
    desk.applied(&save("main", Some(base), vec![base], vec![put("articles/pier/index.md", "one\nthree\n")]));
    assert_eq!(desk.text("articles/pier/index.md").as_deref(), Some("one\r\nthree\r\n"));
    assert_eq!(desk.status(), "");
    desk.undo().expect("undone");
    assert_eq!(desk.text("articles/pier/index.md").as_deref(), Some("one\r\ntwo\r\n"));
    desk.git(&["config", "core.autocrlf", "true"]);
    desk.put("plain.txt", "a\r\nb\r\n");
    assert_eq!(desk.open().read_working(&path("plain.txt")).expect("read").as_deref(), Some(b"a\nb\n".as_slice()));
    desk.put("big.psd", "x");
    let filtered = desk.open().read_working(&path("big.psd"));
    assert!(matches!(filtered, Err(Error::Filtered { attribute, .. }) if attribute == "filter=lfs"));
}

#[test]
fn what_is_unsaved_is_found_without_reading_the_rest() {
    let desk = Desk::new();
    desk.put("articles/ferry/index.md", "Other.\n");
    desk.put("articles/pier/index.md", "New.\n");
    let repository = desk.open();
    let files = repository.working_files(Some(&path("articles"))).expect("read");
    for found in &files {
        assert_eq!(desk.git(&["hash-object", found.path.as_str()]), found.id.to_string());
    }
    assert_eq!(files.len(), 2);
    let base = desk.tip("main").expect("a base");
    let listing = repository.files_at(base, None).expect("listed");
    let read = repository.read_each(&listing.files, |file, bytes| (file.path.to_string(), bytes)).expect("read");
    assert_eq!(read[0], ("articles/ferry/index.md".to_owned(), b"Fares rise.\n".to_vec()), "never the folder's words");
}

#[test]
fn comparing_sees_what_git_sees() {
    let desk = Desk::new();
    let base = desk.tip("main").expect("a base");
    let writes = vec![
        put("articles/ferry", "a file now"),
        put("articles/a.b/x.md", "1"),
        put("articles/a/x.md", "2"),
        put("articles/a-b/x.md", "3"),
        Write::remove(path("desk.toml")),
    ];
    let tip = desk.applied(&save("other", None, vec![base], writes)).references[0].new.expect("made");
    let repository = desk.open();
    for (from, to) in [(base, tip), (tip, base)] {
        let found = repository.changed(Some(from), Some(to), None).expect("compared");
        let mut names: Vec<String> = found.files.iter().map(|file| file.path.to_string()).collect();
        names.sort();
        let (from, to) = (from.to_string(), to.to_string());
        let mut told: Vec<String> = desk
            .git(&["diff-tree", "-r", "--no-renames", "--name-only", &from, &to])
            .lines()
            .map(str::to_owned)
            .collect();
        told.sort();
        assert_eq!(names, told);
    }
    let within = repository.changed(Some(base), Some(tip), Some(&path("articles/a"))).expect("compared");
    assert_eq!(within.files.len(), 1);
    assert_eq!(repository.changed(None, Some(base), None).expect("compared").files.len(), 2);
    assert_eq!(repository.file_at(tip, &path("articles/a/x.md")).expect("read").as_deref(), Some(b"2".as_slice()));
    assert_eq!(repository.file_at(tip, &path("articles/a")).expect("read"), None);
    assert_eq!(repository.merge_base(base, tip).expect("found"), Some(base));
    assert!(repository.follows(tip, base).expect("known") && !repository.follows(base, tip).expect("known"));
    assert_eq!(repository.first_parents(tip).count(), 2);
}

#[test]
fn what_was_written_since_a_listing_goes_by_its_own_name() {
    let desk = Desk::new();
    let repository = desk.open();
    let listed = repository.working_files(Some(&path("articles"))).expect("listed");
    desk.put("articles/ferry/index.md", "Fares fall.\n");
    let given = repository.read_each_here(&listed, |file, bytes| (file.id, bytes)).expect("read");
    let found = repository.working_files(Some(&path("articles"))).expect("listed");
    assert_eq!(given, [(found[0].id, b"Fares fall.\n".to_vec())]);
    assert_ne!(found[0].id, listed[0].id);
}
