//! Making sure that what was reported as done survives a power cut.
//!
//! libgit2 syncs what it writes when told to, but not what `git add` wrote before it and it only found there. So the
//! whole file system is synced once before the deciding reference moves and once before success is reported.
//! Whoever sets `core.fsync=none` has chosen otherwise.

use super::open::Repository;

impl Repository {
    fn is_durable(&self) -> bool {
        is_wanted(self.git_setting("core.fsync").as_deref())
    }

    /// Has libgit2 sync its own files from now on.
    pub(super) fn sync_objects(&self) {
        if self.is_durable() {
            enable();
        }
    }

    /// Waits until everything written so far is on the disk.
    pub(super) fn flush(&self) -> super::error::Result<()> {
        if self.is_durable() { flush(&[&self.common, &self.root]) } else { Ok(()) }
    }
}

/// Whether git's setting lets things be synced: only where somebody turned off all of it are they not.
fn is_wanted(setting: Option<&str>) -> bool {
    setting.is_none_or(|value| value.trim() != "none")
}

#[expect(unsafe_code, reason = "git2 has no safe call for this option; it only sets a flag of libgit2's")]
fn enable() {
    use libgit2_sys::{GIT_OPT_ENABLE_FSYNC_GITDIR, git_libgit2_opts};
    static ONCE: std::sync::Once = std::sync::Once::new();
    // SAFETY: libgit2 is initialised, as a repository is open; the option takes one int, and is set once.
    ONCE.call_once(|| unsafe {
        git_libgit2_opts(GIT_OPT_ENABLE_FSYNC_GITDIR as std::ffi::c_int, 1 as std::ffi::c_int);
    });
}

#[cfg(target_os = "linux")]
fn flush(folders: &[&std::path::Path]) -> super::error::Result<()> {
    use super::error::DuringFile as _;
    use std::os::unix::fs::MetadataExt as _;
    let mut seen = Vec::new();
    for folder in folders {
        let open = std::fs::File::open(folder).during_file("open", folder)?;
        let device = open.metadata().during_file("look at", folder)?.dev();
        if !seen.contains(&device) {
            rustix::fs::syncfs(&open).map_err(std::io::Error::from).during_file("sync", folder)?;
            seen.push(device);
        }
    }
    Ok(())
}

/// Elsewhere there is no call for a file system: libgit2's own syncing, and that of each file as it is written, is
/// what there is.
#[cfg(not(target_os = "linux"))]
#[expect(clippy::unnecessary_wraps, reason = "the same as on Linux, where it can fail")]
fn flush(_: &[&std::path::Path]) -> super::error::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::is_wanted;

    #[test]
    fn only_whoever_turns_all_of_it_off_goes_without() {
        for on in [None, Some(""), Some("all"), Some("committed"), Some("loose-object,reference"), Some("all,-index")] {
            assert!(is_wanted(on), "{on:?}");
        }
        for off in [Some("none"), Some(" none ")] {
            assert!(!is_wanted(off), "{off:?}");
        }
    }
}
