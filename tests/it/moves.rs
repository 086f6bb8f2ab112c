//! Every move of a story, by the people of a newsroom, as they see it.

use std::process::Command;

use crate::newsroom::{ANA, JUN, MINA, Newsroom, Person};

const HARBOR: &str = "articles/2026/07/harbor/index.md";
const BOB: Person = Person { name: "Bob Hale", address: "bob@elsewhere.example" };

/// What one person says about another's refusal: everything written, and nothing moved.
#[track_caller]
fn refused(newsroom: &Newsroom, person: Person, args: &[&str], because: &str) {
    let before = newsroom.references();
    let said = newsroom.as_(person).run(args).fails(1);
    assert!(said.contains(because), "`{because}` is said in:\n{said}");
    assert!(said.contains("nothing was changed") && said.contains("help: "), "{said}");
    assert_eq!(newsroom.references(), before, "{args:?} moved something");
}

/// The facts and the stage of one article, in `list`.
fn stands(newsroom: &Newsroom, slug: &str) -> String {
    let list = newsroom.run(["list", "--format", "json"]).json();
    let article = list["articles"].as_array().unwrap().iter().find(|article| article["slug"] == slug);
    let article = article.unwrap_or_else(|| panic!("{slug} is in {list}"));
    format!("{} {}", article["stage"].as_str().unwrap(), article["facts"])
}

