//! What desk asks of forges, held against the forges' own descriptions of their interfaces. Prism, which nobody here
//! wrote, reads a description and refuses every request that is not in it.
//!
//! Needs `DESK_PRISM` (the program) and `DESK_FORGE_SPECS` (the folder that `tests/peers/descriptions.mjs` fills);
//! without them it says that it skipped.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use desk::forge::{
    CheckState, CommitId, Forge, Kind, Merge, Method, NewPullRequest, NewReview, NewStatus, Number, Opinion, Place,
    Settings, Token, connect,
};
use serde_json::Value;

const HEAD: &str = "6dcb09b5b57875f334f61aebed695e2e4193db5e";

/// Prism with one description, until it goes out of scope.
struct Prism {
    child: Child,
    port: u16,
}

impl Drop for Prism {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

impl Prism {
    fn start(program: &Path, spec: &Path) -> Self {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let mut command = Command::new(program);
        command.args(["mock", "--host", "127.0.0.1", "--port", &port.to_string()]).arg(spec);
        let child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let prism = Self { child, port };
        let begun = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            assert!(begun.elapsed() < Duration::from_secs(120), "Prism does not listen");
            std::thread::sleep(Duration::from_millis(100));
        }
        prism
    }

    /// Its answer to one request, as it came.
    fn ask(&self, request: &Request) -> (u16, Vec<u8>) {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        let mut head = format!("{} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n", request.line);
        for (name, value) in &request.headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        head.push_str(&format!("Content-Length: {}\r\n\r\n", request.body.len()));
        stream.write_all(head.as_bytes()).unwrap();
        stream.write_all(&request.body).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let status = std::str::from_utf8(&answer[9..12]).unwrap().parse().unwrap();
        (status, answer)
    }
}

/// One request that desk made.
#[derive(Debug, Clone)]
struct Request {
    line: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Request {
    fn read(stream: &TcpStream) -> Option<Self> {
        let mut reader = BufReader::new(stream);
        let mut lines = Vec::new();
        let mut line = String::new();
        while reader.read_line(&mut line).ok()? > 0 && !line.trim().is_empty() {
            lines.push(std::mem::take(&mut line).trim().to_owned());
        }
        let all = lines.iter().skip(1).filter_map(|line| line.split_once(':'));
        let headers: Vec<(String, String)> =
            all.map(|(name, value)| (name.to_lowercase(), value.trim().to_owned())).collect();
        let length =
            headers.iter().find(|(name, _)| name == "content-length").and_then(|(_, value)| value.parse().ok());
        let mut body = vec![0; length.unwrap_or(0)];
        reader.read_exact(&mut body).ok()?;
        // What GitHub calls its JSON by is not in its description.
        let passed_over = ["host", "connection", "content-length", "accept"];
        let kept = headers.into_iter().filter(|(name, _)| !passed_over.contains(&&**name));
        Some(Self { line: lines.first()?.strip_suffix(" HTTP/1.1")?.to_owned(), headers: kept.collect(), body })
    }
}

/// What desk asked, and what Prism said to it.
type Log = Arc<Mutex<Vec<(Request, u16, String)>>>;

/// Passes requests on to `prism` and remembers them; gives its port.
fn relay(prism: &Arc<Prism>) -> (u16, Log) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let log = Log::default();
    let (prism, shared) = (Arc::clone(prism), Arc::clone(&log));
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let Some(request) = Request::read(&stream) else { continue };
            let (status, answer) = prism.ask(&request);
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

/// The operation that `line` asks for in a description, and the path it has there.
fn operation<'a>(spec: &'a Value, line: &str) -> Option<(&'a str, &'a Value)> {
    let (verb, target) = line.split_once(' ')?;
    let steps: Vec<&str> = target.split('?').next()?.trim_matches('/').split('/').collect();
    let fits = |path: &str| {
        let own: Vec<&str> = path.trim_matches('/').split('/').collect();
        own.len() == steps.len() && own.iter().zip(&steps).all(|(own, step)| own.starts_with('{') || own == step)
    };
    let paths = spec["paths"].as_object()?;
    let found = paths.iter().filter(|(path, _)| fits(path)).min_by_key(|(path, _)| path.matches('{').count());
    found.and_then(|(path, each)| Some((path.as_str(), each.get(verb.to_lowercase())?)))
}

/// The schema of an operation's body, in OpenAPI's and in Swagger's form.
fn body_schema<'a>(spec: &'a Value, operation: &'a Value) -> Option<&'a Value> {
    let resolve = |mut value: &'a Value| {
        while let Some(path) = value.get("$ref").and_then(Value::as_str) {
            value = spec.pointer(path.strip_prefix('#').unwrap()).unwrap();
        }
        value
    };
    let open = operation.get("requestBody").map(|body| &resolve(body)["content"]["application/json"]["schema"]);
    let swagger = || {
        let all = operation.get("parameters")?.as_array()?;
        all.iter().map(resolve).find(|one| one["in"] == "body").map(|one| &one["schema"])
    };
    open.or_else(swagger).map(resolve)
}

#[expect(clippy::print_stderr, reason = "a skipped test says so, and so does one of another tool")]
fn say(what: &str) {
    eprintln!("{what}");
}

fn held_against(kind: Kind, file: &str, below: &str) {
    let (Some(program), Some(specs)) = (std::env::var_os("DESK_PRISM"), std::env::var_os("DESK_FORGE_SPECS")) else {
        say("SKIPPED: DESK_PRISM and DESK_FORGE_SPECS do not say where Prism and the descriptions are");
        return;
    };
    let path = Path::new(&specs).join(file);
    let spec: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
    let prism = Arc::new(Prism::start(Path::new(&program), &path));
    let (port, log) = relay(&prism);
    let url = format!("http://127.0.0.1:{port}");
    let settings = Settings { kind: Some(kind), url: Some(url.clone()) };
    let mut place = Place::of("git@forge.example:post/desk.git", &settings).unwrap().unwrap();
    place.api = format!("{url}{below}");
    everything(&*connect(&place, Token::new("t"), None));

    let log = log.lock().unwrap().clone();
    let (mut judged, mut faults) = (0, Vec::new());
    for (request, status, said) in &log {
        let Some((_, operation)) = operation(&spec, &request.line) else {
            faults.push(format!("{} is in no description", request.line));
            continue;
        };
        judged += 1;
        if !(200..300).contains(status) {
            faults.push(format!("{} {} {status}\n{said}", request.line, String::from_utf8_lossy(&request.body)));
            continue;
        }
        let Ok(Value::Object(body)) = serde_json::from_slice(&request.body) else { continue };
        let schema = body_schema(&spec, operation).unwrap();
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
            let (status, _) = prism.ask(&request);
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
