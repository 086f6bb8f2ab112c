//! Unusual repositories.

use super::{Desk, git, put, save};
use crate::repository::{Doing, Error, Head, Identity, IndexForm, Oddity, Repository};
use std::path::Path;
use tempfile::TempDir;

#[track_caller]
fn refusal(folder: &Path) -> Error {
    match Repository::open(folder) {
        Err(error) => error,
        Ok(_) => panic!("it should not open"),
    }
}

#[test]
fn a_new_repository_begins_on_main() {
    let folder = TempDir::new().expect("a folder");
    assert!(matches!(refusal(folder.path()), Error::NoRepository(_)));
    let made = Repository::create(folder.path()).expect("made");
    assert!(matches!(made.head(), Ok(Head::Unborn(name)) if name.as_str() == "refs/heads/main"));
    assert!(matches!(Repository::create(folder.path()), Err(Error::Exists(_))));
    std::fs::create_dir(folder.path().join("deep")).expect("made");
    let found = Repository::open(&folder.path().join("deep")).expect("found upwards");
    assert_eq!(found.root(), made.root());
    assert_eq!(
        found.locate(&folder.path().join("deep"), Path::new("../a.md")).map(|path| path.to_string()).as_deref(),
        Some("a.md")
    );
    assert_eq!(found.locate(folder.path(), Path::new("../a.md")), None);
}

#[test]
fn what_libgit2_cannot_read_is_refused_by_name() {
    let folder = TempDir::new().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    git(folder.path(), &["init", "-q", "--bare", "bare"]);
    assert!(matches!(refusal(&at("bare")), Error::Bare(_)));
    git(folder.path(), &["init", "-q", "--object-format=sha256", "sha256"]);
    assert!(matches!(refusal(&at("sha256")), Error::ObjectFormat { format, .. } if format == "sha256"));
    git(folder.path(), &["init", "-q", "--ref-format=reftable", "reftable"]);
    let reftable = refusal(&at("reftable"));
    assert!(matches!(&reftable, Error::ReferenceFormat { format, .. } if format == "reftable"));
    assert_eq!(reftable.remedy().as_deref(), Some("git refs migrate --ref-format=files"));
    git(folder.path(), &["init", "-q", "odd"]);
    git(&at("odd"), &["config", "core.repositoryformatversion", "1"]);
    git(&at("odd"), &["config", "extensions.telepathy", "true"]);
    assert!(matches!(refusal(&at("odd")), Error::Extension { name, .. } if name == "telepathy"));
}

#[cfg(unix)]
#[test]
#[expect(clippy::print_stderr, reason = "a skipped test says so")]
fn a_repository_of_another_user_is_not_trusted() {
    let desk = Desk::new();
    if std::os::unix::fs::chown(desk.folder.path(), Some(4242), None).is_err()
        || std::os::unix::fs::chown(desk.at(".git"), Some(4242), None).is_err()
    {
        eprintln!("SKIPPED: only root gives folders away");
        return;
    }
    let refused = refusal(desk.folder.path());
    let Error::NotMine(at) = &refused else { panic!("{refused:?}") };
    assert_eq!(at, &desk.folder.path().canonicalize().expect("there"));
    assert_eq!(refused.remedy(), Some(format!("git config --global --add safe.directory '{}'", at.display())));
}

#[test]
fn heads_are_values() {
    let desk = Desk::new();
    let tip = desk.tip("main").expect("a tip");
    assert!(matches!(desk.open().head(), Ok(Head::Branch(_, at)) if at == tip));
    desk.git(&["checkout", "-q", "--detach"]);
    assert_eq!(desk.open().head().expect("readable"), Head::Detached(tip));
    desk.applied(&save("main", Some(tip), vec![tip], vec![put("a.md", "x")]));
    assert_eq!(desk.text("a.md"), None, "nothing follows a branch that is not checked out");
}

