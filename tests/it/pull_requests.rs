//! Articles that go through pull requests: a forge on this machine, people at browsers and at keyboards, and whatever can
//! come between what was read and what lands.

use crate::hub::{ANA, Account, Hub, JUN, MINA, Make, Mishap};
use crate::newsroom::{self, Newsroom, Output, Person};

pub const PIER: &str = "articles/2026/07/pier/index.md";

/// Mina's copy and Jun's, with a forge between them. Two people must agree.
pub struct Post {
    pub newsroom: Newsroom,
    pub hub: Hub,
}

impl Post {
    pub fn new() -> Self {
        Self::with("")
    }

    pub fn on(make: Make) -> Self {
        Self::made(make, "")
    }

    /// With these lines more in `[review]`.
    fn with(review: &str) -> Self {
        Self::made(Make::GitHub, review)
    }

    fn made(make: Make, review: &str) -> Self {
        let newsroom = Newsroom::with_profile("pair");
        let hub = Hub::start(&newsroom.around().join("forge"), make);
        let forge = format!("\n[forge]\nkind = \"{}\"\nurl = \"{}\"\n", make.name(), hub.url());
        let desk = newsroom.read("desk.toml").replace("[review]\n", &format!("[review]\n{review}"));
        newsroom.write("desk.toml", desk + &forge);
        let mut staff = newsroom.read("staff.toml");
        for (address, account) in [("mina", MINA), ("jun", JUN), ("ana", ANA)] {
            let line = format!("emails = [\"{address}@post.example\"]\n");
            let own = format!("forges = {{ \"{}\" = \"{}+{}\" }}\n", hub.address, account.id, account.login);
            assert!(staff.contains(&line), "{staff}");
            staff = staff.replace(&line, &format!("{line}{own}"));
        }
        newsroom.write("staff.toml", staff);
        newsroom.git(["commit", "--quiet", "--all", "--message", "On a forge"]);
        newsroom.git(["push", "--quiet", "../forge/post/desk.git", "main"]);
        newsroom.git(["clone", "--quiet", "../forge/post/desk.git", "../jun"]);
        let remote = format!("{}/post/desk.git", hub.url());
        newsroom.git(["remote", "add", "origin", &remote]);
        newsroom.git(["-C", "../jun", "remote", "set-url", "origin", &remote]);
        let helper = format!("!f() {{ echo username=x; echo \"password=${}\"; }}; f", make.variable());
        newsroom.git(["config", "--global", "credential.helper", &helper]);
        let post = Self { newsroom, hub };
        post.at(newsroom::MINA, MINA).git(["fetch", "--quiet", "origin"]);
        post
    }

    pub fn at(&self, person: Person, account: Account) -> newsroom::Visit<'_> {
        self.newsroom.as_(person).variable(self.hub.make.variable(), &account.token())
    }

    pub fn told(&self, output: Output) -> Output {
        // Commits hold the forge's address, which is another one each time.
        let is_commit = |word: &str| matches!(word.len(), 7..=9) && word.bytes().all(|byte| byte.is_ascii_hexdigit());
        let named = |word: &str| match is_commit(word.trim_end_matches([';', ',', ')'])) {
            true => "[commit]".to_owned(),
            false => word.to_owned(),
        };
        let line = |line: &str| line.split(' ').map(named).collect::<Vec<_>>().join(" ");
        let shown = |text: &str| {
            let text = text.replace(&self.hub.address.to_string(), "[FORGE]");
            text.split('\n').map(line).collect::<Vec<_>>().join("\n")
        };
        for account in crate::hub::EVERYBODY {
            assert!(!output.to_string().contains(&account.token()), "a token is never shown: {output}");
        }
        let (_, faults) = self.hub.judgement();
        assert!(faults.is_empty(), "the forge's description does not allow\n{}\n{output}", faults.join("\n"));
        Output { stdout: shown(&output.stdout), stderr: shown(&output.stderr), ..output }
    }

    pub fn mina<'a>(&self, args: impl IntoIterator<Item = &'a str>) -> Output {
        self.told(self.at(newsroom::MINA, MINA).run(args))
    }

    pub fn jun<'a>(&self, args: impl IntoIterator<Item = &'a str>) -> Output {
        self.told(self.at(newsroom::JUN, JUN).run(["-C", "../jun"].into_iter().chain(args)))
    }

    /// A brief that Mina has submitted.
    pub fn sent(&self) {
        self.newsroom.brief("pier");
        self.mina(["submit", "pier"]).ok();
    }

    /// The same, public, by Jun's yes in the browser.
    pub fn public(&self) {
        self.sent();
        self.hub.browser(JUN).approve(1);
        self.mina(["publish", "pier"]).ok();
    }

    /// Mina corrects a word of it, and sends that.
    pub fn corrects(&self) {
        self.newsroom.edit(PIER, "berth 4", "berth 5");
        self.mina(["correct", "pier", "--kind", "correction", "--note", "It is berth 5."]).ok();
        self.mina(["submit", "pier"]).ok();
    }

    /// What readers see of it; nothing while it is hidden or not there.
    pub fn readers_see(&self) -> String {
        let text = self.hub.state().git(["show", &format!("main:{PIER}")]);
        if text.contains("draft = false") { text } else { String::new() }
    }

    /// What a fresh copy says of everything, in `audit`.
    pub fn whole(&self) {
        self.newsroom.git(["clone", "--quiet", "../forge/post/desk.git", "../fresh"]);
        self.newsroom.run(["-C", "../fresh", "audit"]).ok();
        std::fs::remove_dir_all(self.newsroom.around().join("fresh")).unwrap();
    }

    /// Publishing is refused, and readers see what they saw.
    #[track_caller]
    pub fn stays(&self) -> String {
        let before = self.readers_see();
        let output = self.mina(["publish", "pier"]);
        assert_ne!(output.code, Some(0), "{output}");
        assert_eq!(self.readers_see(), before, "{output}");
        output.to_string()
    }
}

