//! Where links to other sites lead, as `desk check --links` asks.

use std::collections::BTreeSet;
use std::path::Path;

use super::{Newsroom, Setting};
use crate::cache::Keep;
use crate::check::{Answer, Answers, Outcome};
use crate::links::{self, Manners, Sort, Watch};
use crate::web::{Proxy, Reach};

/// Set in tests alone: servers on this machine may be asked.
const PRIVATE: &str = "DESK_LINKS_PRIVATE";

/// What came of asking other sites.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Told {
    /// How many addresses there are.
    pub links: usize,
    /// Of how many the answer was remembered.
    pub remembered: usize,
    /// How many were not asked to the end: the time was over, or nobody could be reached.
    pub unasked: usize,
    /// Whether nobody could be reached.
    pub offline: bool,
}

impl Newsroom {
    /// Asks where the links of these articles lead.
    pub(super) fn asked(&self, outcomes: &[Outcome], keep: Keep, watch: Watch<'_>) -> (Answers, Told) {
        let folder = self.cache_folder();
        let contact = self.house.config.newsroom.url.as_deref();
        asked(outcomes, &self.setting, contact, (Some(&folder), keep), watch)
    }
}

/// The same anywhere; `contact` is where sites find out who asks.
pub(super) fn asked(
    outcomes: &[Outcome],
    setting: &Setting,
    contact: Option<&str>,
    memory: (Option<&Path>, Keep),
    watch: Watch<'_>,
) -> (Answers, Told) {
    let cards = outcomes.iter().map(|outcome| &outcome.card);
    let addresses: BTreeSet<String> = cards.flat_map(|card| &card.outside).map(|link| link.address.clone()).collect();
    let variables = setting.programs.variables();
    let manners = Manners {
        reach: if variables.get(PRIVATE) == Some("allow") { Reach::Anywhere } else { Reach::Public },
        proxy: Proxy::of_environment(|name| variables.get(name)),
        contact: contact.filter(|contact| contact.bytes().all(|byte| byte.is_ascii_graphic())).map(str::to_owned),
        ..Manners::default()
    };
    let asked = links::ask(&addresses, &manners, memory, setting.now, watch);
    let told = Told {
        links: asked.answers.len() + asked.unasked,
        remembered: asked.remembered,
        unasked: asked.unasked,
        offline: asked.offline,
    };
    let answers = asked.answers.into_iter().filter_map(|(address, answer)| match answer.sort() {
        Sort::Good => None,
        Sort::Gone => Some((address, Answer::Gone(answer.words()))),
        Sort::Unsure => Some((address, Answer::Unsure(answer.words()))),
    });
    (answers.collect(), told)
}
