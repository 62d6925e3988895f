// Bundles src/ with the texts of guidance/ into dist/naast.js. The built file is committed, so that no one needs Node to run
// Naast; `make widget-check` says when it is not what the sources give.
import { readFile } from "node:fs/promises";
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

await build({
  entryPoints: ["src/index.tsx"],
  outfile: process.argv[2] ?? "dist/naast.js",
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2020",
  charset: "utf8",
  legalComments: "none",
  jsx: "automatic",
  jsxImportSource: "preact",
  loader: { ".css": "text" },
  plugins: [texts],
});
