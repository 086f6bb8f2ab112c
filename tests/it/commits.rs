//! `desk check --range`: every commit of a push or a pull request.

use crate::newsroom::{ANA, JUN, MINA, Newsroom, Output, Person};

/// Somebody's commit with git alone, of all that is there.
pub fn commit(newsroom: &Newsroom, person: Person, message: &str) -> String {
    newsroom.as_(person).git(["add", "--all"]);
    newsroom.as_(person).git(["commit", "--quiet", "-m", message]);
    newsroom.as_(person).git(["rev-parse", "HEAD"]).trim().to_owned()
}

/// A line a finding: `level[rule] file (in subject, mended by subject)`.
#[track_caller]
pub fn told(newsroom: &Newsroom, range: &str, code: i32) -> Vec<String> {
    let output = newsroom.run(["check", "--range", range, "--format", "json"]);
    assert_eq!(output.code, Some(code), "{output}");
    let again = newsroom.run(["check", "--range", range, "--format", "json"]);
    assert_eq!(output.stdout, again.stdout, "the order is stable");
    let report = output.json();
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let subject = |id: String| newsroom.git(["log", "-1", "--format=%s", &id]).trim().to_owned();
    let findings = report["findings"].as_array().unwrap().iter();
    findings
        .map(|finding| {
            let path = text(&finding["path"]);
            let name = path.trim_start_matches("articles/2026/07/").trim_end_matches("/index.md");
            let by = match finding["mended"].as_str() {
                Some(id) => format!(", mended by {}", subject(id.to_owned())),
                None => String::new(),
            };
            let commit = subject(text(&finding["commit"]));
            format!("{}[{}] {name} (in {commit}{by})", text(&finding["level"]), text(&finding["rule"]))
        })
        .collect()
}

/// A brief that everybody agreed to; the path of its text.
pub fn published(newsroom: &Newsroom, slug: &str) -> String {
    let path = newsroom.brief(slug);
    newsroom.run(["submit", slug]).ok();
    newsroom.as_(JUN).run(["approve", slug, "--yes"]).ok();
    newsroom.run(["publish", slug]).ok();
    path
}

/// A second brief, written by hand, with an id of its own.
pub fn draft(newsroom: &Newsroom, slug: &str, words: &str) -> String {
    let path = format!("articles/2026/07/{slug}/index.md");
    let front = "title = \"The quay\"\nsection = \"local\"\ndate = 2026-07-26T09:00:00Z\ndraft = true\n";
    let desk = "[desk]\nid = \"01K0Z6H8Q2W3N4P5R6S7T8V9WX\"\nkind = \"brief\"\nstage = \"draft\"\n";
    newsroom.write(&path, format!("+++\n{front}\n{desk}+++\n{words}\n"));
    path
}

