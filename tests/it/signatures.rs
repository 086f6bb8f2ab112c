//! What desk says of a signature is what `ssh-keygen` says of it.

use std::path::Path;
use std::process::{Command, Stdio};

use desk::article::{ArticleId, Digest};
use desk::ledger::{Assent, BadSignature, Decision, NAMESPACE, Sources, Statement, Strength, Who};

use crate::newsroom::{JUN, Newsroom};

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
        sources: Sources::NotSaid,
        witness: None,
    }
}

fn key(folder: &Path, name: &str, sort: &str) -> String {
    key_of(folder, name, sort, "256")
}

fn key_of(folder: &Path, name: &str, sort: &str, bits: &str) -> String {
    let made = Command::new("ssh-keygen")
        .args(["-q", "-t", sort, "-b", bits, "-N", "", "-C", name, "-f", name])
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
    let sorts =
        [("ed", "ed25519", "256"), ("ec", "ecdsa", "256"), ("ec384", "ecdsa", "384"), ("ec521", "ecdsa", "521")];
    let sorts = sorts.into_iter().chain([("rsa", "rsa", "2048"), ("rsa4", "rsa", "4096")]);
    let keys: Vec<_> = sorts.map(|(name, sort, bits)| (name, key_of(folder, name, sort, bits))).collect();
    let text = statement("yes").text();
    for (name, public) in &keys {
        let check = |signed: &str, namespace: &str, keys: &str, expected: Result<Strength, BadSignature>| {
            let signature = sign(folder, name, namespace, signed);
            assert_eq!(agrees(folder, keys, &text, &signature), expected == Ok(Strength::Proved), "{name}");
            let assent = Assent::read(&text, Some(signature)).expect("a statement");
            assert_eq!(assent.strength([keys]), expected, "{name}");
        };
        let (_, other) = keys.iter().find(|(other, _)| other != name).expect("another");
        check(&text, NAMESPACE, public, Ok(Strength::Proved));
        check(&text, NAMESPACE, other, Ok(Strength::Claimed));
        check(&text, "git", public, Err(BadSignature::Namespace("git".to_owned())));
        check(&statement("no").text(), NAMESPACE, public, Err(BadSignature::Mismatch));
    }
}

/// Whether there is an `ssh-keygen` to agree with.
fn is_here() -> bool {
    Command::new("ssh-keygen").arg("-?").stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok()
}

