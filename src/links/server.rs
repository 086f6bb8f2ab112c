//! A server on this machine, for tests.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// Serves until the tests are over.
pub(super) struct Server {
    at: SocketAddr,
    seen: Arc<Seen>,
}

#[derive(Default)]
struct Seen {
    names: Mutex<Vec<String>>,
    together: AtomicUsize,
    most: AtomicUsize,
}

impl Server {
    pub(super) fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let at = listener.local_addr().expect("an address");
        let seen = Arc::new(Seen::default());
        let shared = Arc::clone(&seen);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let seen = Arc::clone(&shared);
                std::thread::spawn(move || serve(&stream, &seen));
            }
        });
        Self { at, seen }
    }

    pub(super) fn address(&self, path: &str) -> String {
        format!("http://{}{path}", self.at)
    }

    /// How each request named who asks.
    pub(super) fn names(&self) -> Vec<String> {
        self.seen.names.lock().expect("whole").clone()
    }

    /// How many requests ran side by side at most.
    pub(super) fn most_together(&self) -> usize {
        self.seen.most.load(Ordering::SeqCst)
    }
}

fn serve(mut stream: &TcpStream, seen: &Seen) {
    let together = seen.together.fetch_add(1, Ordering::SeqCst) + 1;
    seen.most.fetch_max(together, Ordering::SeqCst);
    let lines: Vec<String> =
        BufReader::new(stream).lines().map_while(Result::ok).take_while(|line| !line.is_empty()).collect();
    let name = lines.iter().find_map(|line| line.to_lowercase().strip_prefix("user-agent: ").map(str::to_owned));
    seen.names.lock().expect("whole").push(name.unwrap_or_default());
    std::thread::sleep(Duration::from_millis(10));
    let mut first = lines.first().map(String::as_str).unwrap_or_default().split(' ');
    let (method, path) = (first.next().unwrap_or_default(), first.next().unwrap_or_default());
    let (path, _) = path.split_once('?').unwrap_or((path, ""));
    seen.together.fetch_sub(1, Ordering::SeqCst);
    let reply = |rest: &str| format!("HTTP/1.1 {rest}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    let answer = match path {
        "/no-head" if method == "HEAD" => reply("405 No"),
        "/no-head" => reply("200 OK"),
        "/round" => reply("302 On\r\nLocation: /round"),
        "/later" => reply("429 Later\r\nRetry-After: 3600"),
        "/rubbish" => "hello\r\n\r\n".to_owned(),
        // Its body never ends, and nobody should wait for that.
        "/endless" if method == "HEAD" => reply("405 No"),
        "/endless" => "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".to_owned(),
        _ => match path.strip_prefix("/to") {
            Some(to) => reply(&format!("301 On\r\nLocation: {to}")),
            None => reply(&format!("{} It", path.trim_start_matches('/'))),
        },
    };
    stream.write_all(answer.as_bytes()).ok();
    if path == "/endless" && method == "GET" {
        while stream.write_all(b"4\r\nmore\r\n").is_ok() {
            std::thread::sleep(Duration::from_millis(5));
        }
    }
}
