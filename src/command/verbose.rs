//! `--verbose`: what a command did to what git has by name, whoever did it.

use std::collections::BTreeMap;

use super::Context;
use crate::article::{ObjectId, RefName};
use crate::newsroom::references;
use crate::terminal::printable;

type Names = BTreeMap<RefName, ObjectId>;

/// Where everything stands before a command. Where there is no repository nothing does.
pub(super) fn before(context: &Context) -> Option<Names> {
    context.global.verbose.then(|| references(&context.directory()).unwrap_or_default())
}

/// Says what is another since `before`.
pub(super) fn say(before: &Names, context: &mut Context) {
    let after = references(&context.directory()).unwrap_or_default();
    for line in lines(before, &after) {
        context.terminal.say(printable(&format!("git: {line}")));
    }
}

fn lines(before: &Names, after: &Names) -> Vec<String> {
    let gone = before.keys().filter(|name| !after.contains_key(name));
    let mut names: Vec<&RefName> = after.keys().chain(gone).collect();
    names.sort();
    let line = |name: &RefName| match (before.get(name), after.get(name)) {
        (was, is) if was == is => None,
        (Some(was), Some(is)) => Some(format!("{name} {} -> {}", was.short(), is.short())),
        (None, Some(is)) => Some(format!("{name} {} (new)", is.short())),
        (Some(was), None) => Some(format!("{name} {} (gone)", was.short())),
        (None, None) => None,
    };
    names.into_iter().filter_map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_new_moved_and_gone_is_told() {
        let id = |digit: &str| digit.repeat(40).parse::<ObjectId>().expect("an id");
        let name = |text: &str| RefName::new(text.to_owned()).expect("a name");
        let before = Names::from([(name("refs/heads/a"), id("1")), (name("refs/heads/b"), id("1"))]);
        let after = Names::from([(name("refs/heads/b"), id("2")), (name("refs/heads/c"), id("3"))]);
        assert_eq!(
            lines(&before, &after),
            ["refs/heads/a 111111111 (gone)", "refs/heads/b 111111111 -> 222222222", "refs/heads/c 333333333 (new)",]
        );
        assert_eq!(lines(&after, &after), Vec::<String>::new());
    }
}
