//! Requests to a forge and their answers: signed, bounded, patient where it helps, and never led elsewhere.

use std::collections::HashMap;
use std::sync::Mutex;
use std::time::Duration;

use serde::Serialize;
use serde::de::DeserializeOwned;
use ureq::Agent;
use ureq::http::{HeaderMap, Request, StatusCode};

use super::address::Place;
use super::error::{Error, Result};
use super::route::Route;
use super::token::Token;
#[cfg(test)]
use crate::web::agent_within;
use crate::web::{Proxy, Reach, agent};

/// An answer that is longer is none of a forge's.
const LONGEST: u64 = 32 * 1024 * 1024;
/// Rows asked for at once: the most that GitHub gives; others give fewer, and say so by what comes.
const ROWS: usize = 100;
/// Pages read of one list. More is a list that no end can be seen of.
const PAGES: usize = 200;
/// How often something is asked in all when no answer comes.
const TRIES: u32 = 3;
/// A wait that is longer is somebody else's decision.
const PATIENCE: Duration = Duration::from_secs(60);

/// How a request is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verb {
    Get,
    Post,
    Put,
    Patch,
    Delete,
}

impl Verb {
    fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }
}

/// How a forge likes to be spoken to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Manners {
    /// The word before a token.
    pub(super) scheme: &'static str,
    /// What is asked for.
    pub(super) accept: &'static str,
    /// Headers that every request has.
    pub(super) headers: &'static [(&'static str, &'static str)],
    /// What the number of rows on a page is called in a query.
    pub(super) rows: &'static str,
}

/// A connection to one forge.
pub(super) struct Client {
    agent: Agent,
    api: String,
    host: String,
    token: Option<Token>,
    manners: Manners,
    /// Answers that a forge need not send again while they are true, by what was asked. They last as long as the
    /// connection: what somebody agreed to is never read from a file.
    seen: Mutex<HashMap<String, (String, Vec<u8>)>>,
    sleep: fn(Duration),
}

/// What came back.
pub(super) struct Answer {
    pub(super) status: u16,
    headers: HeaderMap,
    body: Vec<u8>,
    host: String,
    /// What it was asked with, which it may say back.
    token: Option<Token>,
}

impl Client {
    /// Speaks to the forge at `place`. The agent follows no redirect: a token goes nowhere but where it belongs.
    pub(super) fn new(place: &Place, token: Option<Token>, proxy: Option<&Proxy>, manners: Manners) -> Self {
        Self {
            agent: agent(concat!("desk/", env!("CARGO_PKG_VERSION")), Reach::Anywhere, proxy),
            api: place.api.clone(),
            host: place.host.clone(),
            token,
            manners,
            seen: Mutex::new(HashMap::new()),
            sleep: std::thread::sleep,
        }
    }

    /// The same client with another way to wait.
    #[cfg(test)]
    pub(super) fn sleeping(mut self, sleep: fn(Duration)) -> Self {
        self.sleep = sleep;
        self
    }

    /// The same client with less patience.
    #[cfg(test)]
    pub(super) fn within(mut self, limit: Duration) -> Self {
        self.agent = agent_within("desk", Reach::Anywhere, None, limit);
        self
    }

    pub(super) fn host(&self) -> &str {
        &self.host
    }

    /// What is at `route`.
    pub(super) fn get<T: DeserializeOwned>(&self, act: &'static str, route: &Route) -> Result<T> {
        self.ask(act, Verb::Get, route, None)?.sound(act)?.read(act)
    }

    /// What is at `route`, if there is anything.
    pub(super) fn find<T: DeserializeOwned>(&self, act: &'static str, route: &Route) -> Result<Option<T>> {
        let answer = self.ask(act, Verb::Get, route, None)?;
        if answer.status == 404 { Ok(None) } else { answer.sound(act)?.read(act).map(Some) }
    }

    /// Every row of the list at `route`.
    pub(super) fn all<T: DeserializeOwned>(&self, act: &'static str, route: &Route) -> Result<Vec<T>> {
        self.rows(act, route, |rows: Vec<T>| rows)
    }

    /// Every row of a list whose pages wrap it: `rows` takes it out of each.
    pub(super) fn rows<P: DeserializeOwned, T>(
        &self,
        act: &'static str,
        route: &Route,
        rows: impl Fn(P) -> Vec<T>,
    ) -> Result<Vec<T>> {
        let mut all = Vec::new();
        let route = route.with(self.manners.rows, &ROWS.to_string());
        for page in 1..=PAGES {
            let answer = self.ask(act, Verb::Get, &route.with("page", &page.to_string()), None)?.sound(act)?;
            let goes_on = answer.names_next();
            let found = rows(answer.read(act)?);
            let full = found.len() >= ROWS;
            all.extend(found);
            // A forge that gives fewer rows than it was asked for says by its `Link` whether there are more.
            if !goes_on.unwrap_or(full) {
                return Ok(all);
            }
        }
        Err(self.unreadable(act, format!("its list has no end after {PAGES} pages")))
    }

