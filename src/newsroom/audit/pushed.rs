//! What is pushed, judged before it is taken: by the same judge as the past.

use std::path::PathBuf;
use std::str::FromStr;

use super::{Audited, Breach};
use crate::article::{ArticleId, ObjectId, RefName, RepoPath};
use crate::config::{Config, DESK_FILE};
use crate::history::Reason;
use crate::ledger::{Assent, Decision};
use crate::newsroom::error::{Error, Result};
use crate::newsroom::past::Line;
use crate::newsroom::{Newsroom, Setting};
use crate::repository::Repository;

/// What somebody wants to move, as git tells a hook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Push {
    /// Where it is; none when it is new.
    pub old: Option<ObjectId>,
    /// Where it should be; none when it should go.
    pub new: Option<ObjectId>,
    /// The reference.
    pub name: String,
}

impl FromStr for Push {
    type Err = String;

    fn from_str(line: &str) -> Result<Self, Self::Err> {
        let wrong = || format!("`{line}` is not what git tells a hook: OLD NEW NAME");
        let mut parts = line.splitn(3, ' ');
        let mut part = || parts.next().filter(|part| !part.is_empty()).ok_or_else(wrong);
        let (old, new, name) = (part()?, part()?, part()?);
        let object = |text: &str| {
            let id: ObjectId = text.parse().map_err(|_| wrong())?;
            Ok::<_, String>(Some(id).filter(|id| *id != ObjectId::from_bytes([0; 20])))
        };
        Ok(Self { old: object(old)?, new: object(new)?, name: name.to_owned() })
    }
}

/// What is not taken, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// The reference.
    pub name: String,
    /// Why, where no step is to blame.
    pub why: Option<String>,
    /// The steps that are to blame.
    pub breaches: Vec<Breach>,
}

impl Newsroom {
    /// Judges everything that one push wants to move: the public version step by step, statements by their names. Other
    /// branches are judged when they land. What is pushed may still lie apart, where git's own variables say.
    pub fn judge_pushes(setting: &Setting, pushes: &[Push]) -> Result<Vec<Refused>> {
        let mut refused = Vec::new();
        for push in pushes {
            let repository = arriving(setting)?;
            let why = match push.name.strip_prefix("refs/") {
                Some(name) if name.starts_with("desk/approvals/") => not_a_statement(&repository, push)?,
                Some("desk/operations") => Some("what desk did on one machine stays there".to_owned()),
                Some(name) if name.starts_with("heads/") && is_base(&repository, push)? => {
                    refused.extend(base(setting, repository, push)?);
                    None
                }
                _ => None,
            };
            refused.extend(why.map(|why| Refused { name: push.name.clone(), why: Some(why), breaches: Vec::new() }));
        }
        Ok(refused)
    }
}

fn arriving(setting: &Setting) -> Result<Repository> {
    let variables = setting.programs.variables();
    let folders: Vec<PathBuf> = variables.get("GIT_OBJECT_DIRECTORY").map(PathBuf::from).into_iter().collect();
    Ok(Repository::open_to_read(&setting.directory, &folders)?)
}

/// Whether it is the branch that readers are served from, by its own settings before the push. Settings that cannot be
/// read are judged, not passed by.
fn is_base(repository: &Repository, push: &Push) -> Result<bool> {
    let desk = RepoPath::new(DESK_FILE).expect("a sound name");
    let (Some(at), Some(branch)) = (push.old.or(push.new), push.name.strip_prefix("refs/heads/")) else {
        return Ok(false);
    };
    let Some(bytes) = repository.file_at(at, &desk)? else {
        // A newsroom may begin with this push.
        let begun = push.new.map(|new| repository.file_at(new, &desk)).transpose()?.flatten();
        return Ok(begun.is_some_and(|bytes| Config::read(&desk, &bytes).is_ok_and(|it| it.articles.base == branch)));
    };
    Ok(Config::read(&desk, &bytes).map_or(true, |config| config.articles.base == branch))
}

