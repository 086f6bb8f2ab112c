//! `desk check --links`: where links to other sites lead, asked of servers on this machine.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};

use crate::newsroom::{MINA, Newsroom, Visit};

/// A server that answers `/404` with 404 and the like; what it is asked for.
struct Site {
    at: String,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Site {
    fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let at = format!("http://{}", listener.local_addr().unwrap());
        let asked = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&asked);
        std::thread::spawn(move || {
            for mut stream in listener.incoming().flatten() {
                let mut line = String::new();
                let mut lines = BufReader::new(stream.try_clone().unwrap());
                lines.read_line(&mut line).ok();
                let path = line.split(' ').nth(1).unwrap_or_default().to_owned();
                let name = lines.lines().map_while(Result::ok).take_while(|line| !line.is_empty());
                let name =
                    name.into_iter().find(|line| line.to_lowercase().starts_with("user-agent")).unwrap_or_default();
                assert!(name.contains("desk/"), "{name}");
                seen.lock().unwrap().push(line.trim_end().trim_end_matches(" HTTP/1.1").to_owned());
                let status = path.trim_matches('/').parse().unwrap_or(200);
                write!(stream, "HTTP/1.1 {status} So\r\nContent-Length: 0\r\nConnection: close\r\n\r\n").ok();
            }
        });
        Self { at, asked }
    }

    fn asked(&self) -> Vec<String> {
        std::mem::take(&mut *self.asked.lock().unwrap())
    }
}

/// Mina, whose links may lead to this machine.
fn mina(newsroom: &Newsroom) -> Visit<'_> {
    newsroom.as_(MINA).variable("DESK_LINKS_PRIVATE", "allow")
}

/// A brief whose text links to these addresses.
fn linking(newsroom: &Newsroom, slug: &str, addresses: &[String]) -> String {
    let path = newsroom.brief(slug);
    let links: String = addresses.iter().map(|address| format!("See [the notice]({address}).\n\n")).collect();
    newsroom.write(&path, newsroom.read(&path) + "\n" + &links);
    path
}

#[test]
fn what_is_gone_is_told_with_its_place_and_remembered() {
    let newsroom = Newsroom::new();
    let (site, other) = (Site::new(), Site::new());
    linking(&newsroom, "harbor", &[format!("{}/200", site.at), format!("{}/404", other.at)]);
    let output = mina(&newsroom).run(["check", "--links"]);
    let screen = output.stdout.replace(&other.at, "http://other.example");
    insta::assert_snapshot!(screen.split("\n\n").find(|part| part.contains("link-gone")).unwrap(), @r"
    warning[link-gone]: `http://other.example/404`: the site says that it is not
                          there (404)
      --> articles/2026/07/harbor/index.md:16:5
       |
    16 | See [the notice](http://other.example/404).
       |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
       |
       = help: look for its new address, or link to an archived copy
    Holds nothing.                           Why: desk check --explain link-gone
    ");
    assert_eq!((output.code, &*output.stderr), (Some(0), "2 links to other sites looked at.\n"));
    assert_eq!(
        (site.asked(), other.asked()),
        (vec!["HEAD /200".to_owned()], vec!["HEAD /404".into(), "GET /404".into()])
    );
    let again = mina(&newsroom).run(["check", "harbor", "--links"]);
    assert!(again.stderr.contains("2 links to other sites looked at, 2 of them remembered."), "{again}");
    assert_eq!((site.asked().len(), other.asked().len()), (0, 0));
    newsroom.later(60 * 24);
    mina(&newsroom).run(["check", "--links", "--staged"]).ok();
    mina(&newsroom).run(["check", "--links", "--rev", "main"]).ok();
    mina(&newsroom).run(["check", "--links", "--since", "main"]).ok();
    assert_eq!((site.asked().len(), other.asked().len()), (0, 2), "only the bad answer is old");
    newsroom.run(["check"]).ok();
}

#[test]
fn a_suppression_of_it_is_idle_only_once_sites_were_asked() {
    let newsroom = Newsroom::new();
    let site = Site::new();
    let path = linking(&newsroom, "harbor", &[format!("{}/404", site.at)]);
    let text = newsroom.read(&path).replace("See [", "<!-- desk: allow link-gone -- the archive has a copy -->\nSee [");
    newsroom.write(&path, &text);
    let said = |visit: Visit<'_>, args: &[&str]| visit.run(args).to_string();
    assert!(!said(newsroom.as_(MINA), &["check"]).contains("suppression-unused"));
    let told = said(mina(&newsroom), &["check", "--links"]);
    assert!(told.contains("Left out: 1 finding with a reason.") && !told.contains("suppression-unused"), "{told}");
    newsroom.write(&path, text.replace("/404", "/200"));
    assert!(said(mina(&newsroom), &["check", "--links"]).contains("`link-gone` finds nothing"));
}

#[test]
fn nobody_is_asked_inside_and_offline_is_no_fault() {
    let newsroom = Newsroom::new();
    let site = Site::new();
    linking(
        &newsroom,
        "harbor",
        &[format!("{}/200", site.at.replace("127.0.0.1", "localhost")), "http://[::1]/".to_owned()],
    );
    let output = newsroom.run(["check", "--links", "--format", "short"]);
    assert_eq!(output.stdout.matches("link-unsure").count(), 2, "{output}");
    assert!(site.asked().is_empty());

    let newsroom = Newsroom::new();
    linking(&newsroom, "quay", &["https://nobody.invalid/a".to_owned()]);
    insta::assert_snapshot!(newsroom.run(["check", "--links"]), @r"
    --- stderr ---
    1 article checked, nothing found.
    No other site could be reached: 1 link not looked at. Is this machine online?
    [exit 0]
    ");
}

#[test]
fn a_folder_that_is_no_newsroom_has_links_too() {
    let folder = Newsroom::folder();
    let site = Site::new();
    folder.write("post.md", format!("+++\ntitle = \"Post\"\n+++\nSee [the notice]({}/410).\n", site.at));
    let output = mina(&folder).run(["check", "--links", "--format", "short"]);
    assert!(output.stdout.contains("link-gone"), "{output}");
    assert_eq!(output.code, Some(1), "{output}");
}
