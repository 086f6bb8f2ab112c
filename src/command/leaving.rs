//! What is refused before it is pushed to where the world can read it.

use super::scheduling::Clocks;
use super::{Context, Error};
use crate::config::is_private;
use crate::newsroom::Examined;

/// Refuses words under embargo on their way to `address`, unless only the staff can read what is there.
pub(super) fn refuse(commits: &Examined, address: &str, context: &Context) -> Result<(), Error> {
    let newsroom = context.newsroom()?;
    let config = newsroom.config();
    if is_private(address, &config.newsroom.private) {
        return Ok(());
    }
    let embargoed = commits.embargoed(config)?;
    if embargoed.is_empty() {
        return Ok(());
    }
    let clocks = Clocks::of(&newsroom, context);
    let mut error = Error::articles("words under embargo are not pushed to where the world can read them");
    for one in &embargoed {
        error = error.because(format!("{}: under embargo until {}", one.path, clocks.appointment(one.until)));
    }
    Err(error
        .because("git keeps earlier versions: a line taken out later is still there to read")
        .help("if only the staff can read that remote, name it as `private` under [newsroom] in desk.toml"))
}