#[test]
fn they_agree_on_every_forged_signature() {
    if !is_here() {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    let public = key(folder, "ed", "ed25519");
    let text = statement("yes").text();
    let sound = sign(folder, "ed", NAMESPACE, &text);
    #[track_caller]
    fn same(folder: &Path, public: &str, text: &str, signature: &str) -> bool {
        let theirs = agrees(folder, public, text, signature);
        let ours = Assent::read(text, Some(signature.to_owned()))
            .is_ok_and(|it| it.strength([public]) == Ok(Strength::Proved));
        assert_eq!(ours, theirs, "{text}{signature}");
        ours
    }
    assert!(same(folder, &public, &text, &sound));
    // One character of the armour is another one.
    let begins = sound.find('\n').expect("a line") + 1;
    for at in (begins..sound.len() - 40).step_by(7).filter(|at| sound.as_bytes()[*at] != b'\n') {
        let other = if sound.as_bytes()[at] == b'A' { "B" } else { "A" };
        let forged = format!("{}{other}{}", &sound[..at], &sound[at + 1..]);
        assert!(!same(folder, &public, &text, &forged), "{at}");
    }
    // The statement is another one.
    let others = [
        text.replace("Jun Seo", "Ana Ruiz"),
        text.replace("decision: approve", "decision: return"),
        text.replace("newsroom: post-1", "newsroom: post-2"),
        text.replace("replaces: none", &format!("replaces: {}", Digest::of(b"words"))),
        format!("{text}sources: known to the desk\n"),
    ];
    for other in others {
        assert_ne!(other, text);
        assert!(!same(folder, &public, &other, &sound), "{other}");
    }
    // Nothing, half of it, and what is no signature.
    for forged in ["", "yes", &sound[..sound.len() / 2], &sound.replace("SSH SIGNATURE", "PGP SIGNATURE")] {
        assert!(!same(folder, &public, &text, forged), "{forged}");
    }
    let hashed = Command::new("ssh-keygen")
        .args(["-Y", "sign", "-q", "-O", "hashalg=sha256", "-f", "ed", "-n", NAMESPACE, "statement"])
        .current_dir(folder)
        .stderr(Stdio::null())
        .status();
    if hashed.is_ok_and(|status| status.success()) {
        let shorter = std::fs::read_to_string(folder.join("statement.sig")).expect("a signature");
        assert!(same(folder, &public, &text, &shorter), "the shorter hash is as good");
    }
}

#[test]
fn they_agree_on_every_statement_of_a_newsroom() {
    if !is_here() {
        return;
    }
    let newsroom = Newsroom::new();
    let folder = newsroom.around().join("home");
    let public = key(&folder, "jun", "ed25519");
    let emails = "emails = [\"jun@post.example\"]";
    newsroom.edit("staff.toml", emails, &format!("{emails}\nkeys = [\"{}\"]", public.trim()));
    newsroom.git(["commit", "--quiet", "--all", "-m", "staff: Jun's key"]);
    newsroom.git(["config", "gpg.format", "ssh"]);
    newsroom.brief("harbor");
    newsroom.run(["submit"]).ok();
    newsroom.git(["config", "user.signingKey", &folder.join("jun").display().to_string()]);
    newsroom.as_(JUN).run(["approve", "--yes"]).ok();
    newsroom.edit("articles/2026/07/harbor/index.md", "berth 4", "berth 5");
    newsroom.as_(JUN).run(["submit"]).ok();
    newsroom.as_(JUN).run(["return", "--note", "\"no\"\nand no"]).ok();
    let names = newsroom.git(["for-each-ref", "--format=%(refname)", "refs/desk/approvals"]);
    let mut signed = 0;
    for name in names.lines() {
        let text = newsroom.git(["cat-file", "blob", &format!("{name}:statement")]);
        let output = newsroom.as_(JUN).run_with("git", ["cat-file", "blob", &format!("{name}:statement.sig")]);
        if output.code != Some(0) {
            assert!(text.contains("Mina Park"), "Mina has no key: {text}");
            continue;
        }
        signed += 1;
        assert!(agrees(&folder, &public, &text, &output.stdout), "{text}");
        let assent = Assent::read(&text, Some(output.stdout)).expect("a statement");
        assert_eq!(assent.strength([public.as_str()]), Ok(Strength::Proved), "{text}");
    }
    assert_eq!(signed, 3, "{names}");
}

#[test]
fn who_submits_without_a_key_is_told_that_their_yes_does_not_count() {
    let newsroom = Newsroom::new();
    newsroom.edit("desk.toml", "\npeople = 2", "\nsignatures = \"required\"\npeople = 2");
    newsroom.git(["commit", "--quiet", "--all", "-m", "everybody signs"]);
    newsroom.brief("harbor");
    insta::assert_snapshot!(newsroom.run(["submit"]), @r"
    --- stderr ---
    Saved harbor: 6 words changed.
    Sent to Jun Seo and Ana Ruiz: Title of harbor
    Your own yes to it does not count: this newsroom counts only approvals signed with a key of the staff list.
      git config gpg.format ssh && git config user.signingkey ~/.ssh/id_ed25519.pub, then: desk submit harbor
    Needs editorial approval (by Mina Park or Jun Seo)
    Needs 2 more people's yes (by Mina Park, Jun Seo or Ana Ruiz)
    [exit 0]
    ");
}
