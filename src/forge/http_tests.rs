//! How a forge is spoken to, seen from the other end of the line.

use std::time::Duration;

use serde_json::{Value, json};

use super::address::{Kind, Place, Settings};
use super::error::Error;
use super::http::{Client, Manners, Verb};
use super::route::Route;
use super::stand_in::{Asked, Says, StandIn};
use super::token::Token;
use crate::web::Proxy;

const MANNERS: Manners =
    Manners { scheme: "Bearer", accept: "application/json", headers: &[("x-it", "1")], rows: "per_page" };
const CANARY: &str = "ghp_canary7";

fn client(forge: &StandIn) -> Client {
    Client::new(&forge.place, Token::new(CANARY), None, MANNERS).sleeping(|_| {})
}

fn get(forge: &StandIn) -> super::Result<Value> {
    client(forge).get("read it", &Route::new(&["it"]))
}

/// The error of asking a forge that always gives `says`, and how often it was asked.
#[track_caller]
fn refused(says: Says) -> (Error, usize) {
    let forge = StandIn::new(Kind::GitHub, move |_, _| says.clone());
    let error = get(&forge).expect_err("refused");
    let shown = format!("{error} {error:?}");
    assert!(!shown.contains("canary"), "{shown}");
    (error, forge.asked().len())
}

#[test]
fn a_request_says_who_asks_and_in_which_words() {
    let forge = StandIn::new(Kind::GitHub, |_, _| Says::json(&json!({ "a": 1 })));
    assert_eq!(get(&forge), Ok(json!({ "a": 1 })));
    let asked = &forge.asked()[0];
    assert_eq!(asked.line, "GET /api/v3/it");
    assert_eq!(asked.header("authorization"), Some("Bearer ghp_canary7"));
    assert_eq!((asked.header("accept"), asked.header("x-it")), (Some("application/json"), Some("1")));
    assert!(asked.header("user-agent").is_some_and(|name| name.starts_with("desk/")));
}

#[test]
fn what_a_forge_refuses_is_told_apart() {
    assert!(matches!(refused(Says::status(401, "Bad credentials")), (Error::NotSignedIn { .. }, 1)));
    assert!(matches!(refused(Says::status(403, "no")), (Error::Forbidden { said, .. }, 1) if said == "no"));
    assert!(matches!(refused(Says::status(404, "no")), (Error::NotFound { .. }, 1)));
    // One that says the token back, which `refused` looks for.
    let back = format!("{CANARY} may not, {CANARY} may not");
    assert!(
        matches!(refused(Says::status(403, &back)), (Error::Forbidden { said, .. }, 1) if said == "*** may not, *** may not")
    );
    let body = json!({ "message": "Validation\nFailed", "errors": [{ "field": "base", "code": "invalid" }, "odd"] });
    let (error, _) = refused(Says(422, Vec::new(), body.to_string()));
    assert_eq!(error.to_string(), "cannot read it: Validation Failed; base invalid; odd");
    assert!(matches!(refused(Says(200, Vec::new(), "<html>".to_owned())), (Error::Unreadable { .. }, 1)));
    // A token's absence is another matter than a wrong one.
    let forge = StandIn::new(Kind::GitHub, |_, _| Says::status(401, "who are you"));
    let nobody = Client::new(&forge.place, None, None, MANNERS);
    let error = nobody.get::<Value>("read it", &Route::new(&["it"])).expect_err("refused");
    assert!(matches!(error, Error::NoToken { .. }), "{error:?}");
}

#[test]
fn no_answer_leads_elsewhere() {
    let other = StandIn::new(Kind::GitHub, |_, _| Says::json(&json!({})));
    let elsewhere = format!("{}/it", other.place.api);
    let (error, asked) = refused(Says::status(301, "Moved").with("Location", &elsewhere));
    assert!(matches!(error, Error::Moved { .. }), "{error:?}");
    assert_eq!((asked, other.asked().len()), (1, 0));
}

#[test]
fn questions_are_asked_again_and_orders_are_not() {
    let forge = StandIn::new(Kind::GitHub, |_, before| match before {
        0 => Says::nothing(),
        1 => Says::status(502, "bad gateway"),
        _ => Says::json(&json!(7)),
    });
    assert_eq!(get(&forge), Ok(json!(7)));
    assert_eq!(forge.asked().len(), 3);

    let forge = StandIn::new(Kind::GitHub, |_, _| Says::nothing());
    let order = client(&forge).send("do it", Verb::Put, &Route::new(&["it"]), &json!({}));
    assert!(matches!(order.err(), Some(Error::NoAnswer { .. })));
    assert_eq!(forge.asked().len(), 1);
}

