//! What readers get: the public articles as a site takes them.

use super::Newsroom;
use crate::site::{self, PublicArticle, SiteInfo};
use crate::workflow::{Standing, Version};

impl Newsroom {
    /// What the site says about itself.
    pub(super) fn site_info(&self) -> SiteInfo {
        let config = &self.house.config;
        SiteInfo {
            id: config.newsroom.id.clone(),
            name: config.site.title.clone().unwrap_or_else(|| config.newsroom.name.clone()),
            url: config.newsroom.url.clone(),
            language: config.newsroom.language.clone(),
            timezone: config.newsroom.timezone.clone(),
            description: config.site.description.clone(),
            root: config.articles.root.clone(),
        }
    }

    /// Where readers find an article; none when it is not public or has no address.
    pub fn address_of(&self, standing: &Standing) -> Option<String> {
        let public = standing.public()?;
        site::address_of(&self.site_info(), &public_article(public))
    }
}

fn public_article(version: &Version) -> PublicArticle {
    PublicArticle {
        document: version.document.clone(),
        home: version.home.clone(),
        files: version.entries.iter().map(|entry| entry.path.clone()).collect(),
        first_published: None,
        last_changed: None,
    }
}
