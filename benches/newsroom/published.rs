//! A newsroom in which every article was published with desk, to be audited. One is published by a real move; the others
//! are made after it, each with an id, words, a digest and a record of its own, and each comes in a step of its own.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use desk::article::{ArticleId, Digest, Document, Entry, ORDINARY_FILE, RepoPath, Slug};
use desk::ledger::{Assent, Record, RecordEntry, Statement, record_path};

use super::{body, git, once};

/// The newsroom's first article, which the others are made after.
struct Model {
    id: ArticleId,
    text: String,
    entry: RecordEntry,
}

/// A newsroom with `size` articles that are public, one step after the other.
pub(super) fn newsroom(desk: &str, size: usize) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let model = published(desk, folder.path());
    let mut chance = 3;
    let mut stream = Vec::new();
    for number in 1..size {
        let (main, text, record) = model.another(number, &mut chance);
        let who = format!("Mina Park <mina@post.example> {} +0000", 1_790_000_000 + number);
        let from = if number == 1 { "from refs/heads/main^0\n" } else { "" };
        write!(stream, "commit refs/heads/main\nauthor {who}\ncommitter {who}\ndata 1\nx\n{from}").unwrap();
        for (path, bytes) in [(&main, text.as_bytes()), (&record_path(record.article), record.bytes())] {
            write!(stream, "M 100644 inline {path}\ndata {}\n", bytes.len()).unwrap();
            stream.extend_from_slice(bytes);
            stream.push(b'\n');
        }
    }
    let mut import = Command::new("git");
    import.args(["fast-import", "--quiet"]).current_dir(folder.path()).stdin(Stdio::piped());
    let mut import = import.spawn().unwrap();
    import.stdin.take().unwrap().write_all(&stream).unwrap();
    assert!(import.wait().unwrap().success());
    git(folder.path(), &["reset", "--quiet", "--hard"]);
    git(folder.path(), &["gc", "--quiet"]);
    let whole = Command::new(desk).arg("audit").current_dir(folder.path()).stdout(Stdio::null()).status();
    assert!(whole.unwrap().success(), "what is audited here should be whole");
    folder
}

/// Founds a newsroom and publishes an article in it.
fn published(desk: &str, folder: &Path) -> Model {
    git(folder, &["init", "--quiet", "--initial-branch=main"]);
    for line in [
        "init --name Bench --profile solo --timezone UTC",
        "new Story --kind brief --slug story --set section=harbor --no-edit",
    ] {
        once(folder, desk, &line.split(' ').collect::<Vec<_>>());
    }
    let main = only(only(folder.join("articles"))).join("story/index.md");
    let text = std::fs::read_to_string(&main).unwrap();
    std::fs::write(&main, format!("{text}The port will be dredged in spring.\n")).unwrap();
    once(folder, desk, &["publish", "story"]);
    let text = std::fs::read_to_string(&main).unwrap();
    let main = RepoPath::new(main.strip_prefix(folder).unwrap().to_str().unwrap()).unwrap();
    let id = Document::read(main, text.as_bytes()).0.id().unwrap();
    let path = record_path(id);
    let record = Record::read(&path, &std::fs::read(folder.join(path.as_str())).unwrap()).unwrap();
    Model { id, text, entry: record.last_move().unwrap().clone() }
}

/// The one folder in `folder`.
fn only(folder: PathBuf) -> PathBuf {
    std::fs::read_dir(folder).unwrap().next().unwrap().unwrap().path()
}

impl Model {
    /// The article of this number as it would be, had it been published in the same way: its file and its record.
    fn another(&self, number: usize, chance: &mut u64) -> (RepoPath, String, Record) {
        let id = ArticleId::generate(1_790_000_000_000 + number as u64, [7; 10], None);
        let slug = Slug::new(format!("story-{number}")).unwrap();
        let month = format!("articles/{}/{:02}", 2027 + number % 10, number % 12 + 1);
        let home = RepoPath::new(format!("{month}/{slug}")).unwrap();
        let main = RepoPath::new(format!("{home}/index.md")).unwrap();
        let title = format!("Story {number}");
        let text = self.text.replace(&self.id.to_string(), &id.to_string());
        let text = text.replacen("title = \"Story\"", &format!("title = \"{title}\""), 1);
        let text = format!("{text}\n{}", body(chance));
        let file = Entry { path: main.clone(), mode: ORDINARY_FILE, bytes: text.clone().into_bytes() };
        let content = Digest::of_article(id, &home, &main, &[file]).unwrap();
        let agreed = |assent: &Assent| {
            Assent::new(Statement { article: id, content, ..assent.statement.clone() }, assent.signature.clone())
        };
        let assents = self.entry.assents.iter().map(agreed).collect();
        let entry = RecordEntry { content, path: home, slug, title, assents, ..self.entry.clone() };
        (main, text, Record::new(id).append(entry))
    }
}
