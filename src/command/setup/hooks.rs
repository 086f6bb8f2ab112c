//! What git runs around commits and pushes made with git itself. desk's own saves and moves are judged by desk and run
//! no hook.

use crate::command::{Context, Error, Outcome};
use crate::newsroom::{Hook, Newsroom};
use crate::terminal::printable;

/// A hook of desk's.
#[derive(Debug)]
pub(in crate::command) struct Script {
    /// What git calls it.
    pub(in crate::command) name: &'static str,
    /// What it is for, as a phrase after "git".
    about: &'static str,
    /// The program.
    pub(in crate::command) text: &'static str,
}

/// Every hook, in the order in which git comes to them.
pub(in crate::command) static SCRIPTS: [Script; 3] = [
    Script { name: "pre-commit", about: "checks the articles before each commit", text: PRE_COMMIT },
    Script { name: "commit-msg", about: "keeps desk's own words out of other commits", text: COMMIT_MSG },
    Script { name: "pre-push", about: "checks every commit before it is pushed", text: PRE_PUSH },
];

const PRE_COMMIT: &str = "\
#!/bin/sh
# Put here by `desk setup hooks`; delete this file to be rid of it.
# A commit made with git waits until the articles in it have no error. `git commit --no-verify` goes past it.
if command -v desk >/dev/null 2>&1; then
    exec desk --no-input check --staged
fi
echo 'desk is not on the PATH: the articles were not checked' >&2
";

const COMMIT_MSG: &str = "\
#!/bin/sh
# Put here by `desk setup hooks`; delete this file to be rid of it.
# Lines that desk ends its own messages with say that a move was made: nobody types them.
if grep -Eq '^Desk-(Article|Move|Content|Scheduled):' \"$1\"; then
    echo 'error: lines that begin with Desk-Article, Desk-Move, Desk-Content or Desk-Scheduled are for desk alone' >&2
    echo 'help: leave them out of the message; desk submit and desk publish write them' >&2
    exit 1
fi
";

const PRE_PUSH: &str = "\
#!/bin/sh
# Put here by `desk setup hooks`; delete this file to be rid of it.
# A push made with git waits until every commit in it is sound. `git push --no-verify` goes past it.
if ! command -v desk >/dev/null 2>&1; then
    echo 'desk is not on the PATH: the commits were not checked' >&2
    exit 0
fi
while read -r _ here branch there; do
    case \"$branch\" in refs/heads/*) ;; *) continue ;; esac
    case \"$here\" in *[!0]*) ;; *) continue ;; esac
    desk --no-input check --range \"$there..$here\" --to \"$2\" || exit 1
done
";

/// The hook of a server that many push to: it takes nothing that does not hold, and nothing while it cannot judge.
static SERVER: Script =
    Script { name: "pre-receive", about: "judges every push before it is taken", text: PRE_RECEIVE };

const PRE_RECEIVE: &str = "\
#!/bin/sh
# Put here by `desk setup hooks --server`; delete this file to be rid of it.
# A push is taken when every step of the public version in it is one that the newsroom's own rules allow.
if ! command -v desk >/dev/null 2>&1; then
    echo 'desk is not on the PATH of this server: nothing can be judged, and nothing is taken' >&2
    exit 1
fi
exec desk --no-input audit --push
";

/// Puts the server's hook in, unless there is another.
pub(in crate::command) fn put_on_server(context: &mut Context) -> Result<Outcome, Error> {
    match Newsroom::put_server_hook(&context.setting(), SERVER.name, SERVER.text)? {
        Hook::Written(path) => {
            let path = path.to_string_lossy().into_owned();
            context.terminal.say(format!("Git {} now: {}", SERVER.about, printable(&path)));
            context.terminal.say("desk must be on the PATH of whoever git runs as there.");
            Ok(Outcome::Done)
        }
        Hook::Already(_) => {
            context.terminal.say("Nothing to do: the hook is there already.");
            Ok(Outcome::Done)
        }
        Hook::Kept(path) => {
            let line = "pushed=$(cat); printf '%s\\n' \"$pushed\" | desk --no-input audit --push || exit 1";
            Err(Error::usage("this repository has a pre-receive hook of its own, which stays as it is")
                .because(format!("{}: add the line  {line}", path.display()))
                .because("and let what comes after it read \"$pushed\" instead of standard input")
                .because("desk never writes over a hook, nor into a folder of hooks that `core.hooksPath` names")
                .help("desk setup hooks --print pre-receive shows the whole hook"))
        }
    }
}

/// Puts every hook in that is not there, and says what to add to those that are.
pub(in crate::command) fn put(context: &mut Context) -> Result<Outcome, Error> {
    let newsroom = context.newsroom()?;
    let mut kept = Vec::new();
    let mut written = 0;
    for script in &SCRIPTS {
        match newsroom.put_hook(script.name, script.text)? {
            Hook::Written(path) => {
                written += 1;
                let path = path.to_string_lossy().into_owned();
                context.terminal.say(format!("Git {} now: {}", script.about, printable(&path)));
            }
            Hook::Already(_) => {}
            Hook::Kept(path) => kept.push((script, path)),
        }
    }
    let Some((first, _)) = kept.first() else {
        if written == 0 {
            context.terminal.say("Nothing to do: the hooks are there already.");
        }
        return Ok(Outcome::Done);
    };
    let mut error = Error::usage("this newsroom has hooks of its own, which stay as they are");
    for (script, path) in &kept {
        error = error.because(format!("{}: add the line  {}", path.display(), line(script.name)));
    }
    if let Some(manager) = newsroom.hook_manager() {
        error = error.because(format!("{manager} runs them here: its settings take the same commands"));
    }
    let error = error.because("desk never writes over a hook, nor into a folder of hooks that `core.hooksPath` names");
    Err(error.help(format!("desk setup hooks --print {} shows what such a line runs", first.name)))
}

/// What runs a hook of desk's from within another, whatever that is.
pub(in crate::command) fn line(name: &str) -> String {
    format!("sh -c \"$(desk setup hooks --print {name})\" {name} \"$@\" || exit 1")
}

/// The hook that `--print` names.
pub(in crate::command) fn named(name: &str) -> Result<&'static Script, String> {
    let all = || SCRIPTS.iter().chain([&SERVER]);
    all().find(|script| script.name == name).ok_or_else(|| {
        let names: Vec<&str> = all().map(|script| script.name).collect();
        format!("there are: {}", names.join(", "))
    })
}
