//! `tracking-parameters`

use crate::check::rule::{Levels, Rule, Scope, Seeks};
use crate::check::subject::Subject;
use crate::finding::Finding;
use crate::finding::{Edit, Safety, Span};

pub(super) static RULE: Rule = Rule {
    name: "tracking-parameters",
    levels: Levels::ADVICE,
    seeks: &[Seeks::Links],
    scope: Scope::Words(check),
    doc: DOC,
};

const DOC: &str = r##"# tracking-parameters

## What it says
A link carries what tells advertisers where the reader came from: `utm_source`, `fbclid`, `gclid` and their like.

## Why it matters
It follows your readers, on the word of whoever shared the link with you. The page is the same without it.

## Bad
```markdown
See [the permit](https://port.example/permit?utm_source=mail&id=4).
```

## Good
```markdown
See [the permit](https://port.example/permit?id=4).
```

## How to mend it
Take the parameters out of the address; `--fix` does.
"##;

const NAMES: [&str; 18] = [
    "fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "msclkid", "twclid", "ttclid", "yclid", "igshid", "igsh",
    "mc_cid", "mc_eid", "mkt_tok", "_hsenc", "_hsmi", "vero_id",
];

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let links = subject.piece.body.blocks.iter().flat_map(|block| &block.links);
    links.filter_map(|link| judge(&link.url, link.span, &subject.document().text)).collect()
}

fn judge(url: &str, span: Span, text: &str) -> Option<Finding> {
    let (clean, gone) = without(url)?;
    let finding = RULE.finding(format!("this link tells where its reader came from (`{gone}`)")).at(span);
    // An address spelt with entities or in a reference below is mended by hand.
    let inside = &text[span.range()];
    Some(match inside.rfind(url) {
        Some(at) => {
            let place = Span::new(span.start + at, span.start + at + url.len());
            finding.at(place).help(format!("link to {clean}")).fix(Safety::Safe, vec![Edit::replace(place, clean)])
        }
        None => finding.help(format!("link to {clean}")),
    })
}

/// `url` without them, and the name of the first; none when it has none.
fn without(url: &str) -> Option<(String, String)> {
    let (before, place) = url.split_once('#').map_or((url, None), |(before, place)| (before, Some(place)));
    let (address, query) = before.split_once('?')?;
    let tracks = |pair: &&str| {
        let name = pair.split('=').next().unwrap_or(pair).to_ascii_lowercase();
        name.starts_with("utm_") || NAMES.contains(&&*name)
    };
    let first = query.split('&').find(tracks)?;
    let kept: Vec<&str> = query.split('&').filter(|pair| !tracks(pair)).collect();
    let mut clean = address.to_owned();
    if !kept.is_empty() {
        clean = format!("{clean}?{}", kept.join("&"));
    }
    if let Some(place) = place {
        clean = format!("{clean}#{place}");
    }
    Some((clean, first.split('=').next().unwrap_or(first).to_owned()))
}

#[cfg(test)]
mod tests {
    use super::without;

    #[test]
    fn only_what_tracks_goes() {
        let clean = |url| without(url).map(|(clean, _)| clean);
        assert_eq!(clean("https://a.example/x?utm_source=m&id=4#top").as_deref(), Some("https://a.example/x?id=4#top"));
        assert_eq!(clean("https://a.example/x?fbclid=1").as_deref(), Some("https://a.example/x"));
        assert_eq!(clean("https://a.example/x?id=4&ref=home"), None);
    }
}
