//! What whole screens say of some forgeries.

use insta::assert_snapshot;

use super::published;
use crate::audit::{EVE, FOLDER, MAIN, audit, commit, screen};
use crate::newsroom::{ANA, JUN};

#[test]
fn a_changed_byte() {
    let newsroom = published().cast();
    newsroom.edit(MAIN, "four percent", "five percent");
    commit(&newsroom, JUN, "a small fix");
    assert_snapshot!(audit(&newsroom), @r"
    Port Alder Post: 1 public article, 3 steps judged since 13:02
      broken  1  not what was agreed to, see below
    BROKEN
      ferry-fares: public words were changed and no record says so
          [3] by Jun Seo <jun@post.example>, 13:08, articles/2026/07/ferry-fares
    1 break in 1 article.   desk audit ferry-fares
    [exit 1]
    ");
    assert_snapshot!(screen(&newsroom, &newsroom.run(["audit", "ferry-fares"])), @r"
    Ferry fares rise in May
      articles/2026/07/ferry-fares, public, claimed
      13:06   published (review -> published) by Mina Park, [2]
          Mina Park submitted as writer, admin and editorial  13:04  claimed
          Jun Seo approved as editorial                       13:05  claimed
          needed 2 people, editorial; had them
    BROKEN
      this article: public words were changed and no record says so
          [3] by Jun Seo <jun@post.example>, 13:08, articles/2026/07/ferry-fares
    See what was done: git show --first-parent [3]
    Make it good, openly: desk submit ferry-fares
    [exit 1]
    ");
}

#[test]
fn a_deleted_article() {
    let newsroom = published().cast();
    newsroom.git(["rm", "-r", "--quiet", FOLDER]);
    commit(&newsroom, JUN, "we do not stand by this");
    assert_snapshot!(screen(&newsroom, &newsroom.run(["audit", "ferry-fares"])), @r"
    Ferry fares rise in May
      articles/2026/07/ferry-fares, not there any more, claimed
      13:06   published (review -> published) by Mina Park, [2]
          Mina Park submitted as writer, admin and editorial  13:04  claimed
          Jun Seo approved as editorial                       13:05  claimed
          needed 2 people, editorial; had them
    BROKEN
      this article: a public article was deleted
          [3] by Jun Seo <jun@post.example>, 13:09, articles/2026/07/ferry-fares
    See what was done: git show --first-parent [3]
    [exit 1]
    ");
}

#[test]
fn rules_changed_by_somebody_who_may_not() {
    let newsroom = published().cast();
    newsroom.edit("desk.toml", "\npeople = 2", "\npeople = 1");
    commit(&newsroom, ANA, "one is enough");
    assert_snapshot!(screen(&newsroom, &newsroom.run(["audit", "ferry-fares"])), @r"
    Ferry fares rise in May
      articles/2026/07/ferry-fares, public, claimed
      13:06   published (review -> published) by Mina Park, [2]
          Mina Park submitted as writer, admin and editorial  13:04  claimed
          Jun Seo approved as editorial                       13:05  claimed
          needed 2 people, editorial; had them
    BROKEN
      the newsroom: `ana@post.example` changed how the newsroom works without the role `editorial`
          [3] by Ana Ruiz <ana@post.example>, 13:08, desk.toml
    See what was done: git show --first-parent [3]
    [exit 1]
    ");
    newsroom.git(["rm", "--quiet", "desk.toml"]);
    commit(&newsroom, EVE, "no rules");
    assert_snapshot!(screen(&newsroom, &newsroom.run(["audit"])), @r"
    --- stderr ---
    error: the public version has no newsroom any more: `desk.toml` is gone
      since [4] by Eve Moss <eve@elsewhere.example>, 13:14 UTC
      nothing that is public can be proved without it
    help: git revert [4]
    [exit 1]
    ");
}
