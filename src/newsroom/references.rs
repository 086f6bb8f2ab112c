//! Where everything stands that git has by name, for those who wish to see what a command did to it.

use std::collections::BTreeMap;
use std::path::Path;

use super::Result;
use crate::article::{ObjectId, RefName};
use crate::repository::Repository;

/// Every reference of the repository around `directory`, with where it stands.
pub fn references(directory: &Path) -> Result<BTreeMap<RefName, ObjectId>> {
    Ok(Repository::open(directory)?.references("refs/")?.into_iter().collect())
}
