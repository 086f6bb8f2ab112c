//! A sign of life on long work.

use std::sync::OnceLock;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::Terminal;
use super::settings::Prompts;

/// Work that takes less is over before anyone wonders.
const QUIET: Duration = Duration::from_millis(500);

/// How far some work is. It appears on standard error once the work takes long, and goes when it is dropped. May be
/// shared between threads.
#[derive(Debug)]
pub struct Progress {
    bar: ProgressBar,
    started: Instant,
    shown: OnceLock<()>,
    wanted: Wanted,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wanted {
    Yes,
    No,
}

impl Terminal {
    /// Follows `total` steps of work called `what`: `reading articles`.
    pub fn progress(&self, what: &str, total: usize) -> Progress {
        let wanted = self.settings.terminals.errors && self.settings.prompts == Prompts::Drawn;
        let bar = ProgressBar::with_draw_target(u64::try_from(total).ok(), ProgressDrawTarget::hidden());
        let style = ProgressStyle::with_template("  {msg} {human_pos} of {human_len} {wide_bar}");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()).progress_chars("=> "));
        bar.set_message(what.to_owned());
        let wanted = if wanted { Wanted::Yes } else { Wanted::No };
        Progress { bar, started: Instant::now(), shown: OnceLock::new(), wanted }
    }
}

impl Progress {
    /// One step is done.
    pub fn step(&self) {
        self.bar.inc(1);
        if self.wanted == Wanted::Yes && self.started.elapsed() > QUIET {
            self.shown.get_or_init(|| self.bar.set_draw_target(ProgressDrawTarget::stderr()));
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Settings, Streams};
    use super::*;

    #[test]
    fn nobody_looking_sees_nothing() {
        let (streams, buffers) = Streams::buffers("");
        let terminal = Terminal::new(streams, Settings::default());
        let progress = terminal.progress("reading articles", 3);
        std::thread::scope(|scope| {
            scope.spawn(|| progress.step());
            scope.spawn(|| progress.step());
        });
        assert_eq!(progress.bar.position(), 2);
        drop(progress);
        assert_eq!(buffers.err(), "");
    }
}
