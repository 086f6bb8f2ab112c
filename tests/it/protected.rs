//! What the rules of a branch see to, each walked through from the first submission until readers see the words: desk and
//! the forge judge the same words, and neither stands in the other's way.

use crate::hub::{ANA, Guard, JUN, MINA};
use crate::newsroom;
use crate::pull_requests::{PIER, Post};

impl Post {
    fn guarded(guards: &[Guard]) -> Self {
        let post = Self::new();
        post.hub.state().guards = guards.to_vec();
        post
    }

    /// A hook that judges what anybody pushes to the public version; the forge's own merges pass it by.
    #[cfg(unix)]
    fn judges_pushes(&self, script: &str) {
        let hook = self.newsroom.around().join("forge/post/desk.git/hooks/pre-receive");
        std::fs::create_dir_all(hook.parent().unwrap()).unwrap();
        let script = format!("#!/bin/sh\nwhile read old new name; do\n{script}\ndone\n");
        std::fs::write(&hook, script).unwrap();
        std::fs::set_permissions(&hook, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    }
}

#[test]
fn where_stale_approvals_are_dismissed_they_are_given_again() {
    let post = Post::guarded(&[Guard::DismissesStale]);
    post.sent();
    post.hub.browser(JUN).approve(1);
    post.hub.browser(ANA).edit(1, PIER, "berth 4", "berth 6");
    post.stays();
    // Even the words that were agreed to: the forge has forgotten it, and what it says now is what counts.
    post.hub.browser(ANA).edit(1, PIER, "berth 6", "berth 4");
    insta::assert_snapshot!(post.stays(), @r"
    --- stderr ---
    error: not yet: one thing is missing
      one more person's yes (by Jun Seo or Ana Ruiz)
      nothing was changed
      The forge changed it meanwhile: desk show pier --changes
    help: desk show pier --needs
    [exit 1]
    ");
    post.hub.browser(JUN).approve(1);
    post.mina(["publish", "pier"]).ok();
    assert!(post.readers_see().contains("berth 4"));
    post.whole();
}

#[test]
fn a_yes_from_the_terminal_is_not_dismissed_with_the_one_there() {
    let post = Post::guarded(&[Guard::DismissesStale]);
    post.sent();
    post.jun(["sync"]).ok();
    post.jun(["approve", "pier", "--yes"]).ok();
    post.hub.browser(ANA).edit(1, PIER, "berth 4", "berth 6");
    post.hub.browser(ANA).edit(1, PIER, "berth 6", "berth 4");
    post.mina(["publish", "pier"]).ok();
    assert!(post.readers_see().contains("berth 4"));
    post.whole();
}

#[test]
fn where_an_owner_must_agree_the_forge_says_who() {
    let post = Post::guarded(&[Guard::Owner(ANA)]);
    post.sent();
    // Enough for the newsroom, not for the forge.
    post.hub.browser(JUN).approve(1);
    insta::assert_snapshot!(post.stays(), @r"
    --- stderr ---
    error: [FORGE] does not merge it
      Waiting on code owner review from ana.
      nothing became public
    help: http://[FORGE]/post/desk/pull/1
    [exit 1]
    ");
    post.hub.browser(ANA).approve(1);
    post.mina(["publish", "pier"]).ok();
    assert!(post.readers_see().contains("berth 4"));
    post.whole();
}

#[test]
fn where_the_last_push_must_be_approved_by_another_it_is() {
    let post = Post::guarded(&[Guard::LastPush]);
    post.sent();
    // Jun mends a word, and agrees to all of it: so does Mina now, and nobody else has read Jun's word there.
    post.hub.browser(JUN).edit(1, PIER, "berth 4", "berth 6");
    post.hub.browser(JUN).approve(1);
    post.mina(["sync"]).ok();
    let said = post.stays();
    assert!(said.contains("yes") || said.contains("last pusher"), "{said}");
    post.hub.browser(ANA).approve(1);
    post.mina(["sync"]).ok();
    post.mina(["submit", "pier"]).ok();
    post.mina(["publish", "pier"]).ok();
    assert!(post.readers_see().contains("berth 6"));
    post.whole();
}

/// The rule `required signatures` of a branch: what is pushed must be signed, and the forge signs what it merges.
#[cfg(unix)]
const SIGNED: &str = "[ $name != refs/heads/main ] || for commit in $(git rev-list $old..$new); do
git cat-file commit $commit | grep -q ^gpgsig || { echo 'GH006: Commits must have verified signatures.' >&2; exit 1; }
done";

#[cfg(unix)]
#[test]
fn where_signatures_are_required_stamps_are_signed() {
    let post = Post::new();
    post.judges_pushes(SIGNED);
    post.sent();
    post.hub.browser(JUN).approve(1);
    // Mina does not sign: the words land hidden, and wait for whoever does.
    insta::assert_snapshot!(post.mina(["publish", "pier"]), @r"
    --- stderr ---
    error: it landed, and its record was not taken
      pre-receive hook declined
      GH006: Commits must have verified signatures.
      readers do not see it until it is recorded
      landed through http://[FORGE]/post/desk/pull/1
    help: desk tick records it once that is taken; desk doctor says what stands in the way
    [exit 3]
    ");
    assert_eq!(post.readers_see(), "");
    let folder = post.newsroom.around().join("keys");
    std::fs::create_dir_all(&folder).unwrap();
    let key = folder.join("mina").display().to_string();
    let made = post.newsroom.as_(newsroom::MINA).run_with("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", &key]);
    made.ok();
    let public = std::fs::read_to_string(folder.join("mina.pub")).unwrap();
    let signers = folder.join("signers").display().to_string();
    std::fs::write(&signers, format!("mina@post.example namespaces=\"git\" {public}")).unwrap();
    for (name, value) in [
        ("gpg.format", "ssh"),
        ("user.signingKey", &key),
        ("commit.gpgSign", "true"),
        ("gpg.ssh.allowedSignersFile", &signers),
    ] {
        post.newsroom.git(["config", name, value]);
    }
    post.mina(["publish", "pier"]).ok();
    assert!(post.readers_see().contains("berth 4"));
    // git itself is what judges the signature.
    post.newsroom.git(["verify-commit", "main"]);
    post.whole();
}

#[test]
fn a_merge_queue_is_refused() {
    let post = Post::new();
    post.hub.state().rules = serde_json::json!([{ "type": "merge_queue", "parameters": { "merge_method": "MERGE" } }]);
    post.sent();
    post.hub.browser(JUN).approve(1);
    insta::assert_snapshot!(post.stays(), @r"
    --- stderr ---
    error: pull requests land by a queue on [FORGE]
      a queue puts words together that nobody has read together
      nothing became public
    help: take the merge queue out of the branch's rules: desk doctor says more
    [exit 1]
    ");
    let doctor = post.mina(["doctor"]).to_string();
    assert!(doctor.contains("queue"), "{doctor}");
    assert_eq!(post.readers_see(), "");
    assert_eq!(post.hub.state().pull(1).unwrap().by, MINA);
}
