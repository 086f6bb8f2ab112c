//! A past that is not the one that was, and copies that have only a part of it.

#[cfg(unix)]
use std::path::Path;

use insta::assert_snapshot;

use super::landing::{landed, list_key, record, signed};
use super::people::keyed;
use super::{corrected, published, push, tip};
use crate::audit::{EVE, MAIN, audit, begun, commit, record_file, screen};
use crate::newsroom::{ANA, JUN, MINA, Newsroom, Output};

#[test]
fn a_past_that_was_rewritten_is_told_by_who_knows_a_commit_of_it() {
    let newsroom = published().cast();
    let known = tip(&newsroom);
    newsroom.run(["audit", "--anchor", &known]).ok();
    newsroom.git(["commit", "--quiet", "--amend", "-m", "the same with another message"]);
    newsroom.run(["audit"]).ok();
    let said = newsroom.run(["audit", "--anchor", &known]).fails(1);
    assert!(said.contains("its history was rewritten"), "{said}");
    let told = format!("{known} {} refs/heads/main\n", tip(&newsroom));
    let said = newsroom.as_(JUN).input(told).run(["audit", "--push"]).fails(1);
    assert!(said.contains("its history was rewritten"), "{said}");
}

#[test]
fn a_merge_the_wrong_way_round_is_a_rewritten_past() {
    let newsroom = published().cast();
    let known = tip(&newsroom);
    newsroom.git(["switch", "--quiet", "-c", "other", "HEAD^1"]);
    newsroom.write("notes.txt", "harmless");
    commit(&newsroom, JUN, "notes");
    newsroom.git(["merge", "--quiet", "--no-ff", "-m", "Merge branch 'main'", "main"]);
    newsroom.git(["switch", "--quiet", "main"]);
    newsroom.git(["merge", "--quiet", "--ff-only", "other"]);
    let said = newsroom.run(["audit", "--anchor", &known]).fails(1);
    assert!(said.contains("its history was rewritten"), "{said}");
    let told = format!("{known} {} refs/heads/main\n", tip(&newsroom));
    newsroom.as_(JUN).input(told).run(["audit", "--push"]).fails(1);
}

