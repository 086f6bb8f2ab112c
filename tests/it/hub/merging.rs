//! What moves branches on the forge.

use super::{Account, Guard, Pushed, State};

/// What stands against merging a pull request, in the forge's words.
pub fn forbids(state: &mut State, number: u64) -> Option<String> {
    let guards = state.guards.clone();
    let pushes = state.pushes.clone();
    let pull = state.pull(number)?;
    // Of each account the newest opinion is the one that counts.
    let stands = |by: Account| {
        let own = pull.reviews.iter().rev().filter(|review| review.by == Some(by) && review.state != "COMMENTED");
        own.map(|review| review.state).next() == Some("APPROVED")
    };
    let last = pushes.iter().rev().find(|push| push.name == format!("refs/heads/{}", pull.branch));
    let pusher = last.and_then(|push| push.by);
    guards.iter().find_map(|guard| match guard {
        Guard::DismissesStale => None,
        Guard::Owner(owner) if stands(*owner) => None,
        Guard::Owner(owner) => Some(format!("Waiting on code owner review from {}.", owner.login)),
        Guard::LastPush if super::EVERYBODY.into_iter().any(|one| Some(one) != pusher && stands(one)) => None,
        Guard::LastPush => Some("New changes require approval from someone other than the last pusher.".to_owned()),
    })
}

/// Merges a pull request with git, as it stands.
pub fn merge(state: &mut State, number: u64, method: &str, by: Account, title: &str, message: &str) -> Option<String> {
    let head = state.pull(number)?.head.clone();
    let base = state.git(["rev-parse", "refs/heads/main"]);
    let tree = state.git(["merge-tree", "--write-tree", &base, &head]);
    if tree.len() != 40 {
        return None;
    }
    let message = format!("{title}\n\n{message}");
    let landed = match method {
        "merge" => state.git(["commit-tree", &tree, "-p", &base, "-p", &head, "-m", &message]),
        "squash" => state.git(["commit-tree", &tree, "-p", &base, "-m", &message]),
        _ => rebased(state, &base, &head),
    };
    move_to(state, "refs/heads/main", [&base, &landed], Some(by));
    let at = state.tick();
    let pull = state.pull(number)?;
    (pull.is_open, pull.merged, pull.head) = (false, Some((at, by)), head);
    pull.landed.clone_from(&landed);
    Some(landed)
}

/// Every commit of the branch anew.
fn rebased(state: &State, base: &str, head: &str) -> String {
    let all = state.git(["rev-list", "--reverse", &format!("{base}..{head}")]);
    let mut tip = base.to_owned();
    for commit in all.lines() {
        let parent = format!("{commit}^");
        let tree = state.git(["merge-tree", "--write-tree", &format!("--merge-base={parent}"), &tip, commit]);
        let message = state.git(["log", "-1", "--format=%B", commit]);
        tip = state.git(["commit-tree", &tree, "-p", &tip, "-m", &message]);
    }
    tip
}

/// A commit on a branch that changes one file, made in the browser.
pub fn commit_file(state: &mut State, by: Option<Account>, branch: &str, [path, text]: [&str; 2]) {
    let name = format!("refs/heads/{branch}");
    let tip = state.git(["rev-parse", &name]);
    let scratch = state.repository.join("scratch");
    std::fs::write(&scratch, text).unwrap();
    let blob = state.git(["hash-object", "-w", &scratch.to_string_lossy()]);
    let index = state.repository.join("scratch-index");
    let with_index = |args: &[&str]| {
        let output = std::process::Command::new("git")
            .arg("-C")
            .arg(&state.repository)
            .env("GIT_INDEX_FILE", &index)
            .args(args)
            .output();
        String::from_utf8_lossy(&output.unwrap().stdout).trim().to_owned()
    };
    with_index(&["read-tree", &tip]);
    with_index(&["update-index", "--cacheinfo", &format!("100644,{blob},{path}")]);
    let tree = with_index(&["write-tree"]);
    let commit = state.git(["commit-tree", &tree, "-p", &tip, "-m", "Update index.md"]);
    move_to(state, &name, [&tip, &commit], by);
}

pub fn move_to(state: &mut State, name: &str, [before, after]: [&str; 2], by: Option<Account>) {
    state.git(["update-ref", name, after, before]);
    let at = state.tick();
    let (name, before, after) = (name.to_owned(), before.to_owned(), after.to_owned());
    state.pushes.push(Pushed { name, before, after, at, by });
    state.follow();
}
