//! What the newsroom refuses or cannot do, in an editor's words: what happened, why, and the one command that helps.

use super::{Error, Kind, moving, words};
use crate::article::amendment::Untold;
use crate::article::{Move, Slug};
use crate::finding::line_column;
use crate::newsroom::{
    self, AfterSave, ForgeError, Hindrance, Publicity, RefusedMove, SentMove, Undelivered, Unlanded,
};
use crate::workflow::{Missing, NotCounted, Refusal};

/// What a refusal leaves behind.
pub(super) const NOTHING_CHANGED: &str = "nothing was changed";

/// The same, where the words of the folder were saved before it.
const NOTHING_ELSE_CHANGED: &str = "nothing else was changed";

impl From<newsroom::Error> for Error {
    fn from(error: newsroom::Error) -> Self {
        use newsroom::Error as From;
        if error.is_nowhere() {
            return Self::usage("there is no newsroom in this folder").help("desk init");
        }
        match error {
            From::Founded => Self::usage("there is a newsroom in this folder already").help("desk"),
            From::NoBase(name) => Self::world(format!("the public version's branch `{name}` does not exist here"))
                .because("desk.toml names it as `base` in [articles]")
                .help(format!("git fetch origin {name}:{name}")),
            From::NothingKept(name) => {
                Self::world(format!("git keeps nothing of this newsroom yet: `{name}` is empty"))
                    .because("desk.toml lies in this folder; it counts when the public version has it")
                    .help("git add --all && git commit -m \"Set up the newsroom\"")
            }
            From::NoBranch => Self::world("this repository shows one version of the past, not a branch")
                .because("a newsroom is founded on the branch that readers are served from; nothing was changed")
                .help("git switch main (git branch lists all)"),
            From::Configuration { path, text, findings } => configuration(&path, &text, &findings),
            From::NotFound { name, like } => not_found(&name, &like),
            From::WhichOne { name, could } => which_one(name.as_deref(), &could),
            From::NothingOpen => Self::articles("no article is open here").help("desk list"),
            From::Taken(slug) => Self::articles(format!("there is an article called `{slug}` already"))
                .help(format!("desk show {slug}, or choose another name with --slug")),
            From::InTheWay(home) => Self::articles(format!("`{home}` is in the way"))
                .because(NOTHING_CHANGED)
                .help("move it elsewhere, or choose another name"),
            From::AddressTaken { address, by } => Self::articles(format!("readers find `{by}` at `{address}`"))
                .because("an address leads to one article for ever")
                .help(format!("desk show {by}, or choose another name with --slug")),
            From::NoKind { kind, kinds } => Self::usage(format!("there is no kind of article called `{kind}`"))
                .because(format!("there are: {}", kinds.join(", "))),
            From::NoSlug(title) => {
                Self::usage(format!("no short name can be made of the title `{title}`")).help("give one with --slug")
            }
            From::Slug(invalid) => Self::usage(invalid.to_string()).help("--slug harbor-dredging"),
            From::Given(said) => Self::usage(said),
            From::Refused(refused) => {
                refused.besides.iter().fold(of_move(&refused), |error, line| error.because(line.clone()))
            }
            From::AfterSave(after) => {
                let AfterSave { slug, saved, error } = *after;
                let done = Some(format!("Saved {slug}: {}.", moving::saved_words(&saved)));
                Self { done, ..nothing_else(Self::from(error)) }
            }
            From::Sent(sent) => of_sent(&sent),
            From::Undelivered(undelivered) => {
                self::undelivered(&undelivered, NOTHING_CHANGED, "").help_unless("try again when it answers")
            }
            From::Parted => Self::articles("the public version went on here and elsewhere, each in its own way")
                .because("what was made public here has not left this computer; nothing was changed")
                .help("desk undo takes it back, then desk sync"),
            From::Unplaced(unplaced) => Self::usage(unplaced.to_string())
                .because("[forge] in desk.toml says where pull requests are")
                .help("desk doctor"),
            From::Unlanded(why) => unlanded(&why),
            From::Forge(error) => of_forge(&error),
            From::Unsettled(why) => Self::usage(why.to_string()).because(NOTHING_CHANGED).help("desk sync"),
            From::Meanwhile(slug) => Self::articles(format!("`{slug}` changed while you looked at it"))
                .because(NOTHING_CHANGED)
                .help(format!("desk sync {slug}")),
            From::Shallow => Self::world("this copy has only a part of the newsroom's history")
                .because("what came before it cannot be shown from here")
                .help("git fetch --unshallow"),
            From::NoRevision(name) => Self::usage(format!("git knows nothing called `{name}` here"))
                .help("give a commit, a branch or a tag: git branch --all lists the branches"),
            From::NotHere { name, shallow } => not_here(&name, shallow),
            From::CutShort(commit) => Self::world("this copy has only the newest part of the newsroom's history")
                .because(format!("it ends at {}, and commits before that are to be checked", commit.short()))
                .because("git fetch --deepen=100 gets a hundred commits more at a time")
                .because("in a GitHub workflow: fetch-depth: 0 for actions/checkout; in GitLab: GIT_DEPTH: 0")
                .help("git fetch --unshallow"),
            From::Reversed(earlier, later) => {
                Self::usage(format!("`{later}` comes after `{earlier}`: nothing lies between them"))
                    .help(format!("desk check --range {earlier}..{later}"))
            }
            From::Process(error) => Self::from(error),
            other => {
                let help = other.remedy();
                let kept = other.changed_nothing();
                let mut error = Self::from_room(Kind::World, other);
                error.why.extend(kept.then(|| NOTHING_CHANGED.to_owned()));
                Self { help, ..error }
            }
        }
    }
}

