//! Who sits here, asked once where git does not know it.

use super::{Context, Error};
use crate::newsroom::{Identity, Newsroom};
use crate::repository;
use crate::terminal::{Question, printable};

/// Asks for a name and an address.
pub(super) fn ask(context: &mut Context) -> Result<Identity, Error> {
    context.terminal.say("git does not know yet who you are; the record of an article names people.");
    let name = context.terminal.ask_text(&Question::new("Your name", "git config user.name NAME"))?;
    let accept = |address: &str| match address.split_once('@') {
        Some((before, after)) if !before.is_empty() && !after.is_empty() => Ok(()),
        _ => Err("an e-mail address has an @ in it".to_owned()),
    };
    let question = Question { accept, ..Question::new("Your e-mail address", "git config user.email ADDRESS") };
    Ok(Identity { name, address: context.terminal.ask_text(&question)? })
}

/// Asks who sits here and keeps it for this newsroom, where git does not know it and somebody can answer. Where nobody
/// can, the move that needs it says so.
pub(super) fn introduce(context: &mut Context, newsroom: &Newsroom) -> Result<(), Error> {
    let unknown =
        matches!(newsroom.identity(), Err(crate::newsroom::Error::Repository(repository::Error::NoIdentity { .. })));
    if unknown && context.terminal.can_ask() {
        let identity = ask(context)?;
        newsroom.introduce(&identity)?;
        let (name, address) = (printable(&identity.name), printable(&identity.address));
        context.terminal.say(format!("You are {name} <{address}> in this newsroom from now on."));
    }
    Ok(())
}
