//! Every way to forge a newsroom with plain git, and what `desk audit` says of it.

use desk::article::RepoPath;
use desk::config::policy_digest;
use desk::ledger::{Assent, Decision, Record, Statement, Who};
use insta::assert_snapshot;

use crate::audit::{EVE, FOLDER, MAIN, audit, begun, breaks, commit, publish, published, record_file, screen};
use crate::newsroom::{ANA, JUN, MINA, Newsroom, Person};

/// Takes the publication back to before it happened, and lands the same files by hand with whatever `forge` makes of
/// the people who agreed.
fn landed_again(newsroom: &Newsroom, by: Person, forge: impl FnOnce(&Newsroom, Vec<Assent>) -> Vec<Assent>) {
    landed_under(newsroom, by, |_| {}, forge);
}

/// The same under rules that are changed in the very commit.
fn landed_under(
    newsroom: &Newsroom,
    by: Person,
    rules: impl FnOnce(&Newsroom),
    forge: impl FnOnce(&Newsroom, Vec<Assent>) -> Vec<Assent>,
) {
    let path = record_file(newsroom);
    let record = newsroom.read(&path);
    let record = Record::read(&RepoPath::new(path.as_str()).unwrap(), record.as_bytes()).unwrap();
    let files = [MAIN.to_owned(), format!("{FOLDER}/boat.jpg")].map(|file| (newsroom.read(&file), file));
    newsroom.git(["reset", "--quiet", "--hard", "HEAD^1"]);
    for (text, file) in files {
        newsroom.write(&file, text);
    }
    rules(newsroom);
    let mut entry = record.entries[0].clone();
    entry.person = Who::new(by.name, by.address);
    entry.assents = forge(newsroom, entry.assents);
    let (desk, staff) = (newsroom.read("desk.toml"), newsroom.read("staff.toml"));
    entry.policy = policy_digest(desk.as_bytes(), staff.as_bytes());
    newsroom.write(&path, Record::new(record.article).append(entry).bytes());
    commit(newsroom, by, "ferry-fares: publish");
}

/// What `assent` would be, said by somebody else.
fn said_by(assent: &Assent, person: Person, roles: &[&str]) -> Assent {
    let roles = roles.iter().map(|role| (*role).to_owned()).collect();
    let person = Who::new(person.name, person.address);
    let statement = Statement { person, roles, decision: Decision::Approve, ..assent.statement.clone() };
    Assent::new(statement, None)
}

