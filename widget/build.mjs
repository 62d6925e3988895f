// Bundles src/ with the texts of guidance/ into dist/naast.js. The built file is committed, so that no one needs Node to run
// Naast. Its first line names the hash of its sources: a test tells when it was not built anew (tests/unit/test_widget.py).
import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { build } from "esbuild";
import { parse } from "yaml";

const texts = {
  name: "texts",
  setup(bundle) {
    bundle.onLoad({ filter: /\.yml$/ }, async ({ path }) => ({
      contents: JSON.stringify(parse(await readFile(path, "utf8"))),
      loader: "json",
    }));
  },
};

const sources = (await readdir("src")).sort().map((name) => `src/${name}`);
const hash = createHash("sha256");
for (const path of [...sources, "package.json", "build.mjs", "../guidance/nl/widget.yml"]) hash.update(await readFile(path));

await build({
  entryPoints: ["src/index.tsx"],
  outfile: process.argv[2] ?? "dist/naast.js",
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2020",
  charset: "utf8",
  legalComments: "none",
  banner: { js: `// sources ${hash.digest("hex")}` },
  jsx: "automatic",
  jsxImportSource: "preact",
  loader: { ".css": "text" },
  plugins: [texts],
});