/// What a remote did not take. `left` is what became of the words; of article `slug`, where one is meant.
pub(super) fn undelivered(undelivered: &Undelivered, left: &str, slug: &str) -> Error {
    let remote = &undelivered.remote;
    match &undelivered.why {
        Hindrance::Unreached(said) => {
            let said = said.lines().find(|line| !line.trim().is_empty()).unwrap_or("it gave no reason");
            Error::world(format!("`{remote}` did not answer")).because(said.trim().to_owned()).because(left)
        }
        Hindrance::Forbidden(said) => Error::world(format!("you may read `{remote}`, and not write to it"))
            .because(said.trim().to_owned())
            .because(left)
            .help("push the branch to a copy of your own there, and open the pull request from it"),
        Hindrance::Behind => Error::articles(format!("`{remote}` has words that are not here yet"))
            .because(left)
            .help(format!("desk sync {slug}").trim_end().to_owned()),
        Hindrance::Declined { reason, said } => {
            let declined = Error::world(format!("`{remote}` did not take it")).because(reason.clone());
            let said = said.iter().take(SAID).fold(declined, |error, line| error.because(line.clone()));
            said.because(left).help("desk doctor says what stands in the way")
        }
        Hindrance::Embargoed(until) => {
            Error::articles(format!("the words are under embargo, and more people than the staff read `{remote}`"))
                .because(format!("they may be public from {until} on"))
                .because(left)
                .help("name the remotes that only the staff can read: `private` under [newsroom] in desk.toml")
        }
    }
}