#[test]
fn what_desk_does_is_legal_from_the_first_commit_to_the_last() {
    let newsroom = Newsroom::new();
    let founded = newsroom.git(["rev-parse", "main"]).trim().to_owned();
    let path = published(&newsroom, "harbor");
    newsroom.edit(&path, "berth 4", "berth 5");
    newsroom.run(["edit", "harbor", "--no-edit"]).ok();
    newsroom.tell("harbor").run(["submit", "harbor"]).ok();
    assert_eq!(told(&newsroom, "main..desk/harbor", 0), [""; 0], "a correction in the making");
    newsroom.as_(JUN).run(["approve", "harbor", "--yes"]).ok();
    newsroom.run(["publish", "harbor"]).ok();
    assert_eq!(told(&newsroom, &format!("{founded}..main"), 0), [""; 0]);
    assert_eq!(told(&newsroom, "0000000000000000000000000000000000000000..main", 0), [""; 0]);
    insta::assert_snapshot!(newsroom.run(["check", "--range", &format!("{founded}..main")]), @r"
    --- stderr ---
    7 commits, 1 article checked, nothing found.
    [exit 0]
    ");
}

#[test]
fn a_finding_that_a_later_commit_mends_does_not_fail() {
    let newsroom = Newsroom::new();
    newsroom.git(["switch", "--quiet", "-c", "work"]);
    let path = draft(&newsroom, "quay", "The the quay is shut.");
    newsroom.edit(&path, "section = \"local\"", "section = 7");
    commit(&newsroom, MINA, "one");
    newsroom.edit(&path, "section = 7", "section = \"local\"");
    commit(&newsroom, MINA, "two");
    let expected = ["note[wrong-type] quay (in one, mended by two)", "warning[doubled-word] quay (in one)"];
    assert_eq!(told(&newsroom, "main..work", 0), expected);
    let expected = ["error[wrong-type] quay (in one)", "warning[doubled-word] quay (in one)"];
    assert_eq!(told(&newsroom, "main..work~1", 1), expected);
    insta::assert_snapshot!(shown(&newsroom, "main..work"), @r"
    note[wrong-type]: `section` must be text in quotes, not a number
     --> articles/2026/07/quay/index.md:3:11
      |
    3 | section = 7
      |           ^
      |
    In [one], mended by [two].
    Holds nothing.                           Why: desk check --explain wrong-type

    warning[doubled-word]: `the` stands twice
      --> articles/2026/07/quay/index.md:12:1
       |
    12 | The the quay is shut.
       | ^^^^^^^
       |
    In [one].
    Holds nothing.                           Why: desk check --explain doubled-word

    1 warning, 1 note
    [exit 0]
    ");
}

/// The screen, each commit by its subject.
fn shown(newsroom: &Newsroom, range: &str) -> String {
    let mut text = newsroom.run(["check", "--range", range]).to_string();
    for line in newsroom.git(["log", "--all", "--format=%H %s"]).lines() {
        let (id, subject) = line.split_once(' ').unwrap();
        text = text.replace(id, subject).replace(&id[..7], &format!("[{subject}]"));
    }
    text
}

#[test]
fn an_illegal_move_fails_wherever_it_stands() {
    let newsroom = Newsroom::new();
    newsroom.git(["switch", "--quiet", "-c", "work"]);
    let path = draft(&newsroom, "quay", "The quay is shut.");
    commit(&newsroom, MINA, "one");
    newsroom.edit(&path, "draft = true", "draft = false").edit(&path, "stage = \"draft\"", "stage = \"published\"");
    commit(&newsroom, MINA, "two");
    newsroom.edit(&path, "draft = false", "draft = true").edit(&path, "stage = \"published\"", "stage = \"draft\"");
    commit(&newsroom, MINA, "three");
    assert_eq!(told(&newsroom, "main..work", 1), ["error[illegal-move] quay (in two)"]);
}

#[test]
fn public_words_change_in_corrections_alone() {
    let newsroom = Newsroom::new();
    let path = published(&newsroom, "harbor");
    newsroom.git(["switch", "--quiet", "-c", "work"]);
    newsroom.edit(&path, "berth 4", "berth 5");
    commit(&newsroom, MINA, "one");
    assert_eq!(told(&newsroom, "main..work", 1), ["error[stealth-edit] harbor (in one)"]);
    insta::assert_snapshot!(shown(&newsroom, "main..work"), @r"
    error[stealth-edit]: public words were changed and no record says so
    --> articles/2026/07/harbor/index.md
     = help: take the change back; then desk correct, desk submit and desk
             publish, which tell readers
    In [one].
    Holds: every move.                       Why: desk check --explain stealth-edit

    1 error
    [exit 1]
    ");
    // The same on the public version itself.
    newsroom.git(["switch", "--quiet", "main"]);
    newsroom.git(["merge", "--quiet", "--no-ff", "-m", "two", "work"]);
    let expected = ["error[stealth-edit] harbor (in one)", "error[stealth-edit] harbor (in two)"];
    assert_eq!(told(&newsroom, "main~1..main", 1), expected);
}

#[test]
fn kept_lines_and_records_are_not_for_hands() {
    let newsroom = Newsroom::new();
    let path = published(&newsroom, "harbor");
    let before = newsroom.git(["rev-parse", "main"]).trim().to_owned();
    newsroom.git(["switch", "--quiet", "-c", "work"]);
    newsroom.edit(&path, "date = 2026-07-25", "date = 2026-07-24");
    commit(&newsroom, MINA, "one");
    let record = newsroom.git(["ls-files", "records/"]).trim().to_owned();
    newsroom.write(&record, newsroom.read(&record) + "\n");
    commit(&newsroom, MINA, "two");
    let expected = ["error[kept-lines] harbor (in one)", &format!("error[record-edited] {record} (in two)")];
    assert_eq!(told(&newsroom, "main..work", 1), expected);
    newsroom.git(["switch", "--quiet", "main"]);
    newsroom.git(["merge", "--quiet", "--ff-only", "work"]);
    let expected = ["error[kept-lines] harbor (in one)", &format!("error[record-edited] {record} (in two)")];
    assert_eq!(told(&newsroom, &format!("{before}..main"), 1), expected, "judged as steps of the public version");
}

#[test]
fn the_base_says_who_may_change_the_rules() {
    let newsroom = Newsroom::new();
    newsroom.git(["switch", "--quiet", "-c", "work"]);
    newsroom.edit("staff.toml", "roles = [\"legal\"]", "roles = [\"legal\", \"admin\", \"editorial\"]");
    commit(&newsroom, ANA, "one");
    newsroom.write("desk.toml", newsroom.read("desk.toml") + "\n[site]\n");
    commit(&newsroom, ANA, "two");
    let expected = ["error[governed-file] desk.toml (in two)", "error[governed-file] staff.toml (in one)"];
    assert_eq!(told(&newsroom, "main..work", 1), expected);
    newsroom.git(["switch", "--quiet", "-c", "other", "main"]);
    newsroom.write("desk.toml", newsroom.read("desk.toml") + "\n[[[\n");
    commit(&newsroom, MINA, "three");
    assert_eq!(told(&newsroom, "main..other", 1), ["error[invalid-toml] desk.toml (in three)"]);
}

#[test]
fn a_merge_answers_for_what_it_does_itself() {
    let newsroom = Newsroom::new();
    let path = published(&newsroom, "harbor");
    newsroom.git(["switch", "--quiet", "-c", "work", "main~1"]);
    draft(&newsroom, "quay", "The quay is shut.");
    commit(&newsroom, MINA, "one");
    newsroom.git(["merge", "--quiet", "--no-ff", "-m", "two", "main"]);
    assert_eq!(
        told(&newsroom, "main..work", 0),
        [""; 0],
        "what came from the public version is not the branch's doing"
    );
    // A merge that brings an edit of its own.
    newsroom.edit(&path, "berth 4", "berth 5");
    newsroom.git(["commit", "--quiet", "--all", "--amend", "--no-edit"]);
    assert_eq!(told(&newsroom, "main..work", 1), ["error[stealth-edit] harbor (in two)"]);
    // A merge that throws away what the public version has.
    newsroom.git(["reset", "--quiet", "--hard", "work~1"]);
    newsroom.git(["merge", "--quiet", "--no-ff", "-s", "ours", "-m", "three", "main"]);
    let found = told(&newsroom, "main..work", 1);
    assert!(found.iter().all(|line| line.ends_with("(in three)")), "{found:?}");
    assert_eq!(found.len(), 2, "{found:?}");
}

#[test]
fn a_place_that_is_taken_is_told_without_reading_the_whole_newsroom() {
    let newsroom = Newsroom::new();
    published(&newsroom, "harbor");
    newsroom.git(["switch", "--quiet", "-c", "work"]);
    let path = draft(&newsroom, "quay", "The quay is shut.");
    newsroom.edit(&path, "title = \"The quay\"", "title = \"The quay\"\nslug = \"harbor\"");
    commit(&newsroom, MINA, "one");
    assert_eq!(told(&newsroom, "main..work", 1), ["error[duplicate-slug] quay (in one)"]);
    // What links to an article that no commit touched is not dead: that is for a check of all articles.
    newsroom.edit(&path, "slug = \"harbor\"\n", "").edit(&path, "The quay is", "[The quay](../harbor/index.md) is");
    commit(&newsroom, MINA, "two");
    assert_eq!(told(&newsroom, "main..work", 0), [""; 0]);
}

#[test]
fn ranges_that_hold_nothing() {
    let newsroom = Newsroom::new();
    let path = draft(&newsroom, "quay", "The quay is shut.");
    commit(&newsroom, MINA, "one");
    insta::assert_snapshot!(newsroom.run(["check", "--range", "main..main"]), @r"
    --- stderr ---
    0 commits, 0 articles checked, nothing found.
    [exit 0]
    ");
    insta::assert_snapshot!(newsroom.run(["check", "--range", "main..main~1"]), @r"
    --- stderr ---
    error: `main` comes after `main~1`: nothing lies between them
    help: desk check --range main~1..main
    [exit 2]
    ");
    insta::assert_snapshot!(newsroom.run(["check", "--range", "mian..main"]), @r"
    --- stderr ---
    error: git knows nothing called `mian` here
    help: give a commit, a branch or a tag: git branch --all lists the branches
    [exit 2]
    ");
    insta::assert_snapshot!(newsroom.run(["check", "--range", "main"]), @r"
    --- stderr ---
    error: invalid value 'main' for '--range <A..B>': write it as A..B

    For more information, try '--help'.
    [exit 2]
    ");
    insta::assert_snapshot!(newsroom.run(["check", "--range", "main..", &path]), @r"
    --- stderr ---
    error: the argument '--range <A..B>' cannot be used with '[PATH]...'

    Usage: desk check --range <A..B> [PATH]...

    For more information, try '--help'.
    [exit 2]
    ");
    insta::assert_snapshot!(newsroom.run(["check", "--range", "1234567890123456789012345678901234567890..main"]), @r"
    --- stderr ---
    error: `1234567890123456789012345678901234567890` is not in this copy of the newsroom
    help: git fetch origin 1234567890123456789012345678901234567890
    [exit 3]
    ");
}

/// `desk` in a shallow copy of the newsroom.
fn in_a_copy(newsroom: &Newsroom, depth: &str, range: &str) -> Output {
    let around = newsroom.around();
    let (from, to) = (format!("file://{}", newsroom.path().display()), around.join("copy"));
    std::fs::remove_dir_all(&to).ok();
    newsroom.git(["clone", "--quiet", "--depth", depth, "--branch", "work", &from, &to.display().to_string()]);
    newsroom.run(["-C", &to.display().to_string(), "check", "--range", range])
}

#[test]
fn a_shallow_copy_says_how_to_get_the_rest() {
    let newsroom = Newsroom::new();
    let base = newsroom.git(["rev-parse", "main"]).trim().to_owned();
    newsroom.git(["switch", "--quiet", "-c", "work"]);
    draft(&newsroom, "quay", "The quay is shut.");
    commit(&newsroom, MINA, "one");
    newsroom.write("notes.txt", "more");
    commit(&newsroom, MINA, "two");
    insta::assert_snapshot!(
        in_a_copy(&newsroom, "1", &format!("{base}..HEAD")).to_string().replace(&base, "[base]"), @r"
    --- stderr ---
    error: `[base]` is not in this copy of the newsroom
      this copy has only the newest part of the history
      git fetch --deepen=100 gets a hundred commits more at a time
      in a GitHub workflow: fetch-depth: 0 for actions/checkout; in GitLab: GIT_DEPTH: 0
    help: git fetch --unshallow
    [exit 3]
    "
    );
    insta::assert_snapshot!(in_a_copy(&newsroom, "1", "origin/main..HEAD"), @r"
    --- stderr ---
    error: `origin/main` is not in this copy of the newsroom
      this copy has only the newest part of the history
      git fetch --deepen=100 gets a hundred commits more at a time
      in a GitHub workflow: fetch-depth: 0 for actions/checkout; in GitLab: GIT_DEPTH: 0
    help: git fetch --unshallow origin main:refs/remotes/origin/main
    [exit 3]
    ");
    assert_eq!(in_a_copy(&newsroom, "1", "HEAD..HEAD").code, Some(0));
    // The public version need not be here by name.
    assert_eq!(in_a_copy(&newsroom, "3", &format!("{base}..HEAD")).code, Some(0));
    assert_eq!(in_a_copy(&newsroom, "2", "..HEAD").code, Some(3));
}

#[test]
fn a_folder_is_checked_as_its_own_site_reads_it() {
    let newsroom = Newsroom::folder();
    newsroom
        .write("content/posts/quay.md", "+++\ntitle = \"The quay\"\n+++\nA <b>quay</b>: [the berth](@/berth.md).\n");
    newsroom
        .write("content/berth.md", "+++\ntitle = \"Berth\"\n+++\n[Below](#preis-ubersicht).\n\n## Preis-Übersicht\n");
    let dead = "content/posts/quay.md:4:16: error[dead-link] there is no article at `@/berth.md`";
    let anchor = "content/berth.md:4:1: error[missing-anchor] no heading here is called `#preis-ubersicht`";
    let told = newsroom.run(["check", "--format", "short"]);
    assert!(told.stdout.contains(dead) && told.stdout.contains(anchor) && !told.stdout.contains("raw-html"), "{told}");
    newsroom.write("config.toml", "base_url = \"https://post.example\"\ncompile_sass = true\n");
    assert_eq!(newsroom.run(["check", "--format", "short"]).ok(), "");
    // Hugo leaves raw HTML out.
    newsroom.write("config.toml", "baseURL = \"https://post.example\"\ncontentDir = \"content\"\n");
    assert!(newsroom.run(["check", "--format", "short"]).stdout.contains("raw-html"));
}

#[test]
fn any_folder_of_markdown_can_be_checked() {
    let newsroom = Newsroom::folder();
    newsroom.write("posts/quay.md", "+++\ntitle = \"The quay\"\n+++\nThe the quay is shut.\n");
    newsroom.write("posts/berth/index.md", "+++\ntitle = \"Berth\"\n\n[[photos]]\nfile = \"a.jpg\"\n+++\nWords.\n");
    newsroom.write("posts/berth/notes.md", "The the notes belong to the berth.\n");
    newsroom.write("README.md", "# The the read me\n");
    newsroom.write(".hidden/a.md", "+++\ntitle = = 1\n+++\n");
    insta::assert_snapshot!(newsroom.run(["check", "--format", "short"]), @r"
    posts/berth/index.md:5:8: error[missing-photo] there is no `a.jpg` in the article's folder
    posts/berth/index.md:5:8: error[photo-alt] this photo has no description for people who cannot see it
    posts/berth/index.md:5:8: error[photo-caption] this photo has no caption
    posts/berth/index.md:5:8: error[photo-credit] this photo does not say whose it is
    posts/quay.md:4:1: warning[doubled-word] `the` stands twice
    --- stderr ---
    1 Markdown file without TOML front matter passed by.
    [exit 1]
    ");
    insta::assert_snapshot!(newsroom.run(["check", "posts/quay.md"]), @r"
    warning[doubled-word]: `the` stands twice
     --> posts/quay.md:4:1
      |
    4 | The the quay is shut.
      | ^^^^^^^
      |
    Holds nothing.                           Why: desk check --explain doubled-word

    1 warning
    [exit 0]
    ");
    insta::assert_snapshot!(newsroom.run(["check", "posts/berth", "--format", "json"]).json()["checked"], @r"
    1
    ");
    insta::assert_snapshot!(newsroom.run(["check", "nowhere"]), @r"
    --- stderr ---
    error: there is nothing to check at `nowhere`
    [exit 2]
    ");
    insta::assert_snapshot!(newsroom.run(["check", "README.md", "--format", "short"]), @r"
    README.md:1:1: warning[heading-levels] level 1 is the title's: begin with ## in the body
    README.md:1:1: error[no-front-matter] this file has no front matter
    README.md:1:3: warning[doubled-word] `the` stands twice
    [exit 1]
    ");
    insta::assert_snapshot!(newsroom.run(["check", "--range", "a..b"]), @r"
    --- stderr ---
    error: there is no newsroom in this folder
    help: desk init
    [exit 2]
    ");
    // A repository without a newsroom is read in the same way, less what git ignores.
    newsroom.git(["init", "--quiet"]);
    newsroom.write(".gitignore", "posts/berth\n");
    assert_eq!(newsroom.run(["check", "--format", "json"]).json()["checked"], 1);
    assert_eq!(newsroom.run(["-C", "posts", "check", "--format", "json"]).json()["checked"], 1);
    commit(&newsroom, MINA, "one");
    insta::assert_snapshot!(newsroom.run(["check", "--range", "..HEAD"]), @r"
    --- stderr ---
    error: there is no newsroom in this folder
    help: desk init
    [exit 2]
    ");
    insta::assert_snapshot!(Newsroom::folder().run(["check"]), @r"
    --- stderr ---
    error: there is no newsroom in this folder
      nor any Markdown with TOML front matter
    help: desk init
    [exit 2]
    ");
}

#[test]
fn what_the_next_commit_would_change_is_checked_as_it_would_have_it() {
    let newsroom = Newsroom::new();
    let quay = draft(&newsroom, "quay", "The quay is shut.");
    let told = |args: &[&str]| {
        let output = newsroom.run(["check", "--format", "json"].iter().chain(args));
        let report = output.json();
        let rules = report["findings"].as_array().unwrap().iter();
        let rules: Vec<String> = rules.map(|finding| finding["rule"].as_str().unwrap().to_owned()).collect();
        (report["checked"].as_u64().unwrap(), rules, output.code.unwrap())
    };
    assert_eq!(told(&["--staged"]), (0, vec![], 0), "nothing is staged");
    newsroom.git(["add", "--all"]);
    newsroom.edit(&quay, "The quay is", "The the quay is");
    assert_eq!(told(&["--staged"]), (1, vec![], 0), "the folder's words are not what is committed");
    newsroom.git(["add", "--all"]);
    newsroom.edit(&quay, "The the quay is", "The quay is");
    assert_eq!(told(&["--staged"]), (1, vec!["doubled-word".to_owned()], 0));
    assert_eq!(told(&["--staged", "articles"]), (1, vec!["doubled-word".to_owned()], 0));
    assert_eq!(told(&["--staged", "quay", "--deny-warnings"]), (1, vec!["doubled-word".to_owned()], 1));
    newsroom.git(["commit", "--quiet", "-m", "one"]);
    assert_eq!(told(&["--staged"]), (0, vec![], 0));
    // What was, and what changed since.
    assert_eq!(told(&["--rev", "HEAD"]), (1, vec!["doubled-word".to_owned()], 0));
    assert_eq!(told(&["--rev", "HEAD~1"]), (0, vec![], 0));
    assert_eq!(told(&["--since", "HEAD~1"]), (1, vec![], 0), "as it lies in the folder");
    commit(&newsroom, MINA, "two");
    assert_eq!(told(&["--since", "HEAD"]), (0, vec![], 0));
    assert_eq!(told(&["--since", "HEAD~1"]), (1, vec![], 0));
    newsroom.write("articles/2026/07/quay/unused.txt", "x");
    assert_eq!(told(&["--since", "HEAD"]).0, 1, "an article is its folder");
    insta::assert_snapshot!(newsroom.run(["check", "--since", "yesterday"]), @r"
    --- stderr ---
    error: git knows nothing called `yesterday` here
    help: give a commit, a branch or a tag: git branch --all lists the branches
    [exit 2]
    ");
    insta::assert_snapshot!(newsroom.run(["check", "--staged", "--rev", "HEAD"]), @r"
    --- stderr ---
    error: the argument '--staged' cannot be used with '--rev <REV>'

    Usage: desk check --staged [PATH]...

    For more information, try '--help'.
    [exit 2]
    ");
}
