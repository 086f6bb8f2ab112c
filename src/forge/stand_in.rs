//! A forge of a few lines on this machine, for tests: it answers as it is told and remembers what it was asked.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};

use super::address::{Kind, Place, Settings};

/// One request.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    /// `GET /repos/post/desk/pulls?page=1`.
    pub(super) line: String,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Value,
}

impl Asked {
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// One answer: its status, its own headers, its body.
#[derive(Debug, Clone)]
pub(super) struct Says(pub(super) u16, pub(super) Vec<(&'static str, String)>, pub(super) String);

impl Says {
    pub(super) fn json(value: &Value) -> Self {
        Self(200, Vec::new(), value.to_string())
    }

    pub(super) fn status(status: u16, message: &str) -> Self {
        Self(status, Vec::new(), json!({ "message": message }).to_string())
    }

    pub(super) fn with(mut self, name: &'static str, value: &str) -> Self {
        self.1.push((name, value.to_owned()));
        self
    }

    /// A connection that breaks instead of an answer.
    pub(super) fn nothing() -> Self {
        Self(0, Vec::new(), String::new())
    }
}

/// It, until the tests are over.
pub(super) struct StandIn {
    pub(super) place: Place,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl StandIn {
    /// A forge of `kind` that answers each request as `says` does, given the request and how many there were before.
    pub(super) fn new(kind: Kind, says: impl Fn(&Asked, usize) -> Says + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (shared, says) = (Arc::clone(&asked), Arc::new(says));
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (asked, says) = (Arc::clone(&shared), Arc::clone(&says));
                std::thread::spawn(move || serve(&stream, &asked, &*says));
            }
        });
        let settings = Settings { kind: Some(kind), url: Some(url), repository: None };
        let place = Place::of("git@forge.example:post/desk.git", &settings).expect("placed").expect("a forge");
        Self { place, asked }
    }

    /// What it was asked so far.
    pub(super) fn asked(&self) -> Vec<Asked> {
        self.asked.lock().expect("whole").clone()
    }

    /// The lines of what it was asked, without what comes before the repository.
    pub(super) fn lines(&self) -> Vec<String> {
        let short =
            |asked: Asked| asked.line.replace("/api/v3", "").replace("/api/v1", "").replace("/repos/post/desk", "");
        self.asked().into_iter().map(short).collect()
    }
}

fn serve(mut stream: &TcpStream, all: &Mutex<Vec<Asked>>, says: &(impl Fn(&Asked, usize) -> Says + ?Sized)) {
    let mut reader = BufReader::new(stream);
    let mut lines = Vec::new();
    let mut line = String::new();
    while reader.read_line(&mut line).is_ok_and(|read| read > 0) && !line.trim().is_empty() {
        lines.push(std::mem::take(&mut line).trim().to_owned());
    }
    let headers: Vec<(String, String)> = lines
        .iter()
        .skip(1)
        .filter_map(|line| line.split_once(':').map(|(name, value)| (name.to_lowercase(), value.trim().to_owned())))
        .collect();
    let length = headers.iter().find(|(name, _)| name == "content-length").and_then(|(_, value)| value.parse().ok());
    let mut body = vec![0; length.unwrap_or(0)];
    reader.read_exact(&mut body).expect("the body");
    let first = lines.first().cloned().unwrap_or_default();
    let line = first.strip_suffix(" HTTP/1.1").unwrap_or(&first).to_owned();
    let asked = Asked { line, headers, body: serde_json::from_slice(&body).unwrap_or_default() };
    let before = {
        let mut all = all.lock().expect("whole");
        all.push(asked.clone());
        all.len() - 1
    };
    let Says(status, headers, body) = says(&asked, before);
    if status == 0 {
        return;
    }
    let mut answer = format!("HTTP/1.1 {status} It\r\nContent-Length: {}\r\nConnection: close\r\n", body.len());
    for (name, value) in headers {
        answer.push_str(&format!("{name}: {value}\r\n"));
    }
    // A client that has gone away is not the stand-in's concern.
    stream.write_all(format!("{answer}\r\n{body}").as_bytes()).ok();
}
