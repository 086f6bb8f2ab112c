//! Commits, and what checks say of them.

use serde_json::{Value, json};

use super::State;

/// One commit, as git has it.
pub fn shown(state: &State, commit: &str) -> Value {
    let format = "--format=%H%x00%P%x00%T%x00%an%x00%ae%x00%aI%x00%cn%x00%ce%x00%cI%x00%B";
    let told = state.git(["log", "-1", format, commit]);
    let part: Vec<&str> = told.split('\0').collect();
    let place = |name: &str| format!("{}/commits/{name}", state.place);
    let person = |at: usize| json!({ "name": part[at], "email": part[at + 1], "date": part[at + 2] });
    let parents = part[1].split_whitespace().map(|parent| json!({ "sha": parent, "url": place(parent) }));
    json!({
        "sha": part[0], "url": place(part[0]), "author": null, "committer": null,
        "parents": parents.collect::<Vec<_>>(),
        "commit": { "message": part[9], "author": person(3), "committer": person(6), "tree": { "sha": part[2] } },
    })
}

/// Every status that a commit was ever given, the newest first.
pub fn statuses(state: &State, commit: &str) -> Value {
    let all = state.statuses.iter().enumerate().rev().filter(|(_, (of, ..))| of == commit);
    let row = |(id, (_, context, status, text)): (usize, &(String, String, String, String))| json!({ "id": id + 1, "context": context, "state": status, "description": text });
    all.map(row).collect()
}

/// How a commit stands: of each check the newest status, and what they come to together.
pub fn standing(state: &State, commit: &str) -> Value {
    let Value::Array(mut newest) = statuses(state, commit) else { return Value::Null };
    let mut known = Vec::new();
    newest.retain(|status| {
        let new = !known.contains(&status["context"]);
        known.push(status["context"].clone());
        new
    });
    let any = |states: &[&str]| newest.iter().any(|status| states.iter().any(|state| status["state"] == *state));
    // A commit that nobody checked is pending.
    let all = match () {
        () if any(&["failure", "error"]) => "failure",
        () if any(&["pending"]) || newest.is_empty() => "pending",
        () => "success",
    };
    json!({ "state": all, "sha": commit, "total_count": newest.len(), "statuses": newest })
}
