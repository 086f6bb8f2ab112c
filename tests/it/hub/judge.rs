//! A forge whose every request and answer is judged: what comes to its interface goes through Prism, which passes it on to
//! a door of its own behind it, and lets nothing through in either direction that the forge's description does not allow.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use serde_json::Value;

use super::http::{self, Answer, Door, Request};
use super::{Hub, Make};
use crate::description::Description;
use crate::prism::{self, Prism, Work};

/// What judges, and what it found.
#[derive(Debug)]
pub struct Judge {
    prism: u16,
    description: Description,
    judged: Mutex<Vec<String>>,
    faults: Mutex<Vec<String>>,
}

impl Hub {
    /// From now on everything is judged by `program` (Prism) with the description in `file`, until what it gives is gone.
    pub fn judged_by(&self, (program, file): &(PathBuf, PathBuf)) -> Prism {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let behind = format!("http://{}", listener.local_addr().unwrap());
        let served = self.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let hub = served.clone();
                std::thread::spawn(move || http::serve(stream, &hub, Path::new(""), Door::Back));
            }
        });
        let prism = Prism::start(program, file, Work::Proxy(&behind));
        let (judged, faults) = (Mutex::default(), Mutex::default());
        let judge = Judge { prism: prism.port, description: Description::read(file), judged, faults };
        assert!(self.judge.set(judge).is_ok(), "it is judged once");
        prism
    }

    /// How many requests were judged, and what was wrong with which.
    pub fn judgement(&self) -> (usize, Vec<String>) {
        let whole = |list: &Mutex<Vec<String>>| list.lock().unwrap().clone();
        self.judge.get().map_or((0, Vec::new()), |judge| (whole(&judge.judged).len(), whole(&judge.faults)))
    }
}

impl Judge {
    /// Passes a request on, and brings the answer back.
    pub fn pass_on(&self, make: Make, request: &Request) -> Answer {
        // GitHub's description begins where its interface does.
        let target = match make {
            Make::GitHub => request.target.strip_prefix(make.interface()).unwrap_or(&request.target),
            Make::Forgejo => &request.target,
        };
        let line = format!("{} {target}", request.method);
        let headers = request.headers.clone().into_iter().collect();
        let (status, answer) =
            prism::Request { line: line.clone(), headers, body: request.body.clone() }.ask(self.prism);
        let end = answer.windows(4).position(|four| four == b"\r\n\r\n").map_or(answer.len(), |end| end + 4);
        let head = String::from_utf8_lossy(&answer[..end]).into_owned();
        let pairs = head.lines().skip(1).filter_map(|line| line.split_once(": "));
        let headers: Vec<(String, String)> =
            pairs.map(|(name, value)| (name.to_lowercase(), value.to_owned())).collect();
        let is = |name: &str, text: &str| headers.iter().any(|(own, value)| own == name && value.contains(text));
        assert!(!is("transfer-encoding", "chunked"), "{line}: {head}");
        let body = answer[end..].to_vec();
        if is("content-type", "problem+json") {
            self.faults.lock().unwrap().push(format!("{line}: {status}\n{}", in_words(&body)));
        }
        self.judged.lock().unwrap().push(line);
        let own = ["content-length", "connection", "keep-alive", "date"];
        (status, headers.into_iter().filter(|(name, _)| !own.contains(&&**name)).collect(), body)
    }

    /// An answer of the forge's, with what its description requires beside what matters here.
    pub fn completed(&self, make: Make, request: &Request, (status, headers, body): Answer) -> Answer {
        let target = match make {
            Make::GitHub => request.target.strip_prefix(make.interface()).unwrap_or(&request.target),
            Make::Forgejo => &request.target,
        };
        let Ok(said) = serde_json::from_slice(&body) else { return (status, headers, body) };
        let whole = self.description.completed(&format!("{} {target}", request.method), status, &said);
        (status, headers, serde_json::to_vec(&whole).unwrap())
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