/// Why a pull request did not land.
fn unlanded(why: &Unlanded) -> Error {
    let error = Error::articles(why.to_string());
    match why {
        Unlanded::Refused { page, said, .. } => error.because(said.clone()).because(NOTHING_PUBLIC).help(page.clone()),
        Unlanded::Undecided { .. } => error.because(NOTHING_PUBLIC).help("try again in a minute"),
        Unlanded::Queue { .. } => error
            .because("a queue puts words together that nobody has read together")
            .because(NOTHING_PUBLIC)
            .help("take the merge queue out of the branch's rules: desk doctor says more"),
        Unlanded::Unfit { unfit, .. } => error
            .because(unfit.to_string())
            .because(NOTHING_PUBLIC)
            .help("let the repository's rules allow merge commits, or squashing: desk doctor says more"),
        Unlanded::NotPinned { .. } => error
            .because("it might merge words that were sent in the same moment")
            .because(NOTHING_PUBLIC)
            .help("desk doctor says what it runs, and what it needs"),
        Unlanded::Closed { page } => {
            error.because(NOTHING_PUBLIC).help(format!("open it again at {page}, or desk submit opens another"))
        }
        Unlanded::Unrecorded { page, hindrance, public } => {
            let left = match public {
                Publicity::Hidden => "readers do not see it until it is recorded",
                Publicity::Public => "readers see it, and no record says yet who agreed",
            };
            Error { what: error.what, ..undelivered(hindrance, left, "") }
                .because(format!("landed through {page}"))
                .help("desk tick records it once that is taken; desk doctor says what stands in the way")
        }
        Unlanded::Deeds { page, deeds } => deeds
            .iter()
            .take(SAID)
            .fold(error, |error, deed| error.because(deed.clone()))
            .because(NOTHING_PUBLIC)
            .help(format!("take it out of the branch: {page}")),
        Unlanded::Besides { page, slug } => error
            .because(NOTHING_PUBLIC)
            .help(format!("desk show {slug} --needs, or take it out of the branch: {page}")),
        Unlanded::OtherWords { page } => error
            .because("somebody changed the words or the way there in that moment: they are not recorded")
            .help(format!("desk sync, then look at {page}")),
    }
}

/// What did not land is not seen by anybody.
const NOTHING_PUBLIC: &str = "nothing became public";

/// What a forge did not do or say.
pub(super) fn of_forge(error: &ForgeError) -> Error {
    let said = Error::world(error.to_string());
    match error {
        ForgeError::NoToken { host, .. } | ForgeError::NotSignedIn { host, .. } => said.help(match host.as_str() {
            "github.com" => "gh auth login, or set GH_TOKEN".to_owned(),
            host => format!("set GH_ENTERPRISE_TOKEN or FORGEJO_TOKEN, or let git keep a token for {host}"),
        }),
        ForgeError::Limited { .. } | ForgeError::NoAnswer { .. } => said.help("try again later"),
        ForgeError::NotFound { .. } | ForgeError::Moved { .. } => {
            said.help("git remote -v shows where it is looked for")
        }
        _ => said,
    }
}

/// How many lines of what a remote said are repeated.
const SAID: usize = 6;

/// The same after something was done that was said already.
pub(super) fn nothing_else(mut error: Error) -> Error {
    for why in error.why.iter_mut().filter(|why| *why == NOTHING_CHANGED) {
        NOTHING_ELSE_CHANGED.clone_into(why);
    }
    error
}

/// What cannot be taken back: the move that leads the other way.
fn of_sent(sent: &SentMove) -> Error {
    let error = Error::articles(format!("`{}` has left this computer: others have it by now", sent.summary))
        .because("what has left is not moved back; nothing was changed");
    let Some((slug, stage)) = &sent.article else { return error.help("desk") };
    error.help(match stage.as_str() {
        "published" => format!("desk correct {slug} tells readers, desk withdraw {slug} takes it from them"),
        "review" => format!("desk return {slug}"),
        "spiked" | "withdrawn" => format!("desk revive {slug}"),
        _ => format!("desk edit {slug}, or desk spike {slug}"),
    })
}

/// A commit that is not in this copy: how to get it.
fn not_here(name: &str, shallow: bool) -> Error {
    let error = Error::world(format!("`{name}` is not in this copy of the newsroom"));
    let remote = name.split_once('/').filter(|(_, branch)| !branch.is_empty());
    let branch = remote.map(|(remote, branch)| format!("{remote} {branch}:refs/remotes/{remote}/{branch}"));
    if !shallow {
        return error.help(format!("git fetch {}", branch.unwrap_or_else(|| format!("origin {name}"))));
    }
    let error = error
        .because("this copy has only the newest part of the history")
        .because("git fetch --deepen=100 gets a hundred commits more at a time")
        .because("in a GitHub workflow: fetch-depth: 0 for actions/checkout; in GitLab: GIT_DEPTH: 0");
    match branch {
        Some(branch) => error.help(format!("git fetch --unshallow {branch}")),
        None => error.help("git fetch --unshallow"),
    }
}

