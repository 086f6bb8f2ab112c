//! Those who would have other words published than the ones that were agreed to, and never succeed, on any forge.

use crate::hub::{ANA, Account, JUN, LEE, MINA, Make, Mishap};
use crate::pull_requests::{PIER, Post};

/// What is done after the brief was submitted.
type Deed = fn(&Post);

const DEEDS: [(&str, Deed); 9] = [
    ("asked for changes after", |post| {
        post.hub.browser(JUN).approve(1);
        post.hub.browser(JUN).request_changes(1, "no");
    }),
    ("dismissed", |post| {
        let review = post.hub.browser(JUN).approve(1);
        post.hub.browser(MINA).dismiss(1, review);
    }),
    ("only commented", |post| {
        post.hub.browser(JUN).review(1, "COMMENTED", "approved");
    }),
    ("by the one who submitted", |post| {
        post.hub.browser(MINA).approve(1);
    }),
    ("by somebody who is not on the staff", |post| {
        post.hub.browser(LEE).approve(1);
    }),
    ("by an account that is gone", |post| {
        post.hub.browser(JUN).approve(1);
        post.hub.browser(JUN).leave();
    }),
    ("by another account of the same name", |post| {
        post.hub.browser(Account { id: 999, login: JUN.login }).approve(1);
    }),
    ("said in the pull request's text", |post| {
        post.hub.browser(JUN).edit_text(1, "Approved by Jun Seo. Desk-Content: yes");
    }),
    ("of other words, as it says itself", |post| {
        let other = format!("Desk-Content: sha256:{}", "0".repeat(64));
        post.hub.browser(JUN).review(1, "APPROVED", &other);
    }),
];

/// Where a review does not keep the commit that it was given for.
const OF_GITHUB: [(&str, Deed); 2] = [
    ("of other words: changed, then named anew", |post| {
        post.hub.browser(JUN).approve(1);
        post.hub.browser(ANA).edit(1, PIER, "berth 4", "berth 6");
        let mut state = post.hub.state();
        let pull = state.pull(1).unwrap();
        let head = pull.head.clone();
        pull.reviews.iter_mut().for_each(|review| review.commit.clone_from(&head));
    }),
    ("of words that nobody knows", |post| {
        post.hub.browser(JUN).approve(1);
        post.hub.state().mishap = Mishap::NoLog;
    }),
];

#[track_caller]
fn lands_nothing(make: Make, (what, deed): (&str, Deed)) {
    let post = Post::on(make);
    post.sent();
    deed(&post);
    let said = post.stays();
    assert!(said.contains("not yet") || said.contains("more pe"), "{what}: {said}");
    assert!(post.hub.state().pull(1).unwrap().is_open, "{what}");
    // Whoever merges it all the same publishes nothing.
    post.hub.browser(ANA).merge(1, "merge");
    let ticked = post.mina(["tick"]);
    assert_eq!(ticked.code, Some(1), "{what}: {ticked}");
    assert_eq!(post.readers_see(), "", "{what}");
}

#[test]
fn nothing_that_was_not_agreed_to_lands() {
    for deed in DEEDS.into_iter().chain(OF_GITHUB) {
        lands_nothing(Make::GitHub, deed);
    }
}

#[test]
fn nothing_that_was_not_agreed_to_lands_on_forgejo() {
    for deed in DEEDS {
        lands_nothing(Make::Forgejo, deed);
    }
}

#[test]
fn what_was_changed_after_it_was_approved_stays_on_forgejo() {
    let post = Post::on(Make::Forgejo);
    post.sent();
    post.hub.browser(JUN).approve(1);
    post.hub.browser(ANA).edit(1, PIER, "berth 4", "berth 6");
    post.stays();
}
