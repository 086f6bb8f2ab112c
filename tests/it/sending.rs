//! Words, and what was said of them, go to a remote without a forge: a bare repository that everybody pushes to.

use crate::newsroom::{JUN, Newsroom, Output};

/// Mina's newsroom, a bare repository beside it, and Jun's copy.
struct Shared {
    newsroom: Newsroom,
}

impl Shared {
    fn new() -> Self {
        let newsroom = Newsroom::with_profile("pair");
        newsroom.git(["clone", "--quiet", "--bare", ".", "../post.git"]);
        newsroom.git(["remote", "add", "origin", "../post.git"]);
        newsroom.git(["fetch", "--quiet"]);
        newsroom.git(["clone", "--quiet", "../post.git", "../jun"]);
        Self { newsroom }
    }

    fn mina<'a>(&self, args: impl IntoIterator<Item = &'a str>) -> Output {
        self.newsroom.run(args)
    }

    fn jun<'a>(&self, args: impl IntoIterator<Item = &'a str>) -> Output {
        self.newsroom.as_(JUN).run(["-C", "../jun"].into_iter().chain(args))
    }

    /// The references of the remote, by name.
    fn there(&self) -> Vec<String> {
        let all = self.newsroom.git(["-C", "../post.git", "for-each-ref", "--format=%(refname)"]);
        all.lines().map(|name| name.split_inclusive('/').take(3).collect()).collect()
    }

    fn remote_main(&self) -> String {
        self.newsroom.git(["-C", "../post.git", "rev-parse", "main"])
    }

    /// A hook of the remote's that says this and takes nothing.
    #[cfg(unix)]
    fn decline(&self, words: &str) {
        let hook = self.newsroom.around().join("post.git/hooks/pre-receive");
        std::fs::write(&hook, format!("#!/bin/sh\necho '{words}' >&2\nexit 1\n")).unwrap();
        std::fs::set_permissions(&hook, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    }
}

