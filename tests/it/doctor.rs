//! `desk doctor`, and the unusual repositories that people really have: each says what happened and what mends it.

use std::process::Stdio;

use crate::newsroom::{ANA, MINA, Newsroom, Output};

/// The report without git's own version, which differs from machine to machine.
fn doctor(newsroom: &Newsroom) -> Output {
    plain(newsroom.run(["doctor"]))
}

fn plain(output: Output) -> Output {
    let (first, rest) = output.stdout.split_once('\n').unwrap();
    assert!(first.starts_with("ok      git 2."), "{output}");
    Output { stdout: format!("ok      git [VERSION]\n{rest}"), ..output }
}

#[test]
fn a_newsroom_in_order() {
    let newsroom = Newsroom::new();
    newsroom.run(["setup", "hooks"]).ok();
    insta::assert_snapshot!(doctor(&newsroom));
    let json = newsroom.run(["doctor", "--format", "json"]).json();
    assert_eq!(json["version"], 1);
    assert_eq!(json["signs"][0]["about"], "git");
    assert!(json["signs"].as_array().unwrap().iter().all(|sign| sign["health"] != "broken"), "{json}");
}

#[test]
fn what_the_policy_asks_for_and_nobody_can_give() {
    let newsroom = Newsroom::repository();
    newsroom.run(["init", "--name", "Alone", "--profile", "newsroom", "--timezone", "UTC", "--no-input"]).ok();
    insta::assert_snapshot!(doctor(&newsroom));
}

#[test]
fn somebody_who_is_not_on_the_list_and_somebody_without_a_name() {
    let newsroom = Newsroom::with_profile("pair");
    let stranger = crate::newsroom::Person { name: "Noa Lind", address: "noa@else.example" };
    insta::assert_snapshot!(plain(newsroom.as_(stranger).run(["doctor"])));
    insta::assert_snapshot!(plain(newsroom.as_nobody().run(["doctor"])));
    insta::assert_snapshot!(newsroom.as_nobody().run(["new", "A tide", "--no-input", "--no-edit"]));
    let folder = Newsroom::folder();
    let init = ["init", "--name", "Tides", "--profile", "solo", "--timezone", "UTC", "--no-input"];
    insta::assert_snapshot!(folder.as_nobody().run(init));
    assert!(!folder.exists(".git"), "nothing is made before it is known whose it is");
}

