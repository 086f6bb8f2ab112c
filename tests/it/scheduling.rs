//! Words that become public at a time, as the people of a newsroom see it.

use crate::newsroom::{ANA, JUN, MINA, Newsroom};

const HARBOR: &str = "articles/2026/07/harbor/index.md";

/// Words that everybody who must has agreed to. It is 13:07 UTC on a Saturday.
fn approved() -> Newsroom {
    let newsroom = Newsroom::new();
    newsroom.brief("harbor");
    newsroom.run(["submit"]).ok();
    newsroom.as_(JUN).run(["approve", "harbor", "--yes"]).ok();
    newsroom
}

fn stands(newsroom: &Newsroom) -> String {
    let list = newsroom.run(["list", "--format", "json"]).json();
    format!("{} {}", list["articles"][0]["stage"].as_str().unwrap(), list["articles"][0]["facts"])
}

fn schedules(newsroom: &Newsroom) -> usize {
    newsroom.git(["for-each-ref", "refs/desk/schedules/"]).lines().count()
}

#[test]
fn words_become_public_at_their_time_and_not_before() {
    let newsroom = approved();
    insta::assert_snapshot!(newsroom.run(["publish", "harbor", "--at", "18:00"]), @r"
    --- stderr ---
    Scheduled: Title of harbor, Sat 25 Jul 18:00 UTC
      exactly the 6 words Jun Seo approved at 13:05
    desk tick makes it public then if nothing changes: have it run at that time.
    Change it: desk publish harbor --at TIME, or --cancel
    [exit 0]
    ");
    assert_eq!(stands(&newsroom), r#"review ["approved","scheduled"]"#);
    insta::assert_snapshot!(newsroom.run(["list", "--scheduled"]), @r"
    Sat 25 Jul 18:00 UTC  harbor  becomes public
    [exit 0]
    ");
    insta::assert_snapshot!(newsroom.run(Vec::<String>::new()), @r"
    Mina Park, Port Alder Post                                      Sat 25 Jul 13:09
    Nothing waits for you.
    0 drafts, 1 scheduled for 18:00 UTC, 0 public: desk list
    [exit 0]
    ");
    insta::assert_snapshot!(newsroom.run(["tick"]), @r"
    --- stderr ---
    1 article to come, next Sat 25 Jul 18:00 UTC: desk list --scheduled
    [exit 0]
    ");
    assert!(!newsroom.git(["ls-tree", "-r", "--name-only", "main"]).contains(HARBOR));
    newsroom.later(300);
    assert_eq!(stands(&newsroom), r#"review ["approved","overdue"]"#);
    let inbox = newsroom.run(Vec::<String>::new()).stdout;
    assert!(inbox.contains("harbor  should be public since 18:00  desk tick"), "{inbox}");
    insta::assert_snapshot!(newsroom.as_(ANA).run(["tick"]), @r"
    Published: Title of harbor, scheduled for Sat 25 Jul 18:00 UTC
      /2026/07/harbor/   live when the site is built: desk build
      exactly the 6 words Jun Seo approved at 13:05
    [exit 0]
    ");
    assert_eq!(stands(&newsroom), "published []");
    assert_eq!(schedules(&newsroom), 0);
    let message = newsroom.git(["log", "-1", "--format=%an%n%B", "main"]);
    insta::assert_snapshot!(message.replace(&id(&newsroom), "[ID]"), @r"
    Ana Ruiz
    harbor: publish

    Desk-Article: [ID]
    Desk-Move: publish (review -> published)
    Desk-Content: sha256:ae48e3d0059aeba0db70f71be33a8dd62d45d86873250c107aa30cce7bad16e3
    Desk-Scheduled: 2026-07-25T18:00:00Z by Mina Park <mina@post.example>
    ");
    insta::assert_snapshot!(newsroom.as_(ANA).run(["tick"]), @r"
    --- stderr ---
    Nothing is scheduled.
    [exit 0]
    ");
    let audit = newsroom.run(["audit", "harbor"]).ok();
    assert!(audit.contains("by Mina Park") && audit.contains("scheduled by Mina Park 13:0"), "{audit}");
    newsroom.run(["check"]).ok();
}

fn id(newsroom: &Newsroom) -> String {
    newsroom.run(["list", "--format", "json"]).json()["articles"][0]["id"].as_str().unwrap().to_owned()
}

#[test]
fn what_is_not_agreed_to_cannot_be_scheduled() {
    let newsroom = Newsroom::new();
    newsroom.brief("harbor");
    newsroom.run(["submit"]).ok();
    insta::assert_snapshot!(newsroom.run(["publish", "--at", "18:00"]), @r"
    --- stderr ---
    error: not yet: one thing is missing
      one more person's yes (by Jun Seo or Ana Ruiz)
      nothing was changed
    help: desk show harbor --needs
    [exit 1]
    ");
    assert_eq!(schedules(&newsroom), 0);
    for (typed, said) in [
        ("soon", "`soon` is not a time"),
        ("tomorrow", "--at \"tomorrow 06:00\""),
        ("2020-01-01 06:00", "that time has passed"),
    ] {
        let refused = newsroom.run(["publish", "--at", typed]).fails(2);
        assert!(refused.contains(said), "{refused}");
    }
}

#[test]
fn changed_words_make_a_schedule_void_and_that_is_said() {
    let newsroom = approved();
    newsroom.run(["publish", "harbor", "--at", "18:00"]).ok();
    newsroom.edit(HARBOR, "berth 4", "berth 5");
    insta::assert_snapshot!(newsroom.run(["submit", "harbor"]), @r"
    --- stderr ---
    Saved harbor: 1 word changed.
    Sent to Jun Seo and Ana Ruiz: Title of harbor
    Needs one more person's yes (by Jun Seo or Ana Ruiz)
    It was scheduled, and will not become public by itself: the words changed since.
    [exit 0]
    ");
    assert_eq!(stands(&newsroom), r#"review ["stale","schedule void"]"#);
    insta::assert_snapshot!(newsroom.run(["list", "--scheduled"]), @r"
    Sat 25 Jul 18:00 UTC  harbor  will not: the words changed since
    --- stderr ---
    What is overdue or void: desk tick
    [exit 0]
    ");
    let inbox = newsroom.run(Vec::<String>::new()).stdout;
    assert!(inbox.contains("will not come by itself: the words changed since"), "{inbox}");
    newsroom.later(300);
    insta::assert_snapshot!(newsroom.run(["tick"]), @r"
    Not published: harbor, scheduled for Sat 25 Jul 18:00 UTC
      the words changed since: the schedule is void and gone
      when it is ready again: desk publish harbor --at TIME
    [exit 1]
    ");
    assert_eq!(schedules(&newsroom), 0);
    // Everybody agrees again: only a new schedule makes them public.
    newsroom.as_(JUN).run(["approve", "harbor", "--yes"]).ok();
    newsroom.run(["tick"]).ok();
    assert_eq!(stands(&newsroom), r#"review ["approved"]"#);
}

#[test]
fn words_on_disk_that_nobody_saw_hold_it_up_and_stay() {
    let newsroom = approved();
    newsroom.run(["publish", "harbor", "--at", "18:00"]).ok();
    newsroom.edit(HARBOR, "berth 4", "berth 5").later(300);
    insta::assert_snapshot!(newsroom.run(["tick"]), @r"
    Not published: harbor, scheduled for Sat 25 Jul 18:00 UTC
      `harbor` has changes that are not saved
      desk edit harbor
    [exit 1]
    ");
    assert!(newsroom.read(HARBOR).contains("berth 5"));
    newsroom.edit(HARBOR, "berth 5", "berth 4");
    newsroom.run(["tick"]).ok();
    assert_eq!(stands(&newsroom), "published []");
}

#[test]
fn another_time_takes_its_place_and_cancelling_ends_it() {
    let newsroom = approved();
    newsroom.run(["publish", "harbor", "--at", "18:00"]).ok();
    newsroom.as_(JUN).run(["publish", "harbor", "--at", "mon 06:00", "--note", "with the budget"]).ok();
    let coming = newsroom.run(["list", "--scheduled", "--format", "json"]).json();
    assert_eq!(coming["events"][0]["time"], "2026-07-27T06:00:00Z");
    assert_eq!(coming["events"].as_array().unwrap().len(), 1);
    let before = newsroom.references();
    insta::assert_snapshot!(newsroom.run(["publish", "harbor", "--cancel"]), @r"
    --- stderr ---
    Cancelled: Title of harbor, which was to be public Mon 27 Jul 06:00 UTC
    Its words and every yes to them stay as they are.
    [exit 0]
    ");
    assert_eq!(stands(&newsroom), r#"review ["approved"]"#);
    insta::assert_snapshot!(newsroom.run(["publish", "harbor", "--cancel"]), @r"
    --- stderr ---
    error: `harbor` is not scheduled
      nothing was changed
    help: desk list --scheduled
    [exit 1]
    ");
    newsroom.run(["undo"]).ok();
    assert_eq!(newsroom.references(), before);
    // Publishing at once ends it too, and so does sending it back.
    insta::assert_snapshot!(newsroom.run(["publish", "harbor"]), @r"
    --- stderr ---
    Published: Title of harbor, 13:15
      /2026/07/harbor/   live when the site is built: desk build
      exactly the 6 words Jun Seo approved at 13:05
    Mistake? desk undo takes it back while nothing has left this machine.
    It is not scheduled any more.
    [exit 0]
    ");
    assert_eq!(schedules(&newsroom), 0);
    newsroom.run(["undo"]).ok();
    let said = newsroom.as_(JUN).run(["return", "harbor", "--note", "which berth?"]);
    assert!(said.to_string().contains("It is not scheduled any more."), "{said}");
    assert_eq!(schedules(&newsroom), 0);
}

#[test]
fn undo_takes_a_schedule_and_what_it_submitted_back() {
    let newsroom = Newsroom::with_profile("solo");
    newsroom.brief("harbor");
    newsroom.edit(HARBOR, "berth 4", "berth 7");
    newsroom.run(["check"]).ok();
    let text = newsroom.read(HARBOR);
    newsroom.run(["publish", "--at", "18:00"]).ok();
    assert_eq!(stands(&newsroom), r#"review ["approved","scheduled"]"#);
    newsroom.run(["undo"]).ok();
    assert_eq!((newsroom.read(HARBOR), schedules(&newsroom)), (text, 0));
    assert_eq!(stands(&newsroom), "draft []");
}

#[test]
fn a_machine_that_starts_late_or_early_waits_for_the_minute() {
    let newsroom = approved();
    newsroom.run(["publish", "harbor", "--at", "13:40"]).ok();
    let early = newsroom.run(["tick", "--wait", "5m"]);
    assert!(early.to_string().contains("1 article to come, next Sat 25 Jul 13:40 UTC"), "{early}");
    insta::assert_snapshot!(newsroom.run(["tick", "--wait", "1h"]), @r"
    Published: Title of harbor, scheduled for Sat 25 Jul 13:40 UTC
      /2026/07/harbor/   live when the site is built: desk build
      exactly the 6 words Jun Seo approved at 13:05
    --- stderr ---
    Waiting until Sat 25 Jul 13:40 UTC.
    [exit 0]
    ");
    let record = newsroom.read(&format!("records/{}.toml", id(&newsroom)));
    assert!(record.contains("time = 2026-07-25T13:40:00Z\n"), "{record}");
    newsroom.run(["tick", "--wait", "2 days"]).fails(2);
}

#[test]
fn whoever_scheduled_it_and_left_takes_the_schedule_along() {
    let newsroom = approved();
    newsroom.as_(JUN).run(["publish", "harbor", "--at", "18:00"]).ok();
    let staff = newsroom.read("staff.toml");
    let jun = staff.split("[[people]]").find(|person| person.contains("jun@post.example")).unwrap();
    newsroom.write("staff.toml", staff.replace(&format!("[[people]]{jun}"), ""));
    newsroom.git(["commit", "--quiet", "--all", "-m", "staff: Jun left"]);
    newsroom.later(300);
    let said = newsroom.run(["tick"]).fails(1);
    assert!(said.contains("Jun Seo is not on the staff list"), "{said}");
    assert_eq!(schedules(&newsroom), 0);
}

#[test]
fn rules_that_became_stricter_hold_at_the_moment() {
    let newsroom = approved();
    newsroom.run(["publish", "harbor", "--at", "18:00"]).ok();
    newsroom.edit("desk.toml", "people = 2", "people = 3");
    newsroom.git(["commit", "--quiet", "--all", "-m", "desk: three people"]);
    newsroom.later(300);
    let said = newsroom.run(["tick", "--dry-run"]).fails(1);
    assert!(said.contains("it needs one more person's yes"), "{said}");
    assert_eq!(schedules(&newsroom), 1);
    newsroom.run(["tick"]).fails(1);
    assert_eq!(schedules(&newsroom), 0);
}

#[test]
fn an_embargo_holds_until_it_ends_and_a_schedule_waits_for_it() {
    let newsroom = Newsroom::new();
    newsroom.brief("harbor");
    newsroom.edit(HARBOR, "section = \"local\"", "section = \"local\"\nembargo = 2026-07-26T06:00:00Z");
    newsroom.run(["submit"]).ok();
    newsroom.as_(JUN).run(["approve", "harbor", "--yes"]).ok();
    let early = newsroom.run(["publish", "harbor", "--at", "tomorrow 05:59"]).fails(1);
    assert!(early.contains("under embargo until 2026-07-26 06:00"), "{early}");
    assert!(early.contains("help: desk publish harbor --at \"2026-07-26 06:00\"\n"), "{early}");
    newsroom.run(["publish", "harbor", "--at", "tomorrow 06:00"]).ok();
    assert_eq!(stands(&newsroom), r#"review ["approved","scheduled","embargoed"]"#);
    insta::assert_snapshot!(newsroom.run(["list", "--scheduled"]), @r"
    Sun 26 Jul 06:00 UTC  harbor  becomes public
    Sun 26 Jul 06:00 UTC  harbor  embargo ends
    [exit 0]
    ");
    let shown = newsroom.run(["show", "harbor"]).ok();
    assert!(shown.contains("\n  embargo   Sun 26 Jul 06:00 UTC"), "{shown}");
    newsroom.later(60 * 17);
    newsroom.run(["tick"]).ok();
    assert_eq!(stands(&newsroom), "published []");
}

#[test]
fn what_expires_leaves_the_page_and_the_feed_and_is_told_before() {
    let newsroom = Newsroom::new();
    newsroom.brief("harbor");
    newsroom.edit(HARBOR, "section = \"local\"", "section = \"local\"\nexpiryDate = 2026-07-26T06:00:00Z");
    newsroom.run(["submit"]).ok();
    newsroom.as_(JUN).run(["approve", "harbor", "--yes"]).ok();
    newsroom.run(["publish", "harbor"]).ok();
    newsroom.run(["build"]).ok();
    assert!(newsroom.read("public/feed.xml").contains("harbor") && newsroom.exists("public/2026/07/harbor/index.html"));
    insta::assert_snapshot!(newsroom.run(["list", "--scheduled"]), @r"
    Sun 26 Jul 06:00 UTC  harbor  expires: leaves the site
    [exit 0]
    ");
    newsroom.later(60 * 17);
    assert_eq!(stands(&newsroom), r#"published ["expired"]"#);
    newsroom.run(["build"]).ok();
    assert!(!newsroom.read("public/feed.xml").contains("harbor"));
    assert!(!newsroom.exists("public/2026/07/harbor/index.html"));
    newsroom.run(["audit"]).ok();
}

#[test]
fn a_time_that_comes_twice_or_never_is_told() {
    let newsroom = Newsroom::new();
    newsroom.edit("desk.toml", "timezone = \"UTC\"", "timezone = \"Europe/Lisbon\"");
    newsroom.git(["commit", "--quiet", "--all", "-m", "desk: in Lisbon"]);
    newsroom.brief("harbor");
    newsroom.run(["submit"]).ok();
    newsroom.as_(JUN).run(["approve", "harbor", "--yes"]).ok();
    let seoul = newsroom.as_(MINA).variable("TZ", "Asia/Seoul");
    insta::assert_snapshot!(seoul.run(["publish", "harbor", "--at", "2026-10-25 01:30"]), @r"
    --- stderr ---
    Scheduled: Title of harbor, Sun 25 Oct 01:30 WET (yours: Sun 25 Oct 10:30 KST)
      exactly the 6 words Jun Seo approved at 14:06
    The clocks go back that night and show this time twice: it is the later one.
      the earlier one: desk publish harbor --at 2026-10-25T01:30:00+01:00
    desk tick makes it public then if nothing changes: have it run at that time.
    Change it: desk publish harbor --at TIME, or --cancel
    [exit 0]
    ");
    insta::assert_snapshot!(seoul.run(["publish", "harbor", "--at", "2027-03-28 01:30"]), @r#"
    --- stderr ---
    error: there is no 01:30 on 2027-03-28: the clocks go forward over it
    help: --at "2027-03-28 00:30" or --at "2027-03-28 02:30"
    [exit 2]
    "#);
}

#[test]
fn a_correction_waits_for_its_time_too() {
    let newsroom = approved();
    newsroom.run(["publish", "harbor"]).ok();
    newsroom.edit(HARBOR, "berth 4", "berth 5");
    newsroom.tell("harbor").run(["submit", "harbor"]).ok();
    newsroom.as_(JUN).run(["approve", "harbor", "--yes"]).ok();
    newsroom.run(["publish", "harbor", "--at", "18:00"]).ok();
    newsroom.later(300);
    newsroom.run(["tick"]).ok();
    assert_eq!(stands(&newsroom), r#"published ["corrected"]"#);
    newsroom.run(["audit"]).ok();
}

#[test]
fn two_machines_at_once_do_no_harm() {
    let newsroom = approved();
    newsroom.run(["publish", "harbor", "--at", "18:00"]).ok();
    let name = format!("refs/desk/schedules/{}", id(&newsroom));
    let object = newsroom.git(["rev-parse", &name]).trim().to_owned();
    newsroom.later(300);
    let program = std::path::Path::new(env!("CARGO_BIN_EXE_desk"));
    let mut all: Vec<_> = (0..4)
        .map(|_| {
            let mut command = newsroom.command(program, Some(MINA));
            command.arg("tick").stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped());
            command.spawn().unwrap()
        })
        .collect();
    let codes: Vec<_> = all.iter_mut().map(|child| child.wait().unwrap().code()).collect();
    assert_eq!(codes, [Some(0); 4]);
    assert_eq!(newsroom.git(["log", "--format=%s", "main", "--grep", "Desk-Scheduled"]).lines().count(), 1);
    newsroom.run(["audit"]).ok();
    // A copy that was left behind: its words are public by now.
    newsroom.git(["update-ref", &name, &object]);
    let said = newsroom.run(["tick"]).ok();
    assert!(said.contains("Public already: harbor"), "{said}");
    assert_eq!(schedules(&newsroom), 0);
}

/// With desk on it, as hooks need it.
#[cfg(unix)]
fn path() -> String {
    let folder = std::path::Path::new(env!("CARGO_BIN_EXE_desk")).parent().unwrap();
    let paths = std::env::var_os("PATH").unwrap_or_default();
    let all = std::iter::once(folder.to_owned()).chain(std::env::split_paths(&paths));
    std::env::join_paths(all).unwrap().into_string().unwrap()
}

#[cfg(unix)]
#[test]
fn words_under_embargo_are_not_pushed_to_where_the_world_can_read_them() {
    let newsroom = Newsroom::new();
    newsroom.brief("harbor");
    newsroom.edit(HARBOR, "section = \"local\"", "section = \"local\"\nembargo = 2026-07-26T06:00:00Z");
    newsroom.run(["submit"]).ok();
    // A line that is taken out later was there.
    newsroom.edit(HARBOR, "embargo = 2026-07-26T06:00:00Z\n", "");
    newsroom.run(["submit"]).ok();
    let world = ["check", "--range", "main..desk/harbor", "--to", "https://git.example/post.git"];
    insta::assert_snapshot!(newsroom.run(world), @r"
    --- stderr ---
    error: words under embargo are not pushed to where the world can read them
      articles/2026/07/harbor/index.md: under embargo until Sun 26 Jul 06:00 UTC
      git keeps earlier versions: a line taken out later is still there to read
    help: if only the staff can read that remote, name it as `private` under [newsroom] in desk.toml
    [exit 1]
    ");
    let script = newsroom.run(["setup", "hooks", "--print", "pre-push"]).ok();
    let tip = newsroom.git(["rev-parse", "desk/harbor"]);
    let pushed = format!("refs/heads/desk/harbor {} refs/heads/desk/harbor {}\n", tip.trim(), "0".repeat(40));
    let push = |address: &str| {
        let visit = newsroom.as_(MINA).variable("PATH", &path()).input(pushed.as_str());
        visit.run_with("sh", ["-c", &script, "pre-push", "origin", address])
    };
    assert!(push("git@git.example:post.git").fails(1).contains("under embargo until Sun 26 Jul 06:00 UTC"));
    push("/srv/post.git").ok();
    newsroom.edit("desk.toml", "[newsroom]\n", "[newsroom]\nprivate = [\"git.example/post\"]\n");
    newsroom.git(["commit", "--quiet", "--message", "desk: ours alone", "desk.toml"]);
    newsroom.run(world).ok();
    push("git@git.example:post.git").ok();
    assert!(push("https://git.example/site.git").fails(1).contains("under embargo"));
    newsroom.later(60 * 17);
    push("https://git.example/site.git").ok();
}

/// A remote with all that the newsroom has, and a machine that runs the ready workflow's own script in a copy of it.
#[cfg(unix)]
fn workflow(newsroom: &Newsroom, copy: &str, before_it: &str) -> crate::newsroom::Output {
    let file = include_str!("../../integrations/github-tick.yml");
    let lines = file.split_once("        run: |\n").unwrap().1.lines();
    let script: Vec<&str> = lines.map(|line| line.strip_prefix("          ").unwrap_or_default()).collect();
    let around = newsroom.around();
    newsroom.git(["clone", "--quiet", "../remote.git", &format!("../{copy}")]);
    let wrapper = format!("#!/bin/sh\n{before_it}\nexec '{}' \"$@\"\n", env!("CARGO_BIN_EXE_desk"));
    std::fs::write(around.join("tick.sh"), wrapper).unwrap();
    let mode = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    std::fs::set_permissions(around.join("tick.sh"), mode).unwrap();
    let visit = newsroom.as_nobody().variable("RUNNER_TEMP", &around.join("tmp").to_string_lossy());
    let visit = visit.variable("DESK", &around.join("tick.sh").to_string_lossy());
    visit.run_with("bash", ["-e", "-c", &format!("cd ../{copy}\n{}", script.join("\n"))])
}

#[cfg(unix)]
#[test]
fn the_ready_workflow_publishes_for_everybody_or_changes_nothing() {
    let newsroom = approved();
    newsroom.run(["publish", "harbor", "--at", "18:00"]).ok();
    newsroom.git(["init", "--quiet", "--bare", "../remote.git"]);
    let all = ["main", "refs/desk/approvals/*:refs/desk/approvals/*", "refs/desk/schedules/*:refs/desk/schedules/*"];
    newsroom
        .git(["push", "--quiet", "../remote.git"].iter().chain(&all).chain(&["refs/heads/desk/*:refs/heads/desk/*"]));
    let there = |newsroom: &Newsroom| newsroom.git(["-C", "../remote.git", "for-each-ref", "--format=%(refname)"]);
    let files = |newsroom: &Newsroom| newsroom.git(["-C", "../remote.git", "ls-tree", "-r", "--name-only", "main"]);
    workflow(&newsroom, "early", "").ok();
    assert!(there(&newsroom).contains("refs/desk/schedules/"));
    newsroom.later(300);
    // Somebody cancels it before the machine acts: it sees that, and nothing is due.
    let name = format!("refs/desk/schedules/{}", id(&newsroom));
    let object = newsroom.git(["rev-parse", &name]).trim().to_owned();
    workflow(&newsroom, "raced", &format!("git -C ../remote.git update-ref -d {name}")).ok();
    assert!(!files(&newsroom).contains(HARBOR));
    newsroom.git(["-C", "../remote.git", "update-ref", &name, &object]);
    let said = workflow(&newsroom, "on-time", "").ok();
    assert!(said.contains("Published: Title of harbor, scheduled for Sat 25 Jul 18:00 UTC"), "{said}");
    assert!(files(&newsroom).contains(HARBOR));
    let left = there(&newsroom);
    assert!(!left.contains("schedules") && !left.contains("heads/desk/"), "{left}");
    workflow(&newsroom, "again", "").ok();
}
