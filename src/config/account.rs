//! An account on a forge, as the staff list names it.

/// The number and the name of an account, of which one may be missing: `1234+mina`, `1234`, `mina`. The number is what
/// stays: a name can be given up, and taken by somebody else.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Account<'a> {
    /// Its number.
    pub id: Option<u64>,
    /// Its name.
    pub login: Option<&'a str>,
}

impl<'a> Account<'a> {
    /// Reads what stands in `staff.toml`.
    pub fn read(written: &'a str) -> Self {
        let number = |text: &str| text.parse().ok().filter(|_| text.bytes().all(|byte| byte.is_ascii_digit()));
        match written.split_once('+').and_then(|(id, login)| Some((number(id)?, login))) {
            Some((id, login)) => Self { id: Some(id), login: Some(login).filter(|login| !login.is_empty()) },
            None => match number(written) {
                Some(id) => Self { id: Some(id), login: None },
                None => Self { id: None, login: Some(written).filter(|login| !login.is_empty()) },
            },
        }
    }

    /// As it is written where both are known.
    pub fn written(id: u64, login: &str) -> String {
        format!("{id}+{login}")
    }

    /// Each of the two that is there, as text.
    pub(super) fn parts(&self) -> impl Iterator<Item = String> {
        self.id.map(|id| id.to_string()).into_iter().chain(self.login.map(str::to_owned))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_has_a_number_a_name_or_both() {
        let account = |id, login| Account { id, login };
        for (written, expected) in [
            ("1234+mina", account(Some(1234), Some("mina"))),
            ("1234", account(Some(1234), None)),
            ("mina", account(None, Some("mina"))),
            ("mina+jun", account(None, Some("mina+jun"))),
            ("12x4", account(None, Some("12x4"))),
            ("1234+", account(Some(1234), None)),
            ("", account(None, None)),
            ("99999999999999999999", account(None, Some("99999999999999999999"))),
        ] {
            assert_eq!(Account::read(written), expected, "{written}");
        }
        assert_eq!(Account::read(&Account::written(7, "ana")), account(Some(7), Some("ana")));
    }
}
