//! The way of one link, from its address to an answer. Nothing here waits or asks: it says what comes next.

use std::time::Duration;

use jiff::Timestamp;
use jiff::fmt::rfc2822;
use url::Url;

use super::answer::Answer;
use crate::web::{Ask, Reach, Reply, Silence, is_inner_name};

/// How often a link may lead on.
const HOPS: u8 = 6;

/// How long a site may ask to be left alone until it is left alone for this time altogether.
const PATIENCE: Duration = Duration::from_secs(30);

/// How long a site is left alone that asks for it without saying how long, or has trouble.
const REST: Duration = Duration::from_secs(5);

/// One link on its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Trip {
    pub(super) at: Url,
    pub(super) ask: Ask,
    hops: u8,
    again: u8,
    reach: Reach,
}

/// What comes next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// This is the answer.
    Done(Answer),
    /// The same for every link to this host, for now.
    Closed(Answer),
    /// Ask what it now wants to know.
    Go,
    /// The same, but leave the host alone for so long first.
    Wait(Duration),
}

impl Trip {
    /// A link to `address`; none where that is no address of the web.
    pub(super) fn to(address: &str, reach: Reach) -> Option<Self> {
        let address = if address.starts_with("//") { format!("https:{address}") } else { address.to_owned() };
        let at = plain(Url::parse(&address).ok()?)?;
        Some(Self { at, ask: Ask::Head, hops: 0, again: 0, reach })
    }

    /// Whether it is not to be asked, and why.
    pub(super) fn refused(&self) -> Option<Answer> {
        let inner = self.reach == Reach::Public && self.at.host_str().is_none_or(is_inner_name);
        inner.then_some(Answer::Private)
    }

    /// The host that it asks, with its port.
    pub(super) fn host(&self) -> String {
        let port = self.at.port_or_known_default().unwrap_or_default();
        format!("{}:{port}", self.at.host_str().unwrap_or_default())
    }

    /// What comes after this answer, heard at `now`.
    pub(super) fn heard(&mut self, heard: Result<Reply, Silence>, now: Timestamp) -> Step {
        let reply = match heard {
            Ok(reply) => reply,
            Err(Silence::Broken) if self.ask == Ask::Head => return self.get(),
            Err(silence @ (Silence::Broken | Silence::Private | Silence::Certificate)) => {
                return Step::Done(silence.into());
            }
            Err(silence) => return Step::Closed(silence.into()),
        };
        match reply.status {
            200..=299 | 304 => Step::Done(Answer::Good),
            301 | 302 | 303 | 307 | 308 => self.led_on(reply.location.as_deref()),
            429 => self.asked_to_wait(reply.retry_after.as_deref(), now),
            503 if reply.retry_after.is_some() => self.asked_to_wait(reply.retry_after.as_deref(), now),
            _ if self.ask == Ask::Head => self.get(),
            404 | 410 => Step::Done(Answer::Missing(reply.status)),
            500..=599 if self.again == 0 => {
                self.again += 1;
                Step::Wait(REST)
            }
            500..=599 => Step::Done(Answer::Ailing(reply.status)),
            status => Step::Done(Answer::Unwilling(status)),
        }
    }

    fn get(&mut self) -> Step {
        self.ask = Ask::Get;
        Step::Go
    }

    fn led_on(&mut self, to: Option<&str>) -> Step {
        let to = to.and_then(|to| plain(self.at.join(to).ok()?));
        let Some(to) = to.filter(|_| self.hops < HOPS) else { return Step::Done(Answer::Roundabout) };
        self.hops += 1;
        self.at = to;
        self.ask = Ask::Head;
        self.refused().map_or(Step::Go, Step::Done)
    }

    fn asked_to_wait(&mut self, until: Option<&str>, now: Timestamp) -> Step {
        let wait = until.and_then(|until| pause(until, now)).unwrap_or(REST);
        if self.again > 0 || wait > PATIENCE {
            return Step::Closed(Answer::Later);
        }
        self.again += 1;
        Step::Wait(wait)
    }
}

/// An address of the web without what is not sent to its host, or must not be.
fn plain(mut at: Url) -> Option<Url> {
    if !matches!(at.scheme(), "http" | "https") || at.host_str().is_none_or(str::is_empty) {
        return None;
    }
    at.set_fragment(None);
    at.set_username("").ok()?;
    at.set_password(None).ok()?;
    Some(at)
}