fn base(setting: &Setting, repository: Repository, push: &Push) -> Result<Option<Refused>> {
    let say = |why: String| Some(Refused { name: push.name.clone(), why: Some(why), breaches: Vec::new() });
    let Some(new) = push.new else { return Ok(say("the public version is never taken away".to_owned())) };
    let newsroom = match Newsroom::as_of(setting.clone(), repository, new) {
        Err(Error::NoNewsroom) => return Ok(say(Reason::RulesGone.to_string())),
        Err(error @ Error::Configuration { .. }) => return Ok(say(error.to_string())),
        found => found?,
    };
    let line = match push.old {
        Some(old) => Line::since(&newsroom.repository, old, new)?,
        None => Line::read(&newsroom.repository, new)?,
    };
    let audited = newsroom.audit(&line, || {})?;
    let taken_back = match push.old {
        Some(_) => taken_back(&newsroom, &audited)?,
        None => Vec::new(),
    };
    let own = audited.accounts.into_iter().flat_map(|account| account.breaches);
    let breaches: Vec<Breach> = audited.breaches.into_iter().chain(own).chain(taken_back).collect();
    Ok((!breaches.is_empty()).then(|| Refused { name: push.name.clone(), why: None, breaches }))
}

/// Where an entry that is pushed has the yes of somebody who has said no to the same words since. Only here can that be
/// told: what is kept of people's words at this moment came before the push. Later nobody knows which came first.
fn taken_back(newsroom: &Newsroom, audited: &Audited) -> Result<Vec<Breach>> {
    let mut breaches = Vec::new();
    let staff = &newsroom.house.staff;
    for account in &audited.accounts {
        let Some(id) = account.id.filter(|_| !account.links.is_empty()) else { continue };
        let kept = newsroom.assents(id)?;
        let noes: Vec<_> =
            kept.iter().map(|kept| &kept.statement).filter(|said| said.decision == Decision::Return).collect();
        for link in &account.links {
            for yes in link.entry.assents.iter().map(|assent| &assent.statement) {
                let Some(person) = staff.find(&yes.person.address) else { continue };
                let is_over = noes.iter().any(|no| {
                    (&no.newsroom, no.article, no.content) == (&yes.newsroom, yes.article, yes.content)
                        && (no.replaces, staff.find(&no.person.address)) == (yes.replaces, Some(person))
                        && no.time >= yes.time
                });
                if is_over {
                    let (origin, path) = (Some(newsroom.origin(link.commit)?), Some(account.home.clone()));
                    breaches.push(Breach { origin, path, why: Reason::TakenBack(person.name.clone()) });
                }
            }
        }
    }
    Ok(breaches)
}

/// Why it is no statement under its own name. What somebody said is neither changed nor taken back.
fn not_a_statement(repository: &Repository, push: &Push) -> Result<Option<String>> {
    let (None, Some(new)) = (push.old, push.new) else {
        let stays = push.old == push.new;
        return Ok((!stays).then(|| "what somebody said is neither changed nor taken away".to_owned()));
    };
    let files = repository.root_files(new)?;
    let text = |wanted: &str| {
        let (_, bytes) = files.iter().find(|(name, _)| name == wanted)?;
        String::from_utf8(bytes.clone()).ok()
    };
    let assent = text(Assent::STATEMENT_FILE).and_then(|said| Assent::read(&said, text(Assent::SIGNATURE_FILE)).ok());
    let named = |assent: &Assent| {
        let id: ArticleId = assent.statement.article;
        RefName::approval(id, assent.name()).as_str() == push.name
    };
    Ok(match assent {
        Some(assent) if named(&assent) => None,
        _ => Some("it is not a statement under its own name".to_owned()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_git_tells_a_hook_is_read() {
        let (zero, one) = ("0".repeat(40), "1".repeat(40));
        let push: Push = format!("{zero} {one} refs/heads/main").parse().expect("reads");
        assert_eq!((push.old, push.new), (None, one.parse().ok()));
        assert_eq!(push.name, "refs/heads/main");
        for wrong in ["", "a b c", &zero, &format!("{zero} {one}"), &format!("{zero} {one} ")] {
            assert!(wrong.parse::<Push>().is_err(), "{wrong}");
        }
    }
}
