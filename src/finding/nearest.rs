//! "Did you mean": the word somebody most likely wanted to write.

/// Of `candidates` the one closest to `word`, when it is close enough that a slip of the hand explains the difference.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let folded = fold(word);
    let most = match folded.chars().count() {
        0..=2 => 0,
        3..=5 => 1,
        6..=9 => 2,
        _ => 3,
    };
    candidates
        .into_iter()
        .filter(|candidate| *candidate != word)
        .map(|candidate| (strsim::damerau_levenshtein(&folded, &fold(candidate)), candidate))
        .filter(|&(distance, _)| distance <= most)
        .min_by_key(|&(distance, _)| distance)
        .map(|(_, candidate)| candidate)
}

/// Case and the kind of dash between words are no difference.
fn fold(word: &str) -> String {
    word.chars()
        .take(64)
        .flat_map(char::to_lowercase)
        .map(|one| if matches!(one, '_' | ' ') { '-' } else { one })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_recognised_and_a_different_word_is_not() {
        let words = ["title", "tags", "dateline", "author-bio", "harbor"];
        for (written, meant) in [
            ("titel", Some("title")),
            ("Title", Some("title")),
            ("tag", Some("tags")),
            ("date_line", Some("dateline")),
            ("author_bio", Some("author-bio")),
            ("harbour", Some("harbor")),
            ("sport", None),
            ("", None),
            ("ti", None),
        ] {
            assert_eq!(nearest(written, words), meant, "{written}");
        }
    }
}
