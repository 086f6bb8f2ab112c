//! `desk audit`: what it says of newsrooms in which nothing was forged. What it says of the others: `forgery`.

use desk::article::ArticleId;
use desk::ledger::record_path;
use insta::assert_snapshot;

use crate::newsroom::{JUN, MINA, Newsroom, Output, Person};

pub const FOLDER: &str = "articles/2026/07/ferry-fares";
pub const MAIN: &str = "articles/2026/07/ferry-fares/index.md";
/// Works elsewhere.
pub const EVE: Person = Person { name: "Eve Moss", address: "eve@elsewhere.example" };

/// Begins an article with a photo.
pub fn begun(newsroom: &Newsroom, slug: &str, title: &str) {
    let new = ["new", title, "--kind", "news", "--slug", slug, "--set", "section=harbor", "--set", "authors=Mina Park"];
    let rest = ["--set", "dateline=PORT ALDER", "--set", "description=Fuel costs more", "--set", "tags=port"];
    newsroom.run(new.into_iter().chain(rest).chain(["--no-edit"])).ok();
    let main = format!("articles/2026/07/{slug}/index.md");
    let photo = "[[photos]]\nfile = \"boat.jpg\"\ncaption = \"A ferry.\"\ncredit = \"Port\"\nalt = \"A ferry\"\n\
                 rights = \"Port\"\n\n[desk]";
    newsroom.edit(&main, "[desk]", photo);
    let text = newsroom.read(&main);
    newsroom.write(&main, format!("{text}Fares rise by four percent on May 1, the port said.\n"));
    newsroom.write(&format!("articles/2026/07/{slug}/boat.jpg"), b"a picture of a boat");
}

pub fn publish(newsroom: &Newsroom, slug: &str, title: &str) {
    begun(newsroom, slug, title);
    newsroom.run(["submit", slug]).ok();
    newsroom.as_(JUN).run(["approve", slug, "--yes"]).ok();
    newsroom.run(["publish", slug]).ok();
}

/// A newsroom with one public article, to which Mina and Jun agreed.
pub fn published() -> Newsroom {
    let newsroom = Newsroom::new();
    publish(&newsroom, "ferry-fares", "Ferry fares rise in May");
    newsroom
}

/// Somebody commits what is in the working folder, with plain git.
pub fn commit(newsroom: &Newsroom, person: Person, message: &str) {
    newsroom.as_(person).git(["add", "--all"]);
    newsroom.as_(person).git(["commit", "--quiet", "-m", message]);
}

/// The whole screen. Commits are called by their place in the line, digests and ids by what they are.
pub fn screen(newsroom: &Newsroom, output: &Output) -> String {
    let mut text = output.to_string();
    let line = newsroom.git(["rev-list", "--first-parent", "--reverse", "main"]);
    for (at, id) in line.lines().enumerate() {
        text = text.replace(id, &format!("[{}]", at + 1)).replace(&id[..9], &format!("[{}]", at + 1));
    }
    let mut shown = String::new();
    let mut rest = text.as_str();
    while let Some(at) = rest.find("sha256:") {
        shown.push_str(&rest[..at]);
        shown.push_str("[digest]");
        rest = &rest[at + "sha256:".len() + 64..];
    }
    shown.push_str(rest);
    shown.replace(&id(newsroom).to_string(), "[id]")
}

/// What `desk audit` shows of it all.
pub fn audit(newsroom: &Newsroom) -> String {
    screen(newsroom, &newsroom.run(["audit"]))
}

/// Where it breaks, and nothing around it.
#[track_caller]
pub fn breaks(newsroom: &Newsroom) -> String {
    let output = newsroom.run(["audit"]);
    assert_eq!(output.code, Some(1), "{output}");
    let shown = screen(newsroom, &output);
    let broken = shown.lines().skip_while(|line| *line != "BROKEN").skip(1);
    broken.take_while(|line| line.starts_with(' ')).map(|line| format!("{}\n", &line[2..])).collect()
}

/// The id of the first article that has a record.
pub fn id(newsroom: &Newsroom) -> ArticleId {
    let records =
        newsroom.git(["log", "--first-parent", "-m", "--reverse", "--format=", "--name-only", "--", "records"]);
    let named = records.lines().find_map(|path| path.strip_prefix("records/")?.strip_suffix(".toml"));
    named.and_then(|id| id.parse().ok()).unwrap_or_else(|| ArticleId::generate(0, [0; 10], None))
}

