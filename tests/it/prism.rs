//! Prism, which nobody here wrote: it reads a forge's description of its interface and refuses what is not in it.
//!
//! Needs `DESK_PRISM` (the program) and `DESK_FORGE_SPECS` (the folder that `tests/peers/descriptions.mjs` fills).

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Where the program and the description in `file` are, if they are here.
pub fn peer(file: &str) -> Option<(PathBuf, PathBuf)> {
    let (program, specs) = (std::env::var_os("DESK_PRISM")?, std::env::var_os("DESK_FORGE_SPECS")?);
    Some((program.into(), Path::new(&specs).join(file)))
}

/// The same for a test that is nothing without them: it says that it is skipped.
pub fn needed(file: &str) -> Option<(PathBuf, PathBuf)> {
    let peer = peer(file);
    if peer.is_none() {
        say("SKIPPED: DESK_PRISM and DESK_FORGE_SPECS do not say where Prism and the descriptions are");
    }
    peer
}

#[expect(clippy::print_stderr, reason = "a skipped test says so, and so does one of another tool")]
pub fn say(what: &str) {
    eprintln!("{what}");
}

/// What it does with a sound request.
#[derive(Debug, Clone, Copy)]
pub enum Work<'a> {
    /// It answers with the description's example.
    Mock,
    /// It passes it on to this address, and judges the answer too.
    Proxy(&'a str),
}

/// Prism with one description, until it goes out of scope or the tests are over.
#[derive(Debug)]
pub struct Prism {
    /// Ends Prism when its standard input does.
    keeper: Child,
    pub port: u16,
}

impl Drop for Prism {
    fn drop(&mut self) {
        drop(self.keeper.stdin.take());
        self.keeper.wait().ok();
    }
}

impl Prism {
    pub fn start(program: &Path, spec: &Path, work: Work<'_>) -> Self {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let mut command = Command::new("sh");
        command.args(["-c", "\"$@\" & own=$!; cat >/dev/null; kill $own; wait", "keeper"]).arg(program);
        match work {
            Work::Mock => command.arg("mock").arg(spec),
            Work::Proxy(to) => command.args(["proxy", "--errors"]).arg(spec).arg(to),
        };
        command.args(["--host", "127.0.0.1", "--port", &port.to_string()]).stdin(Stdio::piped());
        let keeper = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let prism = Self { keeper, port };
        let begun = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            assert!(begun.elapsed() < Duration::from_secs(120), "Prism does not listen");
            std::thread::sleep(Duration::from_millis(100));
        }
        prism
    }
}

/// One request, as it was sent.
#[derive(Debug, Clone)]
pub struct Request {
    /// `GET /user?page=1`.
    pub line: String,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Request {
    pub fn read(stream: &TcpStream) -> Option<Self> {
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
        Some(Self { line: lines.first()?.strip_suffix(" HTTP/1.1")?.to_owned(), headers, body })
    }

    /// What the one who listens at `port` answers, as it comes.
    pub fn ask(&self, port: u16) -> (u16, Vec<u8>) {
        let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
        let mut head = format!("{} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n", self.line);
        // What GitHub calls its JSON by is not in its description.
        let passed_over = ["host", "connection", "content-length", "transfer-encoding", "accept"];
        for (name, value) in self.headers.iter().filter(|(name, _)| !passed_over.contains(&&**name)) {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        head.push_str(&format!("Content-Length: {}\r\n\r\n", self.body.len()));
        stream.write_all(head.as_bytes()).unwrap();
        stream.write_all(&self.body).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let status = std::str::from_utf8(&answer[9..12]).unwrap().parse().unwrap();
        (status, answer)
    }
}
