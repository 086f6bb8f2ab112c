//! Which terminals make links of text (OSC 8).

use super::settings::Terminals;

/// Programs that call themselves by `TERM_PROGRAM`.
const PROGRAMS: [&str; 8] = ["Hyper", "Tabby", "WezTerm", "ghostty", "iTerm.app", "terminology", "vscode", "zed"];

/// Kinds of terminal, by `TERM`.
const KINDS: [&str; 6] = ["alacritty", "alacritty-direct", "foot", "rio", "xterm-ghostty", "xterm-kitty"];

/// Whether standard output shows links. `FORCE_HYPERLINK` decides where it is set, with `0` for no; else only a terminal
/// that is known to show them does, as one that is not may write the address out. What stands between desk and the
/// terminal (`tmux`, `screen`) may not pass them on, and hides which terminal it is.
pub(super) fn shown(terminals: Terminals, variable: impl Fn(&str) -> Option<String>) -> bool {
    if let Some(forced) = variable("FORCE_HYPERLINK") {
        return forced != "0";
    }
    let kind = variable("TERM").unwrap_or_default();
    if !terminals.output || variable("CI").is_some() || kind.starts_with("screen") || kind.starts_with("tmux") {
        return false;
    }
    let number = |name: &str| variable(name).and_then(|value| value.parse::<u32>().ok());
    KINDS.contains(&kind.as_str())
        || variable("TERM_PROGRAM").is_some_and(|program| PROGRAMS.contains(&program.as_str()))
        || number("VTE_VERSION").is_some_and(|version| version >= 5000)
        || ["DOMTERM", "KONSOLE_VERSION", "WT_SESSION"].iter().any(|name| variable(name).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_terminals_that_are_known_to_show_links_get_them() {
        let person = Terminals { input: true, output: true, errors: true };
        type Row = (Terminals, &'static [(&'static str, &'static str)], bool);
        let table: &[Row] = &[
            (person, &[("TERM", "xterm-256color")], false),
            (person, &[("TERM", "xterm-kitty")], true),
            (person, &[("TERM", "xterm-256color"), ("VTE_VERSION", "6800")], true),
            (person, &[("TERM", "xterm-256color"), ("VTE_VERSION", "4600")], false),
            (person, &[("TERM_PROGRAM", "iTerm.app")], true),
            (person, &[("TERM_PROGRAM", "Apple_Terminal")], false),
            (person, &[("TERM", "screen-256color"), ("VTE_VERSION", "6800")], false),
            (person, &[("TERM", "xterm-kitty"), ("CI", "true")], false),
            (person, &[("TERM", "xterm-kitty"), ("FORCE_HYPERLINK", "0")], false),
            (Terminals::default(), &[("TERM", "xterm-kitty")], false),
            (Terminals::default(), &[("FORCE_HYPERLINK", "1")], true),
        ];
        for (terminals, variables, expected) in table {
            let variable =
                |name: &str| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned());
            assert_eq!(shown(*terminals, variable), *expected, "{variables:?}");
        }
    }
}
