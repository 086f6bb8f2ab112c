//! What others did, brought in; what two people changed, kept and settled.

use crate::newsroom::{ANA, JUN, MINA, Newsroom, Output};

const FERRY: &str = "articles/2026/07/ferry/index.md";

/// Mina's newsroom with a public story in it, a remote beside it, and Jun's copy of that.
struct Both {
    newsroom: Newsroom,
}

impl Both {
    fn with_profile(profile: &str) -> Self {
        let newsroom = Newsroom::with_profile(profile);
        let path = newsroom.brief("ferry");
        let words = "\nFares rise 4% on May 1, says the port.\n\nThe second paragraph stands here for now.\n\nThe last one \
                     says who pays.\n";
        newsroom.write(&path, newsroom.read(&path) + words);
        newsroom.run(["submit", "ferry"]).ok();
        if profile != "solo" {
            newsroom.as_(JUN).run(["approve", "ferry", "--yes"]).ok();
        }
        newsroom.run(["publish", "ferry"]).ok();
        newsroom.git(["clone", "--quiet", "--bare", ".", "../post.git"]);
        newsroom.git(["remote", "add", "origin", "../post.git"]);
        newsroom.git(["fetch", "--quiet"]);
        newsroom.git(["clone", "--quiet", "../post.git", "../jun"]);
        Self { newsroom }
    }

    fn new() -> Self {
        Self::with_profile("solo")
    }

    fn mina<'a>(&self, args: impl IntoIterator<Item = &'a str>) -> Output {
        self.newsroom.run(args)
    }

    fn jun<'a>(&self, args: impl IntoIterator<Item = &'a str>) -> Output {
        self.newsroom.as_(JUN).run(["-C", "../jun"].into_iter().chain(args))
    }

    fn jun_git<'a>(&self, args: impl IntoIterator<Item = &'a str>) -> String {
        self.newsroom.as_(JUN).git(["-C", "../jun"].into_iter().chain(args))
    }

    /// Jun changes the public story, and what he published is at the remote.
    fn jun_corrects(&self, changes: &[(&str, &str)]) {
        for (old, new) in changes {
            self.newsroom.edit(&format!("../jun/{FERRY}"), old, new);
        }
        let note = changes.iter().map(|(_, new)| *new).collect::<Vec<_>>().join(" ");
        self.jun(["correct", "ferry", "--kind", "correction", "--note", &note]).ok();
        self.jun(["publish", "ferry"]).ok();
    }

    fn public(&self) -> String {
        self.newsroom.git(["show", &format!("main:{FERRY}")])
    }
}

