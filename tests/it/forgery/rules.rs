//! How the newsroom works, changed by those who may not or too late.

use super::landing::{agreed, landed_under, list_key, signed};
use super::people::{keyed, must_sign};
use super::{Forgery, published, refused};
use crate::audit::{EVE, MAIN, commit};
use crate::newsroom::{ANA, JUN, MINA, Newsroom};

const ONE_OF_TWO: &[&str] = &["ferry-fares: not everybody agreed who had to (1 of 2 people)"];

const BY_ANA: &[&str] =
    &["the newsroom: `ana@post.example` changed how the newsroom works without the role `editorial`"];

pub const RULES: &[Forgery] = &[
    Forgery {
        name: "rules made lighter in the same commit",
        refusal: ONE_OF_TWO,
        forge: |newsroom| {
            let lighter = |newsroom: &Newsroom| {
                newsroom.edit("desk.toml", "\npeople = 2", "\npeople = 1");
            };
            landed_under(newsroom, MINA, lighter, |entry| {
                entry.people = 1;
                entry.assents.truncate(1);
            });
        },
    },
    Forgery {
        name: "rules made lighter by somebody who may not",
        refusal: BY_ANA,
        forge: |newsroom| {
            newsroom.edit("desk.toml", "\npeople = 2", "\npeople = 1");
            commit(newsroom, ANA, "one is enough");
        },
    },
    Forgery {
        name: "rules made lighter on a branch and merged by somebody who may not",
        refusal: BY_ANA,
        forge: |newsroom| {
            newsroom.git(["switch", "--quiet", "-c", "lighter"]);
            newsroom.edit("desk.toml", "\npeople = 2", "\npeople = 1");
            commit(newsroom, MINA, "one is enough");
            newsroom.git(["switch", "--quiet", "main"]);
            newsroom.as_(ANA).git(["merge", "--quiet", "--no-ff", "-m", "Merge branch 'lighter'", "lighter"]);
        },
    },
    Forgery {
        name: "rules changed under a colleague's name (--author)",
        refusal: BY_ANA,
        forge: |newsroom| {
            newsroom.edit("desk.toml", "\npeople = 2", "\npeople = 1");
            newsroom.as_(ANA).git(["commit", "--quiet", "--all", "-m", "x", "--author", "Jun Seo <jun@post.example>"]);
        },
    },
    Forgery {
        name: "rules that another record names",
        refusal: &["ferry-fares: the record names other rules than held then"],
        forge: |newsroom| landed_under(newsroom, MINA, |_| {}, |entry| entry.people = 1),
    },
    Forgery {
        name: "a person added by somebody who may not",
        refusal: &["the newsroom: `eve@elsewhere.example` changed how the newsroom works without the role `editorial`"],
        forge: |newsroom| {
            let staff = newsroom.read("staff.toml");
            let eve =
                "\n[[people]]\nname = \"Eve Moss\"\nemails = [\"eve@elsewhere.example\"]\nroles = [\"editorial\"]\n";
            newsroom.write("staff.toml", staff + eve);
            commit(newsroom, EVE, "I work here");
        },
    },
    Forgery {
        name: "a role added by whoever wants it",
        refusal: BY_ANA,
        forge: |newsroom| {
            newsroom.edit("staff.toml", "\"legal\"", "\"legal\", \"editorial\"");
            commit(newsroom, ANA, "I can edit");
        },
    },
    Forgery {
        name: "a person added in the same commit",
        refusal: ONE_OF_TWO,
        forge: |newsroom| {
            let join = |newsroom: &Newsroom| {
                let staff = newsroom.read("staff.toml");
                let eve = "\n[[people]]\nname = \"Eve Moss\"\nemails = [\"eve@elsewhere.example\"]\nroles = [\"editorial\"]\n";
                newsroom.write("staff.toml", staff + eve);
            };
            landed_under(newsroom, MINA, join, |entry| {
                entry.assents[1] = super::landing::said_by(&entry.assents[1], EVE, &["editorial"]);
            });
        },
    },
    Forgery {
        name: "a key added in the same commit",
        refusal: &[
            "the newsroom: `mina@post.example` changed how the newsroom works, and the commit is not signed with their key",
            "ferry-fares: not everybody agreed who had to (1 of 2 people)",
        ],
        forge: |newsroom| {
            keyed(newsroom, |newsroom| {
                list_key(newsroom, MINA, 1, "KEY");
                newsroom.edit("desk.toml", "\npeople = 2", "\nsignatures = \"required\"\npeople = 2");
            });
            let list = |newsroom: &Newsroom| list_key(newsroom, JUN, 2, "KEY");
            landed_under(newsroom, MINA, list, |entry| {
                entry.assents = vec![signed(&entry.assents[0], 1), signed(&entry.assents[1], 2)];
            });
        },
    },
    Forgery {
        name: "a key added one commit before by somebody who may not",
        refusal: BY_ANA,
        forge: |newsroom| {
            list_key(newsroom, JUN, 9, "KEY");
            commit(newsroom, ANA, "a new key for Jun");
        },
    },
    Forgery {
        name: "rules changed without a signature, where all must sign",
        refusal: &[
            "the newsroom: `mina@post.example` changed how the newsroom works, and the commit is not signed with their key",
        ],
        forge: |newsroom| {
            newsroom.git(["reset", "--quiet", "--hard", "HEAD^1"]);
            must_sign(newsroom);
            commit(newsroom, MINA, "everybody signs");
            newsroom.edit("desk.toml", "\npeople = 2", "\npeople = 1");
            commit(newsroom, MINA, "one is enough");
        },
    },
    Forgery {
        name: "a retired key that signs",
        refusal: ONE_OF_TWO,
        forge: |newsroom| {
            keyed(newsroom, |newsroom| list_key(newsroom, JUN, 2, "{ key = KEY, retired = true }"));
            agreed(newsroom, |own| vec![own[0].clone(), signed(&own[1], 2)]);
        },
    },
    Forgery {
        name: "a stolen key that signs",
        refusal: ONE_OF_TWO,
        forge: |newsroom| {
            keyed(newsroom, |newsroom| list_key(newsroom, JUN, 2, "{ key = KEY, compromised = true }"));
            agreed(newsroom, |own| vec![own[0].clone(), signed(&own[1], 2)]);
        },
    },
    Forgery {
        name: "settings that look elsewhere",
        refusal: &["ferry-fares: there is a record and no article"],
        forge: |newsroom| {
            newsroom.edit("desk.toml", "root = \"articles\"", "root = \"news\"");
            commit(newsroom, JUN, "a folder with another name");
            newsroom.edit(MAIN, "four percent", "five percent");
            commit(newsroom, EVE, "nobody is looking");
        },
    },
    Forgery {
        name: "a schema made lighter",
        refusal: BY_ANA,
        forge: |newsroom| {
            newsroom.write("schemas/news.schema.json", "{}");
            commit(newsroom, ANA, "less to fill in");
        },
    },
    Forgery {
        name: "owners of files changed",
        refusal: BY_ANA,
        forge: |newsroom| {
            newsroom.write(".github/CODEOWNERS", "* @ana\n");
            commit(newsroom, ANA, "mine");
        },
    },
    Forgery {
        name: "how git reads files changed",
        refusal: BY_ANA,
        forge: |newsroom| {
            newsroom.write("articles/.gitattributes", "*.md filter=other\n");
            commit(newsroom, ANA, "attributes");
        },
    },
    Forgery {
        name: "a section's page changed",
        refusal: BY_ANA,
        forge: |newsroom| {
            newsroom.write("articles/_index.md", "+++\ntitle = \"All\"\n+++\n");
            commit(newsroom, ANA, "a page");
        },
    },
];

#[test]
fn how_the_newsroom_works() {
    refused(published(), RULES);
}