pub fn record_file(newsroom: &Newsroom) -> String {
    record_path(id(newsroom)).to_string()
}

#[test]
fn a_sound_newsroom_takes_a_few_lines() {
    let newsroom = Newsroom::new();
    assert_snapshot!(audit(&newsroom), @r"
    Port Alder Post: 0 public articles, 1 step judged since 13:02
    Nothing is public yet.
    [exit 0]
    ");
    publish(&newsroom, "ferry-fares", "Ferry fares rise in May");
    publish(&newsroom, "pier-repairs", "Pier repairs begin in June");
    assert_snapshot!(audit(&newsroom), @r"
    Port Alder Post: 2 public articles, 3 steps judged since 13:02
      claimed  2  a yes rests on a name in git, which anybody could write
    Whole: every public word is what its people agreed to.
    [exit 0]
    ");
    assert_snapshot!(screen(&newsroom, &newsroom.run(["audit", "ferry"])), @r"
    Ferry fares rise in May
      articles/2026/07/ferry-fares, public, claimed
      13:09   published (review -> published) by Mina Park, [2]
          Mina Park submitted as writer, admin and editorial  13:07  claimed
          Jun Seo approved as editorial                       13:08  claimed
          needed 2 people, editorial; had them
    Whole.
    [exit 0]
    ");
}

#[test]
fn programs_read_the_same() {
    let newsroom = published();
    newsroom.edit(MAIN, "four percent", "five percent");
    commit(&newsroom, JUN, "a small fix");
    assert_snapshot!(screen(&newsroom, &newsroom.run(["audit", "ferry-fares", "--format", "json"])), @r#"
    {
      "version": 1,
      "whole": false,
      "basis": "history",
      "unproven": [],
      "steps": 3,
      "since": "2026-07-25T13:02:00Z",
      "commit": "[3]",
      "articles": [
        {
          "id": "[id]",
          "slug": "ferry-fares",
          "title": "Ferry fares rise in May",
          "path": "articles/2026/07/ferry-fares",
          "presence": "public",
          "strength": "claimed",
          "owed": false,
          "links": [
            {
              "commit": "[2]",
              "landed": [],
              "move": "publish",
              "from": "review",
              "to": "published",
              "content": "[digest]",
              "replaces": null,
              "time": "2026-07-25T13:06:00Z",
              "person": "Mina Park <mina@post.example>",
              "note": "",
              "scheduled": null,
              "people": 2,
              "roles": [
                "editorial"
              ],
              "policy": "[digest]",
              "met": "fully",
              "assents": [
                {
                  "name": "Mina Park",
                  "decision": "submit",
                  "time": "2026-07-25T13:04:00Z",
                  "roles": [
                    "writer",
                    "admin",
                    "editorial"
                  ],
                  "strength": "claimed",
                  "statement": "[digest]"
                },
                {
                  "name": "Jun Seo",
                  "decision": "approve",
                  "time": "2026-07-25T13:05:00Z",
                  "roles": [
                    "editorial"
                  ],
                  "strength": "claimed",
                  "statement": "[digest]"
                }
              ]
            }
          ],
          "following": null,
          "breaks": [
            {
              "reason": "changed-without-record",
              "message": "public words were changed and no record says so",
              "commit": "[3]",
              "time": "2026-07-25T13:08:00Z",
              "person": "Jun Seo <jun@post.example>",
              "path": "articles/2026/07/ferry-fares"
            }
          ],
          "mended": []
        }
      ],
      "breaks": []
    }
    [exit 1]
    "#);
}

#[test]
fn what_one_person_published_at_night_is_owed_until_it_is_read() {
    let newsroom = Newsroom::new();
    newsroom.edit("staff.toml", "\"writer\"", "\"writer\", \"duty\"");
    commit(&newsroom, MINA, "staff: Mina is on duty");
    begun(&newsroom, "pier-fire", "Fire on the old pier");
    newsroom.run(["publish", "pier-fire", "--alone", "--note", "nobody else is awake"]).ok();
    assert_snapshot!(audit(&newsroom), @r"
    Port Alder Post: 1 public article, 3 steps judged since 13:02
      claimed  1  a yes rests on a name in git, which anybody could write
      owed     1  done by one person, to be read by a second: pier-fire
    Whole: every public word is what its people agreed to.
    [exit 0]
    ");
    newsroom.as_(JUN).run(["approve", "pier-fire", "--yes"]).ok();
    assert_snapshot!(screen(&newsroom, &newsroom.run(["audit", "pier-fire"])), @r"
    Fire on the old pier
      articles/2026/07/pier-fire, public, claimed
      13:06   published (review -> published) by Mina Park, [3]: nobody else is awake
          Mina Park submitted as writer, duty, admin and editorial  13:06  claimed
          needed 2 people, editorial; published alone, the others owe it their reading
      13:10   agreed to by Jun Seo, [4]
          Jun Seo approved as editorial  13:10  claimed
          needed 2 people, editorial; had them
    Whole.
    [exit 0]
    ");
    // The later entry is dropped: the debt would be back, and the reading gone.
    let record = newsroom.read(&record_file(&newsroom));
    let (first, _) = record.rsplit_once("\n[[entry]]").unwrap();
    newsroom.write(&record_file(&newsroom), first);
    commit(&newsroom, EVE, "tidy up");
    assert_snapshot!(audit(&newsroom), @r"
    Port Alder Post: 1 public article, 5 steps judged since 13:02
      broken  1  not what was agreed to, see below
    BROKEN
      pier-fire: the record was rewritten: what stood there before is not there any more
          [5] by Eve Moss <eve@elsewhere.example>, 13:17, records/[id].toml
    1 break in 1 article.   desk audit pier-fire
    [exit 1]
    ");
}

/// A signing key of somebody's own; its public line.
fn key_of(newsroom: &Newsroom, person: Person, name: &str) -> String {
    let file = newsroom.around().join("home").join(name);
    let made = newsroom
        .command("ssh-keygen", Some(person))
        .args(["-q", "-t", "ed25519", "-N", "", "-C", name, "-f"])
        .arg(&file)
        .status();
    assert!(made.unwrap().success());
    std::fs::read_to_string(file.with_extension("pub")).unwrap().trim().to_owned()
}

#[test]
fn signed_words_are_proved_and_one_name_alone_is_a_claim() {
    let newsroom = Newsroom::new();
    for (person, name) in [(MINA, "mina"), (JUN, "jun")] {
        let (key, address) = (key_of(&newsroom, person, name), person.address);
        let emails = format!("emails = [\"{address}\"]");
        newsroom.edit("staff.toml", &emails, &format!("{emails}\nkeys = [\"{key}\"]"));
    }
    commit(&newsroom, MINA, "staff: keys");
    let signs = |name: &str| {
        let key = newsroom.around().join("home").join(name);
        newsroom.git(["config", "gpg.format", "ssh"]);
        newsroom.git(["config", "user.signingKey", &key.to_string_lossy()]);
    };
    begun(&newsroom, "ferry-fares", "Ferry fares rise in May");
    signs("mina");
    newsroom.run(["submit", "ferry-fares"]).ok();
    signs("jun");
    newsroom.as_(JUN).run(["approve", "ferry-fares", "--yes"]).ok();
    newsroom.run(["publish", "ferry-fares"]).ok();
    begun(&newsroom, "pier-repairs", "Pier repairs begin in June");
    newsroom.git(["config", "--unset", "user.signingKey"]);
    newsroom.run(["submit", "pier-repairs"]).ok();
    signs("jun");
    newsroom.as_(JUN).run(["approve", "pier-repairs", "--yes"]).ok();
    newsroom.run(["publish", "pier-repairs"]).ok();
    assert_snapshot!(audit(&newsroom), @r"
    Port Alder Post: 2 public articles, 4 steps judged since 13:02
      proved   1  every yes is signed by a key of the staff list
      claimed  1  a yes rests on a name in git, which anybody could write
    Whole: every public word is what its people agreed to.
    [exit 0]
    ");
    assert_snapshot!(screen(&newsroom, &newsroom.run(["audit", "pier"])), @r"
    Pier repairs begin in June
      articles/2026/07/pier-repairs, public, claimed
      13:21   published (review -> published) by Mina Park, [4]
          Mina Park submitted as writer, admin and editorial  13:17  claimed
          Jun Seo approved as editorial                       13:20  proved
          needed 2 people, editorial; had them
    Whole.
    [exit 0]
    ");
}

#[test]
fn what_was_there_before_desk_stands_until_it_changes() {
    let newsroom = Newsroom::repository();
    newsroom.write("articles/old.md", "+++\ntitle = \"Old\"\n+++\nOld words.\n");
    newsroom.write("articles/older.md", "+++\ntitle = \"Older\"\n+++\nOlder words.\n");
    commit(&newsroom, MINA, "a site");
    newsroom.run(["init", "--name", "Port Alder Post", "--profile", "pair", "--articles", "articles", "--yes"]).ok();
    newsroom.git(["reset", "--quiet", "--hard"]);
    assert_snapshot!(audit(&newsroom), @r"
    Port Alder Post: 2 public articles, 1 step judged since 13:04
      before desk  2  as it was when desk came; nobody was asked then
    Whole: every public word is what its people agreed to.
    [exit 0]
    ");
    newsroom.edit("articles/old.md", "Old words.", "New words.");
    commit(&newsroom, MINA, "news");
    assert_snapshot!(audit(&newsroom), @r"
    Port Alder Post: 2 public articles, 2 steps judged since 13:04
      before desk  1  as it was when desk came; nobody was asked then
      broken       1  not what was agreed to, see below
    BROKEN
      old: public words were changed and no record says so
          [3] by Mina Park <mina@post.example>, 13:10, articles/old.md
    1 break in 1 article.   desk audit old
    [exit 1]
    ");
}

#[test]
fn a_part_of_the_past_proves_nothing() {
    let newsroom = published();
    newsroom.git(["clone", "--quiet", "--depth", "1", "--no-local", ".", "../shallow"]);
    assert_snapshot!(newsroom.run(["-C", "../shallow", "audit"]), @r"
    --- stderr ---
    error: this copy has only a part of the newsroom's history
      what came before it cannot be shown from here
    help: git fetch --unshallow
    [exit 3]
    ");
}

#[test]
fn a_name_that_means_nothing_or_nothing_public() {
    let newsroom = published();
    begun(&newsroom, "pier-repairs", "Pier repairs begin in June");
    assert_snapshot!(newsroom.run(["audit", "pier"]), @r"
    `pier` has never been public: there is nothing to prove.
    Whole.
    [exit 0]
    ");
    assert_snapshot!(newsroom.run(["audit", "harbour"]), @r"
    --- stderr ---
    error: no article is called `harbour`
    help: desk list
    [exit 1]
    ");
}

#[test]
fn days_that_somebody_wrote_are_put_right_when_words_become_public() {
    let newsroom = Newsroom::new();
    begun(&newsroom, "ferry-fares", "Ferry fares rise in May");
    newsroom.edit(MAIN, "draft = true\n", "draft = true\nupdated = 2031-01-01T00:00:00Z\n");
    newsroom.run(["submit", "ferry"]).ok();
    newsroom.as_(JUN).run(["approve", "ferry", "--yes"]).ok();
    newsroom.run(["publish", "ferry"]).ok();
    let line = |key: &str| newsroom.read(MAIN).lines().find(|line| line.starts_with(key)).unwrap().to_owned();
    let date = line("date = ");
    assert!(date.starts_with("date = 2026-07-25T13:"), "{date}");
    assert_eq!(line("updated = ").trim_start_matches("updated"), date.trim_start_matches("date"));
    newsroom.edit(MAIN, "four percent", "five percent");
    newsroom.run(["correct", "ferry", "--kind", "correction", "--note", "It is five percent, not four."]).ok();
    let text = newsroom.read(MAIN);
    newsroom.write(MAIN, text.replacen("\ndate = 2026", "\ndate = 2019", 1));
    newsroom.run(["submit", "ferry"]).ok();
    newsroom.as_(JUN).run(["approve", "ferry", "--yes"]).ok();
    newsroom.run(["publish", "ferry"]).ok();
    assert_eq!(line("date = "), date);
    newsroom.run(["audit"]).ok();
}