fn configuration(path: &str, text: &str, findings: &[crate::finding::Finding]) -> Error {
    let mut error = Error::usage(format!("`{path}` cannot be used as it is"));
    for finding in findings {
        let place = finding.span.map(|span| line_column(text, span.start));
        let place = place.map(|at| format!("{path}:{}:{}: ", at.line, at.column)).unwrap_or_default();
        error = error.because(format!("{place}{}", finding.message));
        if let Some(help) = &finding.help {
            error = error.because(format!("  {help}"));
        }
    }
    if path.starts_with("records/") {
        error
    } else {
        error.help(format!("mend it, then: git commit -m \"Mend {path}\" {path}"))
    }
}

fn not_found(name: &str, like: &[Slug]) -> Error {
    let error = Error::articles(format!("no article is called `{name}`"));
    match like {
        [] => error.help("desk list"),
        [slug] => error.because(format!("did you mean `{slug}`?")),
        _ => error.because(format!("did you mean {}?", words::or(&quoted(like)))),
    }
}

fn which_one(name: Option<&str>, could: &[Slug]) -> Error {
    let what = match name {
        Some(name) => format!("`{name}` could be several articles"),
        None => "several articles are open: which one?".to_owned(),
    };
    Error::usage(what).because(quoted(could).join(", ")).help("name one, or a clear beginning of it")
}

fn quoted(slugs: &[Slug]) -> Vec<String> {
    slugs.iter().map(|slug| format!("`{slug}`")).collect()
}

