//! The editor that a person writes in.

use std::path::Path;

use super::program::hand_over;
use super::{Error, Programs, Variables};

/// How a person's editor is started: a program and its first arguments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EditorCommand(Vec<String>);

impl EditorCommand {
    /// The editor that these variables and git's `core.editor` name, in the order of `git help var`, with
    /// `DESK_EDITOR` before them all; where none is named, one that is there.
    pub fn find(variables: &Variables, core_editor: Option<&str>) -> Result<Self, Error> {
        let named = variables
            .get("DESK_EDITOR")
            .or_else(|| variables.get("GIT_EDITOR"))
            .or(core_editor)
            .or_else(|| variables.get("VISUAL"))
            .or_else(|| variables.get("EDITOR"));
        match named {
            Some(command) => Self::parse(command),
            None => Ok(Self(vec![usual(variables).to_owned()])),
        }
    }

    /// A command line: words, quoted as in a shell. Nothing else of a shell is understood.
    fn parse(command: &str) -> Result<Self, Error> {
        if Path::new(command).is_file() {
            return Ok(Self(vec![command.to_owned()]));
        }
        let command = if cfg!(windows) { command.replace('\\', "/") } else { command.to_owned() };
        match shell_words::split(&command) {
            Ok(words) if !words.is_empty() => Ok(Self(words)),
            _ => Err(Error::CommandLine { command }),
        }
    }

    /// The program's name.
    pub fn program(&self) -> &str {
        &self.0[0]
    }
}

impl Programs {
    /// Opens `file` in `editor`, on this terminal, and waits until it is closed.
    pub fn edit(&self, editor: &EditorCommand, directory: &Path, file: &Path) -> Result<(), Error> {
        let mut command = self.command(editor.program(), directory);
        command.args(&editor.0[1..]).arg(file);
        hand_over(command)
    }
}

/// The editor of a machine whose owner named none: the plainest that is there.
fn usual(variables: &Variables) -> &'static str {
    if cfg!(windows) {
        return "notepad";
    }
    let path = variables.raw("PATH").unwrap_or_default();
    let there = |program: &&str| std::env::split_paths(path).any(|folder| folder.join(program).is_file());
    ["nano", "vim", "vi"].into_iter().find(there).unwrap_or("vi")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(variables: &[(&str, &str)], core_editor: Option<&str>, expected: &[&str]) {
        let variables = variables.iter().map(|(name, value)| (name.into(), value.into())).collect();
        let editor = EditorCommand::find(&variables, core_editor).expect("it reads");
        assert_eq!(editor.0, expected);
    }

    #[test]
    fn desks_own_then_gits_then_everybodys() {
        let all = [("DESK_EDITOR", "a -w"), ("GIT_EDITOR", "b"), ("VISUAL", "d"), ("EDITOR", "e")];
        check(&all, Some("c"), &["a", "-w"]);
        check(&all[1..], Some("c"), &["b"]);
        check(&all[2..], Some("c"), &["c"]);
        check(&all[2..], None, &["d"]);
        check(&all[3..], None, &["e"]);
    }

    #[test]
    fn a_command_line_may_be_quoted_and_is_never_a_script() {
        check(&[("EDITOR", "'my editor' --wait; rm")], None, &["my editor", "--wait;", "rm"]);
        let open = Variables::default().with("EDITOR", "'my editor");
        assert!(matches!(EditorCommand::find(&open, None), Err(Error::CommandLine { .. })));
    }
}