/// How long `Retry-After` asks for: seconds, or a moment.
fn pause(until: &str, now: Timestamp) -> Option<Duration> {
    let until = until.trim();
    if let Ok(seconds) = until.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let moment = rfc2822::parse(until).ok()?.timestamp();
    Some(now.duration_until(moment).try_into().unwrap_or(Duration::ZERO))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> Timestamp {
        "2026-07-25T12:00:00Z".parse().expect("a time")
    }

    fn status(status: u16) -> Result<Reply, Silence> {
        Ok(Reply { status, ..Reply::default() })
    }

    fn later(status: u16, until: &str) -> Result<Reply, Silence> {
        Ok(Reply { status, retry_after: Some(until.to_owned()), location: None })
    }

    fn on(to: &str) -> Result<Reply, Silence> {
        Ok(Reply { status: 301, location: Some(to.to_owned()), retry_after: None })
    }

    /// The last step after these answers.
    #[track_caller]
    fn ends(heard: Vec<Result<Reply, Silence>>, expected: Step) {
        let mut trip = Trip::to("https://a.example/x", Reach::Public).expect("a link");
        let mut last = Step::Go;
        let story = format!("{heard:?}");
        for one in heard {
            assert!(!matches!(last, Step::Done(_) | Step::Closed(_)), "it went on after {last:?}: {story}");
            last = trip.heard(one, now());
        }
        assert_eq!(last, expected, "{story}");
    }

    #[test]
    fn a_link_comes_to_an_answer() {
        let seconds = |seconds| Step::Wait(Duration::from_secs(seconds));
        ends(vec![status(200)], Step::Done(Answer::Good));
        ends(vec![status(404)], Step::Go);
        ends(vec![status(405), status(200)], Step::Done(Answer::Good));
        ends(vec![status(404), status(404)], Step::Done(Answer::Missing(404)));
        ends(vec![status(403), status(403)], Step::Done(Answer::Unwilling(403)));
        ends(vec![status(500), status(500)], seconds(5));
        ends(vec![status(500), status(500), status(502)], Step::Done(Answer::Ailing(502)));
        ends(vec![status(500), status(500), status(200)], Step::Done(Answer::Good));
        ends(vec![status(429)], seconds(5));
        ends(vec![later(429, "7")], seconds(7));
        ends(vec![later(429, "7"), status(200)], Step::Done(Answer::Good));
        ends(vec![later(429, "7"), later(429, "7")], Step::Closed(Answer::Later));
        ends(vec![later(503, "3600")], Step::Closed(Answer::Later));
        ends(vec![later(503, "Sat, 25 Jul 2026 12:00:09 GMT")], seconds(9));
        ends(vec![later(503, "Sat, 25 Jul 2026 11:00:00 GMT")], seconds(0));
        ends(vec![later(429, "in a while")], seconds(5));
        ends(vec![on("/y"), status(200)], Step::Done(Answer::Good));
        ends(vec![on("/x"); 7], Step::Done(Answer::Roundabout));
        ends(vec![on("ftp://a.example/")], Step::Done(Answer::Roundabout));
        ends(vec![status(302)], Step::Done(Answer::Roundabout));
        ends(vec![on("http://127.0.0.1/")], Step::Done(Answer::Private));
        ends(vec![on("https://b.example/"), on("http://[::ffff:10.0.0.1]:8080/")], Step::Done(Answer::Private));
        ends(vec![Err(Silence::NoHost)], Step::Closed(Answer::NoHost));
        ends(vec![Err(Silence::Slow)], Step::Closed(Answer::Slow));
        ends(vec![Err(Silence::Broken), Err(Silence::Broken)], Step::Done(Answer::Broken));
        ends(vec![Err(Silence::Private)], Step::Done(Answer::Private));
    }

    #[test]
    fn an_address_is_asked_for_as_it_is_meant() {
        let at = |address: &str| Trip::to(address, Reach::Public).map(|trip| trip.at.to_string());
        assert_eq!(at("HTTPS://A.example:443/a b#top").as_deref(), Some("https://a.example/a%20b"));
        assert_eq!(at("//a.example").as_deref(), Some("https://a.example/"));
        assert_eq!(at("https://mina:secret@a.example/").as_deref(), Some("https://a.example/"));
        assert_eq!(at("https://bücher.example/").as_deref(), Some("https://xn--bcher-kva.example/"));
        for none in ["mailto:a@b.example", "file:///etc/passwd", "http://", "javascript:x", "/a", "http://[::1"] {
            assert_eq!(at(none), None, "{none}");
        }
    }

    #[test]
    fn inner_addresses_in_any_dress_are_refused() {
        for inner in [
            "http://localhost/",
            "http://127.1/",
            "http://2130706433/",
            "http://0x7f000001/",
            "http://0177.0.0.1/",
            "http://169.254.169.254/latest/meta-data/",
            "http://[::1]/",
            "http://[::ffff:7f00:1]/",
            "https://cms.internal/",
        ] {
            let refused = |reach| Trip::to(inner, reach).expect("a link").refused();
            assert_eq!(refused(Reach::Public), Some(Answer::Private), "{inner}");
            assert_eq!(refused(Reach::Anywhere), None, "{inner}");
        }
    }
}
