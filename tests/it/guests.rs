//! What comes from people who may not write to the repository: it is read, agreed to and published by those who may.

use crate::hub::{ANA, JUN, LEE, MINA, Make};
use crate::newsroom::{self, Person};
use crate::pull_requests::{PIER, Post};

const LEE_KIM: Person = Person { name: "Lee Kim", address: "lee@reader.example" };

impl Post {
    /// Lee's copy, in which Lee writes.
    fn guest(&self) {
        self.newsroom.git(["clone", "--quiet", "../forge/post/desk.git", "../lee"]);
        let remote = format!("{}/post/desk.git", self.hub.url());
        self.newsroom.git(["-C", "../lee", "remote", "set-url", "origin", &remote]);
    }

    fn lee<'a>(&self, args: impl IntoIterator<Item = &'a str>) -> newsroom::Output {
        self.told(self.at(LEE_KIM, LEE).run(["-C", "../lee"].into_iter().chain(args)))
    }
}

/// Lee writes a brief, and offers it from a copy of their own.
fn offered(make: Make) -> Post {
    let post = Post::on(make);
    post.guest();
    let new = ["new", "Title of pier", "--kind", "brief", "--slug", "pier", "--set", "section=local", "--no-edit"];
    post.lee(new).ok();
    let path = format!("../lee/{PIER}");
    post.newsroom.write(&path, post.newsroom.read(&path) + "\nThe dredger waits at berth 4.\n");
    insta::allow_duplicates! { insta::assert_snapshot!(post.lee(["submit", "pier"]), @r"
    --- stderr ---
    Saved pier: 6 words changed.
    Ready for Mina Park, Jun Seo and Ana Ruiz: Title of pier
    lee@reader.example is not on the staff list: this counts for nothing until it is.
    Mina Park can add you to staff.toml.
    Needs 2 more people's yes (by Mina Park, Jun Seo or Ana Ruiz)
    error: you may read `origin`, and not write to it
      fatal: unable to access 'http://[FORGE]/post/desk.git/': The requested URL returned error: 403
      what was done is kept on this computer
    help: push the branch to a copy of your own there, and open the pull request from it
    [exit 3]
    "); }
    post.hub.browser(LEE).offer(&post.newsroom.around().join("lee"), "desk/pier", "A brief for you");
    post
}

#[test]
fn a_guests_article_is_published_by_its_number() {
    for make in [Make::GitHub, Make::Forgejo] {
        let post = offered(make);
        let shown = post.mina(["show", "1"]).ok();
        assert!(shown.contains("Title of pier"), "{shown}");
        assert_ne!(post.mina(["publish", "1"]).code, Some(0));
        post.hub.browser(JUN).approve(1);
        assert_ne!(post.mina(["publish", "1"]).code, Some(0));
        post.hub.browser(MINA).approve(1);
        let said = post.mina(["publish", "1"]).to_string();
        assert!(
            said.contains("exactly the 6 words Jun Seo approved at 13:00 and Mina Park approved at 13:00"),
            "{said}"
        );
        assert!(post.readers_see().contains("berth 4"));
        post.whole();
    }
}

/// Lee works in a copy of the repository on the forge, and desk opens the pull request where readers are served from.
#[test]
fn a_guest_with_a_copy_of_their_own_submits_to_the_newsroom() {
    for make in [Make::GitHub, Make::Forgejo] {
        let post = Post::on(make);
        let desk = post.newsroom.read("desk.toml") + "repository = \"post/desk\"\n";
        post.newsroom.write("desk.toml", desk);
        post.newsroom.git(["commit", "--quiet", "--all", "--message", "Guests are welcome"]);
        post.newsroom.git(["push", "--quiet", "../forge/post/desk.git", "main"]);
        post.hub.browser(LEE).copy();
        post.newsroom.git(["clone", "--quiet", "../forge/lee/desk.git", "../lee"]);
        let remote = format!("{}/lee/desk.git", post.hub.url());
        post.newsroom.git(["-C", "../lee", "remote", "set-url", "origin", &remote]);
        let new = ["new", "Title of pier", "--kind", "brief", "--slug", "pier", "--set", "section=local", "--no-edit"];
        post.lee(new).ok();
        let path = format!("../lee/{PIER}");
        post.newsroom.write(&path, post.newsroom.read(&path) + "\nThe dredger waits at berth 4.\n");
        let submitted = || post.lee(["submit", "pier"]).to_string().replace("/pulls/", "/pull/");
        insta::allow_duplicates! { insta::assert_snapshot!(submitted(), @r"
        --- stderr ---
        Saved pier: 6 words changed.
        Sent to Mina Park, Jun Seo and Ana Ruiz: http://[FORGE]/post/desk/pull/1
        lee@reader.example is not on the staff list: this counts for nothing until it is.
        Mina Park can add you to staff.toml.
        Needs 2 more people's yes (by Mina Park, Jun Seo or Ana Ruiz)
        [exit 0]
        "); }
        // Mended and sent again, it is the same one.
        post.newsroom.edit(&path, "waits at", "lies at");
        insta::allow_duplicates! { insta::assert_snapshot!(submitted(), @r"
        --- stderr ---
        Saved pier: 1 word changed.
        Sent to Mina Park, Jun Seo and Ana Ruiz: http://[FORGE]/post/desk/pull/1
        lee@reader.example is not on the staff list: this counts for nothing until it is.
        Mina Park can add you to staff.toml.
        Needs 2 more people's yes (by Mina Park, Jun Seo or Ana Ruiz)
        [exit 0]
        "); }
        assert_eq!(post.hub.state().pulls.len(), 1);
        post.hub.browser(JUN).approve(1);
        post.hub.browser(MINA).approve(1);
        insta::allow_duplicates! { insta::assert_snapshot!(post.lee(["publish", "pier"]), @r"
        --- stderr ---
        error: `lee@reader.example` is not on this newsroom's staff list
          nothing was changed
          who is on it may submit, approve and publish
        help: ask for an entry in staff.toml, or check git config user.email
        [exit 1]
        "); }
        post.mina(["publish", "1"]).ok();
        assert!(post.readers_see().contains("lies at berth 4"));
        post.whole();
    }
}

/// A machine that has heard of nothing stamps what came from elsewhere and was merged there.
#[test]
fn what_landed_from_elsewhere_is_stamped_by_a_machine_that_never_heard_of_it() {
    for make in [Make::GitHub, Make::Forgejo] {
        for method in ["merge", "squash", "rebase"] {
            let post = offered(make);
            post.hub.browser(JUN).approve(1);
            post.hub.browser(MINA).approve(1);
            post.hub.browser(ANA).merge(1, method);
            let remote = format!("{}/post/desk.git", post.hub.url());
            post.at(newsroom::MINA, MINA).git(["clone", "--quiet", &remote, "../machine"]);
            let told = post.told(post.at(newsroom::MINA, MINA).run(["-C", "../machine", "tick"]));
            assert_eq!(told.code, Some(0), "{make:?}, {method}: {told}");
            assert!(post.readers_see().contains("berth 4"), "{make:?}, {method}");
            post.whole();
        }
    }
}
