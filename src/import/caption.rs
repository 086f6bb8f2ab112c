//! Captions with their credit in brackets.

/// Words of which a credit has one.
const CREDIT_WORDS: &[&str] = &[
    "courtesy",
    "credit",
    "file",
    "getty",
    "graphic",
    "handout",
    "illustration",
    "image",
    "images",
    "photo",
    "photograph",
    "photos",
    "picture",
    "pool",
    "screenshot",
];

/// Agencies that alone in brackets are a credit below a photo.
const AGENCIES: &[&str] = &["AFP", "AP", "DPA", "EPA", "EPA-EFE", "Kyodo", "Newsis", "Reuters", "Xinhua", "Yonhap"];

/// How sure it is that the brackets hold a credit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sureness {
    /// They name an agency, which paragraphs end with as well.
    Guess,
    /// They speak of a photo.
    Sure,
}

/// A caption apart from its credit.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Caption<'a> {
    pub(super) caption: &'a str,
    pub(super) credit: &'a str,
    pub(super) sureness: Sureness,
}

/// Takes a line apart whose last words, in brackets, say whose the photo is.
pub(super) fn split(line: &str) -> Option<Caption<'_>> {
    let unended = line.strip_suffix('.').unwrap_or(line);
    let (inner, open) = match unended.strip_suffix(')') {
        Some(inner) => (inner, '('),
        None => (unended.strip_suffix(']')?, '['),
    };
    let (caption, credit) = inner.rsplit_once(open)?;
    let (caption, credit) = (caption.trim_end(), credit.trim());
    let sureness = credit_sureness(credit)?;
    (!caption.is_empty() && !caption.ends_with(open)).then_some(Caption { caption, credit, sureness })
}

/// Whether the words of a pair of brackets are a credit.
fn credit_sureness(credit: &str) -> Option<Sureness> {
    if credit.is_empty() || credit.chars().count() > 100 {
        return None;
    }
    let words = || credit.split(|one: char| !one.is_alphanumeric()).filter(|word| !word.is_empty());
    if words().any(|word| CREDIT_WORDS.contains(&word.to_lowercase().as_str())) {
        return Some(Sureness::Sure);
    }
    let agencies = || credit.split(['/', '-', ',']).map(str::trim);
    (AGENCIES.contains(&credit) || agencies().all(|agency| AGENCIES.contains(&agency))).then_some(Sureness::Guess)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_brackets_are_the_credit() {
        let line = "The Alder Queen (L) at berth 4. (File Photo - Port Authority)";
        let caption = split(line).expect("a caption");
        assert_eq!(caption.caption, "The Alder Queen (L) at berth 4.");
        assert_eq!((caption.credit, caption.sureness), ("File Photo - Port Authority", Sureness::Sure));
        assert_eq!(split("Rain on Monday. (AP/Kyodo)").expect("a caption").sureness, Sureness::Guess);
    }

    #[test]
    fn brackets_that_say_something_else_stay() {
        for line in ["It cost $4 (a third more).", "(Photo)", "No brackets", "He left (see page 4)", "x ()"] {
            assert_eq!(split(line), None, "{line}");
        }
    }
}