#[test]
fn a_key_to_sign_with() {
    let newsroom = Newsroom::with_profile("pair");
    newsroom.write("../home/key.pub", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKeyOfNobody mina@laptop\n");
    newsroom.git(["config", "gpg.format", "ssh"]);
    newsroom.git(["config", "user.signingKey", "~/key"]);
    let says = |newsroom: &Newsroom| {
        let json = newsroom.run(["doctor", "--format", "json"]).json();
        let signs = json["signs"].as_array().unwrap().clone();
        let signing = signs.iter().find(|sign| sign["about"] == "signing").unwrap();
        format!("{}: {}", signing["health"].as_str().unwrap(), signing["says"].as_str().unwrap())
    };
    assert_eq!(says(&newsroom), "note: you sign with a key that the staff list does not have for you");
    newsroom.git(["config", "user.signingKey", "~/nothing"]);
    assert_eq!(says(&newsroom), "broken: the key you sign with cannot be read");
}

#[test]
fn a_set_up_that_cannot_be_read() {
    let newsroom = Newsroom::with_profile("pair");
    newsroom.edit("desk.toml", "people = 2", "people = 3");
    insta::assert_snapshot!(doctor(&newsroom));
    newsroom.edit("desk.toml", "people = 3", "people = \"two\"");
    newsroom.git(["commit", "--quiet", "--all", "-m", "a slip"]);
    insta::assert_snapshot!(doctor(&newsroom));
    insta::assert_snapshot!(newsroom.run(["list"]));
}

#[test]
fn no_newsroom() {
    insta::assert_snapshot!(doctor(&Newsroom::folder()));
    insta::assert_snapshot!(Newsroom::folder().run(["list"]));
    let unborn = Newsroom::repository();
    insta::assert_snapshot!(unborn.run(["list"]));
    unborn.write("desk.toml", "[newsroom]\nname = \"Tides\"\n");
    insta::assert_snapshot!(unborn.run(["list"]));
}

#[test]
fn a_bare_repository() {
    let newsroom = Newsroom::folder();
    newsroom.git(["init", "--quiet", "--bare"]);
    insta::assert_snapshot!(newsroom.run(["list"]));
    insta::assert_snapshot!(newsroom.run(["init", "--profile", "solo", "--no-input"]));
    insta::assert_snapshot!(doctor(&newsroom));
}

#[test]
fn repositories_of_other_forms() {
    for (argument, form) in [("--object-format=sha256", "sha256"), ("--ref-format=reftable", "reftable")] {
        let newsroom = Newsroom::folder();
        let mut git = newsroom.command("git", Some(MINA));
        let made = git.args(["init", "--quiet", argument]).stderr(Stdio::null()).status().unwrap();
        if !made.success() {
            #[expect(clippy::print_stderr, reason = "a skipped test says so")]
            {
                eprintln!("skipped: this git makes no {form} repository");
            }
            continue;
        }
        newsroom.write("a.txt", "a\n").git(["add", "a.txt"]);
        newsroom.git(["commit", "--quiet", "-m", "one"]);
        insta::assert_snapshot!(form, newsroom.run(["init", "--profile", "solo", "--no-input"]));
        assert_eq!(newsroom.git(["status", "--porcelain"]), "");
        assert_eq!(newsroom.git(["rev-list", "--count", "HEAD"]), "1\n");
    }
}

#[test]
fn a_shallow_copy() {
    let newsroom = Newsroom::with_profile("solo");
    newsroom.write("a.txt", "a\n").git(["add", "a.txt"]);
    newsroom.git(["commit", "--quiet", "-m", "one"]);
    let from = format!("file://{}", newsroom.path().display());
    newsroom.git(["clone", "--quiet", "--depth=1", &from, "../shallow"]);
    let output = plain(newsroom.run(["-C", "../shallow", "doctor"]));
    assert_eq!(output.code, Some(0), "{output}");
    assert!(output.stdout.contains("git fetch --unshallow"), "{output}");
    newsroom.run(["-C", "../shallow", "list"]).ok();
}

#[test]
fn a_version_of_the_past() {
    let newsroom = Newsroom::with_profile("solo");
    newsroom.git(["checkout", "--quiet", "--detach"]);
    insta::assert_snapshot!(doctor(&newsroom));
    newsroom.run(["new", "Low water", "--no-edit", "--no-input"]).ok();
    newsroom.run(["list"]).ok();
    let other = Newsroom::repository();
    other.write("a.txt", "a\n").git(["add", "a.txt"]);
    other.git(["commit", "--quiet", "-m", "one"]);
    other.git(["checkout", "--quiet", "--detach"]);
    insta::assert_snapshot!(other.run(["init", "--name", "Tides", "--profile", "solo", "--no-input"]));
    assert_eq!(other.git(["status", "--porcelain"]), "");
}

#[test]
fn in_the_middle_of_a_merge() {
    let newsroom = Newsroom::with_profile("solo");
    newsroom.git(["switch", "--quiet", "-c", "other"]);
    newsroom.write("a.txt", "theirs\n").git(["add", "a.txt"]);
    newsroom.git(["commit", "--quiet", "-m", "theirs"]);
    newsroom.git(["switch", "--quiet", "main"]);
    newsroom.write("a.txt", "ours\n").git(["add", "a.txt"]);
    newsroom.git(["commit", "--quiet", "-m", "ours"]);
    let mut merge = newsroom.command("git", Some(ANA));
    merge.args(["merge", "--quiet", "other"]).stdout(Stdio::null()).stderr(Stdio::null());
    assert!(!merge.status().unwrap().success(), "both sides wrote a.txt");
    insta::assert_snapshot!(newsroom.run(["new", "Low water", "--no-edit", "--no-input"]));
    insta::assert_snapshot!(doctor(&newsroom));
    assert!(newsroom.read("a.txt").contains("<<<<<<<"), "the merge is as it was");
    assert_eq!(newsroom.git(["status", "--porcelain"]), "AA a.txt\n");
}

#[test]
fn somebody_at_a_terminal_is_asked_once_who_they_are() {
    let newsroom = Newsroom::with_profile("solo");
    let run = |input: &str, words: &[&str]| {
        let home = newsroom.around().join("home/.gitconfig");
        let variables = [("GIT_CONFIG_GLOBAL", home.to_str().unwrap()), ("DESK_ACCESSIBLE", "1"), ("TZ", "UTC")];
        let environment = desk::command::Environment {
            args: std::iter::once("desk").chain(words.iter().copied()).map(Into::into).collect(),
            directory: newsroom.path(),
            variables: variables.into_iter().map(|(name, value)| (name.into(), value.into())).collect(),
            now: "2026-07-25T22:00:00Z".parse().unwrap(),
            clock: desk::process::Clock::Machine,
            seed: Some(7),
            terminals: desk::terminal::Terminals { input: true, output: false, errors: true },
        };
        let (streams, buffers) = desk::terminal::Streams::buffers(input);
        let code = desk::command::run(environment, streams);
        (code, buffers.err())
    };
    let (code, said) = run("Noa Lind\nnowhere\nnoa@post.example\n", &["undo"]);
    assert!(said.contains("You are Noa Lind <noa@post.example> in this newsroom from now on."), "{code}: {said}");
    assert!(said.contains("an e-mail address has an @ in it"), "{said}");
    assert_eq!(newsroom.git(["config", "--local", "user.email"]), "noa@post.example\n");
    let (_, said) = run("", &["undo"]);
    assert!(!said.contains("Your name"), "{said}");
}
