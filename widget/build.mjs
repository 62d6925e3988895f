// Bundles src/ with the texts of guidance/ into dist/naast.js. The built file is committed, so that no one needs Node to run
// Naast. Its first line names the hash of its sources: a test tells when it was not built anew (tests/unit/test_widget.py).
import { createHash } from "node:crypto";
import { access, readdir, readFile } from "node:fs/promises";
import { build } from "esbuild";
import { parse } from "yaml";

// The texts of every language, by its code: a language is a folder of guidance/ with a widget.yml.
const GUIDANCE = "../guidance";
const files = [];
for (const language of (await readdir(GUIDANCE)).sort()) {
  const path = `${GUIDANCE}/${language}/widget.yml`;
  if (await access(path).then(() => true, () => false)) files.push([language, path]);
}
const texts = {
  name: "texts",
  setup(bundle) {
    bundle.onResolve({ filter: /^naast:texts$/ }, ({ path }) => ({ path, namespace: "naast" }));
    bundle.onLoad({ filter: /.*/, namespace: "naast" }, async () => {
      const all = {};
      for (const [language, path] of files) all[language] = parse(await readFile(path, "utf8"));
      return { contents: JSON.stringify(all), loader: "json" };
    });
  },
};

const sources = (await readdir("src")).sort().map((name) => `src/${name}`);
const hash = createHash("sha256");
for (const path of [...sources, "package.json", "build.mjs", ...files.map(([, path]) => path)]) hash.update(await readFile(path));

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
