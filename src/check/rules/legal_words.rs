//! `legal-words`

use crate::check::phrases::Phrases;
use crate::check::rule::{Levels, Rule, Scope, Seeks};
use crate::check::subject::Subject;
use crate::config::Role;
use crate::finding::Finding;

pub(super) static RULE: Rule = Rule {
    name: "legal-words",
    levels: Levels::HINT,
    seeks: &[Seeks::Phrases(&WORDS)],
    scope: Scope::Words(check),
    doc: DOC,
};

const DOC: &str = r##"# legal-words

## What it says
The text speaks of crimes, accusations or courts, and nothing in `desk.toml` asks somebody with the role `legal` to
agree to this article. It judges no sentence: it says that nobody is bound to. It knows English words only.

## Why it matters
An accusation that cannot be proved, or a name that a court has forbidden, costs more than a day's wait.

## Bad
```markdown
The harbor master is accused of taking bribes.   <!-- and no entry of [[review.require]] applies -->
```

## Good
```toml
[[review.require]]
when = { words = ["accused of", "bribes"] }
roles = ["legal"]
```

## How to mend it
Ask for the role `legal` in `[[review.require]]`, by words, section or tag. Where nobody has that role, show the article
to somebody who knows the law, and turn the rule off if that is settled otherwise.
"##;

static WORDS: Phrases = Phrases::new(&[
    "accused of",
    "allegedly",
    "alleged fraud",
    "arrested on suspicion",
    "blackmail",
    "bribe",
    "bribes",
    "bribery",
    "charged with",
    "child abuse",
    "contempt of court",
    "convicted of",
    "defamation",
    "defamatory",
    "domestic violence",
    "embezzled",
    "embezzlement",
    "extortion",
    "found guilty",
    "gag order",
    "indicted",
    "indictment",
    "libel",
    "money laundering",
    "perjury",
    "pleaded guilty",
    "pleaded not guilty",
    "pled guilty",
    "raped",
    "rapist",
    "sexual abuse",
    "sexual assault",
    "sexually abused",
    "sexually assaulted",
    "sexual harassment",
    "slander",
    "sued for",
    "suspected of",
    "tax evasion",
    "under investigation",
]);

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let hits = subject.hits(&WORDS);
    let Some((first, others)) = hits.split_first() else { return Vec::new() };
    let review = &subject.context.config.review;
    let legal = |roles: &[Role]| roles.iter().any(|role| role.as_str() == "legal");
    let applies = |entry: &crate::config::Require| {
        legal(&entry.roles) && entry.applies(subject.document(), &subject.piece.body, None).is_some()
    };
    if legal(&review.roles) || review.require.iter().any(applies) {
        return Vec::new();
    }
    let finding = RULE
        .finding(format!("`{}` stands here, and nobody with the role `legal` is asked", first.words()))
        .at(first.place())
        .help("ask for the role in [[review.require]] of desk.toml, or show it to somebody who knows the law");
    vec![match others.len() {
        0 => finding,
        1 => finding.labelled("and in another place"),
        more => finding.labelled(format!("and in {more} other places")),
    }]
}

#[cfg(test)]
mod tests {
    use crate::check::rules::tests::{messages_of, messages_under};

    #[test]
    fn somebody_is_asked() {
        let text = "+++\ntitle = \"A\"\nsection = \"courts\"\n+++\nHe is accused of bribery, and was indicted.\n";
        assert_eq!(messages_of("legal-words", text).len(), 1);
        let require = |when: &str| format!("[[review.require]]\nwhen = {{ {when} }}\nroles = [\"legal\"]\n");
        assert_eq!(messages_under("legal-words", &require("section = [\"sport\"]"), text).len(), 1);
        assert!(messages_under("legal-words", &require("section = [\"courts\"]"), text).is_empty());
        assert!(messages_under("legal-words", "[review]\nroles = [\"legal\"]\n", text).is_empty());
        assert!(messages_of("legal-words", "+++\ntitle = \"A\"\n+++\nLegal aid is free of charge.\n").is_empty());
    }
}
