//! Every example that help gives runs as it stands, where somebody would run it.

use desk::command::Cli;

use crate::help::{examples, verbs};
use crate::newsroom::{ANA, JUN, MINA, Newsroom, Person};

fn public(newsroom: &Newsroom, slug: &str) {
    newsroom.brief(slug);
    newsroom.run(["submit", slug]).ok();
    newsroom.as_(JUN).run(["approve", slug, "--yes"]).ok();
    newsroom.run(["publish", slug]).ok();
}

/// Something that says what was said before, and otherwise.
fn reworded(newsroom: &Newsroom, slug: &str) {
    newsroom.edit(&format!("articles/2026/07/{slug}/index.md"), "at berth 4", "for 8 dollars");
}

/// Where an example of `verb` is run, and by whom.
fn place(verb: &str, example: &str) -> (Newsroom, Person) {
    let newsroom = match verb {
        "init" => Newsroom::repository(),
        "tour" => Newsroom::folder(),
        _ => Newsroom::with_profile("pair"),
    };
    let person = match verb {
        "approve" | "return" => JUN,
        "withdraw" => ANA,
        _ => MINA,
    };
    let open = |slug: &str| drop(newsroom.brief(slug));
    let sent = |slug: &str| {
        open(slug);
        newsroom.run(["submit", slug]).ok();
    };
    match verb {
        "check" | "edit" | "show" | "submit" => open("harbor-dredging"),
        "rename" => ["harbor", "ferry"].into_iter().for_each(open),
        "photo" => {
            open("harbor-dredging");
            newsroom.write("dredger.jpg", "a photo").write("../home/Pictures/dredger.jpg", "a photo");
        }
        "approve" | "return" | "undo" => sent("harbor-dredging"),
        "audit" | "build" | "list" => public(&newsroom, "ferry-fares"),
        "correct" => ["ferry-fares", "pier-fire"].into_iter().for_each(|slug| {
            public(&newsroom, slug);
            reworded(&newsroom, slug);
        }),
        "withdraw" => ["ferry-fares", "pier-fire"].into_iter().for_each(|slug| public(&newsroom, slug)),
        "publish" if example.contains("--alone") => {
            newsroom.edit("staff.toml", "\"writer\"", "\"writer\", \"duty\"");
            newsroom.git(["commit", "--quiet", "--all", "--message", "Mina is on duty"]);
            sent("pier-fire");
        }
        "publish" => {
            sent("ferry-fares");
            newsroom.as_(JUN).run(["approve", "--yes"]).ok();
            if example.contains("--cancel") {
                newsroom.run(["publish", "--at", "in 2 hours"]).ok();
            }
        }
        "sync" => public(&newsroom, "ferry-fares"),
        "spike" => open("pier-rumour"),
        "revive" => {
            open("pier-rumour");
            newsroom.run(["spike", "pier-rumour", "--yes"]).ok();
        }
        "import" => {
            newsroom.write("harbor.txt", "Harbor dredging slips\n\nThe dredger waits at berth 4.\n");
        }
        "init" if example.contains("--convert") => {
            newsroom.write("content/posts/pier.md", "---\ntitle: The pier\n---\nIt stands.\n");
        }
        _ => {}
    }
    if example.contains("origin/main") {
        newsroom.git(["update-ref", "refs/remotes/origin/main", "main"]);
    }
    (newsroom, person)
}

#[test]
fn every_example_of_help_runs() {
    let all: Vec<(String, String)> = verbs()
        .iter()
        .flat_map(|verb| examples(verb).into_iter().map(|example| (verb.get_name().to_owned(), example)))
        .collect();
    let failed: Vec<String> = std::thread::scope(|scope| {
        let shares: Vec<_> = all.chunks(all.len().div_ceil(4)).map(|share| scope.spawn(|| failures(share))).collect();
        shares.into_iter().flat_map(|share| share.join().unwrap()).collect()
    });
    assert!(failed.is_empty(), "{}", failed.join("\n"));
    assert!(all.len() > 40, "{}", Cli::clap().get_name());
}

/// What went wrong with which of these examples.
fn failures(all: &[(String, String)]) -> Vec<String> {
    let mut failed = Vec::new();
    for (verb, example) in all {
        let (newsroom, person) = place(verb, example);
        let output = run(&newsroom, person, example);
        // Without a terminal nobody answers; what is then missing is said, and how to give it.
        let asks = output.code == Some(2) && output.stderr.contains("--");
        // Articles may be at fault, and then that is what is said.
        let finds = verb == "check" && output.code == Some(1);
        if output.code != Some(0) && !asks && !finds {
            failed.push(format!("$ {example}\n{output}"));
        }
    }
    failed
}

/// Runs an example in a shell, with what stands for the world outside put in its place.
fn run(newsroom: &Newsroom, person: Person, example: &str) -> crate::newsroom::Output {
    let around = newsroom.around();
    let other = Newsroom::with_profile("pair");
    let line = example
        .split(" | man ")
        .next()
        .unwrap_or_default()
        .replace("/srv/www/post", &around.join("site").to_string_lossy())
        .replace("https://git.example/post.git", &other.path().to_string_lossy());
    let folder = std::path::Path::new(env!("CARGO_BIN_EXE_desk")).parent().unwrap();
    let paths = std::env::var_os("PATH").unwrap_or_default();
    let path = std::env::join_paths(std::iter::once(folder.to_owned()).chain(std::env::split_paths(&paths))).unwrap();
    std::fs::create_dir_all(around.join("home/.local/share/bash-completion/completions")).unwrap();
    let visit = newsroom.as_(person).variable("PATH", &path.to_string_lossy()).variable("EDITOR", "true");
    visit.input("Harbor dredging slips\n\nThe dredger waits at berth 4.\n").run_with("sh", ["-c", &line])
}
