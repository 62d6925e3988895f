// Bundles src/ with the texts of guidance/ into dist/naast.js. The built file is committed, so that no one needs Node to run
// Naast. Its first line names the hash of its sources and that of what follows it: a test tells when it was not built anew, or
// changed by hand (tests/unit/test_widget.py).
import { createHash } from "node:crypto";
import { access, readdir, readFile, writeFile } from "node:fs/promises";
import { build } from "esbuild";
import { parse } from "yaml";

// The texts of every language, by its code: a language is a folder of guidance/ with a widget.yml.
const GUIDANCE = "../guidance";
const files = [];
for (const language of (await readdir(GUIDANCE)).sort()) {
  const path = `${GUIDANCE}/${language}/widget.yml`;
  if (await access(path).then(() => true, () => false)) files.push([language, path]);
}
const texts = {};
for (const [language, path] of files) texts[language] = parse(await readFile(path, "utf8"));
// The numbers that may be tapped: of every helpline, and the names that are one ("113").
const CONTACTS = `${GUIDANCE}/contacts.yml`;
const { contacts } = parse(await readFile(CONTACTS, "utf8"));
const numbers = new Set(contacts.flatMap(({ name, phone }) => [phone, name]).filter((each) => /^[\d +-]+$/.test(each ?? "")));
const data = { "naast:texts": texts, "naast:numbers": [...numbers] };
const guidance = {
  name: "guidance",
  setup(bundle) {
    bundle.onResolve({ filter: /^naast:/ }, ({ path }) => ({ path, namespace: "naast" }));
    bundle.onLoad({ filter: /.*/, namespace: "naast" }, ({ path }) => ({ contents: JSON.stringify(data[path]), loader: "json" }));
  },
};

const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash("sha256")).digest("hex");
const sources = (await readdir("src")).sort().map((name) => `src/${name}`);
const others = ["package.json", "package-lock.json", "build.mjs", CONTACTS, ...files.map(([, path]) => path)];
const read = await Promise.all([...sources, ...others].map((path) => readFile(path)));

const { outputFiles } = await build({
  entryPoints: ["src/index.tsx"],
  write: false,
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2020",
  charset: "utf8",
  legalComments: "none",
  jsx: "automatic",
  jsxImportSource: "preact",
  loader: { ".css": "text" },
  plugins: [guidance],
});
const script = outputFiles[0].contents;
await writeFile(process.argv[2] ?? "dist/naast.js", [`// sources ${sha256(...read)} script ${sha256(script)}\n`, script]);
