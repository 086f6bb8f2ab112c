//! The walls between the rooms (ARCHITECTURE.md): who may name whom, and who may touch the world.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Each room, whether it is pure, and which rooms it may name. A new arrow is a decision about the house, made here.
const ROOMS: &[(&str, Wall, &[&str])] = &[
    ("finding", Wall::Shut, &[]),
    ("article", Wall::Shut, &["finding"]),
    ("ledger", Wall::Shut, &["article", "finding"]),
    ("schema", Wall::Shut, &["article", "finding"]),
    ("config", Wall::Shut, &["article", "finding"]),
    ("style", Wall::Shut, &["article", "finding"]),
    ("check", Wall::Shut, &["article", "config", "finding", "schema", "style"]),
    ("workflow", Wall::Shut, &["article", "config", "finding", "ledger"]),
    ("history", Wall::Shut, &["article", "check", "config", "finding", "ledger", "schema", "workflow"]),
    ("site", Wall::Shut, &["article", "config", "finding", "ledger"]),
    ("import", Wall::Shut, &["article", "config", "finding", "schema"]),
    ("report", Wall::Shut, &["article", "check", "finding"]),
    ("letter", Wall::Shut, &["article", "config", "finding", "ledger", "report", "workflow"]),
    ("repository", Wall::Open, &["article", "ledger"]),
    ("cache", Wall::Open, &[]),
    ("web", Wall::Open, &[]),
    ("links", Wall::Open, &["cache", "web"]),
    ("forge", Wall::Open, &["web"]),
    ("process", Wall::Open, &[]),
    ("terminal", Wall::Open, &[]),
    ("newsroom", Wall::Open, BELOW_NEWSROOM),
    ("serve", Wall::Open, &["article", "config", "finding", "newsroom", "report", "site"]),
    ("command", Wall::Shut, BELOW_COMMAND),
];

const BELOW_NEWSROOM: &[&str] = &[
    "article",
    "cache",
    "check",
    "config",
    "finding",
    "forge",
    "history",
    "import",
    "ledger",
    "letter",
    "links",
    "process",
    "report",
    "repository",
    "schema",
    "site",
    "style",
    "web",
    "workflow",
];

/// A command opens no repository by itself, but says what its errors mean; `process` is there for the editor, the pager
/// and the environment.
const BELOW_COMMAND: &[&str] = &[
    "article",
    "check",
    "config",
    "finding",
    "history",
    "import",
    "ledger",
    "letter",
    "newsroom",
    "process",
    "report",
    "repository",
    "schema",
    "serve",
    "site",
    "terminal",
    "workflow",
];

/// Whether a room may read files, clocks, the environment and the like, by clippy's `disallowed_methods`.
#[derive(Clone, Copy, PartialEq)]
enum Wall {
    Shut,
    Open,
}

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files
}

fn rooms() -> BTreeSet<String> {
    let entries = std::fs::read_dir(source()).unwrap().map(|entry| entry.unwrap().path());
    entries.filter(|path| path.is_dir()).map(|path| path.file_name().unwrap().to_string_lossy().into_owned()).collect()
}

/// The lines of code of a file, comments left out.
fn code(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter(|line| !line.trim_start().starts_with("//"))
}

/// The rooms that a line names, as `crate::room` or in `use crate::{room, other::Thing}`.
fn named(line: &str) -> Vec<String> {
    let word = |text: &str| text.chars().take_while(|one| one.is_alphanumeric() || *one == '_').collect::<String>();
    let mut rooms = Vec::new();
    for (at, _) in line.match_indices("crate::") {
        let rest = &line[at + "crate::".len()..];
        match rest.strip_prefix('{') {
            None => rooms.push(word(rest)),
            Some(list) => rooms.extend(list.split(',').map(|part| word(part.trim()))),
        }
    }
    rooms.retain(|room| !room.is_empty());
    rooms
}

#[test]
fn every_room_is_on_the_map() {
    for room in rooms() {
        assert!(ROOMS.iter().any(|(name, ..)| *name == room), "src/{room} is not in tests/it/borders.rs");
        assert!(source().join(&room).join("mod.rs").exists(), "src/{room} has no mod.rs");
    }
}