fn of_move(refused: &RefusedMove) -> Error {
    let slug = &refused.slug;
    let error = |what: String| Error::articles(what).because(NOTHING_CHANGED);
    match &refused.refusal {
        Refusal::Missing(missing) => of_missing(slug, missing, refused.by.as_deref()),
        Refusal::NotLegal { step: Move::Withdraw, stage } if stage.as_str() == "withdrawn" => {
            error(format!("`{slug}` is withdrawn already")).help(format!("desk show {slug} --history"))
        }
        Refusal::NotLegal { step: Move::Correct, .. } => {
            error(format!("`{slug}` is not public: there is nothing to correct")).help(format!("desk edit {slug}"))
        }
        Refusal::NotLegal { step: Move::Withdraw, .. } => {
            error(format!("`{slug}` is not public: there is nothing to withdraw")).help(format!("desk spike {slug}"))
        }
        Refusal::NotLegal { step, stage } => {
            let help = match step {
                _ if stage.as_str() == "withdrawn" => format!("desk revive {slug}"),
                Move::Revive => format!("desk edit {slug}"),
                _ => format!("desk show {slug}"),
            };
            error(format!("`{slug}` is {stage}, and {} begins elsewhere", step.as_str())).help(help)
        }
        Refusal::NothingSaved => error(format!("nothing of `{slug}` is saved yet")).help(format!("desk edit {slug}")),
        Refusal::NotSubmitted => error(format!("`{slug}` has not been submitted")).help(format!("desk submit {slug}")),
        Refusal::NothingOpen => error(format!("nothing of `{slug}` waits for approval")).help("desk"),
        Refusal::NotOnStaff { address } => error(format!("`{address}` is not on this newsroom's staff list"))
            .because("who is on it may submit, approve and publish")
            .help("ask for an entry in staff.toml, or check git config user.email"),
        Refusal::NoRole { role, could } => {
            let error = error(format!("this needs somebody with the role `{role}`"));
            if could.is_empty() {
                error.because("nobody on the staff list has it")
            } else {
                error.help(format!("ask {}", words::or(could)))
            }
        }
        Refusal::Untold(untold) => of_untold(slug, untold),
        Refusal::NoteLacks { figures } => {
            error(format!("the note does not say {}, which stands in `{slug}` now", words::and(figures)))
                .because("who has not read the earlier version should learn from the note what is right")
                .help(format!("--note \"... {} ...\"", figures.join(" ... ")))
        }
        Refusal::MayNotWithdraw { roles, could } => {
            let roles: Vec<String> = roles.iter().map(|role| format!("`{role}`")).collect();
            error(format!("to withdraw needs somebody with the role {}", words::or(&roles)))
                .help(format!("ask {}", words::or(could)))
        }
        Refusal::AlreadyAssented { .. } => error(format!("you have said yes to these words of `{slug}` already"))
            .help(format!("desk show {slug} --needs")),
        Refusal::WouldNotCount { why } => {
            let (reason, help) = uncounted(why, &format!("desk approve {slug}"), slug);
            error(format!("your approval of `{slug}` would not count")).because(reason).help(help)
        }
        Refusal::SourcesNotKnown { sources } => {
            error(format!("the source {sources} is not named, and nobody says that the desk knows who it is"))
                .because("whoever approves it says so: somebody on the desk knows the name")
                .help(format!("desk approve {slug} --source-known"))
        }
        Refusal::NoNote => error("this needs a reason".to_owned()).help("--note \"why\""),
        Refusal::Unsaved => error(format!("`{slug}` has changes that are not saved")).help(format!("desk edit {slug}")),
        Refusal::OtherWords { .. } => {
            error(format!("the words of `{slug}` changed meanwhile")).help(format!("desk show {slug} --changes"))
        }
        Refusal::HasPassed { .. } => {
            error("that time has passed".to_owned()).help(format!("desk publish {slug} makes it public now"))
        }
        Refusal::NotYet { .. } => {
            error(format!("`{slug}` is scheduled for later")).help(format!("desk publish {slug} makes it public now"))
        }
        Refusal::NotScheduled => error(format!("`{slug}` is not scheduled")).help("desk list --scheduled"),
        Refusal::Conflict { places } => error(format!("the public version of `{slug}` changed since yours was begun"))
            .because(format!("both changed {}; both are kept", words::and(places)))
            .help(format!("desk sync {slug}")),
        Refusal::Unread { places } => {
            let error = Error::articles(format!("the public version of `{slug}` changed since yours was begun"));
            let what = if places.is_empty() { "its files".to_owned() } else { words::and(places) };
            error
                .because(format!("its changes joined yours ({what}): read them once more"))
                .because("nothing was published")
                .help(format!("desk show {slug} --changes, then desk publish {slug}"))
        }
        Refusal::PlaceTaken(path) => error(format!("`{path}` belongs to another article")).help("desk list"),
        Refusal::SameName => error(format!("`{slug}` is called that already")).help(format!("desk show {slug}")),
        Refusal::KeepsItsName { stage } => {
            error(format!("`{slug}` is {stage}, and keeps its name while it is")).help(format!("desk revive {slug}"))
        }
        Refusal::NameTaken(other) => error(format!("there is an article called `{other}` already"))
            .help(format!("desk show {other}, or choose another name")),
        Refusal::AddressTaken { address, by } => error(format!("readers find `{by}` at `{address}`"))
            .because("an address leads to one article for ever")
            .help(format!("desk show {by}, or choose another name")),
        Refusal::AddressLost { address } => {
            error(format!("readers know `{slug}` at `{address}`, which would lead nowhere"))
                .because("an address that was public stays: links and bookmarks lead to it")
                .help(format!("add \"/{address}/\" to its aliases; desk rename does that by itself"))
        }
        Refusal::NotKeptYet => {
            error(format!("the public version of `{slug}` is older than this newsroom and not in its records yet"))
                .because("publish a change of it under the name it has, then rename it")
                .help(format!("desk edit {slug}"))
        }
        Refusal::NoPlace(path) => error(format!("`{path}` cannot be renamed where it stands")).help("desk doctor"),
        Refusal::FileInTheWay(path) => {
            error(format!("`{path}` is in the way")).help("move it elsewhere, then try again")
        }
        Refusal::NoDigest(why) => error(why.to_string()).help("put an ordinary file in its place"),
        Refusal::NotKept(why) => error(why.to_string()).help(format!("desk check {slug}")),
        Refusal::Unreadable(path) => {
            error(format!("the front matter of `{path}` cannot be read")).help(format!("desk check {slug}"))
        }
        Refusal::OtherId(path) => {
            error(format!("`{path}` does not carry this article's id")).help(format!("desk check {slug}"))
        }
        Refusal::BranchName(why) => error(why.to_string()),
        Refusal::MendsTogether => {
            error(format!("the public version of `{slug}` was changed by hand, which nobody makes good alone"))
                .because("words that were public without a yes need everybody's now")
                .help(format!("desk show {slug} --needs"))
        }
        Refusal::NothingChanged => error(format!("nothing of `{slug}` has changed")).help(format!("desk edit {slug}")),
    }
}

