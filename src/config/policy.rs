//! What names the policy that an assent was given under.

use crate::article::Digest;

/// The digest of the policy: both files as git stores them on the base, an absent one empty.
///
/// It names who must agree. What `check` says of words (schemas, styles, `baseline.toml`) is governed just as well, but no
/// part of it: an approval would else lapse whenever somebody mends an old article and takes it out of the baseline.
pub fn policy_digest(desk_toml: &[u8], staff_toml: &[u8]) -> Digest {
    Digest::of_fields([b"desk-policy/1".as_slice(), desk_toml, staff_toml])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_names_both_files_and_where_one_ends() {
        let one = policy_digest(b"a", b"b");
        assert_eq!(one, policy_digest(b"a", b"b"));
        assert_ne!(one, policy_digest(b"ab", b""));
        assert_ne!(one, policy_digest(b"b", b"a"));
    }
}
