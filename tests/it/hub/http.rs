//! Requests and answers, one connection at a time: git's go to git itself, the others to the interface.

use std::collections::HashMap;
use std::hash::{Hash as _, Hasher as _};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::{Account, EVERYBODY, Hub, Make, Pushed, answers, forgejo, judge};

/// A request.
pub struct Request {
    pub method: String,
    pub path: String,
    /// The path and the query as they were sent.
    pub target: String,
    pub query: HashMap<String, String>,
    pub headers: HashMap<String, String>,
    pub body: Vec<u8>,
}

impl Request {
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }

    /// Whose token came with it.
    pub fn by(&self) -> Option<Account> {
        let sent = self.header("authorization");
        let token = match sent.strip_prefix("Basic ") {
            Some(basic) => unbase64(basic).rsplit_once(':')?.1.to_owned(),
            None => sent.split_once(' ')?.1.to_owned(),
        };
        EVERYBODY.into_iter().find(|account| account.token() == token)
    }
}

/// Where somebody comes in.
#[derive(Debug, Clone)]
pub enum Door {
    /// Where everybody does: a forge, whose repositories are below this folder.
    Front(Hub, PathBuf),
    /// Behind the one who judges: the request says at which forge.
    Back,
}

pub fn serve(stream: TcpStream, door: Door) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut stream = stream;
    while let Some(request) = read(&mut reader) {
        let answer = match &door {
            Door::Front(hub, root) => match (request.path.strip_prefix(hub.make.interface()), hub.judge.get()) {
                (Some(_), Some(judge)) => judge.pass_on(hub, &request),
                (Some(route), None) => answered(hub, &request, route),
                (None, _) => Some(by_git(hub, &request, root)),
            },
            Door::Back => judge::meant(&request).and_then(|hub| {
                let route = request.path.strip_prefix(hub.make.interface()).unwrap_or(&request.path);
                hub.judge.get()?.completed(&hub, &request, answered(&hub, &request, route))
            }),
        };
        // An answer that is lost: the connection ends.
        let Some((status, headers, body)) = answer else { return };
        let mut head = format!("HTTP/1.1 {status} x\r\ncontent-length: {}\r\n", body.len());
        for (name, value) in headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        if stream.write_all(format!("{head}\r\n").as_bytes()).and_then(|()| stream.write_all(&body)).is_err() {
            return;
        }
    }
}

fn answered(hub: &Hub, request: &Request, route: &str) -> Option<Answer> {
    hub.state().asked.push(format!("{} {route}", request.method));
    let (status, mut headers, body) = match hub.make {
        Make::GitHub => answers::answer(hub, request, route),
        Make::Forgejo => forgejo::answer(hub, request, route),
    }?;
    // Both mark what they answer, and send nothing to whoever has it already.
    if request.method == "GET" && status == 200 {
        let mut hasher = std::hash::DefaultHasher::new();
        body.hash(&mut hasher);
        let mark = format!("W/\"{:x}\"", hasher.finish());
        if request.header("if-none-match") == mark {
            hub.state().unchanged.push(route.to_owned());
            return Some((304, vec![("etag".to_owned(), mark)], Vec::new()));
        }
        headers.push(("etag".to_owned(), mark));
    }
    Some((status, headers, body))
}

pub type Answer = (u16, Vec<(String, String)>, Vec<u8>);

fn read(reader: &mut BufReader<TcpStream>) -> Option<Request> {
    let mut line = String::new();
    reader.read_line(&mut line).ok().filter(|read| *read > 0)?;
    let mut words = line.split_whitespace();
    let (method, target) = (words.next()?.to_owned(), words.next()?.to_owned());
    let mut headers = HashMap::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let Some((name, value)) = line.trim_end().split_once(':') else { break };
        headers.insert(name.to_lowercase(), value.trim().to_owned());
    }
    let mut body = Vec::new();
    if headers.get("transfer-encoding").is_some_and(|how| how == "chunked") {
        loop {
            let mut size = String::new();
            reader.read_line(&mut size).ok()?;
            let size = usize::from_str_radix(size.trim(), 16).ok()?;
            let mut chunk = vec![0; size + 2];
            reader.read_exact(&mut chunk).ok()?;
            body.extend_from_slice(&chunk[..size]);
            if size == 0 {
                break;
            }
        }
    } else {
        let length = headers.get("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
        body.resize(length, 0);
        reader.read_exact(&mut body).ok()?;
    }
    let (path, raw_query) = target.split_once('?').unwrap_or((&target, ""));
    let pairs = raw_query.split('&').filter_map(|pair| pair.split_once('='));
    let query = pairs.map(|(name, value)| (unescaped(name), unescaped(value))).collect();
    Some(Request { method, path: unescaped(path), query, target: target.clone(), headers, body })
}

