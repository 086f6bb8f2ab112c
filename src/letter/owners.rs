//! CODEOWNERS: whom a forge asks to review which files.
//!
//! A forge knows paths and accounts, and asks any one owner of a path. So the lines here ask the right people; whether
//! enough of them have agreed to the very words is for desk to say, and what no path can tell stands as a comment.

use super::markdown::one_line;
use super::{or, phrases};
use crate::config::{Articles, Glob, Person, Require, Review, Role, Staff, When};
use crate::workflow::{GOVERNED_FILES, GOVERNED_FOLDERS, GOVERNED_NAMES, governors_of};

/// How a forge writes paths in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Syntax {
    /// Patterns like those of .gitignore; of several lines about a path the last one holds. GitHub.
    Globs,
    /// Go's regular expressions over whole paths; every line about a path holds. Forgejo and Gitea.
    Expressions,
}

/// What the file is made of.
#[derive(Debug, Clone, Copy)]
pub struct House<'a> {
    /// Who must agree to what.
    pub review: &'a Review,
    /// Who is who.
    pub staff: &'a Staff,
    /// Where articles are.
    pub articles: &'a Articles,
}

/// desk's lines of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owners {
    /// They, without those that mark where they begin and end.
    pub lines: Vec<String>,
    /// Names of those who would be owners and of whom the staff list knows no login on that forge.
    pub unknown: Vec<String>,
}

const BEGINS: &str = "# desk: begin";
const ENDS: &str = "# desk: end";

/// Why desk's lines cannot be renewed: somebody changed where they begin or end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the lines `{BEGINS}` and `{ENDS}` do not stand there once each, in this order")]
pub struct Unmarked;

/// desk's lines for a forge at `host`, as it writes them.
pub fn owners(house: &House<'_>, syntax: Syntax, host: &str) -> Owners {
    let mut list = List { host, syntax, lines: Vec::new(), unknown: Vec::new() };
    list.articles(house);
    list.governed(house);
    Owners { lines: list.lines, unknown: list.unknown }
}

impl Owners {
    /// The file that says `text` now with these lines in it: in place of those that desk wrote before, else at the end.
    /// Everything else stays as it is.
    pub fn written_into(&self, text: &str) -> Result<String, Unmarked> {
        let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
        let mut block = vec![
            format!("{BEGINS} (desk setup codeowners writes these lines, from desk.toml and staff.toml)"),
            "# A forge asks any one owner of a path; who must have agreed is what desk.toml says.".to_owned(),
        ];
        block.extend(self.lines.iter().cloned());
        block.push(ENDS.to_owned());
        let block: String = block.iter().map(|line| format!("{line}{end}")).collect();
        let mut at = 0;
        let (mut begins, mut ends) = (Vec::new(), Vec::new());
        for line in text.split_inclusive('\n') {
            if line.starts_with(BEGINS) {
                begins.push(at);
            }
            at += line.len();
            if line.trim_end() == ENDS {
                ends.push(at);
            }
        }
        match (&begins[..], &ends[..]) {
            ([], []) => {
                let gap = match text {
                    "" => String::new(),
                    text if text.ends_with('\n') => end.to_owned(),
                    _ => end.repeat(2),
                };
                Ok(format!("{text}{gap}{block}"))
            }
            ([begin], [over]) if begin < over => Ok(format!("{}{block}{}", &text[..*begin], &text[*over..])),
            _ => Err(Unmarked),
        }
    }
}

/// Lines that grow.
struct List<'a> {
    host: &'a str,
    syntax: Syntax,
    lines: Vec<String>,
    unknown: Vec<String>,
}