    /// Sends `body` to `route` and gives the answer, whatever it says.
    pub(super) fn send(
        &self,
        act: &'static str,
        verb: Verb,
        route: &Route,
        body: &(impl Serialize + ?Sized),
    ) -> Result<Answer> {
        let body = serde_json::to_vec(body).map_err(|error| self.unreadable(act, error.to_string()))?;
        self.ask(act, verb, route, Some(&body))
    }

    /// Asks, and asks again where that does no harm: a question that got no answer, and anything a forge put off.
    pub(super) fn ask(&self, act: &'static str, verb: Verb, route: &Route, body: Option<&[u8]>) -> Result<Answer> {
        let mut tried = 0;
        loop {
            tried += 1;
            let pause = Duration::from_millis(500) * 2u32.pow(tried - 1);
            let again = verb == Verb::Get && tried < TRIES;
            match self.ask_once(verb, route, body) {
                Err(_) if again => (self.sleep)(pause),
                Err(why) => {
                    return Err(Error::NoAnswer { act, host: self.host.clone(), why });
                }
                Ok(answer) => match answer.wait() {
                    Some(wait) if wait <= PATIENCE && tried < TRIES => (self.sleep)(wait),
                    Some(wait) => return Err(Error::Limited { act, host: self.host.clone(), wait }),
                    None if again && matches!(answer.status, 500 | 502 | 503 | 504) => (self.sleep)(pause),
                    None => return self.not_turned_away(act, answer),
                },
            }
        }
    }

    fn ask_once(&self, verb: Verb, route: &Route, body: Option<&[u8]>) -> std::result::Result<Answer, String> {
        let url = format!("{}{}", self.api, route.as_str());
        let known = (verb == Verb::Get).then(|| self.known(&url)).flatten();
        let mut request = Request::builder().method(verb.as_str()).uri(&url).header("accept", self.manners.accept);
        for (name, value) in self.manners.headers {
            request = request.header(*name, *value);
        }
        if let Some(token) = &self.token {
            request = request.header("authorization", format!("{} {}", self.manners.scheme, token.secret()));
        }
        if let Some((mark, _)) = &known {
            request = request.header("if-none-match", mark);
        }
        let sent = match body {
            Some(body) => {
                let request = request.header("content-type", "application/json").body(body.to_vec());
                self.agent.run(request.map_err(|_| "the request cannot be written".to_owned())?)
            }
            None => self.agent.run(request.body(()).map_err(|_| "the request cannot be written".to_owned())?),
        };
        let mut response = sent.map_err(|error| plainly(&error))?;
        let read = response.body_mut().with_config().limit(LONGEST).read_to_vec();
        let body = read.map_err(|error| plainly(&error))?;
        let status = response.status();
        if let (StatusCode::NOT_MODIFIED, Some((_, body))) = (status, known) {
            let headers = response.headers().clone();
            return Ok(self.answer(StatusCode::OK, headers, body));
        }
        let headers = response.headers().clone();
        // A page of a list is told apart by its `Link`, which a short answer may leave out: lists are asked for anew.
        let mark = headers.get("etag").and_then(|mark| mark.to_str().ok()).filter(|_| !headers.contains_key("link"));
        if let (Verb::Get, StatusCode::OK, Some(mark)) = (verb, status, mark) {
            let mut seen = self.seen.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            seen.insert(url, (mark.to_owned(), body.clone()));
        }
        Ok(self.answer(status, headers, body))
    }

    fn answer(&self, status: StatusCode, headers: HeaderMap, body: Vec<u8>) -> Answer {
        Answer { status: status.as_u16(), headers, body, host: self.host.clone(), token: self.token.clone() }
    }

    fn known(&self, url: &str) -> Option<(String, Vec<u8>)> {
        self.seen.lock().unwrap_or_else(std::sync::PoisonError::into_inner).get(url).cloned()
    }

    /// What no caller can do anything about is an error here.
    fn not_turned_away(&self, act: &'static str, answer: Answer) -> Result<Answer> {
        let host = self.host.clone();
        match answer.status {
            401 if self.token.is_none() => Err(Error::NoToken { act, host }),
            401 => Err(Error::NotSignedIn { act, host }),
            301 | 302 | 303 | 307 | 308 => Err(Error::Moved { act, host }),
            500.. => Err(Error::NoAnswer { act, host, why: format!("it says {}", answer.status) }),
            _ => Ok(answer),
        }
    }

    pub(super) fn unreadable(&self, act: &'static str, why: String) -> Error {
        Error::Unreadable { act, host: self.host.clone(), why }
    }
}

impl Answer {
    /// It, if it says yes.
    pub(super) fn sound(self, act: &'static str) -> Result<Self> {
        match self.status {
            200..=299 => Ok(self),
            403 => Err(Error::Forbidden { act, said: self.said() }),
            404 => Err(Error::NotFound { act, host: self.host }),
            _ => Err(Error::Refused { act, said: self.said() }),
        }
    }

    /// Its body as a value.
    pub(super) fn read<T: DeserializeOwned>(&self, act: &'static str) -> Result<T> {
        serde_json::from_slice(&self.body).map_err(|error| Error::Unreadable {
            act,
            host: self.host.clone(),
            // What serde says of a value may repeat it; the place is enough.
            why: format!("line {}, column {}", error.line(), error.column()),
        })
    }

