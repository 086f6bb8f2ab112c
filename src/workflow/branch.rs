//! What an article's branch is called.

use crate::article::{ArticleId, InvalidRefName, RefName, Slug};

/// The branch for a new article: `desk/<slug>`, with the end of its id behind it when `taken` says that the name is
/// somebody else's.
pub fn branch_name(
    slug: &Slug,
    id: ArticleId,
    mut taken: impl FnMut(&RefName) -> bool,
) -> Result<RefName, InvalidRefName> {
    let mut name = RefName::branch(&format!("desk/{slug}"))?;
    for count in [4, 8, 26] {
        if !taken(&name) {
            break;
        }
        name = RefName::branch(&format!("desk/{slug}-{}", id.end(count)))?;
    }
    Ok(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_taken_name_gets_the_end_of_the_id() {
        let (slug, id) = (Slug::new("ferry").expect("a slug"), ArticleId::generate(1, [9; 10], None));
        let name = |taken: &[&str]| {
            branch_name(&slug, id, |name| taken.contains(&name.as_str())).expect("a name").as_str().to_owned()
        };
        assert_eq!(name(&[]), "refs/heads/desk/ferry");
        let short = format!("refs/heads/desk/ferry-{}", id.end(4));
        assert_eq!(name(&["refs/heads/desk/ferry"]), short);
        assert_eq!(name(&["refs/heads/desk/ferry", &short]), format!("refs/heads/desk/ferry-{}", id.end(8)));
    }

    #[test]
    fn a_slug_that_git_cannot_name_is_told() {
        let slug = Slug::new("x.lock").expect("a slug");
        assert!(branch_name(&slug, ArticleId::generate(1, [9; 10], None), |_| false).is_err());
    }
}
