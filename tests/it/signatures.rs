//! What desk says of a signature is what `ssh-keygen` says of it.

use std::path::Path;
use std::process::{Command, Stdio};

use desk::article::{ArticleId, Digest};
use desk::ledger::{Assent, BadSignature, Decision, NAMESPACE, Statement, Strength, Who};

fn statement(note: &str) -> Statement {
    Statement {
        newsroom: "post-1".to_owned(),
        article: ArticleId::generate(1, [1; 10], None),
        content: Digest::of(b"words"),
        replaces: None,
        person: Who::new("Jun Seo", "jun@post.example"),
        roles: vec!["editorial".to_owned()],
        decision: Decision::Approve,
        policy: Digest::of(b"policy"),
        time: "2026-07-25T23:41:00Z".parse().expect("a time"),
        note: note.to_owned(),
    }
}

fn key(folder: &Path, name: &str, kind: &str) -> String {
    let made = Command::new("ssh-keygen")
        .args(["-q", "-t", kind, "-N", "", "-C", name, "-f", name])
        .current_dir(folder)
        .status()
        .expect("it runs");
    assert!(made.success());
    std::fs::read_to_string(folder.join(format!("{name}.pub"))).expect("a public key")
}

fn sign(folder: &Path, key: &str, namespace: &str, text: &str) -> String {
    std::fs::write(folder.join("statement"), text).expect("written");
    let signed = Command::new("ssh-keygen")
        .args(["-Y", "sign", "-q", "-f", key, "-n", namespace, "statement"])
        .current_dir(folder)
        .stderr(Stdio::null())
        .status()
        .expect("it runs");
    assert!(signed.success());
    let file = folder.join("statement.sig");
    let signature = std::fs::read_to_string(&file).expect("a signature");
    std::fs::remove_file(file).expect("removed");
    signature
}

/// What `ssh-keygen` says, if `key` is Jun's.
fn agrees(folder: &Path, key: &str, text: &str, signature: &str) -> bool {
    std::fs::write(folder.join("allowed"), format!("jun@post.example {key}")).expect("written");
    std::fs::write(folder.join("checked.sig"), signature).expect("written");
    std::fs::write(folder.join("checked"), text).expect("written");
    let input = std::fs::File::open(folder.join("checked")).expect("opened");
    Command::new("ssh-keygen")
        .args(["-Y", "verify", "-f", "allowed", "-I", "jun@post.example", "-n", NAMESPACE, "-s", "checked.sig"])
        .current_dir(folder)
        .stdin(input)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .expect("it runs")
        .success()
}

#[test]
fn ssh_keygen_and_desk_agree() {
    if Command::new("ssh-keygen").arg("-?").stdout(Stdio::null()).stderr(Stdio::null()).status().is_err() {
        #[expect(clippy::print_stderr, reason = "a skipped test says so")]
        {
            eprintln!("skipped: there is no ssh-keygen here");
        }
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    let keys = [key(folder, "ed", "ed25519"), key(folder, "ec", "ecdsa")];
    let text = statement("yes").text();
    for (name, public) in ["ed", "ec"].into_iter().zip(&keys) {
        let check = |signed: &str, namespace: &str, keys: &str, expected: Result<Strength, BadSignature>| {
            let signature = sign(folder, name, namespace, signed);
            assert_eq!(agrees(folder, keys, &text, &signature), expected == Ok(Strength::Proved), "{name}");
            let assent = Assent::read(&text, Some(signature)).expect("a statement");
            assert_eq!(assent.strength([keys]), expected, "{name}");
        };
        let other = keys.iter().find(|other| *other != public).expect("another");
        check(&text, NAMESPACE, public, Ok(Strength::Proved));
        check(&text, NAMESPACE, other, Ok(Strength::Claimed));
        check(&text, "git", public, Err(BadSignature::Namespace("git".to_owned())));
        check(&statement("no").text(), NAMESPACE, public, Err(BadSignature::Mismatch));
    }
}