    /// A header's value.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// Why it says no, in its own words: `message`, and what each of `errors` says. On one line, not endless, and
    /// without the token, should a forge say that back.
    pub(super) fn said(&self) -> String {
        let value: serde_json::Value = serde_json::from_slice(&self.body).unwrap_or_default();
        let text = |value: &serde_json::Value, name: &str| value.get(name)?.as_str().map(str::to_owned);
        let mut said: Vec<String> = text(&value, "message").into_iter().collect();
        for error in value.get("errors").and_then(|errors| errors.as_array()).into_iter().flatten() {
            let words = || Some(format!("{} {}", text(error, "field")?, text(error, "code")?));
            said.extend(error.as_str().map(str::to_owned).or_else(|| text(error, "message")).or_else(words));
        }
        let mut line = said.join("; ").split_whitespace().collect::<Vec<_>>().join(" ");
        line.retain(|one| !one.is_control());
        // What is shorter is no secret, and may be a word of the answer's own.
        if let Some(token) = self.token.as_ref().filter(|token| token.secret().len() >= 8) {
            line = line.replace(token.secret(), "***");
        }
        if line.chars().count() > 300 {
            line = line.chars().take(299).chain(['…']).collect();
        }
        if line.is_empty() { format!("{} says {}", self.host, self.status) } else { line }
    }

    /// For how long it asks to be left alone, by GitHub's documentation of its limits: what `retry-after` says; else,
    /// when nothing is left, until `x-ratelimit-reset`, for at least a minute. A plain no has none of these.
    fn wait(&self) -> Option<Duration> {
        if !matches!(self.status, 403 | 429 | 503) {
            return None;
        }
        let number = |name: &str| self.header(name)?.trim().parse::<u64>().ok();
        if let Some(seconds) = number("retry-after") {
            return Some(Duration::from_secs(seconds));
        }
        if self.header("retry-after").is_some() {
            return Some(self.until_date("retry-after").unwrap_or(Duration::from_secs(60)));
        }
        if number("x-ratelimit-remaining") == Some(0) {
            let until = || {
                let reset = i64::try_from(number("x-ratelimit-reset")?).ok()?;
                Some(Duration::from_secs(u64::try_from(reset - self.date()?).unwrap_or(0).max(1)))
            };
            // Some answers do not say until when.
            return Some(until().unwrap_or(Duration::from_secs(60)));
        }
        (self.status == 429).then_some(Duration::from_secs(60))
    }

    /// The seconds from the answer's own clock to the date in a header (RFC 9110, section 5.6.7): a machine whose clock
    /// is wrong waits no longer for it.
    fn until_date(&self, name: &str) -> Option<Duration> {
        let then = http_date(self.header(name)?)?;
        Some(Duration::from_secs(u64::try_from(then - self.date()?).unwrap_or(0)))
    }

    fn date(&self) -> Option<i64> {
        http_date(self.header("date")?)
    }

    /// Whether there is another page; none where it does not say. The address that it gives for it is not followed.
    fn names_next(&self) -> Option<bool> {
        let link = self.header("link")?;
        Some(link.split(',').any(|part| part.contains("rel=\"next\"")))
    }

    /// The value of `name` in the query of the address of the next page.
    pub(super) fn next(&self, name: &str) -> Option<String> {
        let part = self.header("link")?.split(',').find(|part| part.contains("rel=\"next\""))?;
        let (_, query) = part.split_once('<')?.1.split_once('>')?.0.split_once('?')?;
        let value = query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))?;
        // It goes back as it came: decoded here, written anew by the route.
        decoded(value)
    }
}

fn http_date(text: &str) -> Option<i64> {
    jiff::fmt::rfc2822::DateTimeParser::new().parse_timestamp(text).ok().map(|time| time.as_second())
}

fn decoded(value: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(value.len());
    let mut rest = value.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => {
                let mut digit = || char::from(rest.next()?).to_digit(16);
                u8::try_from(digit()? * 16 + digit()?).ok()?
            }
            b'+' => b' ',
            byte => byte,
        });
    }
    String::from_utf8(bytes).ok()
}

/// What a broken connection says, without the address, in which somebody may have written a password.
fn plainly(error: &ureq::Error) -> String {
    match error {
        ureq::Error::HostNotFound => "there is no such host".to_owned(),
        ureq::Error::ConnectionFailed => "no connection".to_owned(),
        ureq::Error::Timeout(_) => "it took too long".to_owned(),
        ureq::Error::Io(error) => error.kind().to_string(),
        ureq::Error::Tls(why) => format!("its certificate: {why}"),
        ureq::Error::Rustls(_) => "its certificate is not trusted".to_owned(),
        ureq::Error::BodyExceedsLimit(_) => "its answer is too long".to_owned(),
        ureq::Error::InvalidProxyUrl => "the proxy's address is no address".to_owned(),
        _ => "the connection broke".to_owned(),
    }
}
