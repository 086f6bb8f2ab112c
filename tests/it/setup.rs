//! `desk setup`.

#[cfg(unix)]
use crate::newsroom::MINA;
use crate::newsroom::Newsroom;

#[test]
fn completions_know_the_verbs() {
    let newsroom = Newsroom::folder();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = newsroom.run(["setup", "completions", shell]).ok();
        assert!(script.contains("completions") && script.contains("desk"), "{shell}");
    }
}

#[test]
fn every_verb_has_a_manual_page() {
    let newsroom = Newsroom::folder();
    assert!(newsroom.run(["setup", "man"]).ok().contains(".TH desk 1"));
    let page = newsroom.run(["setup", "man", "setup"]).ok();
    assert!(page.contains(".TH desk-setup 1") && page.contains("Examples:"), "{page}");
    insta::assert_snapshot!(newsroom.run(["setup", "man", "publsh"]), @r"
    --- stderr ---
    error: there is no command `publsh`
    help: desk --help
    [exit 2]
    ");
}

#[test]
fn hooks_are_put_in_and_those_that_are_there_stay() {
    let newsroom = Newsroom::new();
    insta::assert_snapshot!(newsroom.run(["setup", "hooks"]), @r"
    --- stderr ---
    Git checks the articles before each commit now: [DESK]/.git/hooks/pre-commit
    Git keeps desk's own words out of other commits now: [DESK]/.git/hooks/commit-msg
    Git checks every commit before it is pushed now: [DESK]/.git/hooks/pre-push
    [exit 0]
    ");
    insta::assert_snapshot!(newsroom.run(["setup", "hooks"]), @r"
    --- stderr ---
    Nothing to do: the hooks are there already.
    [exit 0]
    ");
    newsroom.write(".git/hooks/pre-commit", "#!/bin/sh\nmake lint\n");
    insta::assert_snapshot!(newsroom.run(["setup", "hooks"]), @r#"
    --- stderr ---
    error: this newsroom has hooks of its own, which stay as they are
      [DESK]/.git/hooks/pre-commit: add the line  sh -c "$(desk setup hooks --print pre-commit)" pre-commit "$@" || exit 1
      desk never writes over a hook, nor into a folder of hooks that `core.hooksPath` names
    help: desk setup hooks --print pre-commit shows what such a line runs
    [exit 2]
    "#);
    assert_eq!(newsroom.read(".git/hooks/pre-commit"), "#!/bin/sh\nmake lint\n");
    assert_eq!(Newsroom::folder().run(["setup", "hooks"]).code, Some(2));
    newsroom.git(["config", "core.hooksPath", ".husky"]);
    newsroom.write(".husky/pre-commit", "#!/bin/sh\nmake lint\n");
    insta::assert_snapshot!(newsroom.run(["setup", "hooks"]), @r#"
    --- stderr ---
    error: this newsroom has hooks of its own, which stay as they are
      [DESK]/.husky/pre-commit: add the line  sh -c "$(desk setup hooks --print pre-commit)" pre-commit "$@" || exit 1
      [DESK]/.husky/commit-msg: add the line  sh -c "$(desk setup hooks --print commit-msg)" commit-msg "$@" || exit 1
      [DESK]/.husky/pre-push: add the line  sh -c "$(desk setup hooks --print pre-push)" pre-push "$@" || exit 1
      Husky runs them here: its settings take the same commands
      desk never writes over a hook, nor into a folder of hooks that `core.hooksPath` names
    help: desk setup hooks --print pre-commit shows what such a line runs
    [exit 2]
    "#);
    assert!(!newsroom.exists(".husky/pre-push"));
    let printed = newsroom.run(["setup", "hooks", "--print", "pre-push"]).ok();
    assert_eq!(printed, newsroom.read(".git/hooks/pre-push"));
    assert_eq!(newsroom.run(["setup", "hooks", "--print", "post-commit"]).code, Some(2));
}

/// `git` with `desk` where hooks find it.
#[cfg(unix)]
fn git(newsroom: &Newsroom, args: &[&str]) -> (bool, String) {
    let program = std::path::Path::new(env!("CARGO_BIN_EXE_desk"));
    let path = format!("{}:{}", program.parent().unwrap().display(), std::env::var("PATH").unwrap());
    let output = newsroom.command("git", Some(MINA)).args(args).env("PATH", path).output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8_lossy(&said).into_owned())
}

#[cfg(unix)]
#[test]
fn hooks_hold_what_is_not_sound() {
    let newsroom = Newsroom::new();
    let remote = newsroom.around().join("remote.git");
    newsroom.git(["init", "--quiet", "--bare", &remote.display().to_string()]);
    newsroom.git(["remote", "add", "origin", &remote.display().to_string()]);
    newsroom.run(["setup", "hooks"]).ok();
    // The public version goes there, and nothing is found in it.
    let (done, said) = git(&newsroom, &["push", "origin", "main"]);
    assert!(done, "{said}");
    newsroom.git(["switch", "--quiet", "-c", "work"]);
    let path = newsroom.brief("harbor");
    newsroom.edit(&path, "section = \"local\"", "section = 7");
    newsroom.git(["add", "--all"]);
    let (done, said) = git(&newsroom, &["commit", "-m", "one"]);
    assert!(!done && said.contains("wrong-type"), "{said}");
    newsroom.edit(&path, "section = 7", "section = \"local\"");
    newsroom.git(["add", "--all"]);
    let (done, said) = git(&newsroom, &["commit", "-m", "one\n\nDesk-Move: publish (review -> published)"]);
    assert!(!done && said.contains("for desk alone"), "{said}");
    let (done, said) = git(&newsroom, &["commit", "-m", "one"]);
    assert!(done, "{said}");
    let (done, said) = git(&newsroom, &["push", "origin", "work"]);
    assert!(done, "a branch that was not there before: {said}");
    newsroom.edit(&path, "draft = true", "draft = false");
    newsroom.git(["add", "--all"]);
    let (done, said) = git(&newsroom, &["commit", "--no-verify", "-m", "two"]);
    assert!(done, "{said}");
    let (done, said) = git(&newsroom, &["push", "origin", "work"]);
    assert!(!done && said.contains("illegal-move"), "{said}");
    let (done, said) = git(&newsroom, &["push", "origin", ":work"]);
    assert!(done, "a branch may go: {said}");
}

const COMMIT: &str = "0123456789abcdef0123456789abcdef01234567";

#[test]
fn ci_gets_a_file_once_and_never_over_another() {
    let newsroom = Newsroom::new();
    let from = format!("post/desk@{COMMIT}");
    let github = ["setup", "ci", "github", "--from", &from];
    let shown = newsroom.run(github.iter().chain(&["--dry-run"])).ok();
    assert!(shown.contains(&format!("- uses: {from}\n")) && shown.contains("branches: [\"main\"]\n"), "{shown}");
    assert!(!newsroom.exists(".github"));
    insta::assert_snapshot!(newsroom.run(github), @r#"
    --- stderr ---
    Written: .github/workflows/desk.yml
    It works once it is in the public version. Read it, then:
      git add .github/workflows/desk.yml && git commit -m "ci: check every commit"
    [exit 0]
    "#);
    assert_eq!(newsroom.read(".github/workflows/desk.yml"), shown);
    insta::assert_snapshot!(newsroom.run(github), @r"
    --- stderr ---
    Nothing to do: the file is there already, .github/workflows/desk.yml
    [exit 0]
    ");
    newsroom.write(".gitlab-ci.yml", "test:\n  script: make\n");
    let from = format!("https://git.example/desk.git@{COMMIT}");
    let gitlab = ["setup", "ci", "gitlab", "--from", &from];
    insta::assert_snapshot!(newsroom.run(gitlab), @r"
    --- stderr ---
    error: this newsroom has a file of its own, which stays as it is: .gitlab-ci.yml
    help: see what it would be: desk setup ci gitlab --from https://git.example/desk.git@0123456789abcdef0123456789abcdef01234567 --dry-run
    [exit 2]
    ");
    assert_eq!(newsroom.read(".gitlab-ci.yml"), "test:\n  script: make\n");
    let shown = newsroom.run(gitlab.iter().chain(&["--dry-run"])).ok();
    let filled = format!("    DESK_SOURCE: \"https://git.example/desk.git\"\n    DESK_COMMIT: \"{COMMIT}\"\n");
    assert!(shown.contains(&filled), "{shown}");
}

#[test]
fn ci_takes_desk_from_one_commit_of_a_plain_place() {
    let newsroom = Newsroom::new();
    let long = |place: &str| format!("{place}@{COMMIT}");
    for (forge, from) in [
        ("github", "post/desk@main".to_owned()),
        ("github", "post/desk".to_owned()),
        ("github", long("https://github.example/post/desk")),
        ("github", long("post/desk\n- run: x")),
        ("gitlab", long("post/desk")),
        ("gitlab", long("https://git.example/\"; x")),
    ] {
        newsroom.run(["setup", "ci", forge, "--from", &from]).fails(2);
    }
    assert!(!newsroom.exists(".github") && !newsroom.exists(".gitlab-ci.yml"));
}

#[test]
fn schemas_are_printed() {
    let newsroom = Newsroom::folder();
    for name in ["findings", "list"] {
        let schema = newsroom.run(["setup", "schema", name]).json();
        jsonschema::validator_for(&schema).unwrap();
        assert!(jsonschema::meta::is_valid(&schema), "{name}");
        assert_eq!(schema["$id"], format!("urn:desk:{name}:1"));
    }
    newsroom.run(["setup", "schema", "nothing"]).fails(2);
}

/// What the tools of others say of the same files: `.ci/run integrations`.
#[test]
fn what_others_run_is_pinned_and_names_flags_that_are_there() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |path: &str| std::fs::read_to_string(root.join(path)).unwrap();
    for path in
        ["action.yml", "integrations/github-workflow.yml", "integrations/github-tick.yml", ".github/workflows/ci.yml"]
    {
        for line in read(path).lines().filter_map(|line| line.trim_start_matches([' ', '-']).strip_prefix("uses: ")) {
            let commit = line.split_once('@').map(|(_, rest)| rest.split(' ').next().unwrap_or_default());
            let is_pinned = commit.is_some_and(|commit| commit.len() == 40);
            assert!(is_pinned || line == "SOURCE", "{path}: {line}");
        }
    }
    let cli = desk::command::Cli::clap();
    for words in [
        "desk --no-input -C . check --format github --range a..b",
        "desk --no-input check --range a..b --format gitlab",
        "desk --no-input check --range a..b --to https://git.example/post.git",
        "desk --no-input tick --wait 15m",
    ] {
        cli.clone().try_get_matches_from(words.split(' ')).unwrap();
    }
    let hook = read(".pre-commit-hooks.yaml");
    let entry = hook.lines().find_map(|line| line.trim().strip_prefix("entry: ")).unwrap();
    cli.clone().try_get_matches_from(entry.split(' ')).unwrap();
}
