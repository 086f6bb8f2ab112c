//! Addresses that forges make up, so that nobody's own address stands in their commits.

/// Whether `address` is what the forge at `host` makes up for somebody whose `login` (or number) there is this.
///
/// GitHub writes `login@users.noreply.github.com` or `number+login@...`, GitLab `number-login@users.noreply.gitlab.com`,
/// Forgejo and Gitea `login@noreply.` and their host. A number is known only by its own place: a login may begin with
/// digits.
pub(super) fn is_made_up(address: &str, host: &str, login: &str) -> bool {
    let (address, host, login) = (address.to_lowercase(), host.to_lowercase(), login.to_lowercase());
    let Some((local, domain)) = address.rsplit_once('@') else { return false };
    let on =
        ["users.noreply.", "noreply."].into_iter().any(|before| domain.strip_prefix(before) == Some(host.as_str()));
    if !on || login.is_empty() {
        return false;
    }
    let between = if host.contains("gitlab") { '-' } else { '+' };
    let parts = local.split_once(between).filter(|(number, _)| is_number(number));
    match (is_number(&login), parts) {
        (true, Some((number, _))) => number == login,
        (true, None) => false,
        (false, Some((_, name))) => name == login,
        (false, None) => local == login,
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_made_up_address_is_known_by_its_login_or_its_number() {
        let table = [
            ("mina@users.noreply.github.com", "github.com", "mina", true),
            ("77+mina@users.noreply.github.com", "github.com", "Mina", true),
            ("77+Mina@Users.NoReply.GitHub.com", "github.com", "mina", true),
            ("77+mina@users.noreply.github.com", "github.com", "77", true),
            ("mina@noreply.git.post.example", "git.post.example", "mina", true),
            ("77-mina@users.noreply.gitlab.com", "gitlab.com", "mina", true),
            ("77-mina@users.noreply.gitlab.com", "gitlab.com", "77", true),
            ("77-mina@users.noreply.github.com", "github.com", "mina", false),
            ("x+mina@users.noreply.github.com", "github.com", "mina", false),
            ("77@users.noreply.github.com", "github.com", "77", false),
            ("8+mina@users.noreply.github.com", "github.com", "77", false),
            ("minas@users.noreply.github.com", "github.com", "mina", false),
            ("mina@users.noreply.github.com.evil.example", "github.com", "mina", false),
            ("mina@github.com", "github.com", "mina", false),
            ("@users.noreply.github.com", "github.com", "", false),
            ("mina", "github.com", "mina", false),
        ];
        for (address, host, login, expected) in table {
            assert_eq!(is_made_up(address, host, login), expected, "{address} {login}");
        }
    }
}
