//! What `desk audit` says to programs.

use serde_json::{Value, json};

use super::screen::Screen;
use super::unproven;
use crate::command::Error;
use crate::history::{Confirmed, Link, Met};
use crate::ledger::Strength;
use crate::newsroom::{Account, Basis, Breach, Repair};

impl Screen<'_> {
    pub(super) fn json(&mut self, accounts: &[&Account]) -> Result<(), Error> {
        let audited = self.audited;
        let whole = audited.breaches.is_empty() && accounts.iter().all(|account| account.breaches.is_empty());
        let out = json!({
            "version": 1,
            "whole": whole,
            "basis": match audited.basis {
                Basis::History => "history",
                Basis::Range => "range",
                Basis::Files => "files",
            },
            "unproven": unproven(audited.basis),
            "steps": audited.steps,
            "since": audited.since.map(|time| time.to_string()),
            "commit": audited.tip.map(|commit| commit.to_string()),
            "articles": accounts.iter().map(|account| account_json(account)).collect::<Vec<_>>(),
            "breaks": audited.breaches.iter().map(breach_json).collect::<Vec<_>>(),
        });
        serde_json::to_writer_pretty(self.context.terminal.out(), &out).map_err(std::io::Error::from)?;
        self.line("")
    }
}

fn account_json(account: &Account) -> Value {
    json!({
        "id": account.id.map(|id| id.to_string()),
        "slug": account.name,
        "title": account.title,
        "path": account.home.as_str(),
        "presence": account.presence.as_str(),
        "strength": account.strength.map(Strength::as_str),
        "owed": account.is_owed,
        "links": account.links.iter().map(link_json).collect::<Vec<_>>(),
        "following": account.following.as_ref().map(|one| json!({"commit": one.landed.to_string(),
            "assents": one.confirmed.iter().map(confirmed_json).collect::<Vec<_>>()})),
        "breaks": account.breaches.iter().map(breach_json).collect::<Vec<_>>(),
        "mended": account.mended.iter().map(repair_json).collect::<Vec<_>>(),
    })
}

fn link_json(link: &Link) -> Value {
    let entry = &link.entry;
    let assents: Vec<_> = link.confirmed.iter().map(confirmed_json).collect();
    json!({
        "commit": link.commit.to_string(),
        "landed": entry.landed.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "move": entry.act.word(),
        "from": entry.act.from().as_str(),
        "to": entry.act.to().as_str(),
        "content": entry.content.to_string(),
        "replaces": entry.replaces.map(|digest| digest.to_string()),
        "time": entry.time.to_string(),
        "person": entry.person.to_string(),
        "note": entry.note,
        "scheduled": entry.schedule.as_ref().map(|kept| json!({"person": kept.schedule.person.to_string(),
            "time": kept.schedule.time.to_string(), "due": kept.schedule.due.to_string()})),
        "people": entry.people,
        "roles": entry.roles,
        "policy": entry.policy.to_string(),
        "met": match link.met {
            Met::Fully => "fully",
            Met::Alone => "alone",
            Met::No => "no",
            Met::Unknown => "unknown",
        },
        "assents": assents,
    })
}

fn confirmed_json(one: &Confirmed) -> Value {
    let roles: Vec<String> = one.roles.iter().map(ToString::to_string).collect();
    json!({"name": one.name, "decision": one.decision.as_str(), "time": one.time.to_string(), "roles": roles,
        "strength": one.strength.as_str(), "statement": one.statement.to_string()})
}

fn repair_json(repair: &Repair) -> Value {
    let mut json = breach_json(&repair.breach);
    json["mended"] = json!({"commit": repair.by.to_string(), "time": repair.time.to_string()});
    json
}

fn breach_json(breach: &Breach) -> Value {
    json!({
        "reason": breach.why.name(),
        "message": breach.why.to_string(),
        "commit": breach.origin.as_ref().map(|origin| origin.commit.to_string()),
        "time": breach.origin.as_ref().map(|origin| origin.time.to_string()),
        "person": breach.origin.as_ref().map(|origin| origin.by.to_string()),
        "path": breach.path.as_ref().map(|path| path.as_str()),
    })
}
