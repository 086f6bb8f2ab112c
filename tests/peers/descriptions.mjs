// Brings the forges' own descriptions of their interfaces: GitHub's as its octokit packages it, Forgejo's as the crate
// `forgejo-api` ships it. Of each only what is asked for in tests is kept, so that Prism starts in seconds, and bodies are made
// strict: GitHub itself passes over a field that it does not know, which is how an unpinned merge would come about.
//
//     node tests/peers/descriptions.mjs FOLDER

import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const GITHUB = "@octokit/openapi@23.0.2";
const FORGEJO = "forgejo-api@0.12.0";

const repository = "/repos/{owner}/{repo}";
const github = [
  "/user",
  repository,
  `${repository}/pulls`,
  `${repository}/pulls/{pull_number}`,
  `${repository}/pulls/{pull_number}/commits`,
  `${repository}/pulls/{pull_number}/reviews`,
  `${repository}/pulls/{pull_number}/comments`,
  `${repository}/pulls/{pull_number}/requested_reviewers`,
  `${repository}/pulls/{pull_number}/merge`,
  `${repository}/issues/{issue_number}/labels`,
  `${repository}/issues/{issue_number}/labels/{name}`,
  `${repository}/issues/{issue_number}/comments`,
  `${repository}/issues/comments/{comment_id}`,
  `${repository}/activity`,
  `${repository}/commits/{ref}`,
  `${repository}/commits/{ref}/status`,
  `${repository}/commits/{ref}/check-runs`,
  `${repository}/commits/{commit_sha}/pulls`,
  `${repository}/statuses/{sha}`,
  `${repository}/rules/branches/{branch}`,
  `${repository}/branches/{branch}/protection`,
];
const forgejo = [
  "/user",
  "/version",
  repository,
  `${repository}/pulls`,
  `${repository}/pulls/{index}`,
  `${repository}/pulls/{index}/reviews`,
  `${repository}/pulls/{index}/reviews/{id}/comments`,
  `${repository}/pulls/{index}/requested_reviewers`,
  `${repository}/pulls/{index}/merge`,
  `${repository}/labels`,
  `${repository}/issues/{index}/labels`,
  `${repository}/issues/{index}/labels/{identifier}`,
  `${repository}/issues/{index}/comments`,
  `${repository}/issues/comments/{id}`,
  `${repository}/commits/{ref}/status`,
  `${repository}/commits/{sha}/pull`,
  `${repository}/statuses/{sha}`,
  `${repository}/branch_protections`,
];

const run = (program, words, cwd) => execFileSync(program, words, { cwd, stdio: ["ignore", "pipe", "inherit"] });

/** What `pointer` (`#/a/b`) names in `root`. */
const at = (root, pointer) =>
  pointer.slice(2).split("/").reduce((value, step) => value?.[step.replaceAll("~1", "/").replaceAll("~0", "~")], root);

/** Copies into `slice` everything that `value` refers to. */
function follow(root, slice, value) {
  if (Array.isArray(value)) return value.forEach((one) => follow(root, slice, one));
  if (value === null || typeof value !== "object") return;
  if (typeof value.$ref === "string" && value.$ref.startsWith("#/") && at(slice, value.$ref) === undefined) {
    const steps = value.$ref.slice(2).split("/");
    const home = steps.slice(0, -1).reduce((place, step) => (place[step] ??= {}), slice);
    home[steps.at(-1)] = at(root, value.$ref);
    follow(root, slice, home[steps.at(-1)]);
  }
  Object.values(value).forEach((one) => follow(root, slice, one));
}

function slice(root, wanted, keep) {
  const missing = wanted.filter((path) => !root.paths[path]);
  if (missing.length > 0) throw new Error(`the description has no ${missing.join(", ")}`);
  const cut = keep(root);
  cut.paths = Object.fromEntries(wanted.map((path) => [path, root.paths[path]]));
  follow(root, cut, cut.paths);
  return cut;
}

/** Lets a body have no field but those it describes. */
function strict(schema, root) {
  while (schema?.$ref) schema = at(root, schema.$ref);
  if (schema?.type === "object" && schema.properties) schema.additionalProperties ??= false;
  for (const one of [...(schema?.oneOf ?? []), ...(schema?.anyOf ?? [])]) strict(one, root);
}

const operations = (spec) => Object.values(spec.paths).flatMap((path) => Object.values(path));

function ofGitHub(room) {
  const archive = run("npm", ["pack", GITHUB, "--silent"], room).toString().trim().split("\n").at(-1);
  run("tar", ["xzf", archive, "package/generated/api.github.com.json"], room);
  const root = JSON.parse(readFileSync(join(room, "package/generated/api.github.com.json")));
  const cut = slice(root, github, ({ openapi, info }) => ({ openapi, info }));
  for (const { requestBody } of operations(cut)) strict(requestBody?.content?.["application/json"]?.schema, cut);
  return cut;
}

function ofForgejo(room) {
  const home = join(room, "forgejo");
  run("cargo", ["new", "--quiet", "--lib", "--vcs", "none", "--name", "bring", home], room);
  run("cargo", ["add", "--quiet", "--no-default-features", FORGEJO.replace("@", "@=")], home);
  run("cargo", ["vendor", "--quiet", "--versioned-dirs"], home);
  const folder = readdirSync(join(home, "vendor")).find((name) => name === FORGEJO.replace("@", "-"));
  const root = JSON.parse(readFileSync(join(home, "vendor", folder, "swagger.v1.json")));
  const keep = ({ swagger, info, consumes, produces, securityDefinitions, security }) => ({
    swagger, info, consumes, produces, securityDefinitions, security,
  });
  const cut = slice(root, forgejo, keep);
  for (const { parameters } of operations(cut)) {
    for (const parameter of parameters ?? []) if (parameter.in === "body") strict(parameter.schema, cut);
  }
  // Prism leaves out a base path that stands without a host.
  cut.paths = Object.fromEntries(Object.entries(cut.paths).map(([path, value]) => [`/api/v1${path}`, value]));
  return cut;
}

const folder = process.argv[2];
if (!folder) throw new Error("which folder?");
mkdirSync(folder, { recursive: true });
const room = mkdtempSync(join(tmpdir(), "descriptions-"));
try {
  for (const [name, of] of [["github", ofGitHub], ["forgejo", ofForgejo]]) {
    writeFileSync(join(folder, `${name}.json`), JSON.stringify(of(room)));
  }
} finally {
  rmSync(room, { recursive: true });
}