/// git itself answers; what it was pushed goes into the log.
fn by_git(hub: &Hub, request: &Request, root: &Path) -> Answer {
    let Some(by) = request.by() else {
        return (401, vec![("www-authenticate".to_owned(), "Basic realm=\"forge\"".to_owned())], Vec::new());
    };
    // Whoever is a guest here may read, and push to a copy of their own alone.
    let own = request.path.starts_with("/lee/").then_some(super::LEE);
    if by == super::LEE && own.is_none() && request.target.contains("git-receive-pack") {
        return (403, Vec::new(), b"You may not write here.".to_vec());
    }
    let mut state = hub.state();
    let place = own.map_or_else(|| state.repository.clone(), |own| super::copy_of(&state.repository, own));
    let there = || references(&super::git(&place, ["for-each-ref", "--format=%(refname) %(objectname)"]));
    let before = there();
    let mut command = Command::new("git");
    command.arg("http-backend").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    command.env("GIT_PROJECT_ROOT", root).env("GIT_HTTP_EXPORT_ALL", "1").env("PATH_INFO", &request.path);
    let query = request.target.split_once('?').map_or("", |(_, query)| query);
    command.env("QUERY_STRING", query).env("REQUEST_METHOD", &request.method);
    command.env("CONTENT_TYPE", request.header("content-type")).env("REMOTE_USER", by.login);
    command.env("HTTP_CONTENT_ENCODING", request.header("content-encoding")).env("REMOTE_ADDR", "127.0.0.1");
    command.env("CONTENT_LENGTH", request.body.len().to_string()).env("GIT_PROTOCOL", request.header("git-protocol"));
    let mut child = command.spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let body = request.body.clone();
    let writer = std::thread::spawn(move || stdin.write_all(&body).ok());
    let output = child.wait_with_output().unwrap().stdout;
    writer.join().unwrap();
    let after = there();
    for (name, tip) in &after {
        let old = before.get(name).cloned().unwrap_or_else(|| "0".repeat(40));
        if old != *tip && name.starts_with("refs/heads/") {
            let at = state.tick();
            let name = own.map_or_else(|| name.clone(), |own| format!("{}:{name}", own.login));
            state.pushes.push(Pushed { name, before: old, after: tip.clone(), at, by: Some(by) });
        }
    }
    state.follow();
    let end = output.windows(4).position(|four| four == b"\r\n\r\n").unwrap_or(0);
    let (mut status, mut headers) = (200, Vec::new());
    for line in String::from_utf8_lossy(&output[..end]).lines() {
        match line.split_once(": ") {
            Some(("Status", code)) => status = code[..3].parse().unwrap(),
            Some((name, value)) => headers.push((name.to_owned(), value.to_owned())),
            None => {}
        }
    }
    (status, headers, output[(end + 4).min(output.len())..].to_vec())
}

fn references(listed: &str) -> HashMap<String, String> {
    listed
        .lines()
        .filter_map(|line| line.split_once(' '))
        .map(|(name, tip)| (name.to_owned(), tip.to_owned()))
        .collect()
}

fn unescaped(text: &str) -> String {
    let bytes = text.as_bytes();
    let (mut out, mut at) = (Vec::new(), 0);
    while at < bytes.len() {
        let escaped = (bytes[at] == b'%').then(|| bytes.get(at + 1..at + 3)).flatten();
        match escaped.and_then(|hex| u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok()) {
            Some(byte) => {
                out.push(byte);
                at += 3;
            }
            None => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

fn unbase64(text: &str) -> String {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let (mut out, mut bits, mut held) = (Vec::new(), 0u32, 0);
    for byte in text.bytes().filter(|byte| *byte != b'=') {
        let Some(value) = LETTERS.iter().position(|letter| *letter == byte) else { continue };
        bits = bits << 6 | u32::try_from(value).unwrap();
        held += 6;
        if held >= 8 {
            held -= 8;
            out.push((bits >> held & 0xff) as u8);
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}