#[test]
fn squashed_and_rebased_the_words_still_have_their_people() {
    let newsroom = corrected().cast();
    let (first, last) = (newsroom.git(["rev-parse", "HEAD^1^1"]), tip(&newsroom));
    newsroom.git(["reset", "--quiet", "--hard", first.trim()]);
    newsroom.git(["merge", "--quiet", "--squash", &last]);
    newsroom.as_(ANA).git(["commit", "--quiet", "-m", "both at once"]);
    assert_snapshot!(audit(&newsroom), @r"
    Port Alder Post: 1 public article, 2 steps judged since 13:02
      claimed  1  a yes rests on a name in git, which anybody could write
    Whole: every public word is what its people agreed to.
    [exit 0]
    ");
    newsroom.git(["reset", "--quiet", "--hard", first.trim()]);
    newsroom.write("notes.txt", "harmless");
    commit(&newsroom, JUN, "notes");
    newsroom.git(["cherry-pick", "--mainline", "1", &format!("{last}^1"), &last]);
    assert_snapshot!(audit(&newsroom), @r"
    Port Alder Post: 1 public article, 4 steps judged since 13:02
      claimed  1  a yes rests on a name in git, which anybody could write
    Whole: every public word is what its people agreed to.
    [exit 0]
    ");
}

#[test]
fn a_debt_that_was_paid_is_paid_after_a_squash() {
    let newsroom = Newsroom::new();
    newsroom.edit("staff.toml", "\"writer\"", "\"writer\", \"duty\"");
    commit(&newsroom, MINA, "staff: Mina has night duty");
    let first = tip(&newsroom);
    begun(&newsroom, "ferry-fares", "Ferry fares rise in May");
    newsroom.run(["publish", "ferry", "--alone", "--note", "nobody is awake"]).ok();
    newsroom.as_(JUN).run(["approve", "ferry", "--yes"]).ok();
    let published = tip(&newsroom);
    newsroom.edit(MAIN, "four percent", "five percent");
    newsroom.run(["correct", "ferry", "--kind", "correction", "--note", "It is five percent, not four."]).ok();
    newsroom.run(["publish", "ferry", "--alone", "--note", "nobody is awake"]).ok();
    newsroom.as_(JUN).run(["approve", "ferry", "--yes"]).ok();
    newsroom.run(["audit"]).ok();
    for from in [first, published] {
        let last = tip(&newsroom);
        newsroom.git(["reset", "--quiet", "--hard", &from]);
        newsroom.git(["merge", "--quiet", "--squash", &last]);
        newsroom.as_(ANA).git(["commit", "--quiet", "-m", "all at once"]);
        newsroom.run(["audit"]).ok();
        newsroom.git(["reset", "--quiet", "--hard", &last]);
    }
}

#[test]
fn a_squash_does_not_launder_words() {
    let newsroom = published().cast();
    newsroom.git(["switch", "--quiet", "-c", "fix"]);
    newsroom.edit(MAIN, "four percent", "five percent");
    commit(&newsroom, JUN, "a small fix");
    newsroom.git(["switch", "--quiet", "main"]);
    newsroom.git(["merge", "--quiet", "--squash", "fix"]);
    newsroom.as_(ANA).git(["commit", "--quiet", "-m", "squashed"]);
    let said = audit(&newsroom);
    assert!(said.contains("public words were changed and no record says so"), "{said}");
}

#[test]
fn a_clone_proves_the_same() {
    let newsroom = corrected().cast();
    newsroom.git(["clone", "--quiet", "--no-local", ".", "../clone"]);
    let there = newsroom.run(["-C", "../clone", "audit"]);
    assert_eq!(there.stdout, newsroom.run(["audit"]).stdout);
    assert_eq!(there.code, Some(0));
}

#[test]
fn a_part_of_the_past_is_judged_by_itself() {
    let newsroom = corrected().cast();
    assert_snapshot!(screen(&newsroom, &newsroom.run(["audit", "--range", "HEAD^1..HEAD"])), @r"
    Port Alder Post: 1 step and 1 public article touched
      claimed  1  a yes rests on a name in git, which anybody could write
    Whole: nothing breaks in these steps.
    NOT SHOWN
      what was there before the first of these steps is taken as it is
    [exit 0]
    ");
    assert_snapshot!(screen(&newsroom, &newsroom.run(["audit", "--rev", "HEAD^1"])), @r"
    Port Alder Post: 1 public article, 2 steps judged since 13:02
      claimed  1  a yes rests on a name in git, which anybody could write
    Whole: every public word is what its people agreed to.
    [exit 0]
    ");
    newsroom.edit(MAIN, "on May 1", "on May 2");
    commit(&newsroom, EVE, "a small fix");
    newsroom.write("notes.txt", "harmless");
    commit(&newsroom, JUN, "notes");
    newsroom.run(["audit", "--range", "HEAD^1..HEAD"]).ok();
    newsroom.run(["audit", "--range", "HEAD~2..HEAD"]).fails(1);
    newsroom.run(["audit", "--rev", "HEAD~2"]).ok();
    newsroom.run(["audit", "--rev", "HEAD~1"]).fails(1);
    newsroom.run(["audit", "--rev", "nowhere"]).fails(2);
}

/// `desk` in a folder that no git keeps, with the files of the public version.
fn unpacked(newsroom: &Newsroom, args: &[&str]) -> Output {
    let folder = newsroom.around().join("unpacked");
    std::fs::remove_dir_all(&folder).ok();
    std::fs::create_dir_all(&folder).unwrap();
    newsroom.git(["archive", "--format=tar", "--output=../files.tar", "main"]);
    let tar = newsroom.command("tar", None).args(["-xf", "../files.tar", "-C", "../unpacked"]).status();
    assert!(tar.unwrap().success());
    newsroom.run(["-C", "../unpacked"].iter().chain(args))
}

#[test]
fn files_alone_say_what_they_leave_open() {
    let newsroom = corrected().cast();
    assert_snapshot!(screen(&newsroom, &newsroom.run(["audit", "--no-history"])), @r"
    Port Alder Post: 1 public article, held against the records beside them
      claimed  1  a yes rests on a name in git, which anybody could write
    Nothing here contradicts anything else.
    NOT SHOWN
      that nothing was deleted, hidden or put back to earlier words
      that these rules and this staff list held when people agreed
      that these files are the newsroom's own, and when each of them came
    [exit 0]
    ");
    assert_snapshot!(screen(&newsroom, &unpacked(&newsroom, &["audit"])), @r"
    Port Alder Post: 1 public article, held against the records beside them
      claimed  1  a yes rests on a name in git, which anybody could write
    Nothing here contradicts anything else.
    NOT SHOWN
      that nothing was deleted, hidden or put back to earlier words
      that these rules and this staff list held when people agreed
      that these files are the newsroom's own, and when each of them came
    [exit 0]
    ");
    assert_snapshot!(screen(&newsroom, &unpacked(&newsroom, &["audit", "ferry-fares"])), @r"
    Ferry fares rise in May
      articles/2026/07/ferry-fares, public, claimed
      13:06   published (review -> published) by Mina Park
          Mina Park submitted as writer, admin and editorial  13:04  claimed
          Jun Seo approved as editorial                       13:05  claimed
          needed 2 people, editorial; had them
      13:10   corrected by Mina Park
          Mina Park submitted as writer, admin and editorial  13:08  claimed
          Jun Seo approved as editorial                       13:09  claimed
          needed 2 people, editorial; had them
    Nothing here contradicts anything else.
    NOT SHOWN
      that nothing was deleted, hidden or put back to earlier words
      that these rules and this staff list held when people agreed
      that these files are the newsroom's own, and when each of them came
    [exit 0]
    ");
    // Somebody leaves: only a history says who they were.
    let staff = newsroom.read("staff.toml");
    newsroom.write("staff.toml", staff.replace("jun@post.example", "kim@post.example").replace("Jun Seo", "Kim Ode"));
    commit(&newsroom, MINA, "Jun has left, Kim is here");
    newsroom.run(["audit"]).ok();
    assert_snapshot!(screen(&newsroom, &unpacked(&newsroom, &["audit"])), @r"
    Port Alder Post: 1 public article, held against the records beside them
      not told  1  somebody who agreed is not on this staff list: a history would say who
    Nothing here contradicts anything else.
    NOT SHOWN
      that nothing was deleted, hidden or put back to earlier words
      that these rules and this staff list held when people agreed
      that these files are the newsroom's own, and when each of them came
    [exit 0]
    ");
}

#[test]
fn files_that_contradict_each_other_are_named_without_a_past() {
    type Forge = fn(&Newsroom);
    let table: [(&str, Forge); 6] = [
        ("the record speaks of other words than are there", |newsroom| {
            newsroom.edit(MAIN, "on May 1", "on May 2");
        }),
        ("lines that only desk writes were changed by hand", |newsroom| {
            newsroom.edit(MAIN, "updated = 2026-07-25", "updated = 2026-07-24");
        }),
        ("it became public and no record says so", |newsroom| {
            newsroom.write("articles/2026/07/bare.md", "Words.\n");
        }),
        ("the record is broken", |newsroom| {
            let path = record_file(newsroom);
            newsroom.write(&path, newsroom.read(&path).replacen("Jun Seo <jun", "Ana Ruiz <ana", 1));
        }),
        ("not everybody agreed who had to (1 of 2 people; missing: `editorial`)", |newsroom| {
            let path = record_file(newsroom);
            let old = record(newsroom, &path);
            let mut last = old.entries[1].clone();
            last.assents.truncate(1);
            last.assents = vec![super::landing::said(&last.assents[0], |it| it.roles = Vec::new())];
            let first = desk::ledger::Record::new(old.article).append(old.entries[0].clone());
            newsroom.write(&path, first.append(last).bytes());
        }),
        ("there is a record and no article", |newsroom| {
            newsroom.git(["rm", "-r", "--quiet", crate::audit::FOLDER]);
        }),
    ];
    for (expected, forge) in table {
        let newsroom = corrected().cast();
        forge(&newsroom);
        commit(&newsroom, JUN, "x");
        let said = unpacked(&newsroom, &["audit"]).fails(1);
        assert!(said.contains(expected) && said.contains("NOT SHOWN"), "{expected}: {said}");
        let said = newsroom.run(["audit", "--no-history"]).fails(1);
        assert!(said.contains(expected), "{expected}: {said}");
    }
}

#[test]
fn a_key_in_other_hands_is_held_against_all_that_it_signed_since() {
    let newsroom = published().cast();
    keyed(&newsroom, |newsroom| list_key(newsroom, JUN, 2, "KEY"));
    landed(&newsroom, MINA, |entry| entry.assents[1] = signed(&entry.assents[1], 2));
    newsroom.run(["audit"]).ok();
    let (listed, publication) = (newsroom.git(["rev-parse", "HEAD^1"]), tip(&newsroom));
    let stolen = |since: &str| {
        let line = newsroom.read("staff.toml");
        let line = line.lines().find(|line| line.starts_with("keys =")).unwrap().to_owned();
        let key = line.split('"').find(|part| part.starts_with("ssh-")).unwrap();
        newsroom.edit("staff.toml", &line, &format!("keys = [{{ key = \"{key}\", compromised = {since} }}]"));
        commit(&newsroom, MINA, "Jun's key is lost");
    };
    stolen(&format!("\"{publication}\""));
    newsroom.run(["audit"]).ok();
    stolen(&format!("\"{}\"", listed.trim()));
    assert_snapshot!(audit(&newsroom), @r"
    Port Alder Post: 1 public article, 5 steps judged since 13:02
      broken  1  not what was agreed to, see below
    BROKEN
      ferry-fares: `Jun Seo` agreed with a key that may have been in other hands since `[2]`
          [3] by Mina Park <mina@post.example>, 13:15, articles/2026/07/ferry-fares
    1 break in 1 article.   desk audit ferry-fares
    [exit 1]
    ");
    stolen("true");
    newsroom.run(["audit"]).fails(1);
    // Everybody says it again, without that key.
    newsroom.edit(MAIN, "four percent", "five percent");
    let note = "Fares rise by five percent. An earlier version said four, a figure of last year.";
    newsroom.run(["correct", "ferry-fares", "--kind", "correction", "--note", note]).ok();
    newsroom.run(["submit", "ferry-fares"]).ok();
    newsroom.as_(JUN).run(["approve", "ferry-fares", "--yes"]).ok();
    newsroom.run(["publish", "ferry-fares"]).ok();
    assert_snapshot!(audit(&newsroom), @r"
    Port Alder Post: 1 public article, 7 steps judged since 13:02
      claimed  1  a yes rests on a name in git, which anybody could write
    MADE GOOD
      ferry-fares: `Jun Seo` agreed with a key that may have been in other hands
          [3] by Mina Park <mina@post.example>, 13:15, articles/2026/07/ferry-fares
          public without everybody's yes from 13:15 to 13:33; made good in [7]
    Whole: every public word is what its people agreed to.
    [exit 0]
    ");
}

/// A repository that everybody pushes to.
#[cfg(unix)]
fn server(newsroom: &Newsroom, name: &str) -> String {
    let folder = newsroom.around().join(name).display().to_string();
    newsroom.git(["init", "--quiet", "--bare", &folder]);
    folder
}

#[test]
#[cfg(unix)]
fn a_server_takes_what_holds_and_nothing_else() {
    let newsroom = corrected().cast();
    let folder = server(&newsroom, "server.git");
    assert_snapshot!(newsroom.run(["-C", "../server.git", "setup", "hooks", "--server"]), @r"
    --- stderr ---
    Git judges every push before it is taken now: [AROUND]/server.git/hooks/pre-receive
    desk must be on the PATH of whoever git runs as there.
    [exit 0]
    ");
    newsroom.run(["-C", "../server.git", "setup", "hooks", "--server"]).ok();
    newsroom.git(["remote", "add", "server", &folder]);
    let bin = Path::new(env!("CARGO_BIN_EXE_desk")).parent().unwrap().display().to_string();
    let path = format!("{bin}:{}", std::env::var("PATH").unwrap());
    let pushes = |args: &[&str]| {
        newsroom.as_(JUN).variable("PATH", &path).run_with("git", ["push", "--quiet", "server"].iter().chain(args))
    };
    let first = newsroom.git(["rev-parse", "HEAD^1"]);
    pushes(&[&format!("{}:refs/heads/main", first.trim())]).ok();
    pushes(&["main", "refs/desk/approvals/*:refs/desk/approvals/*"]).ok();
    newsroom.git(["switch", "--quiet", "-c", "fix"]);
    newsroom.edit(MAIN, "on May 1", "on May 2");
    commit(&newsroom, JUN, "a small fix");
    pushes(&["fix"]).ok();
    let said = pushes(&["fix:main"]).fails(1);
    assert!(said.contains("Not taken: refs/heads/main") && said.contains("public words were changed"), "{said}");
    pushes(&["--force", "HEAD^1^1:main"]).fails(1);
    let said = pushes(&["--delete", "main"]).fails(1);
    assert!(said.contains("never taken away") || said.contains("denied"), "{said}");
    let approval = newsroom.git(["for-each-ref", "--format=%(refname)", "refs/desk/approvals"]);
    let approval = approval.lines().next().unwrap();
    let said = pushes(&["--delete", approval]).fails(1);
    assert!(said.contains("neither changed nor taken away"), "{said}");
    let said = pushes(&[&format!("HEAD^{{tree}}:{}0", &approval[..approval.len() - 1])]).fails(1);
    assert!(said.contains("not a statement under its own name"), "{said}");
    let there = newsroom.git(["ls-remote", &folder, "refs/heads/main"]);
    assert!(there.starts_with(&tip(&newsroom)), "{there}");
}

#[test]
fn a_server_takes_no_yes_that_was_taken_back() {
    let mould = Newsroom::new();
    begun(&mould, "ferry-fares", "Ferry fares rise in May");
    mould.run(["submit", "ferry"]).ok();
    mould.as_(JUN).run(["approve", "ferry", "--yes"]).ok();
    let mould = mould.mould();
    let (newsroom, other) = (mould.cast(), mould.cast());
    let before = tip(&newsroom);
    other.run(["publish", "ferry"]).ok();
    let published = format!("{}:refs/heads/main", tip(&other));
    newsroom.as_(JUN).run(["return", "ferry", "--note", "the port denies it"]).ok();
    newsroom.git(["fetch", "--quiet", "--update-head-ok", &other.path().display().to_string(), &published]);
    assert_snapshot!(screen(&newsroom, &push(&newsroom, &before)), @r"
    --- stderr ---
    Not taken: refs/heads/main
      `Jun Seo` took their yes to these words back before
          [2] by Mina Park <mina@post.example>, 13:06, articles/2026/07/ferry-fares
    [exit 1]
    ");
    newsroom.as_(JUN).run(["audit"]).ok();
}

#[test]
#[cfg(unix)]
fn a_server_keeps_its_own_hook() {
    let newsroom = published().cast();
    server(&newsroom, "server.git");
    let hook = newsroom.around().join("server.git/hooks/pre-receive");
    std::fs::create_dir_all(hook.parent().unwrap()).unwrap();
    std::fs::write(&hook, "#!/bin/sh\nexit 0\n").unwrap();
    assert_snapshot!(newsroom.run(["-C", "../server.git", "setup", "hooks", "--server"]), @r#"
    --- stderr ---
    error: this repository has a pre-receive hook of its own, which stays as it is
      [AROUND]/server.git/hooks/pre-receive: add the line  pushed=$(cat); printf '%s\n' "$pushed" | desk --no-input audit --push || exit 1
      and let what comes after it read "$pushed" instead of standard input
      desk never writes over a hook, nor into a folder of hooks that `core.hooksPath` names
    help: desk setup hooks --print pre-receive shows the whole hook
    [exit 2]
    "#);
    assert_eq!(std::fs::read_to_string(&hook).unwrap(), "#!/bin/sh\nexit 0\n");
}