#[test]
fn a_changed_byte() {
    let newsroom = published();
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
fn a_changed_byte_that_comes_with_a_merge() {
    let newsroom = published();
    newsroom.git(["switch", "--quiet", "-c", "fix"]);
    newsroom.edit(MAIN, "four percent", "five percent");
    commit(&newsroom, JUN, "a small fix");
    newsroom.git(["switch", "--quiet", "main"]);
    newsroom.as_(ANA).git(["merge", "--quiet", "--no-ff", "-m", "Merge branch 'fix'", "fix"]);
    assert_snapshot!(breaks(&newsroom), @r"
    ferry-fares: public words were changed and no record says so
        [3] by Ana Ruiz <ana@post.example>, 13:11, articles/2026/07/ferry-fares
    ");
}

#[test]
fn a_changed_byte_with_the_record_made_to_match() {
    let newsroom = published();
    newsroom.edit(MAIN, "four percent", "five percent");
    let path = record_file(&newsroom);
    let record = Record::read(&RepoPath::new(path.as_str()).unwrap(), newsroom.read(&path).as_bytes()).unwrap();
    let mut entry = record.entries[0].clone();
    let entries = [MAIN.to_owned(), format!("{FOLDER}/boat.jpg")].map(|file| desk::article::Entry {
        bytes: newsroom.read(&file).into_bytes(),
        path: RepoPath::new(file).unwrap(),
        mode: desk::article::ORDINARY_FILE,
    });
    let (home, main) = (RepoPath::new(FOLDER).unwrap(), RepoPath::new(MAIN).unwrap());
    entry.content = desk::article::Digest::of_article(record.article, &home, &main, &entries).unwrap();
    for assent in &mut entry.assents {
        *assent = Assent::new(Statement { content: entry.content, ..assent.statement.clone() }, None);
    }
    newsroom.write(&path, Record::new(record.article).append(entry).bytes());
    commit(&newsroom, JUN, "a small fix");
    assert_snapshot!(breaks(&newsroom), @r"
    ferry-fares: the record was rewritten: what stood there before is not there any more
        [3] by Jun Seo <jun@post.example>, 13:09, records/[id].toml
    ");
}

#[test]
fn a_deleted_article() {
    let newsroom = published();
    newsroom.git(["rm", "-r", "--quiet", FOLDER]);
    commit(&newsroom, JUN, "we do not stand by this");
    assert_snapshot!(breaks(&newsroom), @r"
    ferry-fares: a public article was deleted
        [3] by Jun Seo <jun@post.example>, 13:09, articles/2026/07/ferry-fares
    ");
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
fn a_deleted_article_with_its_record() {
    let newsroom = published();
    newsroom.git(["rm", "-r", "--quiet", FOLDER, "records"]);
    commit(&newsroom, JUN, "this was never there");
    assert_snapshot!(breaks(&newsroom), @r"
    ferry-fares: the record was deleted
        [3] by Jun Seo <jun@post.example>, 13:09, records/[id].toml
    ");
}

#[test]
fn lines_that_only_desk_writes() {
    let newsroom = published();
    newsroom.edit(MAIN, "date = 2026-07-25", "date = 2026-07-20");
    commit(&newsroom, JUN, "we had it first");
    newsroom.edit(MAIN, "draft = false", "draft = true");
    commit(&newsroom, JUN, "hide it for a while");
    assert_snapshot!(breaks(&newsroom), @r"
    ferry-fares: lines that only desk writes were changed by hand
        [3] by Jun Seo <jun@post.example>, 13:08, articles/2026/07/ferry-fares
    ferry-fares: a public article was hidden and no record says so
        [4] by Jun Seo <jun@post.example>, 13:10, articles/2026/07/ferry-fares
    ");
}

#[test]
fn an_edited_record() {
    let newsroom = published();
    let path = record_file(&newsroom);
    let record = newsroom.read(&path);
    newsroom.write(&path, record.replace("Jun Seo <jun@post.example>", "Ana Ruiz <ana@post.example>"));
    commit(&newsroom, JUN, "it was not me");
    newsroom.write(&path, &record);
    newsroom.write("records/notes.txt", "to be sorted\n");
    commit(&newsroom, JUN, "put back");
    assert_snapshot!(breaks(&newsroom), @r"
    the newsroom: something in `records/` was changed by hand
        [4] by Jun Seo <jun@post.example>, 13:11, records/notes.txt
    ferry-fares: the record was rewritten: what stood there before is not there any more
        [3] by Jun Seo <jun@post.example>, 13:09, records/[id].toml
    ferry-fares: the record was rewritten: what stood there before is not there any more
        [4] by Jun Seo <jun@post.example>, 13:11, records/[id].toml
    ");
}

#[test]
fn a_landing_by_hand_with_all_who_must_agree_is_as_good() {
    let newsroom = published();
    landed_again(&newsroom, MINA, |_, assents| assents);
    assert_snapshot!(audit(&newsroom), @r"
    Port Alder Post: 1 public article, 2 steps judged since 13:02
      claimed  1  a yes rests on a name in git, which anybody could write
    Whole: every public word is what its people agreed to.
    [exit 0]
    ");
}

#[test]
fn an_approval_of_another_article() {
    let newsroom = published();
    publish(&newsroom, "pier-repairs", "Pier repairs begin in June");
    let records = newsroom.git(["ls-files", "records"]);
    let other = records.lines().find(|path| **path != record_file(&newsroom)).unwrap();
    let other = Record::read(&RepoPath::new(other).unwrap(), newsroom.read(other).as_bytes()).unwrap();
    newsroom.git(["reset", "--quiet", "--hard", "HEAD^1"]);
    landed_again(&newsroom, MINA, |_, own| vec![own[0].clone(), other.entries[0].assents[1].clone()]);
    assert_snapshot!(breaks(&newsroom), @r"
    ferry-fares: not everybody agreed who had to (1 of 2 people)
        [2] by Mina Park <mina@post.example>, 13:18, articles/2026/07/ferry-fares
    ");
}

#[test]
fn one_person_with_two_addresses() {
    let newsroom = Newsroom::new();
    newsroom.edit("staff.toml", "\"mina@post.example\"", "\"mina@post.example\", \"park@home.example\"");
    commit(&newsroom, MINA, "staff: my other address");
    publish(&newsroom, "ferry-fares", "Ferry fares rise in May");
    let home = Person { name: "Mina at home", address: "park@home.example" };
    landed_again(&newsroom, MINA, |_, own| vec![own[0].clone(), said_by(&own[0], home, &["editorial"])]);
    assert_snapshot!(breaks(&newsroom), @r"
    ferry-fares: not everybody agreed who had to (1 of 2 people)
        [3] by Mina Park <mina@post.example>, 13:12, articles/2026/07/ferry-fares
    ");
}

#[test]
fn somebody_who_does_not_work_here() {
    let newsroom = published();
    landed_again(&newsroom, EVE, |_, own| vec![own[0].clone(), said_by(&own[0], EVE, &["editorial"])]);
    assert_snapshot!(breaks(&newsroom), @r"
    ferry-fares: `eve@elsewhere.example` was not on the staff list then
        [2] by Eve Moss <eve@elsewhere.example>, 13:10, articles/2026/07/ferry-fares
    ");
}

#[test]
fn rules_made_lighter_in_the_same_commit() {
    let newsroom = published();
    landed_under(
        &newsroom,
        MINA,
        |newsroom| {
            newsroom.edit("desk.toml", "\npeople = 2", "\npeople = 1");
        },
        |_, own| vec![own[0].clone()],
    );
    assert_snapshot!(breaks(&newsroom), @r"
    ferry-fares: not everybody agreed who had to (1 of 2 people)
        [2] by Mina Park <mina@post.example>, 13:10, articles/2026/07/ferry-fares
    ");
}

#[test]
fn rules_changed_by_somebody_who_may_not() {
    let newsroom = published();
    newsroom.edit("desk.toml", "\npeople = 2", "\npeople = 1");
    commit(&newsroom, ANA, "one is enough");
    assert_snapshot!(breaks(&newsroom), @r"
    the newsroom: `ana@post.example` changed how the newsroom works without the role `editorial`
        [3] by Ana Ruiz <ana@post.example>, 13:08, desk.toml
    ");
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
      since [4] by Eve Moss <eve@elsewhere.example>, 13:17 UTC
      nothing that is public can be proved without it
    help: git revert [4]
    [exit 1]
    ");
}

#[test]
fn a_program() {
    let newsroom = published();
    newsroom.git(["update-index", "--chmod=+x", MAIN]);
    newsroom.as_(JUN).git(["commit", "--quiet", "-m", "mode"]);
    newsroom.git(["reset", "--quiet", "--hard"]);
    assert_snapshot!(breaks(&newsroom), @r"
    ferry-fares: public words were changed and no record says so
        [3] by Jun Seo <jun@post.example>, 13:08, articles/2026/07/ferry-fares
    ferry-fares: this is not an ordinary file (mode 100755)
        [3] by Jun Seo <jun@post.example>, 13:08, articles/2026/07/ferry-fares/index.md
    ");
}

#[test]
fn another_photo() {
    let newsroom = published();
    newsroom.write(&format!("{FOLDER}/boat.jpg"), "another picture");
    commit(&newsroom, JUN, "a nicer picture");
    assert_snapshot!(breaks(&newsroom), @r"
    ferry-fares: public words were changed and no record says so
        [3] by Jun Seo <jun@post.example>, 13:08, articles/2026/07/ferry-fares
    ");
}

#[test]
fn a_link_in_the_place_of_a_photo() {
    let newsroom = published();
    let link = newsroom.as_(JUN).input("../../../../staff.toml").git(["hash-object", "-w", "--stdin"]);
    let entry = format!("120000,{},{FOLDER}/boat.jpg", link.trim());
    newsroom.git(["update-index", "--cacheinfo", &entry]);
    newsroom.as_(JUN).git(["commit", "--quiet", "-m", "link"]);
    newsroom.git(["reset", "--quiet", "--hard"]);
    assert_snapshot!(breaks(&newsroom), @r"
    ferry-fares: public words were changed and no record says so
        [3] by Jun Seo <jun@post.example>, 13:09, articles/2026/07/ferry-fares
    ferry-fares: this is not an ordinary file (mode 120000)
        [3] by Jun Seo <jun@post.example>, 13:09, articles/2026/07/ferry-fares/boat.jpg
    ");
}

#[test]
fn made_public_by_hand() {
    let newsroom = Newsroom::new();
    begun(&newsroom, "pier-repairs", "Pier repairs begin in June");
    commit(&newsroom, MINA, "a draft in the open is nobody's business");
    assert_snapshot!(audit(&newsroom), @r"
    Port Alder Post: 0 public articles, 2 steps judged since 13:02
    Nothing is public yet.
    [exit 0]
    ");
    let main = "articles/2026/07/pier-repairs/index.md";
    newsroom.edit(main, "stage = \"draft\"", "stage = \"published\"").edit(main, "draft = true", "draft = false");
    commit(&newsroom, JUN, "publish");
    newsroom.write("articles/2026/07/bare.md", "+++\ntitle = \"Bare\"\n+++\nWords that nobody read.\n");
    commit(&newsroom, EVE, "one more");
    assert_snapshot!(audit(&newsroom), @r"
    Port Alder Post: 2 public articles, 4 steps judged since 13:02
      broken  2  not what was agreed to, see below
    BROKEN
      bare: it became public and no record says so
          [4] by Eve Moss <eve@elsewhere.example>, 13:12, articles/2026/07/bare.md
      pier-repairs: it became public and no record says so
          [3] by Jun Seo <jun@post.example>, 13:10, articles/2026/07/pier-repairs
    2 breaks in 2 articles.   desk audit bare
    [exit 1]
    ");
}

#[test]
fn a_second_article_with_the_same_id() {
    let newsroom = published();
    newsroom.write("articles/2026/07/twin/index.md", newsroom.read(MAIN));
    commit(&newsroom, JUN, "the same again");
    assert_snapshot!(breaks(&newsroom), @r"
    twin: another article has this id already (`articles/2026/07/ferry-fares`)
        [3] by Jun Seo <jun@post.example>, 13:08, articles/2026/07/twin
    twin: it became public and no record says so
        [3] by Jun Seo <jun@post.example>, 13:08, articles/2026/07/twin
    ");
}

#[test]
fn settings_that_look_elsewhere() {
    let newsroom = published();
    newsroom.edit("desk.toml", "root = \"articles\"", "root = \"news\"");
    commit(&newsroom, JUN, "a folder with another name");
    newsroom.edit(MAIN, "four percent", "five percent");
    commit(&newsroom, EVE, "nobody is looking");
    assert_snapshot!(breaks(&newsroom), @r"
    ferry-fares: there is a record and no article
        [4] by Eve Moss <eve@elsewhere.example>, 13:10, articles/2026/07/ferry-fares
    ");
}