#[test]
fn who_asks_too_often_waits_as_told() {
    thread_local!(static WAITED: std::cell::RefCell<Vec<u64>> = const { std::cell::RefCell::new(Vec::new()) });
    let waits = |says: Vec<Says>| {
        let forge = StandIn::new(Kind::GitHub, move |_, before| says[before.min(says.len() - 1)].clone());
        let patient = Client::new(&forge.place, None, None, MANNERS)
            .sleeping(|wait: Duration| WAITED.with_borrow_mut(|all| all.push(wait.as_secs())));
        let answer = patient.get::<Value>("read it", &Route::new(&["it"]));
        (WAITED.with_borrow_mut(std::mem::take), answer)
    };
    let well = || Says::json(&json!(1));
    let date = "Tue, 24 Nov 2026 10:00:00 GMT";
    let later = Says::status(403, "secondary rate limit").with("Retry-After", "7");
    assert_eq!(waits(vec![later, well()]), (vec![7], Ok(json!(1))));
    let dated = Says::status(429, "").with("Date", date).with("Retry-After", "Tue, 24 Nov 2026 10:00:09 GMT");
    assert_eq!(waits(vec![dated, well()]).0, [9]);
    let spent = |reset: &str| {
        let says = Says::status(403, "rate limit").with("Date", date).with("X-RateLimit-Remaining", "0");
        says.with("X-RateLimit-Reset", reset)
    };
    assert_eq!(waits(vec![spent("1795514420"), well()]).0, [20]);
    // Nothing is left, and nobody says until when.
    let endless = || Says::status(403, "API Rate Limit Exceeded").with("X-RateLimit-Remaining", "0");
    assert_eq!(waits(vec![endless().with("Date", date), well()]), (vec![60], Ok(json!(1))));
    assert_eq!(waits(vec![endless(), well()]).0, [60]);
    let (slept, answer) = waits(vec![spent("1795518000")]);
    let said = answer.expect_err("too long to wait").to_string();
    assert_eq!((slept.len(), said.contains("asks to wait 60 minutes")), (0, true), "{said}");
    assert_eq!(waits(vec![Says::status(429, ""), well()]).0, [60]);
    // A plain no is no reason to wait.
    assert!(matches!(waits(vec![Says::status(403, "no")]), (slept, Err(Error::Forbidden { .. })) if slept.is_empty()));
}

#[test]
fn lists_are_read_to_their_end() {
    let page = |asked: &Asked| {
        let query = asked.line.split("page=").last().and_then(|page| page.parse::<usize>().ok());
        query.expect("a page")
    };
    // The address of the next page leads somewhere else, and nobody goes there.
    let forge = StandIn::new(Kind::GitHub, move |asked, _| {
        let rows: Vec<usize> = (0..3).map(|row| page(asked) * 10 + row).collect();
        let says = Says::json(&json!(rows));
        if page(asked) < 3 { says.with("Link", "<http://127.0.0.1:1/evil?page=9>; rel=\"next\"") } else { says }
    });
    let all: Vec<usize> = client(&forge).all("read them", &Route::new(&["them"])).expect("read");
    assert_eq!(all, [10, 11, 12, 20, 21, 22, 30, 31, 32]);
    assert_eq!(forge.asked()[1].line, "GET /api/v3/them?per_page=100&page=2");

    // Without a `Link`, a full page asks for another.
    let forge = StandIn::new(Kind::GitHub, move |asked, _| {
        let rows = if page(asked) == 1 { 100 } else { 1 };
        Says::json(&json!(vec![0; rows]))
    });
    let all: Vec<usize> = client(&forge).all("read them", &Route::new(&["them"])).expect("read");
    assert_eq!(all.len(), 101);
}

#[test]
fn what_has_not_changed_is_not_sent_again() {
    let forge = StandIn::new(Kind::GitHub, |asked, _| match asked.header("if-none-match") {
        Some("\"one\"") => Says(304, Vec::new(), String::new()),
        _ => Says::json(&json!({ "a": 1 })).with("ETag", "\"one\""),
    });
    let client = client(&forge);
    for _ in 0..2 {
        assert_eq!(client.get("read it", &Route::new(&["it"])), Ok(json!({ "a": 1 })));
    }
    assert_eq!(forge.asked()[1].header("if-none-match"), Some("\"one\""));
}

#[test]
fn who_never_answers_is_not_waited_for() {
    // One says nothing, one begins and does not end.
    for begins in ["", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n1"] {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        std::thread::spawn(move || {
            let mut held = Vec::new();
            for mut stream in listener.incoming().flatten() {
                std::io::Write::write_all(&mut stream, begins.as_bytes()).ok();
                held.push(stream);
            }
        });
        let settings = Settings { kind: Some(Kind::GitHub), url: Some(url), repository: None };
        let place = Place::of("git@forge.example:post/desk.git", &settings).expect("placed").expect("a forge");
        let client = Client::new(&place, Token::new(CANARY), None, MANNERS).sleeping(|_| {});
        let answer = client.within(Duration::from_millis(100)).get::<Value>("read it", &Route::new(&["it"]));
        assert!(matches!(&answer, Err(Error::NoAnswer { why, .. }) if why == "it took too long"), "{answer:?}");
    }
}

#[test]
fn a_forge_is_reached_through_the_proxy_and_the_proxy_learns_nothing() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let named = format!("http://mina:s3cret@{}", listener.local_addr().expect("an address"));
    let proxy = Proxy::of_environment(|name| (name == "https_proxy").then_some(named.as_str())).expect("a proxy");
    let heard = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().expect("somebody");
        let mut all = Vec::new();
        while !all.ends_with(b"\r\n\r\n") {
            let mut some = [0; 512];
            let read = std::io::Read::read(&mut stream, &mut some).expect("what it asks");
            all.extend_from_slice(&some[..read]);
        }
        String::from_utf8_lossy(&all).into_owned()
    });
    let place = Place::of("https://github.com/post/desk", &Settings::default()).expect("placed").expect("a forge");
    let client = Client::new(&place, Token::new(CANARY), Some(&proxy), MANNERS);
    let order = client.send("do it", Verb::Put, &Route::new(&["it"]), &json!({ "a": 1 }));
    let error = order.err().map(|error| format!("{error} {error:?}")).expect("no answer");
    assert!(error.contains("does not answer") && !error.contains("canary") && !error.contains("s3cret"), "{error}");
    let heard = heard.join().expect("what it asks");
    assert!(heard.starts_with("CONNECT api.github.com:443 HTTP/1.1\r\n"), "{heard}");
    assert!(heard.to_lowercase().contains("proxy-authorization: basic ") && !heard.contains("canary"), "{heard}");
}