/// Some paths.
#[derive(Debug, Clone, Copy)]
enum Paths<'a> {
    /// One file.
    File(&'a str),
    /// All in a folder; its path ends in a slash.
    Folder(&'a str),
    /// All of this name.
    Named(&'a str),
    /// All that a pattern of the newsroom's means.
    Meant(&'a Glob),
}

impl List<'_> {
    fn articles(&mut self, house: &House<'_>) {
        self.say("Articles:");
        let always = &house.review.roles;
        if always.is_empty() {
            self.say("anybody on the staff list may say yes to an article, so nobody is asked by path.");
        } else {
            let root = format!("{}/", house.articles.root);
            self.put(&[Paths::Folder(&root)], &self.people(house.staff, always), &roles(always));
        }
        for entry in house.review.require.iter().filter(|entry| !entry.roles.is_empty()) {
            let Some(globs) = globs(entry, house.articles) else {
                self.say(&format!("{}, when {}: no path tells that.", roles(&entry.roles), when(&entry.when)));
                continue;
            };
            let mut asked = entry.roles.clone();
            if self.syntax == Syntax::Globs {
                // Only the last line counts there.
                asked.extend(always.iter().filter(|role| !entry.roles.contains(role)).cloned());
            }
            let paths: Vec<Paths<'_>> = globs.iter().map(Paths::Meant).collect();
            let people = self.people(house.staff, &asked);
            self.put(&paths, &people, &roles(&entry.roles));
        }
    }

    fn governed(&mut self, house: &House<'_>) {
        self.say("How this newsroom works:");
        let people: Vec<Person> = governors_of(house.review, house.staff).into_iter().cloned().collect();
        let files = GOVERNED_FILES.iter().map(|file| Paths::File(file));
        let folders = GOVERNED_FOLDERS.iter().map(|folder| Paths::Folder(folder));
        let names = GOVERNED_NAMES.iter().map(|name| Paths::Named(name));
        let paths: Vec<Paths<'_>> = files.chain(folders).chain(names).collect();
        self.put(&paths, &people, "who may change these files");
    }

    /// Those who have any of these roles.
    fn people(&self, staff: &Staff, asked: &[Role]) -> Vec<Person> {
        staff.people.iter().filter(|person| asked.iter().any(|role| person.has_role(role))).cloned().collect()
    }

    /// A line for each of `paths`; a comment where no line can say it.
    fn put(&mut self, paths: &[Paths<'_>], people: &[Person], what: &str) {
        let mut logins = Vec::new();
        for person in people {
            match login(person, self.host) {
                Some(login) => logins.push(format!("@{login}")),
                None if self.unknown.contains(&person.name) => {}
                None => self.unknown.push(person.name.clone()),
            }
        }
        if logins.is_empty() {
            return self.say(&format!("{what}: the staff list knows no login of theirs here."));
        }
        for path in paths {
            let written = match self.syntax {
                Syntax::Globs => globbed(*path),
                Syntax::Expressions => Some(vec![expressed(*path)]),
            };
            match written {
                Some(all) => self.lines.extend(all.iter().map(|path| format!("{path} {}", logins.join(" ")))),
                None => self.say(&format!("{what}: its path cannot be written here.")),
            }
        }
    }

    fn say(&mut self, what: &str) {
        self.lines.push(format!("# {}", one_line(what)));
    }
}

/// Which paths an entry is about, if paths are all that it is about.
fn globs(entry: &Require, articles: &Articles) -> Option<Vec<Glob>> {
    let When { sections, kinds, tags, paths, words, unnamed_source, changed_words } = &entry.when;
    if !kinds.is_empty() || !tags.is_empty() || !words.is_empty() || unnamed_source.is_some() || changed_words.is_some()
    {
        return None;
    }
    match (&sections[..], &paths[..]) {
        ([], paths) => Some(paths.to_vec()),
        (sections, []) => sections.iter().map(|one| articles.path.of_section(&articles.root, one)).collect(),
        _ => None,
    }
}

/// When an entry applies, as the end of a sentence.
fn when(when: &When) -> String {
    let list = |name: &str, texts: &[String]| {
        let quoted: Vec<String> = texts.iter().map(|text| format!("\"{text}\"")).collect();
        (!quoted.is_empty()).then(|| format!("{name} {}", or(&quoted)))
    };
    let paths: Vec<String> = when.paths.iter().map(ToString::to_string).collect();
    let all = [
        list("section is", &when.sections),
        list("kind is", &when.kinds),
        list("a tag is", &when.tags),
        list("it is in", &paths),
        list("it says", &when.words),
        when.unnamed_source.map(|is| if is { "a source is not named" } else { "every source is named" }.to_owned()),
        when.changed_words.map(|least| format!("it changes {least} words that readers have seen")),
    ];
    all.into_iter().flatten().collect::<Vec<_>>().join(" and ")
}

fn roles(all: &[Role]) -> String {
    phrases::and(&all.iter().map(Role::as_str).collect::<Vec<_>>())
}

/// Who somebody is on the forge at `host`. A number names an account for ever, but not in this file.
fn login<'p>(person: &'p Person, host: &str) -> Option<&'p str> {
    let (_, login) = person.forges.iter().find(|(at, _)| at.eq_ignore_ascii_case(host))?;
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    let is_number = login.bytes().all(|byte| byte.is_ascii_digit());
    (!is_number && login.len() <= 100 && login.bytes().all(is_plain)).then_some(login)
}

/// As GitHub has it: <https://docs.github.com/en/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners>.
/// None for what its patterns cannot say: there is no escaping but that of a space.
fn globbed(paths: Paths<'_>) -> Option<Vec<String>> {
    let all = match paths {
        Paths::File(path) | Paths::Folder(path) => vec![format!("/{path}")],
        Paths::Named(name) => vec![name.to_owned()],
        Paths::Meant(glob) => {
            let text = glob.as_str();
            let last = text.rsplit('/').next().unwrap_or(text);
            // `a/*` means the files right in `a`, `a/*/` all that is deeper.
            if last != "**" && last.contains(['*', '?']) {
                vec![format!("/{text}"), format!("/{text}/")]
            } else {
                vec![format!("/{text}")]
            }
        }
    };
    let is_sound = |path: &String| !path.contains(['#', '[', ']', '\\', '!']) && !path.contains(char::is_control);
    all.iter().all(is_sound).then(|| all.into_iter().map(|path| path.replace(' ', "\\ ")).collect())
}

/// As Forgejo and Gitea have it: <https://docs.gitea.com/usage/repository/code-owners>. The whole path must fit, and a backslash is read twice: once for
/// the line, once for the expression.
fn expressed(paths: Paths<'_>) -> String {
    let expression = match paths {
        Paths::File(path) => literal(path),
        Paths::Folder(path) => format!("{}.*", literal(path)),
        Paths::Named(name) => format!("(.*/)?{}", literal(name)),
        Paths::Meant(glob) => of_glob(glob.as_str()),
    };
    expression.replace('\\', "\\\\").replace(' ', "\\ ").replace('#', "\\#")
}

/// A pattern of the newsroom's, which means what lies in a folder too.
fn of_glob(glob: &str) -> String {
    let parts: Vec<&str> = glob.split('/').collect();
    let mut out = String::new();
    for (at, part) in parts.iter().enumerate() {
        let is_last = at + 1 == parts.len();
        match (*part, is_last) {
            ("**", true) => return out + ".+",
            ("**", false) => out += "(.*/)?",
            (part, _) => {
                for one in part.chars() {
                    match one {
                        '*' => out += "[^/]*",
                        '?' => out += "[^/]",
                        other => out += &literal(other.encode_utf8(&mut [0; 4])),
                    }
                }
                out += if is_last { "(/.*)?" } else { "/" };
            }
        }
    }
    out
}

fn literal(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 4);
    for one in text.chars() {
        if ".+*?()|[]{}^$\\".contains(one) {
            out.push('\\');
        }
        out.push(one);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::RepoPath;
    use crate::config::Config;

    const DESK: &str = "[newsroom]\nid = \"post-1\"\n[articles]\npath = \"{year}/{section}/{slug}\"\n[review]\npeople = 2\nroles = [\"editorial\"]\n\
[[review.require]]\nwhen = { section = [\"courts\"] }\nroles = [\"legal\"]\n\
[[review.require]]\nwhen = { path = [\"articles/a #1/**\"] }\nroles = [\"legal\"]\n\
[[review.require]]\nwhen = { changed-words = 100, kind = [\"news\", \"brief\"] }\nroles = [\"standards\"]\n\
[[review.require]]\nwhen = { unnamed-source = true }\npeople = 3\n";

    const STAFF: &str = "[[people]]\nname = \"Mina\"\nemails = [\"m@x\"]\nroles = [\"admin\"]\nforges = { \"github.com\" = \"mina-park\", \"git.x\" = \"mina\" }\n\
[[people]]\nname = \"Jun\"\nemails = [\"j@x\"]\nroles = [\"editorial\"]\nforges = { \"GitHub.com\" = \"junseo\", \"git.x\" = \"jun\" }\n\
[[people]]\nname = \"Ana\"\nemails = [\"a@x\"]\nroles = [\"legal\"]\nforges = { \"github.com\" = 1234, \"git.x\" = \"ana\" }\n\
[[people]]\nname = \"Lee\"\nemails = [\"l@x\"]\nroles = [\"legal\", \"editorial\"]\nforges = { \"git.x\" = \"lee @all\" }\n";

    fn of(desk: &str, syntax: Syntax, host: &str) -> Owners {
        let path = |name: &str| RepoPath::new(name).expect("a path");
        let config = Config::read(&path("desk.toml"), desk.as_bytes()).expect("a configuration");
        let staff = Staff::read(&path("staff.toml"), STAFF.as_bytes()).expect("a staff list");
        owners(&House { review: &config.review, staff: &staff, articles: &config.articles }, syntax, host)
    }

    #[test]
    fn a_forge_is_told_whom_to_ask() {
        let github = of(DESK, Syntax::Globs, "github.com");
        assert_eq!(github.unknown, ["Lee", "Ana"]);
        insta::assert_snapshot!("globs", github.lines.join("\n"));
        let forgejo = of(DESK, Syntax::Expressions, "git.x");
        assert_eq!(forgejo.unknown, ["Lee"]);
        insta::assert_snapshot!("expressions", forgejo.lines.join("\n"));
        let plain = of("[newsroom]\nid = \"post-1\"\n", Syntax::Globs, "elsewhere.example");
        assert_eq!(plain.unknown, ["Mina"]);
        insta::assert_snapshot!("nobody", plain.lines.join("\n"));
    }

    #[test]
    fn what_others_wrote_stays() {
        let new = Owners { lines: vec!["/desk.toml @mina".to_owned()], unknown: Vec::new() };
        let block = new.written_into("").expect("nothing is in the way");
        assert!(block.starts_with(BEGINS) && block.ends_with("/desk.toml @mina\n# desk: end\n"), "{block}");
        for (before, after) in
            [("*.css @web\n", ""), ("# ours", ""), ("* @all\n", "docs/ @lee\n"), ("\u{feff}# x\r\n", "# y\r\n")]
        {
            let text = format!("{before}{after}");
            let once = new.written_into(&text).expect("no marks");
            assert!(once.starts_with(&text), "{once:?}");
            let more = format!("{once}{after}");
            let other = Owners { lines: vec!["/staff.toml @jun".to_owned(), "# x".to_owned()], unknown: Vec::new() };
            let changed = other.written_into(&more).expect("marks");
            assert!(
                changed.starts_with(&text) && changed.ends_with(after) && !changed.contains("@mina"),
                "{changed:?}"
            );
            assert_eq!(new.written_into(&changed).as_deref(), Ok(more.as_str()));
            assert_eq!(text.contains("\r\n"), once.lines().count() * 2 == once.matches(['\r', '\n']).count());
        }
        for broken in [BEGINS, ENDS, "# desk: end\n# desk: begin\n", &format!("{block}{block}")] {
            assert_eq!(new.written_into(broken), Err(Unmarked), "{broken}");
        }
    }

    /// What Forgejo makes of the path of a line: blanks end it, a backslash makes the next character itself.
    fn compiled(written: &str) -> fancy_regex::Regex {
        let mut token = String::new();
        let mut all = written.chars();
        while let Some(one) = all.next() {
            match one {
                '\\' => token.extend(all.next()),
                ' ' | '#' => panic!("`{written}` is cut"),
                one => token.push(one),
            }
        }
        fancy_regex::Regex::new(&format!("^{token}$")).expect("an expression")
    }

    fn parts(all: &'static [&'static str]) -> impl proptest::strategy::Strategy<Value = String> {
        use proptest::strategy::Strategy as _;
        proptest::collection::vec(proptest::sample::select(all), 1..5).prop_map(|parts| parts.join("/"))
    }

    proptest::proptest! {
        #![proptest_config(proptest::test_runner::Config::with_cases(2_000))]
        #[test]
        fn an_expression_means_what_the_pattern_means(
            glob in parts(&["**", "**", "*", "a", "b", "?", "a*", "a.b", "#1", "a b", "(+"]),
            path in parts(&["a", "b", "ab", "a.b", "axb", "#1", "a b", "(+"]),
        ) {
            let glob: Glob = glob.parse().expect("a pattern");
            let path = RepoPath::new(path).expect("a path");
            let expression = compiled(&expressed(Paths::Meant(&glob)));
            let fits = expression.is_match(path.as_str()).expect("it ends");
            proptest::prop_assert_eq!(fits, glob.matches(&path), "{} {}", glob, path);
        }
    }
}