#[test]
fn changes_in_different_places_join() {
    let both = Both::with_profile("pair");
    both.newsroom.edit(FERRY, "4%", "5%");
    both.mina(["correct", "ferry", "--kind", "correction", "--note", "It is 5%."]).ok();
    both.mina(["submit", "ferry"]).ok();
    // Jun changes the public words with plain git; what that is worth says audit.
    both.newsroom.edit(&format!("../jun/{FERRY}"), "who pays", "who pays what");
    both.jun_git(["commit", "--quiet", "--all", "--message", "Say what"]);
    both.jun_git(["push", "--quiet", "origin", "main"]);
    insta::assert_snapshot!(both.mina(["sync"]), @r"
    --- stderr ---
    The public version went on: 1 change came in.
    ferry: 2 words of Jun Seo (13:13) joined yours (paragraph 4): desk show ferry --changes
      the yes of Mina Park was to the words before: desk submit ferry
    [exit 0]
    ");
    let text = both.newsroom.read(FERRY);
    assert!(text.contains("rise 5% on") && text.contains("who pays what"), "{text}");
    assert_eq!(both.newsroom.git(["show", &format!("desk/ferry:{FERRY}")]), text);
    assert_eq!(
        both.newsroom.git(["ls-tree", "-r", "--name-only", "desk/ferry"]),
        both.newsroom.git(["ls-tree", "-r", "--name-only", "main"])
    );
    insta::assert_snapshot!(both.mina(["sync"]), @r"
    --- stderr ---
    Nothing new: everything here is up to date.
    [exit 0]
    ");
    both.mina(["undo"]).ok();
    assert!(!both.newsroom.read(FERRY).contains("who pays what"));
}

#[test]
fn what_two_people_changed_is_kept_shown_and_settled() {
    let both = Both::new();
    both.newsroom.edit(FERRY, "4%", "5%").edit(FERRY, "for now", "today");
    both.mina(["edit", "ferry", "--no-edit"]).ok();
    both.jun_corrects(&[("4%", "6%"), ("who pays", "who pays what")]);
    insta::assert_snapshot!(both.mina(["sync"]), @r"
    --- stderr ---
    The public version went on: 1 change came in.
    ferry: you and Jun Seo both changed paragraph 2. Both are kept.
      1 yours                   Fares rise 5% on May 1, says the port.
      2 Jun Seo, public, 13:12  Fares rise 6% on May 1, says the port.
    2 other words would join yours.
    Nothing was changed. To settle it: desk sync ferry --settle mine|theirs|both
    [exit 1]
    ");
    let before = (both.newsroom.references(), both.newsroom.read(FERRY), both.public());
    assert!(before.1.contains("rise 5%") && before.2.contains("rise 6%"));
    insta::assert_snapshot!(both.newsroom.as_(MINA).variable("DESK_ACCESSIBLE", "1").run(["sync", "--offline"]), @r"
    --- stderr ---
    ferry: you and Jun Seo both changed paragraph 2. Both are kept.
    Yours: Fares rise 5% on May 1, says the port.
    From Jun Seo, public, 13:12: Fares rise 6% on May 1, says the port.
    2 other words would join yours.
    Nothing was changed. To settle it: desk sync ferry --settle mine|theirs|both
    [exit 1]
    ");
    let json = both.mina(["sync", "--offline", "--format", "json"]).json();
    assert_eq!(json["conflicts"][0]["place"], "paragraph 2");
    insta::assert_snapshot!(both.mina(["submit", "ferry"]), @r"
    --- stderr ---
    error: the public version of `ferry` changed since yours was begun
      nothing was changed
      both changed paragraph 2; both are kept
    help: desk sync ferry
    [exit 1]
    ");
    both.mina(["publish", "ferry"]).fails(1);
    assert_eq!((both.newsroom.references(), both.newsroom.read(FERRY), both.public()), before);
    assert!(!before.1.contains("<<<<<<<"));

    insta::assert_snapshot!(both.mina(["sync", "ferry", "--settle", "both"]), @r"
    --- stderr ---
    ferry: 11 words of Jun Seo (13:12) joined yours (notes to readers, paragraph 3, paragraph 5): desk show ferry --changes
    [exit 0]
    ");
    let text = both.newsroom.read(FERRY);
    assert!(
        text.contains("Fares rise 5% on May 1, says the port.\n\nFares rise 6% on May 1, says the port.\n\n"),
        "{text}"
    );
    assert!(text.contains("stands here today") && text.contains("who pays what"), "{text}");
    assert_eq!(both.newsroom.git(["status", "--porcelain"]), format!(" M {FERRY}\n"));
    both.mina(["undo"]).ok();
    both.mina(["sync", "ferry", "--settle", "theirs"]).ok();
    assert!(both.newsroom.read(FERRY).contains("rise 6%"));
    both.newsroom.tell("ferry");
    both.mina(["publish", "ferry"]).ok();
    both.mina(["audit"]).ok();
    // Fields hold one value, and so many choices as there are places.
    both.mina(["sync", "ferry", "--settle", "mine", "--settle", "both"]).ok();
}

#[test]
fn long_paragraphs_stand_side_by_side() {
    let both = Both::new();
    let long = "The council met for nine hours on Monday and heard from the port, from two unions and from everybody who had \
                asked to speak before the vote.";
    let of = |text: &str, figure: &str| {
        text.replace("Fares rise 4% on May 1, says the port.", &long.replace("nine", figure))
    };
    let theirs = both.newsroom.read(&format!("../jun/{FERRY}"));
    both.newsroom.write(FERRY, of(&both.newsroom.read(FERRY), "ten"));
    both.mina(["edit", "ferry", "--no-edit"]).ok();
    both.newsroom.write(&format!("../jun/{FERRY}"), of(&theirs, "eleven"));
    both.jun(["correct", "ferry", "--kind", "clarification", "--note", "It took 11 hours."]).ok();
    both.jun(["publish", "ferry"]).ok();
    insta::assert_snapshot!(both.mina(["sync"]), @r"
    --- stderr ---
    The public version went on: 1 change came in.
    ferry: you and Jun Seo both changed paragraph 2. Both are kept.
      1 yours                                 2 Jun Seo, public, 13:12
      The council met for ten hours on        The council met for eleven hours on
      Monday and heard from the port, ...     Monday and heard from the port, ...
    Nothing was changed. To settle it: desk sync ferry --settle mine|theirs|both
    [exit 1]
    ");
}

#[test]
fn nothing_is_published_that_nobody_read_together() {
    let both = Both::new();
    both.newsroom.edit(FERRY, "for now", "today");
    both.mina(["edit", "ferry", "--no-edit"]).ok();
    both.jun_corrects(&[("who pays", "who pays what")]);
    // Only another article was asked for.
    both.newsroom.brief("pier");
    both.mina(["sync", "pier"]).ok();
    insta::assert_snapshot!(both.mina(["publish", "ferry"]), @r"
    --- stderr ---
    error: the public version of `ferry` changed since yours was begun
      its changes joined yours (notes to readers and paragraph 4): read them once more
      nothing was published
    help: desk show ferry --changes, then desk publish ferry
    [exit 1]
    ");
    both.newsroom.tell("ferry");
    insta::assert_snapshot!(both.mina(["publish", "ferry"]), @r"
    --- stderr ---
    Published: Title of ferry, 13:17
      /2026/07/ferry/   live when the site is built: desk build
      28 words, on one person's word
    Mistake? desk correct ferry
    [exit 0]
    ");
    let text = both.public();
    assert!(text.contains("stands here today") && text.contains("who pays what"), "{text}");
}

#[test]
fn a_colleagues_open_article_comes_goes_on_and_lands() {
    let both = Both::new();
    let pier = both.newsroom.brief("pier");
    both.mina(["submit", "pier"]).ok();
    insta::assert_snapshot!(both.jun(["sync"]), @r"
    --- stderr ---
    pier: open now by Mina Park (13:11): desk show pier
    pier: submitted by Mina Park (13:11): desk show pier
    [exit 0]
    ");
    insta::assert_snapshot!(both.jun(["edit", "pier", "--no-edit"]), @r"
    --- stderr ---
    Mina Park saved pier last, 13:11; these are those words.
    pier is in articles/2026/07/pier/index.md
    [exit 0]
    ");
    both.newsroom.edit(&format!("../jun/{pier}"), "waits", "lies");
    both.jun(["submit", "pier"]).ok();
    insta::assert_snapshot!(both.mina(["sync"]), @r"
    --- stderr ---
    pier: went on with Jun Seo (13:14): desk show pier --changes
    pier: submitted by Jun Seo (13:14): desk show pier
    [exit 0]
    ");
    assert!(both.newsroom.read(&pier).contains("dredger lies"));
    // Both go on from there.
    both.newsroom.edit(&pier, "berth 4", "berth 5");
    both.mina(["edit", "pier", "--no-edit"]).ok();
    both.newsroom.edit(&format!("../jun/{pier}"), "The dredger", "The old dredger");
    both.jun(["edit", "pier", "--no-edit"]).ok();
    both.jun_git(["push", "--quiet", "origin", "desk/pier"]);
    both.newsroom.git(["fetch", "--quiet"]);
    insta::assert_snapshot!(both.mina(["edit", "pier", "--no-edit"]), @r"
    --- stderr ---
    Jun Seo has pier open too, saved 13:17: desk sync pier brings that in.
    pier is in articles/2026/07/pier/index.md
    [exit 0]
    ");
    insta::assert_snapshot!(both.mina(["sync", "pier"]), @r"
    --- stderr ---
    pier: 1 word of Jun Seo (13:17) joined yours (paragraph 1): desk show pier --changes
    [exit 0]
    ");
    assert!(both.newsroom.read(&pier).contains("The old dredger lies at berth 5."));
    // Jun publishes what he has, and the branch is gone at the remote.
    both.jun(["publish", "pier"]).ok();
    insta::assert_snapshot!(both.mina(["sync"]), @r"
    --- stderr ---
    The public version went on: 1 change came in.
    pier: nobody else has it open any more; your words stay: desk show pier
    pier: joined with what others have; no word of yours changed
    [exit 0]
    ");
    both.newsroom.tell("pier");
    both.mina(["publish", "pier"]).ok();
    assert!(both.newsroom.git(["show", &format!("main:{pier}")]).contains("berth 5"));
}

/// The folder of a copy that was only ever fetched shows what readers see. Saved as it is, that would take a colleague's
/// change of public words back.
#[test]
fn a_colleagues_change_of_public_words_is_not_taken_back() {
    let sent = || {
        let both = Both::with_profile("pair");
        both.newsroom.edit(FERRY, "4%", "5%");
        both.mina(["correct", "ferry", "--kind", "correction", "--note", "It is 5%."]).ok();
        both.mina(["submit", "ferry"]).ok();
        both.newsroom.git(["push", "--quiet", "origin", "desk/ferry"]);
        both
    };
    let theirs = format!("../jun/{FERRY}");
    let both = sent();
    both.jun(["sync"]).ok();
    assert_eq!(both.newsroom.read(&theirs), both.newsroom.read(FERRY));
    assert!(!both.jun(["list"]).ok().contains("unsaved"));
    both.jun(["sync"]).ok();
    insta::assert_snapshot!(both.jun(["edit", "ferry", "--no-edit"]), @r"
    --- stderr ---
    Mina Park saved ferry last, 13:11; these are those words.
    ferry is in articles/2026/07/ferry/index.md
    [exit 0]
    ");
    assert_eq!(both.jun_git(["rev-parse", "desk/ferry"]), both.newsroom.git(["rev-parse", "desk/ferry"]));
    // What others did is not Jun's to take back.
    assert!(both.jun(["undo"]).stderr.contains("nothing to undo"));
    assert_eq!(both.newsroom.read(&theirs), both.newsroom.read(FERRY));

    // Somebody who knows git brought the branch here by hand.
    let both = sent();
    both.jun_git(["fetch", "--quiet", "origin", "desk/ferry:desk/ferry"]);
    both.jun(["approve", "ferry", "--yes"]).ok();
    assert_eq!(both.newsroom.read(&theirs), both.newsroom.read(FERRY));
    assert_eq!(both.jun_git(["rev-parse", "desk/ferry"]), both.newsroom.git(["rev-parse", "desk/ferry"]));

    // What Jun wrote himself meets Mina's words, as ever.
    let both = sent();
    both.newsroom.edit(&theirs, "who pays", "who pays what");
    both.jun(["sync"]).ok();
    both.jun(["sync"]).ok();
    let joined = both.newsroom.read(&theirs);
    assert!(joined.contains("5%") && joined.contains("who pays what"), "{joined}");
}

#[test]
fn what_others_landed_is_open_no_more() {
    let both = Both::new();
    let pier = both.newsroom.brief("pier");
    both.mina(["submit", "pier"]).ok();
    both.jun(["sync"]).ok();
    both.jun(["publish", "pier"]).ok();
    insta::assert_snapshot!(both.mina(["sync"]), @r"
    --- stderr ---
    The public version went on: 1 change came in.
    pier: landed by Jun Seo (13:13); nothing of it is open any more
    [exit 0]
    ");
    assert_eq!(both.newsroom.git(["branch", "--format=%(refname)"]), "refs/heads/main\n");
    assert_eq!(both.newsroom.git(["status", "--porcelain"]), "");
    assert_eq!(both.newsroom.read(&pier), both.newsroom.git(["show", &format!("main:{pier}")]));
}

#[test]
fn what_was_withdrawn_meanwhile_is_said_and_kept() {
    let both = Both::new();
    both.newsroom.edit(FERRY, "for now", "today");
    both.mina(["edit", "ferry", "--no-edit"]).ok();
    let withdraw = ["-C", "../jun", "withdraw", "ferry", "--kind", "retraction", "--note", "None of it was so."];
    both.newsroom.as_(ANA).run(withdraw).ok();
    insta::assert_snapshot!(both.mina(["sync"]), @r"
    --- stderr ---
    The public version went on: 1 change came in.
    ferry: withdrawn by Ana Ruiz (13:11); a notice stands in its place
      your open words are kept and can no longer go out as they are
    [exit 0]
    ");
    assert!(both.newsroom.read(FERRY).contains("stands here today"));
}

#[test]
fn a_remote_that_does_not_answer_is_told_and_holds_up_nothing() {
    let both = Both::new();
    both.newsroom.git(["remote", "set-url", "origin", "../nowhere.git"]);
    let said = both.mina(["sync"]).fails(3);
    assert!(said.contains("`origin` did not answer") && said.contains("--offline"), "{said}");
    insta::assert_snapshot!(both.mina(["sync", "--offline"]), @r"
    --- stderr ---
    Nothing new: everything here is up to date.
    [exit 0]
    ");
}

#[test]
fn what_was_published_in_two_places_is_not_forced_together() {
    let both = Both::new();
    both.newsroom.edit(FERRY, "for now", "today");
    both.mina(["correct", "ferry", "--kind", "update", "--note", "Today."]).ok();
    // For a while it was nobody's copy but hers.
    both.newsroom.git(["remote", "remove", "origin"]);
    both.mina(["publish", "ferry"]).ok();
    both.newsroom.git(["remote", "add", "origin", "../post.git"]);
    both.jun_corrects(&[("who pays", "who pays what")]);
    let refused = both.mina(["withdraw", "ferry", "--kind", "kill", "--note", "No."]).fails(1);
    assert!(refused.contains("went on here and elsewhere"), "{refused}");
    let before = both.newsroom.references();
    insta::assert_snapshot!(both.mina(["sync"]), @r"
    --- stderr ---
    The public version went on here and elsewhere, each in its own way. Both are kept.
      What was made public here has not left this computer: desk undo takes it back, then desk sync
    [exit 1]
    ");
    assert_eq!(
        both.newsroom.git(["rev-parse", "main"]).trim(),
        before.lines().find_map(|line| line.strip_prefix("refs/heads/main ")).unwrap()
    );
    // As it says: taken back here, brought in, joined, read, published.
    both.mina(["undo"]).ok();
    both.mina(["sync"]).ok();
    both.mina(["publish", "ferry"]).ok();
    let text = both.public();
    assert!(text.contains("stands here today") && text.contains("who pays what"), "{text}");
    both.mina(["audit"]).ok();
}

#[test]
fn what_git_pushed_is_not_taken_back() {
    let both = Both::new();
    both.newsroom.edit(FERRY, "for now", "today");
    both.mina(["correct", "ferry", "--kind", "update", "--note", "Today."]).ok();
    both.mina(["publish", "ferry"]).ok();
    let before = both.newsroom.references();
    insta::assert_snapshot!(both.mina(["undo"]), @r"
    --- stderr ---
    error: `published ferry` has left this computer: others have it by now
      what has left is not moved back; nothing was changed
    help: desk correct ferry tells readers, desk withdraw ferry takes it from them
    [exit 1]
    ");
    assert_eq!(both.newsroom.references(), before);
    let pier = both.newsroom.brief("pier");
    both.mina(["submit", "pier"]).ok();
    insta::assert_snapshot!(both.mina(["undo"]), @r"
    --- stderr ---
    error: `submitted pier` has left this computer: others have it by now
      what has left is not moved back; nothing was changed
    help: desk return pier
    [exit 1]
    ");
    assert!(both.newsroom.exists(&pier));
}
