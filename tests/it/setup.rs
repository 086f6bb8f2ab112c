//! `desk setup`.

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
fn a_hook_is_put_in_and_one_that_is_there_stays() {
    let newsroom = Newsroom::new();
    insta::assert_snapshot!(newsroom.run(["setup", "hooks"]), @r"
    --- stderr ---
    Git checks the articles before each commit now: [DESK]/.git/hooks/pre-commit
    [exit 0]
    ");
    insta::assert_snapshot!(newsroom.run(["setup", "hooks"]), @r"
    --- stderr ---
    Nothing to do: the hook is there already, [DESK]/.git/hooks/pre-commit
    [exit 0]
    ");
    newsroom.write(".git/hooks/pre-commit", "#!/bin/sh\nmake lint\n");
    insta::assert_snapshot!(newsroom.run(["setup", "hooks"]), @r"
    --- stderr ---
    error: this newsroom has a hook of its own, which stays as it is: [DESK]/.git/hooks/pre-commit
      desk never writes over a hook, nor into a folder of hooks that `core.hooksPath` names
    help: add this line to it: desk --no-input check || exit 1
    [exit 2]
    ");
    assert_eq!(newsroom.read(".git/hooks/pre-commit"), "#!/bin/sh\nmake lint\n");
    assert_eq!(Newsroom::folder().run(["setup", "hooks"]).code, Some(2));
}
