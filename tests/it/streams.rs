//! What goes where, and how it ends.

use std::process::Stdio;

use crate::newsroom::{MINA, Newsroom};

#[test]
fn a_folder_without_a_newsroom_says_how_to_begin() {
    insta::assert_snapshot!(Newsroom::folder().run([""; 0]), @r"
    There is no newsroom in this folder.
      desk init      start one here, or take in a Hugo or Zola site
      desk init URL  join yours
      desk tour      try it for two minutes; touches nothing of yours
    [exit 0]
    ");
}

#[test]
fn a_command_line_that_cannot_be_read_is_exit_2() {
    let output = Newsroom::folder().run(["publsh"]);
    assert_eq!(output.code, Some(2));
    insta::assert_snapshot!(output, @r"
    --- stderr ---
    error: unrecognized subcommand 'publsh'

      tip: a similar subcommand exists: 'publish'

    Usage: desk [OPTIONS] [COMMAND]

    For more information, try '--help'.
    [exit 2]
    ");
}

#[test]
fn the_version_is_one_line() {
    assert_eq!(Newsroom::folder().run(["--version"]).ok(), concat!("desk ", env!("CARGO_PKG_VERSION"), "\n"));
}

#[test]
fn a_closed_pipe_ends_quietly() {
    let newsroom = Newsroom::folder();
    for args in [&["setup", "completions", "bash"][..], &["--help"], &[]] {
        let mut command = newsroom.command(env!("CARGO_BIN_EXE_desk"), Some(MINA));
        command.args(args).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()), (Some(0), ""), "{args:?}");
    }
}

#[test]
fn styles_come_only_when_they_are_wanted() {
    let newsroom = Newsroom::folder();
    let plain = newsroom.run([""; 0]).ok();
    assert!(!plain.contains('\u{1b}'), "{plain:?}");
    assert!(newsroom.run(["--color", "always"]).ok().contains("\u{1b}["));
    let forced = newsroom.as_(MINA).variable("CLICOLOR_FORCE", "1");
    assert!(forced.run([""; 0]).ok().contains("\u{1b}["));
    assert_eq!(forced.variable("NO_COLOR", "1").run([""; 0]).ok(), plain);
}

#[test]
fn what_became_another_in_git_is_said_where_somebody_asks() {
    let newsroom = Newsroom::new();
    newsroom.brief("pier");
    let said = newsroom.run(["--verbose", "submit", "pier"]);
    assert!(said.stderr.contains("git: refs/heads/desk/pier "), "{said}");
    let silent = newsroom.run(["--verbose", "list"]);
    assert!(!silent.stderr.contains("git: "), "{silent}");
    assert!(!newsroom.run(["submit", "pier"]).stderr.contains("git: "));
}