#[test]
fn two_people_make_a_story_public() {
    let newsroom = Newsroom::new();
    newsroom.brief("harbor");
    assert_eq!(newsroom.git(["status", "--porcelain"]), "?? articles/\n");
    insta::assert_snapshot!(newsroom.run(["submit"]), @r"
    --- stderr ---
    Saved harbor: 6 words changed.
    Sent to Jun Seo and Ana Ruiz: Title of harbor
    Needs one more person's yes (by Jun Seo or Ana Ruiz)
    [exit 0]
    ");
    insta::assert_snapshot!(newsroom.run(["publish"]), @r"
    --- stderr ---
    error: not yet: one thing is missing
      one more person's yes (by Jun Seo or Ana Ruiz)
      nothing was changed
    help: desk show harbor --needs
    [exit 1]
    ");
    insta::assert_snapshot!(newsroom.as_(JUN).run(["approve", "--yes"]), @r"
    --- stderr ---
    Title of harbor


    The dredger waits at berth 4.

    Check: nothing found.
    Approved: Title of harbor
    These exact words now have the yes of Mina Park and Jun Seo.
    Everybody who must agree has: desk publish harbor
    [exit 0]
    ");

    newsroom.edit(HARBOR, "waits", "lies");
    insta::assert_snapshot!(newsroom.run(["publish"]), @r"
    --- stderr ---
    Saved harbor: 1 word changed.
    error: not yet: two things are missing
      editorial approval (by Mina Park or Jun Seo)
      2 more people's yes (by Mina Park, Jun Seo or Ana Ruiz)
      nothing else was changed
    help: desk submit harbor
    [exit 1]
    ");
    newsroom.edit(HARBOR, "lies", "allegedly lies");
    insta::assert_snapshot!(newsroom.run(["show", "--needs"]), @r#"
    Needs the yes of 2 different people to these exact words.
    They are on disk and not saved yet.
      needs  2 people, for every article
             Mina Park, Jun Seo or Ana Ruiz could
      needs  editorial, for every article
             Mina Park or Jun Seo could
      needs  legal, because it says "allegedly"
             Ana Ruiz could
    SAID SO FAR
      not  Mina Park submitted  13:05  the words changed since
      not  Jun Seo approved     13:07  the words changed since
    [exit 0]
    "#);
    newsroom.edit(HARBOR, "allegedly lies", "lies");
    insta::assert_snapshot!(newsroom.run(["show", "--needs"]), @r"
    Needs the yes of 2 different people to these exact words.
      needs  2 people   for every article  Mina Park, Jun Seo or Ana Ruiz could
      needs  editorial  for every article  Mina Park or Jun Seo could
    SAID SO FAR
      not  Mina Park submitted  13:05  the words changed since
      not  Jun Seo approved     13:07  the words changed since
    [exit 0]
    ");
    assert_eq!(stands(&newsroom, "harbor"), r#"review ["stale"]"#);

    newsroom.run(["submit"]).ok();
    insta::assert_snapshot!(newsroom.as_(JUN).run(["approve", "--yes"]), @r"
    --- stderr ---
    You approved this at 13:07. Since then 1 word changed (Mina Park).
      paragraph 1
        The dredger [-waits-]{+lies+} at berth 4.
    Check: nothing found.
    Approved: Title of harbor
    These exact words now have the yes of Mina Park and Jun Seo.
    Everybody who must agree has: desk publish harbor
    [exit 0]
    ");
    assert_eq!(stands(&newsroom, "harbor"), r#"review ["approved"]"#);
    let approved = newsroom.run(["show", "--format", "json"]).json()["digest"].as_str().unwrap().to_owned();
    insta::assert_snapshot!(newsroom.run(["publish"]), @r"
    --- stderr ---
    Published: Title of harbor, 13:16
      /2026/07/harbor/   live when the site is built: desk build
      exactly the 6 words Jun Seo approved at 13:13
    Mistake? desk undo takes it back while nothing has left this machine.
    [exit 0]
    ");

    assert_eq!(newsroom.git(["status", "--porcelain"]), "");
    assert_eq!(newsroom.git(["branch", "--format=%(refname)"]), "refs/heads/main\n");
    assert_eq!(stands(&newsroom, "harbor"), "published []");
    let text = newsroom.git(["show", &format!("main:{HARBOR}")]);
    assert_eq!(text, newsroom.read(HARBOR));
    assert!(text.contains("lies at berth 4") && text.contains("draft = false"), "{text}");
    let records = newsroom.git(["ls-tree", "-r", "--name-only", "main", "records/"]);
    let record = newsroom.read(records.trim());
    assert!(record.contains(&format!("content = \"{approved}\"")), "{record}");
    assert_eq!(record.matches("[[entry.assent]]").count(), 2, "{record}");
    let message = newsroom.git(["log", "-1", "--format=%B"]);
    assert!(message.contains("Desk-Move: publish (review -> published)\n"), "{message}");
    assert!(message.contains(&format!("Desk-Content: {approved}\n")), "{message}");
    assert_eq!(newsroom.git(["rev-list", "--parents", "-1", "main"]).split_whitespace().count(), 3);
}

#[test]
fn nobody_publishes_their_own_words_where_two_must_agree() {
    for profile in ["pair", "newsroom"] {
        let newsroom = Newsroom::with_profile(profile);
        newsroom.brief("harbor");
        newsroom.run(["edit", "harbor", "--no-edit"]).ok();
        refused(&newsroom, MINA, &["publish", "harbor"], "one more person's yes");
        newsroom.run(["submit"]).ok();
        refused(&newsroom, MINA, &["publish"], "one more person's yes");
        newsroom.run(["approve", "--yes"]).fails(1);
        refused(&newsroom, MINA, &["publish"], "one more person's yes");
        newsroom.as_(JUN).run(["approve", "--yes"]).ok();
        newsroom.run(["publish"]).ok();
    }
}

#[test]
fn an_editor_must_be_among_them() {
    let newsroom = Newsroom::new();
    newsroom.edit("staff.toml", "[\"writer\", \"admin\", \"editorial\"]", "[\"writer\", \"admin\"]");
    newsroom.git(["commit", "--quiet", "--all", "-m", "staff: Mina writes"]);
    newsroom.brief("harbor");
    newsroom.run(["submit"]).ok();
    newsroom.as_(ANA).run(["approve", "--yes"]).ok();
    refused(&newsroom, MINA, &["publish"], "editorial approval (by Jun Seo)");
    newsroom.as_(JUN).run(["approve", "--yes"]).ok();
    newsroom.run(["publish"]).ok();
}

#[test]
fn one_person_alone_begins_and_publishes() {
    let newsroom = Newsroom::with_profile("solo");
    newsroom.brief("harbor");
    newsroom.run(["publish"]).ok();
    assert_eq!(stands(&newsroom, "harbor"), "published []");
    assert_eq!(newsroom.git(["status", "--porcelain"]), "");
}

#[test]
fn an_article_goes_back_with_a_word_why() {
    let newsroom = Newsroom::new();
    newsroom.brief("harbor");
    newsroom.run(["submit"]).ok();
    let said = newsroom.as_(JUN).run(["return", "--no-input"]).fails(2);
    assert!(said.contains("--note"), "{said}");
    newsroom.as_(JUN).run(["return", "--note", "who says the permit was late?"]).ok();
    assert_eq!(stands(&newsroom, "harbor"), "draft []");
    let history = newsroom.run(["show", "--history"]).ok();
    assert!(history.contains("who says the permit was late?"), "{history}");
    refused(&newsroom, MINA, &["approve", "--yes"], "has not been submitted");
}

#[test]
fn at_night_one_person_publishes_and_owes_a_reader() {
    let newsroom = Newsroom::new();
    newsroom.edit("staff.toml", "roles = [\"editorial\"]", "roles = [\"editorial\", \"duty\"]");
    newsroom.git(["commit", "--quiet", "--all", "-m", "staff: Jun has the night"]);
    let path = newsroom.brief("fire");
    newsroom.run(["edit", "fire", "--no-edit"]).ok();
    refused(&newsroom, MINA, &["publish", "--alone", "--note", "fire"], "role `duty`");
    newsroom.as_(JUN).run(["publish", "--alone", "fire"]).fails(2);
    insta::assert_snapshot!(newsroom.as_(JUN).run(["publish", "--alone", "--note", "nobody else awake", "fire"]), @r"
    --- stderr ---
    Published: Title of fire, 13:10
      /2026/07/fire/   live when the site is built: desk build
      6 words, on one person's word
      published alone: others owe it their reading
    Mistake? desk undo takes it back while nothing has left this machine.
    [exit 0]
    ");
    assert_eq!(stands(&newsroom, "fire"), r#"published ["owed"]"#);
    newsroom.as_(JUN).run(["approve", "fire", "--yes"]).fails(1);
    assert_eq!(stands(&newsroom, "fire"), r#"published ["owed"]"#);
    let paid = newsroom.run(["approve", "fire", "--yes"]);
    assert!(paid.stderr.ends_with("It is public already, and nobody owes it a reading any more.\n"), "{paid}");
    assert_eq!(stands(&newsroom, "fire"), "published []");
    assert!(newsroom.read(&path).contains("stage = \"published\""));
}

#[test]
fn the_night_never_waives_the_lawyer() {
    let newsroom = Newsroom::new();
    newsroom.edit("staff.toml", "roles = [\"editorial\"]", "roles = [\"editorial\", \"duty\"]");
    newsroom.git(["commit", "--quiet", "--all", "-m", "staff: Jun has the night"]);
    let path = newsroom.brief("court");
    newsroom.edit(&path, "waits", "allegedly waits");
    newsroom.run(["edit", "court", "--no-edit"]).ok();
    refused(&newsroom, JUN, &["publish", "--alone", "--note", "night", "court"], "legal");
}

#[test]
fn what_is_spiked_and_revived_keeps_every_byte() {
    let newsroom = Newsroom::new();
    let path = newsroom.brief("harbor");
    newsroom.write("articles/2026/07/harbor/berth.jpg", [0xff, 0xd8, 0, 13, 10, 0xff, 0xd9]);
    newsroom.run(["submit"]).ok();
    newsroom.as_(JUN).run(["return", "--note", "not yet"]).ok();
    let text = newsroom.read(&path);
    newsroom.run(["spike", "--note", "nobody else says so"]).ok();
    assert!(!newsroom.exists("articles/2026/07/harbor"));
    assert_eq!(newsroom.git(["branch", "--format=%(refname)"]), "refs/heads/main\n");
    assert_eq!(stands(&newsroom, "harbor"), "spiked []");
    newsroom.run(["revive", "harbor"]).ok();
    assert_eq!(newsroom.read(&path), text);
    let photo = std::fs::read(newsroom.path().join("articles/2026/07/harbor/berth.jpg")).unwrap();
    assert_eq!(photo, [0xff, 0xd8, 0, 13, 10, 0xff, 0xd9]);
    assert_eq!(stands(&newsroom, "harbor"), "draft []");
}

#[test]
fn nothing_switches() {
    let newsroom = Newsroom::new();
    let head = newsroom.git(["rev-parse", "HEAD"]);
    let paths = ["ferry", "harbor", "pier"].map(|slug| newsroom.brief(slug));
    newsroom.run(["submit", "ferry"]).ok();
    newsroom.edit(&paths[1], "waits", "lies");
    newsroom.run(["submit", "pier"]).ok();
    newsroom.as_(JUN).run(["approve", "ferry", "--yes"]).ok();
    assert_eq!(newsroom.git(["symbolic-ref", "HEAD"]), "refs/heads/main\n");
    assert_eq!(newsroom.git(["rev-parse", "HEAD"]), head);
    newsroom.run(["publish", "ferry"]).ok();
    assert!(newsroom.read(&paths[1]).contains("lies"), "an unsaved word stays");
    assert!(paths.iter().all(|path| newsroom.exists(path)));
    assert_eq!(stands(&newsroom, "harbor"), r#"draft ["unsaved"]"#);
    assert_eq!(stands(&newsroom, "pier"), "review []");
}

#[test]
fn an_article_is_named_as_one_likes() {
    let newsroom = Newsroom::new();
    for slug in ["ferry", "ferry-terminal", "ferret"] {
        newsroom.brief(slug);
    }
    insta::assert_snapshot!(newsroom.run(["submit", "fer"]), @r"
    --- stderr ---
    error: `fer` could be several articles
      `ferret`, `ferry-terminal`, `ferry`
    help: name one, or a clear beginning of it
    [exit 2]
    ");
    insta::assert_snapshot!(newsroom.run(["submit"]), @r"
    --- stderr ---
    error: several articles are open: which one?
      `ferret`, `ferry-terminal`, `ferry`
    help: name one, or a clear beginning of it
    [exit 2]
    ");
    for (name, slug) in [
        ("ferry", "ferry"),
        ("ferre", "ferret"),
        ("ferry-t", "ferry-terminal"),
        ("articles/2026/07/ferry/index.md", "ferry"),
        ("articles/2026/07/ferret", "ferret"),
    ] {
        assert_eq!(newsroom.run(["show", name, "--format", "json"]).json()["slug"], slug, "{name}");
    }
    insta::assert_snapshot!(newsroom.run(["submit", "fery-terminal"]), @r"
    --- stderr ---
    error: no article is called `fery-terminal`
      did you mean `ferry-terminal`, `ferret` or `ferry`?
    [exit 1]
    ");
}

#[test]
fn somebody_not_on_the_staff_agrees_to_nothing() {
    let newsroom = Newsroom::with_profile("pair");
    newsroom.brief("harbor");
    newsroom.run(["submit"]).ok();
    for args in [&["approve", "--yes"][..], &["publish"], &["return", "--note", "no"]] {
        refused(&newsroom, BOB, args, "`bob@elsewhere.example` is not on this newsroom's staff list");
    }
    newsroom.as_(BOB).run(["submit"]).ok();
    refused(&newsroom, MINA, &["publish"], "one more person's yes");
}

#[test]
fn a_signed_yes_is_proved() {
    let newsroom = Newsroom::new();
    let key = newsroom.around().join("home/jun");
    let made = Command::new("ssh-keygen").args(["-q", "-t", "ed25519", "-N", "", "-C", "jun", "-f"]).arg(&key).status();
    assert!(made.unwrap().success());
    let public = std::fs::read_to_string(key.with_extension("pub")).unwrap();
    let staffed = format!("emails = [\"jun@post.example\"]\nkeys = [{{ key = \"{}\" }}]", public.trim());
    newsroom.edit("staff.toml", "emails = [\"jun@post.example\"]", &staffed);
    newsroom.git(["commit", "--quiet", "--all", "-m", "staff: Jun signs"]);
    newsroom.brief("harbor");
    newsroom.run(["submit"]).ok();
    newsroom.git(["config", "gpg.format", "ssh"]);
    newsroom.git(["config", "user.signingKey", &key.to_string_lossy()]);
    newsroom.as_(JUN).run(["approve", "--yes"]).ok();
    newsroom.git(["config", "--unset", "user.signingKey"]);
    insta::assert_snapshot!(newsroom.run(["show", "--needs"]), @r"
    Needs the yes of 2 different people to these exact words.
      has  2 people   for every article  Mina Park and Jun Seo
      has  editorial  for every article  Mina Park and Jun Seo
    SAID SO FAR
      yes  Mina Park submitted  13:05  claimed
      yes  Jun Seo approved     13:08  proved
    Nothing is missing.
    [exit 0]
    ");
    newsroom.run(["publish"]).ok();
    let record = newsroom.git(["grep", "--count", "BEGIN SSH SIGNATURE", "main", "--", "records"]);
    assert!(record.ends_with(":1\n"), "{record}");
}

#[test]
fn what_was_saved_before_a_refusal_is_said() {
    let newsroom = Newsroom::new();
    newsroom.brief("harbor");
    insta::assert_snapshot!(newsroom.run(["publish"]), @r"
    --- stderr ---
    Saved harbor: 6 words changed.
    error: not yet: one thing is missing
      one more person's yes (by Jun Seo or Ana Ruiz)
      nothing else was changed
    help: desk show harbor --needs
    [exit 1]
    ");
    newsroom.edit(HARBOR, "The dredger waits at berth 4.\n", "");
    insta::assert_snapshot!(newsroom.run(["submit"]), @r"
    --- stderr ---
    Saved harbor: 6 words changed.
    error: not yet: one thing is missing
      the article has no body yet (body-length, articles/2026/07/harbor/index.md)
      nothing else was changed
    help: desk check harbor
    [exit 1]
    ");
}

#[test]
fn a_word_of_somebody_who_is_not_on_the_staff_list() {
    let newsroom = Newsroom::new();
    newsroom.brief("harbor");
    insta::assert_snapshot!(newsroom.as_(BOB).run(["submit"]), @r"
    --- stderr ---
    Saved harbor: 6 words changed.
    Sent to Mina Park, Jun Seo and Ana Ruiz: Title of harbor
    bob@elsewhere.example is not on the staff list: this counts for nothing until it is.
    Mina Park or Jun Seo can add you to staff.toml.
    Needs editorial approval (by Mina Park or Jun Seo)
    Needs 2 more people's yes (by Mina Park, Jun Seo or Ana Ruiz)
    [exit 0]
    ");
    newsroom.as_(JUN).run(["approve", "--yes"]).ok();
    newsroom.as_(JUN).run(["publish"]).fails(1);
}

#[test]
fn alone_and_yet_not_on_one_persons_word() {
    let newsroom = Newsroom::new();
    newsroom.edit("staff.toml", "\"writer\"", "\"writer\", \"duty\"");
    newsroom.git(["commit", "--quiet", "--all", "-m", "staff: Mina is on duty"]);
    newsroom.brief("harbor");
    newsroom.run(["submit"]).ok();
    newsroom.as_(ANA).run(["submit"]).ok();
    insta::assert_snapshot!(newsroom.run(["publish", "--alone", "--note", "nobody else is awake"]), @r"
    --- stderr ---
    Published: Title of harbor, 13:07
      /2026/07/harbor/   live when the site is built: desk build
      6 words, on the word of Mina Park and Ana Ruiz
    Mistake? desk undo takes it back while nothing has left this machine.
    [exit 0]
    ");
}

#[test]
fn who_approves_sees_notes_and_neighbours() {
    let newsroom = Newsroom::new();
    newsroom.brief("harbor");
    newsroom.brief("pier");
    newsroom.run(["submit", "pier"]).ok();
    newsroom.edit("articles/2026/07/pier/index.md", "title = ", "slug = \"harbor\"\ntitle = ");
    insta::assert_snapshot!(newsroom.as_(JUN).run(["approve", "articles/2026/07/pier", "--yes"]), @r"
    --- stderr ---
    Title of pier


    The dredger waits at berth 4.

    Check: 1 error, 0 warnings.
      error[duplicate-slug] the address `2026/07/harbor` is that of
        `articles/2026/07/harbor/index.md` too, line 2
    Approved: Title of pier
    These exact words now have the yes of Jun Seo.
    Needs one more person's yes (by Mina Park or Ana Ruiz)
    [exit 0]
    ");
}

#[test]
fn who_waits_and_who_was_stopped_is_told() {
    let newsroom = Newsroom::with_profile("pair");
    newsroom.brief("harbor");
    let lock = std::fs::File::options().write(true).open(newsroom.path().join(".git/desk.lock")).unwrap();
    lock.lock().unwrap();
    std::thread::scope(|scope| {
        scope.spawn(|| {
            std::thread::sleep(std::time::Duration::from_millis(1600));
            lock.unlock().unwrap();
        });
        insta::assert_snapshot!(newsroom.run(["submit", "harbor"]), @r"
        --- stderr ---
        Another desk is writing here: waiting until it is done.
        Saved harbor: 6 words changed.
        Sent to Jun Seo and Ana Ruiz: Title of harbor
        Needs one more person's yes (by Jun Seo or Ana Ruiz)
        [exit 0]
        ");
    });
    // As if the machine had stopped right after it was written down what was to be done.
    let log = "refs/desk/operations";
    newsroom.git(["update-ref", log, &format!("{log}~1")]);
    insta::assert_snapshot!(newsroom.run(["edit", "harbor", "--no-edit"]), @r"
    --- stderr ---
    A command was stopped half-way; it is finished now: submitted harbor.
    harbor is in articles/2026/07/harbor/index.md
    [exit 0]
    ");
    insta::assert_snapshot!(newsroom.run(["edit", "harbor", "--no-edit"]), @r"
    --- stderr ---
    harbor is in articles/2026/07/harbor/index.md
    [exit 0]
    ");
}

#[test]
fn the_later_of_two_words_in_one_second_counts() {
    let newsroom = Newsroom::new();
    newsroom.brief("harbor");
    newsroom.run(["submit"]).ok();
    let jun = |args: &[&str]| newsroom.as_(JUN).variable("DESK_NOW", "2026-07-25T15:00:00Z").run(args);
    jun(&["approve", "harbor", "--yes"]).ok();
    assert_eq!(stands(&newsroom, "harbor"), r#"review ["approved"]"#);
    jun(&["return", "harbor", "--note", "not yet"]).ok();
    newsroom.run(["submit"]).ok();
    jun(&["approve", "harbor", "--yes"]).ok();
    assert_eq!(stands(&newsroom, "harbor"), r#"review ["approved"]"#);
    newsroom.run(["publish"]).ok();
    newsroom.run(["audit"]).ok();
}
