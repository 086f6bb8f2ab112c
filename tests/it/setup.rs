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
