//! What desk asks of forges, held against the forges' own descriptions of their interfaces. Prism, which nobody here
//! wrote, reads a description and refuses every request that is not in it.

use std::io::Write as _;
use std::net::TcpListener;
use std::sync::{Arc, Mutex};

use desk::forge::{
    CheckState, CommitId, Forge, Kind, Merge, Method, NewPullRequest, NewReview, NewStatus, Number, Opinion, Place,
    Settings, Token, connect,
};
use serde_json::Value;

use crate::description::Description;
use crate::prism::{Prism, Request, Work, needed, say};

const HEAD: &str = "6dcb09b5b57875f334f61aebed695e2e4193db5e";

/// What desk asked, and what Prism said to it.
type Log = Arc<Mutex<Vec<(Request, u16, String)>>>;

/// Passes requests on to the Prism at `prism` and remembers them; gives its own port.
fn relay(prism: u16) -> (u16, Log) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let log = Log::default();
    let shared = Arc::clone(&log);
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let Some(request) = Request::read(&stream) else { continue };
            let (status, answer) = request.ask(prism);
            let said = String::from_utf8_lossy(&answer).into_owned();
            shared.lock().unwrap().push((request, status, said));
            stream.write_all(&without_next_page(answer)).ok();
        }
    });
    (port, log)
}

/// The examples of lists name a next page for ever.
fn without_next_page(mut answer: Vec<u8>) -> Vec<u8> {
    let head = answer.windows(4).position(|four| four == b"\r\n\r\n").unwrap_or(answer.len());
    let link = answer[..head].windows(7).position(|seven| seven.eq_ignore_ascii_case(b"\r\nLink:"));
    if let Some(at) = link {
        answer[at + 2..at + 6].copy_from_slice(b"None");
    }
    answer
}

/// Everything that desk asks of a forge, once. What the examples in the description answer is not judged.
fn everything(forge: &dyn Forge) {
    let head = CommitId::new(HEAD).unwrap();
    let number = Number(7);
    forge.about().ok();
    let new = NewPullRequest {
        title: "Harbor",
        text: "The text",
        branch: "desk/harbor",
        base: "main",
        labels: &["desk: review", "bug"],
        reviewers: &["ana-ruiz"],
    };
    forge.open(&new).ok();
    // The one that GitHub's example has: it is renewed.
    forge.open(&NewPullRequest { branch: "new-topic", base: "master", ..new }).ok();
    forge.find("desk/harbor", "main").ok();
    if let Ok(request) = forge.pull_request(number) {
        forge.heads(&request).ok();
    }
    forge.brought(&head).ok();
    forge.reviews(number).ok();
    forge.remarks(number).ok();
    forge.checks(&head).ok();
    forge.protection("main").ok();
    for method in [Method::Merge, Method::Squash, Method::Rebase] {
        forge.merge(number, &Merge { head: &head, method, title: "T", message: "M" }).ok();
    }
    for opinion in [Opinion::Approved, Opinion::ChangesRequested, Opinion::Commented] {
        forge.review(number, &NewReview { commit: &head, opinion, text: "Well" }).ok();
    }
    forge.comment(number, "<!-- desk -->", "words").ok();
    for state in [CheckState::Pending, CheckState::Passed, CheckState::Failed] {
        forge.set_status(&head, &NewStatus { name: "desk", state, text: "waits for people" }).ok();
    }
}

fn held_against(kind: Kind, file: &str, below: &str) {
    let Some((program, path)) = needed(file) else { return };
    let spec = Description::read(&path);
    let prism = Prism::start(&program, &path, Work::Mock);
    let (port, log) = relay(prism.port);
    let url = format!("http://127.0.0.1:{port}");
    let settings = Settings { kind: Some(kind), url: Some(url.clone()), repository: None };
    let mut place = Place::of("git@forge.example:post/desk.git", &settings).unwrap().unwrap();
    place.api = format!("{url}{below}");
    everything(&*connect(&place, Token::new("t"), None));

    let log = log.lock().unwrap().clone();
    let (mut judged, mut faults) = (0, Vec::new());
    for (request, status, said) in &log {
        let Some(operation) = spec.operation(&request.line) else {
            faults.push(format!("{} is in no description", request.line));
            continue;
        };
        judged += 1;
        if !(200..300).contains(status) {
            faults.push(format!("{} {} {status}\n{said}", request.line, String::from_utf8_lossy(&request.body)));
            continue;
        }
        let Ok(Value::Object(body)) = serde_json::from_slice(&request.body) else { continue };
        let schema = spec.body_schema(operation).unwrap();
        let required = schema["required"].as_array().cloned().unwrap_or_default();
        let mut broken: Vec<(String, serde_json::Map<String, Value>)> = Vec::new();
        for name in required.iter().filter_map(Value::as_str) {
            let mut without = body.clone();
            assert!(without.remove(name).is_some(), "{} lacks {name}", request.line);
            broken.push((format!("without {name}"), without));
        }
        if schema["additionalProperties"] == false {
            let mut with = body.clone();
            with.insert("nobody_knows_this".to_owned(), Value::from(1));
            broken.push(("with a field nobody knows".to_owned(), with));
        }
        for (how, body) in broken {
            let request = Request { body: serde_json::to_vec(&body).unwrap(), ..request.clone() };
            let (status, _) = request.ask(prism.port);
            // Prism refuses with whichever of the two the description has.
            if !matches!(status, 400 | 422) {
                faults.push(format!("{} {how} is accepted with {status}", request.line));
            }
        }
    }
    say(&format!("{kind}: {judged} requests judged"));
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
    assert!(judged >= 20, "only {judged} requests were judged");
}

#[test]
fn github_would_take_what_desk_asks() {
    held_against(Kind::GitHub, "github.json", "");
}

#[test]
fn forgejo_would_take_what_desk_asks() {
    held_against(Kind::Forgejo, "forgejo.json", "/api/v1");
}
