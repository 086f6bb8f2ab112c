//! Every verb explains itself, with examples that are true.

use desk::command::Cli;

pub fn verbs() -> Vec<clap::Command> {
    let mut all = Cli::clap();
    all.build();
    all.get_subcommands().cloned().collect()
}

pub fn examples(command: &clap::Command) -> Vec<String> {
    let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
    let lines = help.lines().skip_while(|line| *line != "Examples:").skip(1);
    lines.filter_map(|line| line.strip_prefix("  $ ")).map(str::to_owned).collect()
}

#[test]
fn the_command_line_holds_together() {
    Cli::clap().debug_assert();
}

#[test]
fn every_verb_has_two_examples_that_read() {
    for verb in verbs() {
        let examples = examples(&verb);
        assert!(examples.len() >= 2, "`desk {} --help` has an `Examples:` block with two lines", verb.get_name());
        for example in examples {
            let words = shell_words::split(&example).unwrap();
            let words: Vec<_> =
                words.into_iter().take_while(|word| !["|", ">", "&&"].contains(&word.as_str())).collect();
            assert_eq!(words[0], "desk", "{example}");
            if let Err(error) = Cli::clap().try_get_matches_from(&words) {
                panic!("`{example}` does not read: {error}");
            }
        }
    }
}

/// A changed help text is seen in review. New texts: `INSTA_UPDATE=always cargo test --test it help`.
#[test]
fn every_verbs_help() {
    insta::assert_snapshot!("desk", Cli::clap().render_long_help());
    for mut verb in verbs() {
        let name = verb.get_name().to_owned();
        let help = verb.render_long_help();
        // What every command takes is told once, in the help of `desk` itself.
        let own = help.to_string();
        let own = own.split("\nEverywhere:").next().unwrap_or_default().trim_end().to_owned();
        let after = verb.get_after_help().map(ToString::to_string).unwrap_or_default();
        insta::assert_snapshot!(name, format!("{own}\n\n{after}"));
    }
}
