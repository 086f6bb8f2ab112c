//! What `desk doctor` says of the forge, and of what protects the public version there.

use super::doctor::{Health, Line};
use super::{Kind, refusal, words};
use crate::newsroom::ForgeSign;
use crate::workflow::{Advice, Weight};

pub(super) fn line(sign: ForgeSign) -> Line {
    use Health::{Broken, Good, Note};
    match sign {
        ForgeSign::UnknownHost(host) => {
            Line::new("forge", Note, format!("nothing says that `{host}` is a forge: nobody is asked by pull request"))
                .because("words and approvals go there all the same, through git")
                .mend("kind = \"github\" or \"forgejo\" under [forge] in desk.toml, if it is one")
        }
        ForgeSign::Unplaced(unplaced) => {
            Line::new("forge", Broken(Kind::Usage), unplaced.to_string()).mend("[forge] in desk.toml")
        }
        ForgeSign::Speaks { host, login: Some(login) } => {
            Line::new("forge", Good, format!("pull requests are on {host}, where you are {login}"))
        }
        ForgeSign::Speaks { host, login: None } => {
            Line::new("forge", Good, format!("pull requests are on {host}; the token is nobody's"))
        }
        ForgeSign::NoToken(host) => {
            let mend = match host.as_str() {
                "github.com" => "gh auth login, or set GH_TOKEN".to_owned(),
                host => format!("set GH_ENTERPRISE_TOKEN or FORGEJO_TOKEN, or let git keep a token for {host}"),
            };
            Line::new("forge", Note, format!("pull requests are on {host}, and there is no token for it"))
                .because("desk submit sends the words and can ask nobody there; nothing can land")
                .mend(mend)
        }
        ForgeSign::Failed(error) => {
            let error = refusal::of_forge(&error);
            let line = Line::new("forge", Broken(Kind::World), error.what);
            match error.help {
                Some(help) => line.mend(help),
                None => line,
            }
        }
        ForgeSign::NamesAlone { host, people } => {
            Line::new("accounts", Note, format!("reviews of {} on {host} do not count", words::and(&people)))
                .because(
                    "staff.toml knows the account by its name alone, which can be given up and taken by somebody else",
                )
                .mend(format!("forges = {{ \"{host}\" = \"NUMBER+NAME\" }} in staff.toml"))
        }
        ForgeSign::Protection(advice) => advised(advice),
    }
}

fn advised(advice: Advice) -> Line {
    let health = match advice.weight() {
        Weight::Good => Health::Good,
        Weight::Note => Health::Note,
        Weight::Blocks => Health::Broken(Kind::Usage),
    };
    let (says, why, mend): (String, &str, &str) = match advice {
        Advice::Holds => ("the public version is protected on the forge as desk needs it".to_owned(), "", ""),
        Advice::Unseen => (
            "what protects the public version on the forge is not to be seen with this token".to_owned(),
            "an administrator's token sees it; rules of a repository can be seen by everybody who reads it",
            "",
        ),
        Advice::PartlyUnseen => (
            "part of what protects the public version on the forge could not be read".to_owned(),
            "what could not be read may be missing: who may pass the rules by, or how pull requests may land",
            "look at the branch's rules as an administrator: nobody may pass them by, and merging or squashing is allowed",
        ),
        Advice::Rewritten => (
            "the public version can be rewritten or deleted on the forge".to_owned(),
            "what desk audit proves stands in its history",
            "block force pushes and deletion in the branch's rules",
        ),
        Advice::NoCheck => (
            "the forge does not require the check `desk`".to_owned(),
            "what nobody agreed to could land; a correction would be public then",
            "require the status `desk` in the branch's rules, from the app that runs the workflow",
        ),
        Advice::NotUpToDate => (
            "a pull request may land next to words that came after it was read".to_owned(),
            "what lands is then put together by the forge, and desk finds out afterwards",
            "require branches to be up to date before they land",
        ),
        Advice::StaleStays => (
            "approvals stay on the page when words change".to_owned(),
            "desk counts them only for the words that were seen; readers of the page may not know",
            "have the forge dismiss stale approvals",
        ),
        Advice::PassedBy => (
            "administrators pass by the branch's rules".to_owned(),
            "what they push is a break in desk audit like anybody's",
            "let the rules hold for administrators too",
        ),
        Advice::TooMany { asked, left } => (
            format!("the forge asks for {}, and {left} can give one", words::count(asked as usize, "approval")),
            "whoever submits has agreed by submitting, and the forge takes no approval of one's own pull request",
            "lower the number in the branch's rules: the check `desk` counts people",
        ),
        Advice::LastPush => (
            "whoever pushed last cannot approve on the forge, and nobody else is left".to_owned(),
            "a colleague who mends a comma could not say yes any more, though the writer agrees",
            "take \"approval of the most recent push\" out of the branch's rules: desk asks for a yes to the exact words",
        ),
        Advice::Signed => (
            "the forge takes only signed commits".to_owned(),
            "desk signs what people say, not its commits: they would be declined",
            "take \"require signed commits\" out of the branch's rules",
        ),
        Advice::Queue => (
            "pull requests land by a queue on the forge".to_owned(),
            "a queue puts words together that nobody has read together; desk publish refuses it",
            "take the merge queue out of the branch's rules",
        ),
        Advice::StepByStep => (
            "the forge lands pull requests commit by commit only".to_owned(),
            "every version that was saved on the way to a correction would be public for a moment",
            "allow merge commits or squashing",
        ),
        Advice::NoPush => (
            "the public version changes by pull requests alone, and stamps are pushed".to_owned(),
            "what landed stays hidden, or without its record, until somebody may push the stamp",
            "let desk's workflow pass by that rule, or: stamp = \"submit\" under [review] in desk.toml",
        ),
    };
    let mut line = Line::new("protection", health, says);
    if !why.is_empty() {
        line = line.because(why);
    }
    if mend.is_empty() { line } else { line.mend(mend) }
}
