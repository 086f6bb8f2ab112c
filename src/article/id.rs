//! An article's identity for life.

use std::fmt;
use std::str::FromStr;

/// Crockford's base 32: no I, L, O or U (<https://www.crockford.com/base32.html>).
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// A ULID: 48 bits of milliseconds, 80 bits of chance, written as 26 characters
/// (<https://github.com/ulid/spec>). It never changes and never names anything before it was validated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ArticleId(u128);

/// Text that is no article id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not an article id (26 characters of 0-9 and A-Z without I, L, O and U)")]
pub struct InvalidId(pub String);

impl ArticleId {
    /// Makes an id from the time in milliseconds since 1970 and 10 random bytes, later than `after` if that is given
    /// (a second article in the same millisecond still sorts behind the first).
    pub fn generate(milliseconds: u64, chance: [u8; 10], after: Option<Self>) -> Self {
        let mut random = [0; 16];
        random[6..].copy_from_slice(&chance);
        let fresh = Self((u128::from(milliseconds & 0xFFFF_FFFF_FFFF) << 80) | u128::from_be_bytes(random));
        match after {
            Some(last) if last >= fresh => Self(last.0.wrapping_add(1)),
            _ => fresh,
        }
    }

    /// The last `count` characters, lower case: what tells two branches of one slug apart.
    pub fn end(self, count: usize) -> String {
        let text = self.to_string();
        text[text.len() - count.min(text.len())..].to_ascii_lowercase()
    }
}

impl fmt::Display for ArticleId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text: String =
            (0..26).rev().map(|place| char::from(ALPHABET[(self.0 >> (place * 5)) as usize & 31])).collect();
        out.pad(&text)
    }
}

impl FromStr for ArticleId {
    type Err = InvalidId;

    /// Reads exactly the form that `Display` writes: upper case, 26 characters, within 128 bits.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let invalid = || InvalidId(text.chars().take(40).collect());
        if text.len() != 26 || text.as_bytes()[0] > b'7' {
            return Err(invalid());
        }
        text.bytes()
            .try_fold(0u128, |value, byte| {
                let digit = ALPHABET.iter().position(|&one| one == byte)?;
                Some((value << 5) | digit as u128)
            })
            .map(Self)
            .ok_or_else(invalid)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_reads_back_and_nothing_else_reads() {
        let id = ArticleId::generate(1_753_448_400_000, *b"0123456789", None);
        assert_eq!(id.to_string().len(), 26);
        assert_eq!(id.to_string().parse(), Ok(id));
        for bad in [
            "",
            "01K0Z6H8Q2W3N4P5R6S7T8V9W",
            "01k0z6h8q2w3n4p5r6s7t8v9wx",
            "../../../../../etc/passwd1",
            "81K0Z6H8Q2W3N4P5R6S7T8V9WX",
        ] {
            assert!(bad.parse::<ArticleId>().is_err(), "{bad}");
        }
    }

    #[test]
    fn ids_of_one_millisecond_still_rise() {
        let first = ArticleId::generate(5, [255; 10], None);
        let second = ArticleId::generate(5, [0; 10], Some(first));
        assert!(second > first);
        assert!(ArticleId::generate(6, [0; 10], None) > ArticleId::generate(5, [255; 10], None));
    }
}