/// Why a yes would not count, and what helps.
pub(super) fn uncounted(why: &NotCounted, command: &str, slug: &Slug) -> (&'static str, String) {
    let again = || format!("sign with the key that the staff list has, then: {command}");
    match why {
        NotCounted::Retired => ("the staff list says that this key signs nothing new", again()),
        NotCounted::Compromised => ("the staff list says that somebody else may have this key", again()),
        NotCounted::BadSignature(_) => ("its signature does not fit what it says", again()),
        NotCounted::Unsigned => (
            "this newsroom counts only approvals signed with a key of the staff list",
            format!("git config gpg.format ssh && git config user.signingkey ~/.ssh/id_ed25519.pub, then: {command}"),
        ),
        NotCounted::Superseded => ("you said something later about the same words", format!("desk show {slug}")),
        _ => ("it is not about the words that wait here", format!("desk show {slug} --needs")),
    }
}

/// Why readers would not be told of a change, or not truly.
fn of_untold(slug: &Slug, untold: &Untold) -> Error {
    let error = |what: String| Error::articles(what).because(NOTHING_CHANGED);
    match untold {
        Untold::NoNote => error(format!("`{slug}` changed, and readers would not be told"))
            .because("words that readers have seen change only with a note that says so")
            .help(format!("desk correct {slug}")),
        Untold::NotesChanged => {
            error(format!("a note under `{slug}` that readers have seen is not as it was: it never changes"))
                .because("what was wrong in a note is told in another one: desk correct --corrects NUMBER")
                .help(format!("desk show {slug} --changes, and put it back"))
        }
        Untold::Malformed { number, field } => {
            error(format!("change {number} in `{slug}` has no `{field}` that can stand"))
                .help(format!("desk correct {slug}"))
        }
        Untold::CorrectsNothing { number } => {
            error(format!("change {number} in `{slug}` corrects no note that readers have seen"))
                .because("a correction, a clarification or an editors' note names an earlier one by its number")
                .help(format!("desk show {slug}"))
        }
        Untold::NotARefile { place } => {
            error(format!("a refile changes no word, and {place} in `{slug}` says something else now"))
                .help(format!("desk correct {slug} --kind correction"))
        }
    }
}

/// `Not published. Two things are missing:` and what they are, each with what helps.
fn of_missing(slug: &Slug, missing: &[Missing], by: Option<&str>) -> Error {
    let are = if missing.len() == 1 { "thing is" } else { "things are" };
    let mut error = Error::articles(format!("not yet: {} {are} missing", words::number(missing.len())));
    for one in missing {
        error = error.because(words::missing(one));
    }
    let is_asked = |missing: &Missing| match missing {
        Missing::People { could, .. } | Missing::Role { could, .. } => could.iter().any(|name| Some(&**name) == by),
        Missing::Knowledge { .. } | Missing::Finding(_) => false,
    };
    let help = match missing {
        // What mends it is one command, and the finding knows which.
        [Missing::Finding(one)] if one.help.as_ref().is_some_and(|help| help.starts_with("desk ")) => {
            one.help.clone().unwrap_or_default()
        }
        [Missing::Finding(_), ..] => format!("desk check {slug}"),
        _ if missing.iter().any(is_asked) => format!("desk submit {slug}"),
        _ => format!("desk show {slug} --needs"),
    };
    error.because(NOTHING_CHANGED).help(help)
}
