//! What the README shows is true: its commands run as they stand there, and its picture is real.
#![cfg(unix)]

use std::os::unix::fs::PermissionsExt as _;

use crate::newsroom::{Newsroom, Output};

const README: &str = include_str!("../../README.md");

/// The first block of commands or output under a heading.
fn block(heading: &str) -> Vec<&'static str> {
    let under = README.split_once(&format!("\n## {heading}\n")).expect("the heading is there").1;
    under.lines().skip_while(|line| *line != "```").skip(1).take_while(|line| *line != "```").collect()
}

/// A new user's machine: a name for git, and cargo without the wait of building.
struct Machine {
    newsroom: Newsroom,
}

impl Machine {
    fn new() -> Self {
        let newsroom = Newsroom::folder();
        let home = newsroom.around().join("home");
        let config = home.join(".gitconfig");
        let known = std::fs::read_to_string(&config).unwrap();
        std::fs::write(&config, known + "[user]\n\tname = Mina Park\n\temail = mina@post.example\n").unwrap();
        let desk = env!("CARGO_BIN_EXE_desk");
        let cargo = format!(
            "#!/bin/sh\ncase \"$*\" in\n\"run --release -- \"*) shift 3; exec '{desk}' \"$@\" ;;\n\
             'install --path .') ln -s '{desk}' \"$HOME/bin/desk\" ;;\ntest) echo tested ;;\n*) exit 99 ;;\nesac\n"
        );
        let file = home.join("bin/cargo");
        std::fs::create_dir_all(home.join("bin")).unwrap();
        std::fs::write(&file, cargo).unwrap();
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o755)).unwrap();
        Self { newsroom }
    }

    /// Runs a script in one shell, which stops at the first failure.
    fn run(&self, script: &str) -> Output {
        let home = self.newsroom.around().join("home");
        let path = format!("{}:{}", home.join("bin").display(), std::env::var("PATH").unwrap());
        self.newsroom.as_nobody().variable("PATH", &path).run_with("sh", ["-e", "-c", script])
    }
}

#[test]
fn the_two_commands_run() {
    let machine = Machine::new();
    let said = machine.run(&block("Two commands").join("\n")).ok();
    assert!(said.contains("jun$ desk approve harbor") && said.ends_with("tested\n"), "{said}");
}

#[test]
fn the_picture_is_real_output() {
    let picture = block("What it looks like");
    let tour = Machine::new().run("cargo run --release -- tour").ok();
    let (command, shown) = picture.split_first().unwrap();
    let command = command.trim_start_matches("$ ");
    let last = tour.rsplit_once(&format!("jun$ {command}")).expect("the tour runs this command").1;
    let real: Vec<&str> = last.lines().skip(1).map_while(|line| line.strip_prefix("  ")).collect();
    assert_eq!(shown, real, "the README's picture is what the tour shows");
}

#[test]
fn the_first_story_ends_in_a_public_page() {
    let machine = Machine::new();
    let story = block("A first story in six commands");
    assert_eq!(story.len(), 6);
    let mut commands: Vec<&str> = story.iter().map(|line| line.strip_prefix("$ ").expect("a command")).collect();
    let new = commands.iter().position(|line| line.starts_with("desk new ")).expect("a story is begun");
    // What a person writes in the editor, which opens only on a terminal.
    let words = "Fares rise by four percent on May 1, the port said.";
    let write = format!("echo '{words}' >> articles/2026/07/ferry-fares-rise-in-may/index.md");
    commands.insert(new + 1, &write);
    let output = machine.run(&commands.join("\n"));
    let page = output.clone().ok();
    assert_eq!(page, "[DESK]/post/public/index.html\n");
    insta::assert_snapshot!(output.stderr, @r#"
    Made this folder a git repository.
    Founded Port Alder Post: desk.toml, staff.toml, schemas/ and .gitignore
    Begin your first story: desk new "A headline"
    Began ferry-fares-rise-in-may: articles/2026/07/ferry-fares-rise-in-may/index.md
    Write it, then: desk submit ferry-fares-rise-in-may
    Saved ferry-fares-rise-in-may: 11 words changed.
    Published: Ferry fares rise in May, 13:01
      /2026/07/ferry-fares-rise-in-may/   live when the site is built: desk build
      11 words, on one person's word
    Mistake? desk undo takes it back while nothing has left this machine.
    Built 1 article: 8 files written, 0 as before, 0 taken out.
    "#);
    let story = machine.newsroom.read("post/public/2026/07/ferry-fares-rise-in-may/index.html");
    assert!(story.contains(words), "{story}");
    assert_eq!(machine.newsroom.git(["-C", "post", "status", "--porcelain"]), "");
    machine.newsroom.run(["-C", "post", "audit"]).ok();
}

/// What else the README tells to type is understood.
#[test]
fn every_command_that_is_named_exists() {
    let named = README.split('`').skip(1).step_by(2).filter_map(|code| code.strip_prefix("desk "));
    let verbs: Vec<&str> = named.filter_map(|rest| rest.split_whitespace().next()).collect();
    assert!(verbs.len() > 12, "{verbs:?}");
    for verb in verbs {
        Newsroom::folder().run([verb, "--help"]).ok();
    }
}