#[test]
fn a_story_goes_from_one_to_the_other_and_before_everybody() {
    let shared = Shared::new();
    shared.newsroom.brief("pier");
    insta::assert_snapshot!(shared.mina(["submit", "pier"]), @r"
    --- stderr ---
    Saved pier: 6 words changed.
    Sent to Jun Seo and Ana Ruiz: Title of pier
    Needs one more person's yes (by Jun Seo or Ana Ruiz)
    [exit 0]
    ");
    assert_eq!(shared.there(), ["refs/desk/approvals/", "refs/heads/desk/", "refs/heads/main"]);
    insta::assert_snapshot!(shared.jun(["sync"]), @r"
    --- stderr ---
    pier: open now by Mina Park (13:08): desk show pier
    pier: submitted by Mina Park (13:08): desk show pier
    [exit 0]
    ");
    insta::assert_snapshot!(shared.jun(["approve", "pier", "--yes"]), @r"
    --- stderr ---
    Title of pier


    The dredger waits at berth 4.

    Check: nothing found.
    Approved: Title of pier
    These exact words now have the yes of Mina Park and Jun Seo.
    Everybody who must agree has: desk publish pier
    [exit 0]
    ");
    insta::assert_snapshot!(shared.mina(["publish", "pier"]), @r"
    --- stderr ---
    Published: Title of pier, 13:12
      /2026/07/pier/   live when the site is built: desk build
      exactly the 6 words Jun Seo approved at 13:11
    Mistake? desk correct pier
    [exit 0]
    ");
    assert_eq!(shared.remote_main(), shared.newsroom.git(["rev-parse", "main"]));
    assert_eq!(shared.there(), ["refs/desk/approvals/", "refs/desk/approvals/", "refs/heads/main"]);
    insta::assert_snapshot!(shared.jun(["sync"]), @r"
    --- stderr ---
    The public version went on: 1 change came in.
    pier: landed by Mina Park (13:12); nothing of it is open any more
    [exit 0]
    ");
    shared.jun(["audit"]).ok();
    // What has left is not taken back.
    let said = shared.mina(["undo"]).fails(1);
    assert!(said.contains("has left this computer") && said.contains("desk correct pier"), "{said}");
}

#[test]
fn what_is_returned_goes_back_with_its_reason() {
    let shared = Shared::new();
    let pier = shared.newsroom.brief("pier");
    shared.mina(["submit", "pier"]).ok();
    shared.jun(["sync"]).ok();
    shared.jun(["return", "pier", "--note", "Which berth?"]).ok();
    insta::assert_snapshot!(shared.mina(["sync"]), @r"
    --- stderr ---
    pier: went on with Jun Seo (13:10): desk show pier --changes
    pier: returned by Jun Seo (13:10): desk show pier
    [exit 0]
    ");
    assert!(shared.newsroom.read(&pier).contains("stage = \"draft\""));
    let shown = shared.mina(["show", "pier", "--history"]).ok();
    assert!(shown.contains("Which berth?"), "{shown}");
}

#[test]
fn a_correction_is_sent_back_and_readers_go_on_reading() {
    let shared = Shared::new();
    let pier = shared.newsroom.brief("pier");
    shared.mina(["submit", "pier"]).ok();
    shared.jun(["sync"]).ok();
    shared.jun(["approve", "pier", "--yes"]).ok();
    shared.mina(["publish", "pier"]).ok();
    shared.newsroom.edit(&pier, "berth 4", "berth 5");
    shared.mina(["correct", "pier", "--kind", "correction", "--note", "It is berth 5."]).ok();
    shared.mina(["submit", "pier"]).ok();
    shared.jun(["sync"]).ok();
    insta::assert_snapshot!(shared.jun(["return", "pier", "--note", "Which berth?"]), @r"
    --- stderr ---
    Returned: Title of pier
    Readers go on reading it as it was; the change waits for its writer: desk edit pier
    [exit 0]
    ");
    shared.mina(["sync"]).ok();
    insta::assert_snapshot!(shared.mina([]), @r"
    Mina Park, Port Alder Post                                      Sat 25 Jul 13:17
    YOUR MOVE
      pier  returned by Jun Seo: Which berth?  desk edit pier
    0 drafts, 1 public: desk list
    [exit 0]
    ");
    let said = shared.mina(["publish", "pier"]).fails(1);
    assert!(said.contains("one more person"), "{said}");
}

#[test]
fn what_could_not_be_sent_is_kept_and_goes_later() {
    let shared = Shared::new();
    shared.newsroom.brief("pier");
    shared.newsroom.git(["remote", "set-url", "origin", "../nowhere.git"]);
    insta::assert_snapshot!(shared.mina(["submit", "pier"]), @r"
    --- stderr ---
    Saved pier: 6 words changed.
    Ready for Jun Seo and Ana Ruiz: Title of pier
    Needs one more person's yes (by Jun Seo or Ana Ruiz)
    error: `origin` did not answer
      fatal: '../nowhere.git' does not appear to be a git repository
      what was done is kept on this computer
    help: desk sync pier sends it
    [exit 3]
    ");
    // Nothing is decided without the remote that decides.
    let before = shared.newsroom.references();
    insta::assert_snapshot!(shared.mina(["publish", "pier"]), @r"
    --- stderr ---
    error: `origin` did not answer
      fatal: '../nowhere.git' does not appear to be a git repository
      nothing was changed
    help: try again when it answers
    [exit 3]
    ");
    assert_eq!(shared.newsroom.references(), before);
    shared.newsroom.git(["remote", "set-url", "origin", "../post.git"]);
    insta::assert_snapshot!(shared.mina(["sync"]), @r"
    --- stderr ---
    pier: sent
    [exit 0]
    ");
    assert_eq!(shared.there(), ["refs/desk/approvals/", "refs/heads/desk/", "refs/heads/main"]);
    insta::assert_snapshot!(shared.mina(["submit", "pier"]), @r"
    --- stderr ---
    error: you have said yes to these words of `pier` already
      nothing was changed
    help: desk show pier --needs
    [exit 1]
    ");
}

#[cfg(unix)]
#[test]
fn what_a_remote_declines_is_public_nowhere() {
    let shared = Shared::new();
    shared.newsroom.brief("pier");
    shared.mina(["submit", "pier"]).ok();
    shared.jun(["sync"]).ok();
    shared.jun(["approve", "pier", "--yes"]).ok();
    shared.mina(["sync"]).ok();
    shared.decline("the public version is closed on Sundays");
    let before = (shared.newsroom.git(["rev-parse", "main"]), shared.remote_main());
    insta::assert_snapshot!(shared.mina(["publish", "pier"]), @r"
    --- stderr ---
    error: `origin` did not take it
      pre-receive hook declined
      the public version is closed on Sundays
      nothing was changed
    help: desk doctor says what stands in the way
    [exit 3]
    ");
    assert_eq!((shared.newsroom.git(["rev-parse", "main"]), shared.remote_main()), before);
}

#[test]
fn of_two_who_publish_both_are_right_in_turn() {
    let shared = Shared::new();
    shared.newsroom.brief("pier");
    shared.newsroom.brief("ferry");
    shared.mina(["submit", "pier"]).ok();
    shared.mina(["submit", "ferry"]).ok();
    shared.jun(["sync"]).ok();
    shared.jun(["approve", "pier", "--yes"]).ok();
    shared.jun(["approve", "ferry", "--yes"]).ok();
    shared.jun(["publish", "ferry"]).ok();
    // Mina's copy does not know of it yet: it is brought in first.
    shared.mina(["publish", "pier"]).ok();
    let said = shared.mina(["publish", "ferry"]).fails(1);
    assert!(said.contains("ferry"), "{said}");
    for slug in ["pier", "ferry"] {
        let found =
            shared.newsroom.git(["-C", "../post.git", "show", &format!("main:articles/2026/07/{slug}/index.md")]);
        assert!(found.contains("stage = \"published\""), "{found}");
    }
    shared.mina(["audit"]).ok();
}

#[test]
fn what_somebody_merged_by_hand_is_hidden_until_it_is_stamped() {
    let shared = Shared::new();
    let pier = shared.newsroom.brief("pier");
    shared.mina(["submit", "pier"]).ok();
    shared.jun(["sync"]).ok();
    shared.newsroom.as_(JUN).git(["-C", "../jun", "merge", "--quiet", "--no-ff", "--message", "Merge it", "desk/pier"]);
    shared.newsroom.as_(JUN).git(["-C", "../jun", "push", "--quiet", "origin", "main"]);
    insta::assert_snapshot!(shared.mina(["sync"]), @r"
    --- stderr ---
    The public version went on: 1 change came in.
    pier: landed by Jun Seo (13:10); readers do not see it yet
      desk show pier --needs says what is missing; desk publish pier
    [exit 0]
    ");
    // Nothing that was not agreed to becomes public, whoever merged it.
    insta::assert_snapshot!(shared.mina(["tick"]), @r"
    Not published: pier
      not yet: one thing is missing
      one more person's yes (by Jun Seo or Ana Ruiz)
      desk show pier --needs
    [exit 1]
    ");
    insta::assert_snapshot!(shared.jun(["approve", "pier", "--yes"]), @r"
    --- stderr ---
    Title of pier


    The dredger waits at berth 4.

    Check: nothing found.
    Approved: Title of pier
    These exact words now have the yes of Mina Park and Jun Seo.
    Everybody who must agree has: desk publish pier
    [exit 0]
    ");
    insta::assert_snapshot!(shared.mina(["tick"]), @r"
    Published: Title of pier
      /2026/07/pier/   live when the site is built: desk build
      exactly the 6 words Jun Seo approved at 13:14
    [exit 0]
    ");
    assert!(shared.newsroom.read(&pier).contains("draft = false"));
    assert_eq!(shared.there(), ["refs/desk/approvals/", "refs/desk/approvals/", "refs/heads/main"]);
    insta::assert_snapshot!(shared.mina(["audit"]), @r"
    Port Alder Post: 1 public article, 3 steps judged since 13:02
      claimed  1  a yes rests on a name in git, which anybody could write
    Whole: every public word is what its people agreed to.
    [exit 0]
    ");
    shared.mina(["tick"]).ok();
}

#[test]
fn where_nobody_may_push_what_is_sent_is_sealed_and_its_record_follows() {
    let shared = Shared::new();
    shared.newsroom.edit("desk.toml", "[review]\n", "[review]\nstamp = \"submit\"\n");
    shared.newsroom.git(["commit", "--quiet", "--all", "--message", "Nobody pushes to the public version"]);
    shared.newsroom.git(["push", "--quiet", "origin", "main"]);
    shared.newsroom.as_(JUN).git(["-C", "../jun", "pull", "--quiet"]);
    let merge = |slug: &str| {
        let branch = format!("desk/{slug}");
        shared.newsroom.as_(JUN).git(["-C", "../jun", "merge", "--quiet", "--no-ff", "--message", "Merge it", &branch]);
        shared.newsroom.as_(JUN).git(["-C", "../jun", "push", "--quiet", "origin", "main", &format!(":{branch}")]);
    };
    let pier = shared.newsroom.brief("pier");
    shared.mina(["submit", "pier"]).ok();
    assert!(shared.newsroom.read(&pier).contains("draft = false"), "{}", shared.newsroom.read(&pier));
    shared.jun(["sync"]).ok();
    shared.jun(["approve", "pier", "--yes"]).ok();
    merge("pier");
    insta::assert_snapshot!(shared.mina(["sync"]), @r"
    --- stderr ---
    The public version went on: 1 change came in.
    pier: landed by Jun Seo (13:14); nothing of it is open any more
    [exit 0]
    ");
    insta::assert_snapshot!(shared.mina(["audit"]), @r"
    Port Alder Post: 1 public article, 3 steps judged since 13:02
      claimed  1  a yes rests on a name in git, which anybody could write
      landed   1  the record follows with the next change: pier
    Whole: every public word is what its people agreed to.
    [exit 0]
    ");
    shared.mina(["tick"]).ok();
    // The next change of another article brings the record of this one.
    shared.newsroom.brief("ferry");
    shared.mina(["submit", "ferry"]).ok();
    shared.jun(["sync"]).ok();
    shared.jun(["check", "--range", "main..desk/ferry"]).ok();
    shared.jun(["approve", "ferry", "--yes"]).ok();
    merge("ferry");
    shared.mina(["sync"]).ok();
    insta::assert_snapshot!(shared.mina(["audit"]), @r"
    Port Alder Post: 2 public articles, 4 steps judged since 13:02
      claimed  2  a yes rests on a name in git, which anybody could write
      landed   1  the record follows with the next change: ferry
    Whole: every public word is what its people agreed to.
    [exit 0]
    ");
}

#[test]
fn where_every_save_is_shared_colleagues_see_drafts() {
    let shared = Shared::new();
    shared.newsroom.edit("desk.toml", "[review]\n", "[articles]\nshare = \"save\"\n\n[review]\n");
    if shared.newsroom.read("desk.toml").matches("[articles]").count() > 1 {
        let desk = shared.newsroom.read("desk.toml").replace("[articles]\nshare = \"save\"\n\n", "");
        shared.newsroom.write("desk.toml", desk.replacen("[articles]\n", "[articles]\nshare = \"save\"\n", 1));
    }
    shared.newsroom.git(["commit", "--quiet", "--all", "--message", "Share every save"]);
    shared.newsroom.brief("pier");
    assert_eq!(shared.there(), ["refs/heads/main"]);
    shared.mina(["edit", "pier", "--no-edit"]).ok();
    assert_eq!(shared.there(), ["refs/heads/desk/", "refs/heads/main"]);
}