#[test]
fn arrows_run_one_way() {
    for (place, (_, _, arrows)) in ROOMS.iter().enumerate() {
        for arrow in *arrows {
            let target = ROOMS.iter().position(|(name, ..)| name == arrow).expect("a room on the map");
            assert!(target < place, "an arrow runs up to `{arrow}`");
        }
    }
}

#[test]
fn rooms_name_only_the_rooms_they_may() {
    for (room, _, arrows) in ROOMS.iter().filter(|(room, ..)| rooms().contains(*room)) {
        for file in rust_files(&source().join(room)) {
            let text = std::fs::read_to_string(&file).unwrap();
            for other in code(&text).flat_map(named) {
                let allowed = other == *room || arrows.contains(&other.as_str());
                assert!(allowed, "{}: `{room}` names `{other}`, and there is no such arrow", file.display());
            }
        }
    }
}

#[test]
fn the_wall_is_open_only_where_the_map_says() {
    for (room, wall, _) in ROOMS.iter().filter(|(room, ..)| rooms().contains(*room)) {
        // A file of tests is no part of what runs: it may read what others recorded.
        let is_test = |file: &PathBuf| file.to_string_lossy().ends_with("_tests.rs");
        for file in rust_files(&source().join(room)).into_iter().filter(|file| !is_test(file)) {
            let text = std::fs::read_to_string(&file).unwrap();
            let opened = code(&text).any(|line| line.contains("clippy::disallowed_methods"));
            let titular = file.ends_with("mod.rs") && *wall == Wall::Open;
            assert!(!opened || titular, "{}: the wall may be opened in the mod.rs of world rooms only", file.display());
        }
    }
}

#[test]
fn commands_leave_decisions_to_the_rooms_below() {
    for file in rust_files(&source().join("command")) {
        let text = std::fs::read_to_string(&file).unwrap();
        let stages = ["Stage::Draft", "Stage::Review", "Stage::Published", "Stage::Withdrawn", "Stage::Spiked"];
        for foreign in ["git2::", "toml::", "Repository::", "Session::"].into_iter().chain(stages) {
            let found = code(&text).find(|line| line.contains(foreign));
            assert_eq!(found, None, "{}: `{foreign}` is not for a command", file.display());
        }
    }
}

#[test]
fn files_can_be_read_in_one_sitting() {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    for file in rust_files(&source()).into_iter().chain(rust_files(&tests)) {
        let lines = std::fs::read_to_string(&file).unwrap().lines().count();
        assert!(lines < 500, "{}: {lines} lines", file.display());
    }
}

/// A verb that is not in the table could never be called, and the compiler would say so late or not at all.
#[test]
fn every_verb_has_its_rows() {
    let table = std::fs::read_to_string(source().join("command/mod.rs")).unwrap();
    for file in std::fs::read_dir(source().join("command")).unwrap() {
        let name = file.unwrap().file_name().into_string().unwrap();
        let Some(module) = name.strip_suffix(".rs").filter(|module| *module != "mod") else { continue };
        assert!(table.lines().any(|line| line == format!("mod {module};")), "src/command/{name} has no `mod` row");
        let text = std::fs::read_to_string(source().join("command").join(&name)).unwrap();
        if text.contains("pub(super) fn run(") {
            assert!(table.contains(&format!("{module}::run(")), "src/command/{name} has no arm");
        }
    }
}

#[test]
fn every_form_of_foreign_text_has_its_row() {
    let folder = source().join("import/formats");
    let table = std::fs::read_to_string(folder.join("mod.rs")).unwrap();
    for file in rust_files(&folder) {
        let module = file.file_stem().unwrap().to_string_lossy().into_owned();
        let listed =
            module == "mod" || table.contains(&format!("{module}::ROW,")) || table.contains(&format!("{module}::ROW]"));
        assert!(listed, "src/import/formats/{module}.rs is not in FORMATS");
    }
}

#[test]
fn every_format_has_its_row() {
    let table = std::fs::read_to_string(source().join("report/mod.rs")).unwrap();
    for file in rust_files(&source().join("report")) {
        let module = file.file_stem().unwrap().to_string_lossy().into_owned();
        let is_format = std::fs::read_to_string(&file).unwrap().contains("pub(super) static FORMAT: Format");
        assert!(!is_format || table.contains(&format!("&{module}::FORMAT")), "src/report/{module}.rs has no row");
    }
}
