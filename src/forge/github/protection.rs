//! What protects a branch on GitHub: rules, which anybody may read who may read the repository, and the older
//! protection of branches, which only administrators may.

use serde::Deserialize;

use super::super::error::Result;
use super::super::http::{Client, Verb};
use super::super::pull_request::Method;
use super::super::route::Route;
use super::super::standing::{Known, Protection};

const ACT: &str = "read what protects the branch";

pub(super) fn read(client: &Client, repository: &Route, branch: &str) -> Result<Protection> {
    let rules = repository.below(&["rules", "branches", branch]);
    let answer = client.ask(ACT, Verb::Get, &rules.with("per_page", "1"), None)?;
    let by_rules = match answer.status {
        403 | 404 => Protection::default(),
        _ => of_rules(&client.all::<Rule>(ACT, &rules)?),
    };
    let classic = client.ask(ACT, Verb::Get, &repository.below(&["branches", branch, "protection"]), None)?;
    let by_protection = match classic.status {
        200 => of_classic(classic.read(ACT)?),
        // The only one of its refusals that is an answer.
        404 if classic.said().eq_ignore_ascii_case("branch not protected") => nothing(),
        _ => Protection::default(),
    };
    Ok(both(by_rules, by_protection))
}

#[derive(Deserialize)]
struct Rule {
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    parameters: Parameters,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Parameters {
    required_approving_review_count: Option<u32>,
    dismiss_stale_reviews_on_push: bool,
    require_code_owner_review: bool,
    require_last_push_approval: bool,
    allowed_merge_methods: Option<Vec<String>>,
    required_status_checks: Vec<RequiredCheck>,
    strict_required_status_checks_policy: bool,
}

#[derive(Deserialize)]
struct RequiredCheck {
    context: String,
}

/// Rules that can be read are all there are; who may pass them by they do not say.
fn of_rules(rules: &[Rule]) -> Protection {
    let any = |kind: &str| Known::from(rules.iter().any(|rule| rule.kind == kind));
    let with = |asks: fn(&Parameters) -> bool| Known::from(rules.iter().any(|rule| asks(&rule.parameters)));
    let people = rules.iter().filter_map(|rule| rule.parameters.required_approving_review_count).max();
    let contexts = rules.iter().flat_map(|rule| &rule.parameters.required_status_checks);
    // Every rule that names methods must allow one.
    let named = rules.iter().filter_map(|rule| rule.parameters.allowed_merge_methods.as_ref());
    let methods = named.map(|names| names.iter().filter_map(|name| method(name)).collect::<Vec<_>>());
    let methods = methods.reduce(|one, other| one.into_iter().filter(|method| other.contains(method)).collect());
    Protection {
        people: Some(people.unwrap_or(0)),
        pull_requests: any("pull_request"),
        dismisses_stale: with(|asks| asks.dismiss_stale_reviews_on_push),
        last_push: with(|asks| asks.require_last_push_approval),
        code_owners: with(|asks| asks.require_code_owner_review),
        up_to_date: with(|asks| asks.strict_required_status_checks_policy),
        checks: Some(contexts.map(|check| check.context.clone()).collect()),
        signatures: any("required_signatures"),
        force_pushes: not(any("non_fast_forward")),
        deletion: not(any("deletion")),
        administrators: Known::Unknown,
        queue: any("merge_queue"),
        linear: any("required_linear_history"),
        methods,
    }
}

fn method(name: &str) -> Option<Method> {
    match name {
        "merge" => Some(Method::Merge),
        "squash" => Some(Method::Squash),
        "rebase" => Some(Method::Rebase),
        _ => None,
    }
}

#[derive(Deserialize)]
struct Classic {
    required_pull_request_reviews: Option<Reviews>,
    required_status_checks: Option<RequiredChecks>,
    enforce_admins: Option<Switch>,
    allow_force_pushes: Option<Switch>,
    allow_deletions: Option<Switch>,
    required_signatures: Option<Switch>,
    required_linear_history: Option<Switch>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Reviews {
    required_approving_review_count: Option<u32>,
    dismiss_stale_reviews: bool,
    require_code_owner_reviews: bool,
    require_last_push_approval: bool,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct RequiredChecks {
    strict: bool,
    contexts: Vec<String>,
}

#[derive(Deserialize)]
struct Switch {
    enabled: bool,
}

fn of_classic(classic: Classic) -> Protection {
    let on = |switch: &Option<Switch>| Known::from(switch.as_ref().is_some_and(|switch| switch.enabled));
    let pull_requests = classic.required_pull_request_reviews.is_some().into();
    let reviews = classic.required_pull_request_reviews.unwrap_or_default();
    let checks = classic.required_status_checks.unwrap_or_default();
    Protection {
        people: Some(reviews.required_approving_review_count.unwrap_or(0)),
        pull_requests,
        dismisses_stale: reviews.dismiss_stale_reviews.into(),
        last_push: reviews.require_last_push_approval.into(),
        code_owners: reviews.require_code_owner_reviews.into(),
        up_to_date: checks.strict.into(),
        checks: Some(checks.contexts),
        signatures: on(&classic.required_signatures),
        force_pushes: on(&classic.allow_force_pushes),
        deletion: on(&classic.allow_deletions),
        administrators: on(&classic.enforce_admins),
        // Queues are rules' alone.
        queue: Known::No,
        linear: on(&classic.required_linear_history),
        methods: None,
    }
}

/// A branch of which it is known that the older protection does nothing for it.
fn nothing() -> Protection {
    Protection {
        people: Some(0),
        pull_requests: Known::No,
        dismisses_stale: Known::No,
        last_push: Known::No,
        code_owners: Known::No,
        up_to_date: Known::No,
        checks: Some(Vec::new()),
        signatures: Known::No,
        force_pushes: Known::Yes,
        deletion: Known::Yes,
        administrators: Known::No,
        queue: Known::No,
        linear: Known::No,
        methods: None,
    }
}

fn not(known: Known) -> Known {
    match known {
        Known::Yes => Known::No,
        Known::No => Known::Yes,
        Known::Unknown => Known::Unknown,
    }
}

/// What holds where both apply: every demand of either. One that cannot be read may demand more, and never less.
fn both(one: Protection, other: Protection) -> Protection {
    let either = Known::or;
    // Something is possible only where both allow it.
    let allowed = |one: Known, other: Known| not(not(one).or(not(other)));
    let mut checks = [one.checks, other.checks].into_iter().flatten().reduce(|mut one, other| {
        one.extend(other);
        one
    });
    if let Some(checks) = &mut checks {
        checks.sort_unstable();
        checks.dedup();
    }
    Protection {
        people: one.people.max(other.people),
        pull_requests: either(one.pull_requests, other.pull_requests),
        dismisses_stale: either(one.dismisses_stale, other.dismisses_stale),
        last_push: either(one.last_push, other.last_push),
        code_owners: either(one.code_owners, other.code_owners),
        up_to_date: either(one.up_to_date, other.up_to_date),
        checks,
        signatures: either(one.signatures, other.signatures),
        force_pushes: allowed(one.force_pushes, other.force_pushes),
        deletion: allowed(one.deletion, other.deletion),
        administrators: either(one.administrators, other.administrators),
        queue: either(one.queue, other.queue),
        linear: either(one.linear, other.linear),
        methods: one.methods.or(other.methods),
    }
}