#[test]
fn half_done_merges_hold_writing_and_not_reading() {
    let desk = Desk::new();
    let tip = desk.tip("main").expect("a tip");
    desk.git(&["checkout", "-q", "-b", "other"]);
    desk.put("desk.toml", "one\n");
    desk.git(&["commit", "-qam", "one"]);
    desk.git(&["checkout", "-q", "main"]);
    desk.put("other.txt", "two\n");
    desk.git(&["add", "."]);
    desk.git(&["commit", "-qm", "two"]);
    desk.git(&["merge", "-q", "--no-commit", "other"]);
    let repository = desk.open();
    assert_eq!(repository.in_progress(), Some(Doing::Merge));
    assert!(repository.oddities().contains(&Oddity::InProgress(Doing::Merge)));
    assert!(repository.entries_at(tip, &super::path("desk.toml")).is_ok());
    let refused = desk.apply(&save("desk/x", None, vec![tip], vec![put("a.md", "x")]));
    assert!(matches!(refused, Err(Error::InProgress(Doing::Merge, _))));
}

#[test]
fn indexes_in_other_forms_are_named_when_needed() {
    for (words, form) in [
        (vec!["update-index", "--split-index"], IndexForm::Split),
        (vec!["sparse-checkout", "set", "--cone", "--sparse-index", "records"], IndexForm::Sparse),
    ] {
        let desk = Desk::new();
        let tip = desk.tip("main").expect("a tip");
        desk.git(&words);
        desk.applied(&save("desk/x", None, vec![tip], vec![put("a.md", "x")]));
        let refused = desk.apply(&save("main", Some(tip), vec![tip], vec![put("a.md", "x")]));
        assert!(matches!(refused, Err(Error::IndexForm { form: found, .. }) if found == form), "{refused:?}");
        assert_eq!(desk.tip("main"), Some(tip));
    }
}

#[test]
fn a_sparse_folder_follows_in_its_index_alone() {
    let desk = Desk::new();
    let tip = desk.tip("main").expect("a tip");
    desk.git(&["sparse-checkout", "set", "--cone", "records"]);
    assert_eq!(desk.text("articles/ferry/index.md"), None);
    let repository = desk.open();
    assert!(repository.oddities().contains(&Oddity::SparseCheckout));
    assert_eq!(repository.working_files(None).expect("read").len(), 2);
    desk.applied(&save("main", Some(tip), vec![tip], vec![put("articles/ferry/index.md", "Fares fall.\n")]));
    assert_eq!((desk.status().as_str(), desk.text("articles/ferry/index.md")), ("", None));
    desk.undo().expect("undone");
    assert_eq!((desk.status().as_str(), desk.text("articles/ferry/index.md")), ("", None));
}

#[test]
fn shallow_and_partial_clones_are_told() {
    let desk = Desk::new();
    desk.put("a.md", "x");
    desk.git(&["add", "."]);
    desk.git(&["commit", "-qm", "second"]);
    assert!(!desk.open().is_shallow());
    let folder = TempDir::new().expect("a folder");
    let from = format!("file://{}", desk.folder.path().display());
    git(folder.path(), &["clone", "-q", "--depth=1", &from, "shallow"]);
    let shallow = Repository::open(&folder.path().join("shallow")).expect("it opens");
    assert!(shallow.is_shallow());
    let tip = shallow.revision("HEAD").expect("readable").expect("there");
    assert_eq!(shallow.first_parents(tip).filter(Result::is_ok).count(), 1);
    desk.git(&["config", "remote.origin.promisor", "true"]);
    assert_eq!(desk.open().partial_clone_of().as_deref(), Some("origin"));
}

#[test]
fn people_come_from_variables_and_then_from_git() {
    let desk = Desk::new();
    let repository = desk.open();
    let nobody = repository.identity(|name| (name == "GIT_CONFIG_GLOBAL").then(|| "/dev/null".to_owned()));
    assert!(matches!(nobody, Err(Error::NoIdentity { missing: "name" })) || nobody.is_ok());
    let jun = Identity { name: "Jun Seo".to_owned(), address: "jun@post.example".to_owned() };
    repository.set_identity(&jun).expect("set");
    assert_eq!(repository.identity(|_| None).expect("known"), jun);
    let ana = repository.identity(|name| (name == "GIT_AUTHOR_NAME").then(|| "Ana <Ruiz>\n".to_owned()));
    assert_eq!(ana.expect("known").name, "Ana Ruiz");
}
