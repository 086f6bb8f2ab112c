//! What programs may lean on: the JSON Schemas of desk's JSON.

/// Each schema, by what it describes.
const SCHEMAS: &[(&str, &str)] = &[
    ("audit", include_str!("audit.schema.json")),
    ("findings", include_str!("findings.schema.json")),
    ("list", include_str!("list.schema.json")),
    ("show", include_str!("show.schema.json")),
    ("approvals", include_str!("approvals.schema.json")),
    ("sync", include_str!("sync.schema.json")),
];

/// The JSON Schema of `name`, as JSON text.
pub fn schema(name: &str) -> Option<&'static str> {
    SCHEMAS.iter().find(|(known, _)| *known == name).map(|(_, schema)| *schema)
}

/// What there are schemas of.
pub fn schemas() -> impl Iterator<Item = &'static str> {
    SCHEMAS.iter().map(|(name, _)| *name)
}
