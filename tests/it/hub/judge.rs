//! A forge whose every request and answer is judged, wherever Prism is at hand: what comes to its interface goes through
//! Prism, which passes it on to a door of its own behind it, and lets nothing through in either direction that the forge's
//! description does not allow.

use std::collections::HashMap;
use std::net::TcpListener;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, OnceLock};

use serde_json::Value;

use super::http::{self, Answer, Door, Request};
use super::{Hub, Make};
use crate::description::Description;
use crate::prism::{self, Prism, Work, peer};

/// One Prism for all forges of a make: it takes seconds to start.
#[derive(Debug)]
struct Shared {
    prism: Prism,
    description: Description,
}

/// Whose door behind Prism is meant: the forges by their ports.
static HUBS: Mutex<Option<HashMap<u16, Hub>>> = Mutex::new(None);

/// In which header that is said.
const WHOSE: &str = "x-hub";

/// What judges one forge, and what it found.
#[derive(Debug)]
pub struct Judge {
    shared: &'static Shared,
    judged: Mutex<Vec<String>>,
    faults: Mutex<Vec<String>>,
    /// Whether the forge gave no answer to what is being asked.
    lost: AtomicBool,
}

/// The Prism of a make; none where there is none.
fn shared(make: Make) -> Option<&'static Shared> {
    static GITHUB: OnceLock<Option<Shared>> = OnceLock::new();
    static FORGEJO: OnceLock<Option<Shared>> = OnceLock::new();
    let (shared, file) = match make {
        Make::GitHub => (&GITHUB, "github.json"),
        Make::Forgejo => (&FORGEJO, "forgejo.json"),
    };
    let begin = || {
        let (program, file) = peer(file)?;
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let behind = format!("http://{}", listener.local_addr().unwrap());
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                std::thread::spawn(move || http::serve(stream, Door::Back));
            }
        });
        let description = Description::read(&file);
        Some(Shared { prism: Prism::start(&program, &file, Work::Proxy(&behind)), description })
    };
    shared.get_or_init(begin).as_ref()
}

/// Whose door a request behind Prism wants.
pub fn meant(request: &Request) -> Option<Hub> {
    HUBS.lock().unwrap().as_ref()?.get(&request.header(WHOSE).parse().ok()?).cloned()
}

impl Hub {
    /// From now on everything is judged, where that can be done.
    pub fn judged(self) -> Self {
        if let Some(shared) = shared(self.make) {
            let (judged, faults, lost) = (Mutex::default(), Mutex::default(), AtomicBool::new(false));
            assert!(self.judge.set(Judge { shared, judged, faults, lost }).is_ok(), "it is judged once");
            HUBS.lock().unwrap().get_or_insert_default().insert(self.address.port(), self.clone());
        }
        self
    }

    /// How many requests were judged, and what was wrong with which.
    pub fn judgement(&self) -> (usize, Vec<String>) {
        let whole = |list: &Mutex<Vec<String>>| list.lock().unwrap().clone();
        self.judge.get().map_or((0, Vec::new()), |judge| (whole(&judge.judged).len(), whole(&judge.faults)))
    }

    /// What was asked, as the description has it: GitHub's begins where its interface does.
    fn line(&self, request: &Request) -> String {
        let target = match self.make {
            Make::GitHub => request.target.strip_prefix(self.make.interface()).unwrap_or(&request.target),
            Make::Forgejo => &request.target,
        };
        format!("{} {target}", request.method)
    }
}

impl Judge {
    /// Passes a request on, and brings the answer back, if there is one.
    pub fn pass_on(&self, hub: &Hub, request: &Request) -> Option<Answer> {
        let line = hub.line(request);
        let mut headers: Vec<(String, String)> = request.headers.clone().into_iter().collect();
        headers.push((WHOSE.to_owned(), hub.address.port().to_string()));
        let passed = prism::Request { line: line.clone(), headers, body: request.body.clone() };
        let (status, answer) = passed.ask(self.shared.prism.port);
        if self.lost.swap(false, Ordering::SeqCst) {
            return None;
        }
        let end = answer.windows(4).position(|four| four == b"\r\n\r\n").map_or(answer.len(), |end| end + 4);
        let head = String::from_utf8_lossy(&answer[..end]).into_owned();
        let pairs = head.lines().skip(1).filter_map(|line| line.split_once(": "));
        let headers: Vec<(String, String)> =
            pairs.map(|(name, value)| (name.to_lowercase(), value.to_owned())).collect();
        let is = |name: &str, text: &str| headers.iter().any(|(own, value)| own == name && value.contains(text));
        assert!(!is("transfer-encoding", "chunked"), "{line}: {head}");
        let body = answer[end..].to_vec();
        // Without a token Prism itself sends away whoever asks, as the forge would.
        let nobody = status == 401 && request.header("authorization").is_empty();
        if is("content-type", "problem+json") && !nobody {
            self.faults.lock().unwrap().push(format!("{line}: {status}\n{}", in_words(&body)));
        }
        self.judged.lock().unwrap().push(line);
        let own = ["content-length", "connection", "keep-alive", "date"];
        Some((status, headers.into_iter().filter(|(name, _)| !own.contains(&&**name)).collect(), body))
    }

    /// An answer of the forge's, with what its description requires beside what matters here.
    pub fn completed(&self, hub: &Hub, request: &Request, answer: Option<Answer>) -> Option<Answer> {
        let Some((status, headers, body)) = answer else {
            self.lost.store(true, Ordering::SeqCst);
            return None;
        };
        let Ok(said) = serde_json::from_slice(&body) else { return Some((status, headers, body)) };
        let whole = self.shared.description.completed(&hub.line(request), status, &said);
        Some((status, headers, serde_json::to_vec(&whole).unwrap()))
    }
}

/// What Prism says is wrong, a line for each fault.
fn in_words(said: &[u8]) -> String {
    let said: Value = serde_json::from_slice(said).unwrap();
    let row = |fault: &Value| {
        let steps = fault["location"].as_array().into_iter().flatten().filter_map(Value::as_str);
        format!("  {}: {}", steps.collect::<Vec<_>>().join("."), fault["message"].as_str().unwrap_or_default())
    };
    let rows: Vec<String> = said["validation"].as_array().into_iter().flatten().map(row).collect();
    if rows.is_empty() { format!("  {said}") } else { rows.join("\n") }
}
