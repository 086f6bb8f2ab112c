//! Words that are taken away from the public, as the people of a newsroom and its readers see it.

use crate::newsroom::{JUN, Newsroom};

const HARBOR: &str = "articles/2026/07/harbor/index.md";
const NOTE: &str = "Nobody at the port said this.";

fn published() -> Newsroom {
    let newsroom = Newsroom::new();
    newsroom.edit("staff.toml", "roles = [\"editorial\"]", "roles = [\"editorial\", \"duty\"]");
    newsroom.git(["commit", "--quiet", "--all", "-m", "staff: Jun has the night"]);
    newsroom.brief("harbor");
    newsroom.run(["submit"]).ok();
    newsroom.as_(JUN).run(["approve", "harbor", "--yes"]).ok();
    newsroom.run(["publish", "harbor"]).ok();
    newsroom
}

fn stands(newsroom: &Newsroom) -> String {
    let list = newsroom.run(["list", "--format", "json"]).json();
    format!("{} {}", list["articles"][0]["stage"].as_str().unwrap(), list["articles"][0]["facts"])
}

#[test]
fn a_notice_takes_the_place_of_the_words() {
    let newsroom = published();
    insta::assert_snapshot!(newsroom.as_(JUN).run(["withdraw", "harbor", "--kind", "retraction", "--note", NOTE]), @r"
    --- stderr ---
    Withdrawn: Title of harbor, 13:08
      /2026/07/harbor/   shows the notice when the site is built: desk build
      owes one more person's yes (by Mina Park or Ana Ruiz): desk approve harbor
    What was public may remain in:
      the newsroom's history, here and in every copy of it
      feed readers: what they have fetched stays with them
      caches, search engines and archives: ask them to drop or renew this address
    Mistake? desk undo takes it back while nothing has left this machine.
    To publish it again, through review: desk revive harbor
    [exit 0]
    ");
    assert_eq!(stands(&newsroom), r#"withdrawn ["owed"]"#);
    let inbox = newsroom.run(Vec::<String>::new()).stdout;
    assert!(inbox.contains("harbor  withdrawn 13:08, notice unread  desk approve harbor"), "{inbox}");
    insta::assert_snapshot!(newsroom.read(HARBOR), @r#"
    +++
    title = "Title of harbor"
    updated = 2026-07-25T13:08:00+00:00
    draft = false
    section = "local"
    date = 2026-07-25T13:07:00+00:00

    [[changes]]
    kind = "retraction"
    date = 2026-07-25T13:08:00+00:00
    note = "Nobody at the port said this."

    [desk]
    id = "01KYCP06G02NYE7QC3AG3VEPZ7"
    kind = "brief"
    stage = "withdrawn"
    +++
    Nobody at the port said this.
    "#);
    assert_eq!(newsroom.git(["status", "--porcelain"]), "");
    newsroom.run(["build"]).ok();
    let page = newsroom.read("public/2026/07/harbor/index.html");
    assert!(page.contains(NOTE) && !page.contains("dredger waits"), "{page}");
    assert!(!newsroom.read("public/feed.xml").contains("harbor"));
    newsroom.run(["audit"]).ok();
    newsroom.run(["check"]).ok();
    newsroom.run(["approve", "harbor", "--yes"]).ok();
    assert_eq!(stands(&newsroom), "withdrawn []");
    newsroom.run(["audit"]).ok();
}

#[test]
fn who_may_not_is_told_who_may() {
    let newsroom = published();
    newsroom.edit("desk.toml", "[review]", "[review]\nwithdraw = [\"duty\"]");
    newsroom.git(["commit", "--quiet", "--all", "-m", "desk: who has the night withdraws"]);
    insta::assert_snapshot!(newsroom.run(["withdraw", "harbor", "--kind", "kill", "--note", NOTE]), @r"
    --- stderr ---
    error: to withdraw needs somebody with the role `duty`
      nothing was changed
    help: ask Jun Seo
    [exit 1]
    ");
    insta::assert_snapshot!(newsroom.as_(JUN).run(["withdraw", "harbor", "--kind", "kill", "--note", " "]), @r#"
    --- stderr ---
    error: this needs a reason
      nothing was changed
    help: --note "why"
    [exit 1]
    "#);
    newsroom.brief("pier");
    newsroom.run(["submit", "pier"]).ok();
    insta::assert_snapshot!(newsroom.as_(JUN).run(["withdraw", "pier", "--kind", "kill", "--note", NOTE]), @r"
    --- stderr ---
    error: `pier` is not public: there is nothing to withdraw
      nothing was changed
    help: desk spike pier
    [exit 1]
    ");
}

#[test]
fn undo_puts_the_words_back_and_revive_takes_them_up() {
    let newsroom = published();
    let (text, references) = (newsroom.read(HARBOR), newsroom.references());
    newsroom.as_(JUN).run(["withdraw", "harbor", "--kind", "kill", "--note", NOTE]).ok();
    newsroom.as_(JUN).run(["undo"]).ok();
    assert_eq!((newsroom.read(HARBOR), newsroom.references()), (text, references));
    newsroom.as_(JUN).run(["withdraw", "harbor", "--kind", "kill", "--note", NOTE]).ok();
    insta::assert_snapshot!(newsroom.run(["withdraw", "harbor", "--kind", "kill", "--note", NOTE]), @r"
    --- stderr ---
    error: `harbor` is withdrawn already
      nothing was changed
    help: desk show harbor --history
    [exit 1]
    ");
    newsroom.run(["revive", "harbor"]).ok();
    assert_eq!(stands(&newsroom), r#"draft ["owed"]"#);
    assert!(newsroom.read(HARBOR).contains("dredger waits"));
    newsroom.run(["submit", "harbor"]).ok();
    newsroom.run(["publish", "harbor"]).fails(1);
    newsroom.as_(JUN).run(["approve", "harbor", "--yes"]).ok();
    newsroom.run(["publish", "harbor"]).ok();
    assert_eq!(stands(&newsroom), "published []");
    newsroom.run(["audit"]).ok();
    let history = newsroom.run(["show", "harbor", "--history"]).ok();
    assert!(history.contains("withdrew") && history.contains(NOTE), "{history}");
}
