//! What a word without quotes means in YAML, as far as all its readers agree.

use toml::value::Datetime;

use crate::article::Data;

/// Reads a plain scalar; the error says why it is uncertain, as the end of a sentence that begins with the word itself.
pub(super) fn plain(text: &str) -> Result<Data, &'static str> {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => {
            return Err("is no value, and TOML has none: write one, or take the key out");
        }
        "true" | "True" | "TRUE" => return Ok(Data::Boolean(true)),
        "false" | "False" | "FALSE" => return Ok(Data::Boolean(false)),
        ".nan" | ".NaN" | ".NAN" => return Ok(Data::Float(f64::NAN)),
        ".inf" | ".Inf" | ".INF" | "+.inf" | "+.Inf" | "+.INF" => return Ok(Data::Float(f64::INFINITY)),
        "-.inf" | "-.Inf" | "-.INF" => return Ok(Data::Float(f64::NEG_INFINITY)),
        _ => {}
    }
    if ["y", "n", "yes", "no", "on", "off"].contains(&text.to_ascii_lowercase().as_str()) {
        return Err("is a word to some and true or false to others: put it in quotes, or write true or false");
    }
    if let Some(date) = date(text) {
        return Ok(Data::Datetime(date));
    }
    number(text)
}

fn number(text: &str) -> Result<Data, &'static str> {
    let string = || Ok(Data::String(text.to_owned()));
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    if !digits.starts_with(|one: char| one.is_ascii_digit() || one == '.') {
        return string();
    }
    let all = |allowed: fn(char) -> bool| digits.chars().all(allowed);
    if all(|one| one.is_ascii_digit()) {
        if digits.len() > 1 && digits.starts_with('0') {
            return Err("begins with a zero, which is octal to some: put it in quotes, or take the zero away");
        }
        return text.parse().map(Data::Integer).map_err(|_| "is too large a number: put it in quotes");
    }
    for (prefix, radix) in [("0x", 16), ("0o", 8), ("0b", 2)] {
        if digits.strip_prefix(prefix).is_some_and(|rest| i128::from_str_radix(&rest.replace('_', ""), radix).is_ok()) {
            return Err("is a number to some and text to others: put it in quotes, or write it with plain digits");
        }
    }
    if digits.contains('_') && all(|one| one.is_ascii_digit() || matches!(one, '_' | '.' | ',')) {
        return Err("is a number to some and text to others: put it in quotes, or take the _ away");
    }
    if digits.contains(':') && all(|one| one.is_ascii_digit() || matches!(one, ':' | '.' | '_')) {
        return Err("is a number in base 60 to some and text to others: put it in quotes");
    }
    let looks_so = all(|one| one.is_ascii_digit() || matches!(one, '.' | 'e' | 'E' | '-' | '+'))
        && digits.chars().any(|one| one.is_ascii_digit())
        && digits.matches('.').count() <= 1;
    match text.parse::<f64>() {
        Ok(number) if looks_so && number.is_finite() => Ok(Data::Float(number)),
        _ => string(),
    }
}

/// A date as YAML writes them, and as people do: `2026-07-25`, `2026-07-25 09:00:00 -0400`, `2026-07-25T09:00Z`.
pub(super) fn date(text: &str) -> Option<Datetime> {
    let (day, rest) = text.split_at_checked(10)?;
    if !shaped(day, "dddd-dd-dd") {
        return None;
    }
    if rest.is_empty() {
        return day.parse().ok();
    }
    let rest = rest.strip_prefix(['T', 't']).unwrap_or(rest).trim_start();
    let end = rest.find(|one: char| !one.is_ascii_digit() && !matches!(one, ':' | '.')).unwrap_or(rest.len());
    let (clock, zone) = rest.split_at(end);
    let (whole, fraction) = clock.split_once('.').map_or((clock, None), |(whole, fraction)| (whole, Some(fraction)));
    let whole = if shaped(whole, "dd:dd") {
        format!("{whole}:00")
    } else if shaped(whole, "dd:dd:dd") {
        whole.to_owned()
    } else {
        return None;
    };
    // More digits than TOML's reader keeps would be lost.
    let fraction = match fraction {
        Some(digits) if (1..=9).contains(&digits.len()) => format!(".{digits}"),
        Some(_) => return None,
        None => String::new(),
    };
    format!("{day}T{whole}{fraction}{}", offset(zone.trim())?).parse().ok()
}

fn offset(zone: &str) -> Option<String> {
    let (sign, digits) = match zone {
        "" => return Some(String::new()),
        "Z" | "z" | "UTC" => return Some("Z".to_owned()),
        _ => (zone.get(..1).filter(|sign| matches!(*sign, "+" | "-"))?, zone.get(1..)?),
    };
    let digits = digits.replacen(':', "", 1);
    let digits = if digits.len() == 2 { format!("{digits}00") } else { digits };
    if !shaped(&digits, "dddd") {
        return None;
    }
    Some(format!("{sign}{}:{}", &digits[..2], &digits[2..]))
}

/// Whether `text` has a digit where `shape` has a d, and the same characters elsewhere.
fn shaped(text: &str, shape: &str) -> bool {
    text.len() == shape.len()
        && text
            .bytes()
            .zip(shape.bytes())
            .all(|(byte, like)| if like == b'd' { byte.is_ascii_digit() } else { byte == like })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_mean_what_every_reader_agrees_on() {
        let read = |text: &str| match plain(text) {
            Ok(Data::String(text)) => format!("text {text}"),
            Ok(Data::Integer(number)) => format!("integer {number}"),
            Ok(Data::Float(number)) => format!("float {number}"),
            Ok(Data::Boolean(truth)) => format!("truth {truth}"),
            Ok(Data::Datetime(date)) => format!("date {date}"),
            Ok(_) => "something else".to_owned(),
            Err(_) => "uncertain".to_owned(),
        };
        for (text, expected) in [
            ("true", "truth true"),
            ("FALSE", "truth false"),
            ("tRue", "text tRue"),
            ("yes", "uncertain"),
            ("No", "uncertain"),
            ("nobody", "text nobody"),
            ("~", "uncertain"),
            ("", "uncertain"),
            ("12", "integer 12"),
            ("-7", "integer -7"),
            ("+7", "integer 7"),
            ("0", "integer 0"),
            ("007", "uncertain"),
            ("0x1f", "uncertain"),
            ("1_000", "uncertain"),
            ("12:30", "uncertain"),
            ("99999999999999999999", "uncertain"),
            ("1.5", "float 1.5"),
            (".5", "float 0.5"),
            ("1e3", "float 1000"),
            ("1.2.3", "text 1.2.3"),
            ("10-4", "text 10-4"),
            ("4%", "text 4%"),
            ("-", "text -"),
            ("...", "text ..."),
            ("e", "text e"),
            ("2026-07-25", "date 2026-07-25"),
            ("2026-13-25", "text 2026-13-25"),
            ("2026-07-25T09:00:00Z", "date 2026-07-25T09:00:00Z"),
            ("2026-07-25 09:00:00", "date 2026-07-25T09:00:00"),
            ("2026-07-25 09:00:00.5 -0400", "date 2026-07-25T09:00:00.5-04:00"),
            ("2026-07-25 09:00 +09", "date 2026-07-25T09:00:00+09:00"),
            ("2026-07-25T09:00:00+05:30", "date 2026-07-25T09:00:00+05:30"),
            ("2026-07-25 in Lisbon", "text 2026-07-25 in Lisbon"),
            ("2026-07-25T09:00:00EST", "text 2026-07-25T09:00:00EST"),
        ] {
            assert_eq!(read(text), expected, "{text:?}");
        }
    }
}