#[test]
fn what_was_approved_in_the_browser_lands_and_is_stamped() {
    let post = Post::new();
    post.newsroom.brief("pier");
    insta::assert_snapshot!(post.mina(["submit", "pier"]), @r"
    --- stderr ---
    Saved pier: 6 words changed.
    Sent to Jun Seo and Ana Ruiz: http://[FORGE]/post/desk/pull/1
    Needs one more person's yes (by Jun Seo or Ana Ruiz)
    [exit 0]
    ");
    // Asked twice, there is one.
    insta::assert_snapshot!(post.mina(["submit", "pier"]), @r"
    --- stderr ---
    Sent to Jun Seo and Ana Ruiz: http://[FORGE]/post/desk/pull/1
    Needs one more person's yes (by Jun Seo or Ana Ruiz)
    [exit 0]
    ");
    {
        let mut state = post.hub.state();
        let pull = state.pull(1).unwrap();
        assert_eq!((pull.title.as_str(), &pull.labels[..]), ("Title of pier", &["desk: review".to_owned()][..]));
        assert_eq!(pull.asked, ["junseo", "ana"]);
        assert_eq!(state.pulls.len(), 1);
    }
    insta::assert_snapshot!(post.mina(["publish", "pier"]), @r"
    --- stderr ---
    error: not yet: one thing is missing
      one more person's yes (by Jun Seo or Ana Ruiz)
      nothing was changed
    help: desk show pier --needs
    [exit 1]
    ");
    post.hub.browser(JUN).approve(1);
    insta::assert_snapshot!(post.mina(["sync"]), @r"
    --- stderr ---
    pier: approved by Jun Seo (13:00): desk show pier
    [exit 0]
    ");
    insta::assert_snapshot!(post.mina(["publish", "pier"]), @r"
    --- stderr ---
    Published: Title of pier, 13:15
      landed through http://[FORGE]/post/desk/pull/1
      /2026/07/pier/   live when the site is built: desk build
      exactly the 6 words Jun Seo approved at 13:00
    Mistake? desk correct pier
    [exit 0]
    ");
    assert!(post.readers_see().contains("berth 4"));
    post.whole();
    let there = post.hub.state().git(["for-each-ref", "--format=%(refname)", "refs/heads"]);
    assert_eq!(there, "refs/heads/main");
    insta::assert_snapshot!(post.jun(["sync"]), @r"
    --- stderr ---
    The public version went on: 2 changes came in.
    [exit 0]
    ");
}

#[test]
fn what_somebody_merged_there_is_stamped_once_all_agree() {
    let post = Post::new();
    post.sent();
    post.hub.browser(JUN).merge(1, "squash");
    insta::assert_snapshot!(post.mina(["tick"]), @r"
    Not published: pier
      not yet: one thing is missing
      one more person's yes (by Jun Seo or Ana Ruiz)
      desk show pier --needs
    [exit 1]
    ");
    assert_eq!(post.readers_see(), "");
    post.jun(["sync"]).ok();
    post.jun(["approve", "pier", "--yes"]).ok();
    insta::assert_snapshot!(post.mina(["tick"]), @r"
    Published: Title of pier
      /2026/07/pier/   live when the site is built: desk build
      exactly the 6 words Jun Seo approved at 13:14
    [exit 0]
    ");
    assert!(post.readers_see().contains("berth 4"));
    post.whole();
    post.mina(["tick"]).ok();
}

#[test]
fn a_correction_lands_and_is_recorded() {
    let post = Post::new();
    post.public();
    post.corrects();
    post.stays();
    post.hub.browser(JUN).approve(2);
    insta::assert_snapshot!(post.mina(["publish", "pier"]), @r"
    --- stderr ---
    Published: Title of pier, 13:16
      landed through http://[FORGE]/post/desk/pull/2
      /2026/07/pier/   live when the site is built: desk build
      exactly the 6 words Jun Seo approved at 13:00
    Mistake? desk correct pier
    [exit 0]
    ");
    assert!(post.readers_see().contains("berth 5"));
    insta::assert_snapshot!(post.mina(["audit", "pier"]), @r"
    Title of pier
      articles/2026/07/pier, public, claimed
      13:12   published (review -> published) by Mina Park, [commit]
          Jun Seo approved as editorial                       13:00  claimed
          Mina Park submitted as writer, admin and editorial  13:11  claimed
          needed 2 people; had them
      13:16   corrected by Mina Park, [commit]
          Jun Seo approved as editorial                       13:00  claimed
          Mina Park submitted as writer, admin and editorial  13:14  claimed
          needed 2 people; had them
          readers saw them from 13:00 on, in [commit] recorded after they were public
    Whole.
    [exit 0]
    ");
    post.whole();
}

#[test]
fn a_yes_and_a_no_from_the_terminal_stand_there_too() {
    let post = Post::new();
    post.sent();
    post.jun(["sync"]).ok();
    post.jun(["approve", "pier", "--yes"]).ok();
    let reviews = post.hub.state().pull(1).unwrap().reviews.clone();
    assert_eq!((reviews[0].state, reviews[0].by), ("APPROVED", Some(JUN)));
    assert!(reviews[0].text.starts_with("Desk-Content: sha256:"), "{reviews:?}");
    insta::assert_snapshot!(post.jun(["return", "pier", "--note", "Which berth?"]), @r"
    --- stderr ---
    Returned: Title of pier
    It is a draft again: desk edit pier
    [exit 0]
    ");
    let state = post.hub.state().pull(1).unwrap().clone();
    assert_eq!((state.reviews[1].state, &state.labels[..]), ("CHANGES_REQUESTED", &["desk: draft".to_owned()][..]));
    insta::assert_snapshot!(post.mina(["sync"]), @r"
    --- stderr ---
    pier: went on with Jun Seo (13:14): desk show pier --changes
    pier: approved by Jun Seo (13:13): desk show pier
    pier: returned by Jun Seo (13:14): desk show pier
    [exit 0]
    ");
}

#[test]
fn remarks_stand_beside_their_paragraphs() {
    let post = Post::new();
    post.sent();
    let line = post.newsroom.read(PIER).lines().position(|line| line.contains("berth 4")).unwrap() as u32 + 1;
    post.hub.browser(JUN).remark(1, PIER, line, "Which \u{1b}[31mberth?");
    post.hub.browser(JUN).review(1, "COMMENTED", "Good, but short.");
    insta::assert_snapshot!(post.mina(["show", "pier"]), @r"
    Title of pier
      stage    review
      kind     brief
      section  local
      words    6
      file     articles/2026/07/pier/index.md
      digest   sha256:204cdb27ab6472bc06163b77a65d7710a7c38564b316c0272ce82a816b2e24c7
    Needs one more person's yes (by Jun Seo or Ana Ruiz)
    about all of it
      Jun Seo, 13:00: Good, but short.
    about paragraph 1
      Jun Seo, 13:00: Which \u{1b}[31mberth?
    [exit 0]
    ");
    assert!(!post.mina(["show", "pier", "--offline"]).ok().contains("Which"));
}

#[test]
fn who_edits_in_the_browser_makes_the_others_look_again() {
    let post = Post::new();
    post.sent();
    post.hub.browser(JUN).approve(1);
    post.hub.browser(ANA).edit(1, PIER, "berth 4", "berth 6");
    insta::assert_snapshot!(post.mina(["publish", "pier"]), @r"
    --- stderr ---
    error: not yet: one thing is missing
      2 more people's yes (by Mina Park, Jun Seo or Ana Ruiz)
      nothing was changed
      The forge changed it meanwhile: desk show pier --changes
    help: desk submit pier
    [exit 1]
    ");
    assert_eq!(post.readers_see(), "");
    post.mina(["submit", "pier"]).ok();
    let comments = post.hub.state().pull(1).unwrap().comments.clone();
    assert!(comments[0].2.contains("Jun Seo") && comments[0].2.contains("berth"), "{comments:?}");
    post.hub.browser(JUN).approve(1);
    post.mina(["publish", "pier"]).ok();
    assert!(post.readers_see().contains("berth 6"));
    post.whole();
}

#[test]
fn approved_changed_and_changed_back_is_what_was_approved() {
    let post = Post::new();
    post.sent();
    post.hub.browser(JUN).approve(1);
    post.hub.browser(ANA).edit(1, PIER, "berth 4", "berth 6");
    post.stays();
    post.hub.browser(ANA).edit(1, PIER, "berth 6", "berth 4");
    post.mina(["publish", "pier"]).ok();
    assert!(post.readers_see().contains("berth 4"));
    post.whole();
}

#[test]
fn what_comes_between_is_seen() {
    // Somebody pushes in the moment of the merge.
    let post = Post::new();
    post.sent();
    post.hub.browser(JUN).approve(1);
    post.hub.state().mishap = Mishap::HeadMoves;
    let said = post.stays();
    assert!(!said.contains("Published"), "{said}");
    assert!(post.hub.state().pull(1).unwrap().is_open);
    // The answer of a merge is lost.
    let post = Post::new();
    post.sent();
    post.hub.browser(JUN).approve(1);
    post.hub.state().mishap = Mishap::LostAnswer;
    post.mina(["publish", "pier"]).ok();
    assert!(post.readers_see().contains("berth 4"));
    post.whole();
    // It was closed there.
    let post = Post::new();
    post.sent();
    post.hub.browser(JUN).approve(1);
    post.hub.browser(JUN).close(1);
    let said = post.stays();
    assert!(said.contains("was closed") && said.contains("desk submit opens another"), "{said}");
    post.mina(["submit", "pier"]).ok();
    assert_eq!(post.hub.state().pulls.len(), 2);
    // What was said in the other one is not of this one.
    post.stays();
}

#[test]
fn a_repository_lands_in_the_way_that_it_allows() {
    for (methods, corrections) in [(&["squash"][..], true), (&["rebase"], false)] {
        let post = Post::new();
        post.hub.state().methods = methods.to_vec();
        post.public();
        assert!(post.readers_see().contains("berth 4"), "{methods:?}");
        post.corrects();
        post.hub.browser(JUN).approve(2);
        if corrections {
            post.mina(["publish", "pier"]).ok();
            assert!(post.readers_see().contains("berth 5"), "{methods:?}");
        } else {
            let said = post.stays();
            assert!(said.contains("every version that was saved on the way"), "{said}");
        }
        post.whole();
    }
}

#[test]
fn where_nobody_may_push_the_merge_publishes_and_the_record_follows() {
    let post = Post::with("stamp = \"submit\"\n");
    post.public();
    assert!(post.readers_see().contains("berth 4"));
    insta::assert_snapshot!(post.mina(["audit"]), @r"
    Port Alder Post: 1 public article, 3 steps judged since 13:02
      claimed  1  a yes rests on a name in git, which anybody could write
      landed   1  the record follows with the next change: pier
    Whole: every public word is what its people agreed to.
    [exit 0]
    ");
    post.corrects();
    post.hub.browser(JUN).approve(2);
    post.mina(["publish", "pier"]).ok();
    assert!(post.readers_see().contains("berth 5"));
    post.mina(["audit"]).ok();
}

#[test]
fn a_forge_that_is_not_reached_holds_up_what_it_decides() {
    let post = Post::new();
    post.sent();
    let nobody = Account { id: 0, login: "nobody" };
    let output = post.told(post.at(newsroom::MINA, nobody).run(["publish", "pier"]));
    assert_eq!(output.code, Some(3), "{output}");
    assert_eq!(post.readers_see(), "");
    let output = post.told(post.newsroom.as_(newsroom::MINA).run(["show", "pier"]));
    assert_eq!(output.code, Some(0), "{output}");
}

#[test]
fn a_pull_request_is_named_by_its_number() {
    let post = Post::new();
    post.sent();
    post.jun(["approve", "1", "--yes"]).ok();
    post.jun(["publish", "#1"]).ok();
    assert!(post.readers_see().contains("berth 4"));
    let said = post.jun(["approve", "77", "--yes"]);
    assert_eq!(said.code, Some(3), "{said}");
}
