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
