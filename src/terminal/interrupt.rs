//! Ctrl-C while a question is on the screen.

use std::sync::Once;

/// What a shell expects of a program that Ctrl-C ended.
const INTERRUPTED: i32 = 130;

/// From the first question on, Ctrl-C shows the cursor again before it ends the program. Nothing else needs to be put
/// in order: every write is whole or is finished by the next command.
pub(super) fn watch() {
    static WATCHED: Once = Once::new();
    WATCHED.call_once(|| {
        // Where no handler can be set, Ctrl-C does what it always does.
        ctrlc::set_handler(stop).ok();
    });
}

#[expect(clippy::exit, reason = "the person ended the program")]
fn stop() {
    let terminal = console::Term::stderr();
    terminal.show_cursor().ok();
    terminal.write_line("").ok();
    std::process::exit(INTERRUPTED);
}
