//! Putting words into a rule's message.

/// `template` with `words` in the places of its `%s`, in order or by number (`%[2]s`). A place without a word is empty;
/// blanks and line ends in the outcome are single blanks.
pub(super) fn fill(template: &str, words: &[&str]) -> String {
    let mut out = String::with_capacity(template.len() + 16);
    let mut rest = template;
    let mut next = 0;
    while let Some((before, after)) = rest.split_once('%') {
        out.push_str(before);
        let (number, verb) = numbered(after);
        next = number.unwrap_or(next);
        match verb.chars().next() {
            Some('s' | 'v' | 'd') => {
                out.push_str(words.get(next).copied().unwrap_or_default());
                next += 1;
                rest = &verb[1..];
            }
            Some('q') => {
                out.push_str(&format!("{:?}", words.get(next).copied().unwrap_or_default()));
                next += 1;
                rest = &verb[1..];
            }
            Some('%') => {
                out.push('%');
                rest = &verb[1..];
            }
            _ => {
                out.push('%');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    single_blanks(&out)
}

/// `[2]s` as the number 1 (the second) and what follows.
fn numbered(text: &str) -> (Option<usize>, &str) {
    let number = text.strip_prefix('[').and_then(|inner| inner.split_once(']'));
    match number.and_then(|(digits, rest)| Some((digits.parse::<usize>().ok()?.checked_sub(1)?, rest))) {
        Some((number, rest)) => (Some(number), rest),
        None => (None, text),
    }
}

fn single_blanks(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for one in text.chars() {
        let one = if one == '\n' { ' ' } else { one };
        if one != ' ' || !out.ends_with(' ') {
            out.push(one);
        }
    }
    out
}

/// `'a'`, `'a' or 'b'`, `'a', 'b', or 'c'`.
pub(super) fn either(options: &[String]) -> String {
    let quoted: Vec<String> = options.iter().map(|option| format!("'{option}'")).collect();
    match quoted.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [one, other] => format!("{one} or {other}"),
        [others @ .., last] => format!("{}, or {last}", others.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_put_in() {
        assert_eq!(fill("Use '%s' instead of '%s'.", &["a", "b"]), "Use 'a' instead of 'b'.");
        assert_eq!(fill("Not '%[2]s' but '%[1]s' (100%%)", &["a", "b"]), "Not 'b' but 'a' (100%)");
        assert_eq!(fill("'%s' '%s' 5% off", &["a\n b"]), "'a b' '' 5% off");
        assert_eq!(fill("%", &[]), "%");
    }

    #[test]
    fn choices_are_listed() {
        let options: Vec<String> = ["a", "b", "c"].map(str::to_owned).to_vec();
        assert_eq!((either(&options[..1]), either(&options[..2])), ("'a'".to_owned(), "'a' or 'b'".to_owned()));
        assert_eq!(either(&options), "'a', 'b', or 'c'");
    }
}
