//! A public article that was changed by hand: made good openly, and named for ever.

use insta::assert_snapshot;

use crate::audit::{EVE, FOLDER, MAIN, audit, begun, breaks, commit, published, screen};
use crate::newsroom::{JUN, MINA, Newsroom};

/// A public article in which Jun changed a word with plain git.
fn changed_by_hand() -> Newsroom {
    let newsroom = published();
    newsroom.edit(MAIN, "four percent", "five percent");
    commit(&newsroom, JUN, "a small fix");
    newsroom
}

#[test]
fn what_stands_there_is_agreed_to_by_everybody() {
    let newsroom = changed_by_hand();
    newsroom.tell("ferry-fares");
    assert_snapshot!(newsroom.run(["submit", "ferry-fares"]), @r"
    --- stderr ---
    Sent to Jun Seo and Ana Ruiz: Ferry fares rise in May
    Needs one more person's yes (by Jun Seo or Ana Ruiz)
    [exit 0]
    ");
    assert_snapshot!(newsroom.run(["publish", "ferry-fares"]), @r"
    --- stderr ---
    error: not yet: one thing is missing
      one more person's yes (by Jun Seo or Ana Ruiz)
      nothing was changed
    help: desk show ferry-fares --needs
    [exit 1]
    ");
    assert_snapshot!(newsroom.as_(JUN).run(["approve", "ferry-fares", "--yes"]), @r"
    --- stderr ---
    The public version was changed by hand: readers see what nobody agreed to.
    Against what was agreed to 1 word changed (Jun Seo and Mina Park).
      notes to readers
        {+update: More is known now.+}
      paragraph 1
        Fares rise by [-four-]{+five+} percent on May 1, the port said.
    Photos unchanged.
    Check: nothing found.
    Approved: Ferry fares rise in May
    These exact words now have the yes of Mina Park and Jun Seo.
    Everybody who must agree has: desk publish ferry-fares
    [exit 0]
    ");
    newsroom.run(["publish", "ferry-fares"]).ok();
    assert!(newsroom.read(MAIN).contains("five percent"));
    assert_eq!(newsroom.git(["status", "--porcelain"]), "");
    assert_snapshot!(audit(&newsroom), @r"
    Port Alder Post: 1 public article, 4 steps judged since 13:02
      claimed  1  a yes rests on a name in git, which anybody could write
    MADE GOOD
      ferry-fares: public words were changed and no record says so
          [3] by Jun Seo <jun@post.example>, 13:08, articles/2026/07/ferry-fares
          public without everybody's yes from 13:08 to 13:13; made good in [4]
    Whole: every public word is what its people agreed to.
    [exit 0]
    ");
    assert_snapshot!(screen(&newsroom, &newsroom.run(["audit", "ferry-fares"])), @r"
    Ferry fares rise in May
      articles/2026/07/ferry-fares, public, claimed
      13:06   published (review -> published) by Mina Park, [2]
          Mina Park submitted as writer, admin and editorial  13:04  claimed
          Jun Seo approved as editorial                       13:05  claimed
          needed 2 people, editorial; had them
      13:13   corrected by Mina Park, [4]
          Mina Park submitted as writer, admin and editorial  13:10  claimed
          Jun Seo approved as editorial                       13:12  claimed
          needed 2 people, editorial; had them
    MADE GOOD
      this article: public words were changed and no record says so
          [3] by Jun Seo <jun@post.example>, 13:08, articles/2026/07/ferry-fares
          public without everybody's yes from 13:08 to 13:13; made good in [4]
    Whole.
    [exit 0]
    ");
    let json = newsroom.run(["audit", "--format", "json"]).json();
    assert_eq!((&json["whole"], &json["articles"][0]["breaks"]), (&true.into(), &serde_json::json!([])));
    assert_eq!(json["articles"][0]["mended"][0]["reason"], "changed-without-record");
    // Once more by hand: a break of its own.
    newsroom.edit(MAIN, "five percent", "six percent");
    commit(&newsroom, EVE, "one more");
    assert_snapshot!(breaks(&newsroom), @r"
    ferry-fares: public words were changed and no record says so
        [5] by Eve Moss <eve@elsewhere.example>, 13:23, articles/2026/07/ferry-fares
    ");
}

#[test]
fn other_words_take_the_place_of_those() {
    let newsroom = changed_by_hand();
    newsroom.edit(MAIN, "five percent", "four percent");
    newsroom.run(["submit", "ferry-fares"]).ok();
    newsroom.as_(JUN).run(["approve", "ferry-fares", "--yes"]).ok();
    newsroom.run(["publish", "ferry-fares"]).ok();
    assert!(newsroom.run(["audit"]).ok().contains("Whole"));
}

#[test]
fn nobody_makes_it_good_alone() {
    let newsroom = Newsroom::new();
    newsroom.edit("staff.toml", "\"writer\"", "\"writer\", \"duty\"");
    commit(&newsroom, MINA, "staff: Mina is on duty");
    begun(&newsroom, "ferry-fares", "Ferry fares rise in May");
    newsroom.run(["submit"]).ok();
    newsroom.as_(JUN).run(["approve", "--yes"]).ok();
    newsroom.run(["publish"]).ok();
    newsroom.edit(MAIN, "four percent", "five percent");
    commit(&newsroom, MINA, "a small fix");
    newsroom.tell("ferry-fares");
    let alone = ["publish", "ferry-fares", "--alone", "--note", "it is late"];
    assert_snapshot!(newsroom.run(alone), @r"
    --- stderr ---
    error: the public version of `ferry-fares` was changed by hand, which nobody makes good alone
      nothing was changed
      words that were public without a yes need everybody's now
    help: desk show ferry-fares --needs
    [exit 1]
    ");
    newsroom.run(["audit"]).fails(1);
}

#[test]
fn one_person_is_enough_where_one_always_is() {
    let newsroom = Newsroom::with_profile("solo");
    begun(&newsroom, "ferry-fares", "Ferry fares rise in May");
    newsroom.run(["publish"]).ok();
    newsroom.edit(MAIN, "four percent", "five percent").edit(MAIN, "date = 2026-07-25T", "date = 2026-07-20T");
    commit(&newsroom, MINA, "a small fix, and we had it first");
    newsroom.run(["audit"]).fails(1);
    newsroom.tell("ferry-fares").run(["publish", "ferry-fares"]).ok();
    assert!(newsroom.read(MAIN).contains("date = 2026-07-25T"), "the day is back to what the record knows");
    newsroom.run(["audit"]).ok();
}

#[test]
fn an_article_from_before_desk_is_made_good_by_its_first_move() {
    let newsroom = Newsroom::repository();
    newsroom.write("articles/old.md", "+++\ntitle = \"Old\"\nsection = \"local\"\n+++\nOld words.\n");
    commit(&newsroom, MINA, "a site");
    newsroom.run(["init", "--name", "Port Alder Post", "--profile", "solo", "--articles", "articles", "--yes"]).ok();
    newsroom.git(["reset", "--quiet", "--hard"]);
    newsroom.edit("articles/old.md", "Old words.", "New words.");
    commit(&newsroom, MINA, "news");
    newsroom.run(["audit"]).fails(1);
    newsroom.edit("articles/old.md", "New words.", "Newer words.");
    newsroom.tell("old").run(["publish", "old"]).ok();
    assert_snapshot!(audit(&newsroom), @r"
    Port Alder Post: 1 public article, 3 steps judged since 13:04
      claimed  1  a yes rests on a name in git, which anybody could write
    MADE GOOD
      old: public words were changed and no record says so
          [3] by Mina Park <mina@post.example>, 13:07, articles/old.md
          public without everybody's yes from 13:07 to 13:10; made good in [4]
    Whole: every public word is what its people agreed to.
    [exit 0]
    ");
}

#[test]
fn what_is_no_matter_of_words_stays_broken() {
    let newsroom = published();
    newsroom.edit(MAIN, "four percent", "five percent");
    newsroom.write("records/notes.txt", "to be sorted\n");
    commit(&newsroom, JUN, "a small fix, and notes");
    newsroom.tell("ferry-fares").run(["submit", "ferry-fares"]).ok();
    newsroom.as_(JUN).run(["approve", "ferry-fares", "--yes"]).ok();
    newsroom.run(["publish", "ferry-fares"]).ok();
    assert_snapshot!(breaks(&newsroom), @r"
    the newsroom: something in `records/` was changed by hand
        [3] by Jun Seo <jun@post.example>, 13:08, records/notes.txt
    ");
    assert!(newsroom.exists(FOLDER));
}
