#!/usr/bin/env node
// Compares `sterling syntax --format estree` with acorn's trees, property by property:
//
//     Scripts/compare-estree.mjs [--sterling PATH] [--acorn MODULE] [--limit N] FILE|FOLDER...
//
// Of pages, the scripts inside are compared. Files that acorn cannot parse are counted and left out. Properties that the
// acorn at hand is too old to know (`attributes`, `options`, decimal `bigint`) are left out on both sides.

import {execFileSync} from "node:child_process";
import {mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join, resolve} from "node:path";
import {createRequire} from "node:module";

const settings = {sterling: ".build/release/sterling", acorn: "acorn", limit: Infinity};
const roots = [];
for (let i = 2; i < process.argv.length; i++) {
  const name = process.argv[i].match(/^--(\w+)$/)?.[1];
  if (name in settings) settings[name] = process.argv[++i];
  else roots.push(process.argv[i]);
}
if (!roots.length) {
  console.error("usage: compare-estree.mjs [--sterling PATH] [--acorn MODULE] [--limit N] FILE|FOLDER...");
  process.exit(64);
}

async function load(name) {
  const require = createRequire(import.meta.url);
  for (const place of [name, "/usr/share/nodejs/" + name]) {
    try {
      return place.includes("/") && place.endsWith(".js") ? await import(resolve(place)) : require(place);
    } catch {}
  }
  console.error(`cannot load ${name}; install it (Debian: node-acorn) or name it with --acorn`);
  process.exit(2);
}
const acorn = await load(settings.acorn);
const [major, minor] = acorn.version.split(".").map(Number);
const knowsAttributes = major > 8 || minor >= 14;

const temporary = mkdtempSync(join(tmpdir(), "estree-"));
process.on("exit", () => rmSync(temporary, {recursive: true, force: true}));

function* filesBelow(path) {
  if (statSync(path).isDirectory()) {
    for (const name of readdirSync(path).sort()) if (!name.startsWith(".")) yield* filesBelow(join(path, name));
  } else if (/\.[cm]?js$/.test(path)) {
    yield {path, name: path};
  } else if (/\.html?$/.test(path)) {
    yield* scriptsOf(path);
  }
}

function* scriptsOf(page) {
  let number = 0;
  for (const [, attributes, content] of readFileSync(page, "utf8").matchAll(/<script\b([^>]*)>([\s\S]*?)<\/script>/gi)) {
    if (/\bsrc\s*=/i.test(attributes) || !content.trim()) continue;
    const type = attributes.match(/\btype\s*=\s*["']?([^"'\s>]*)/i)?.[1] ?? "";
    if (type && !/^(module|text\/javascript|application\/javascript)$/i.test(type)) continue;
    const path = join(temporary, `${process.hrtime.bigint()}.${type.toLowerCase() === "module" ? "mjs" : "js"}`);
    writeFileSync(path, content);
    yield {path, name: `${page} script ${++number}`};
  }
}


/** The first difference of two values, or null; with a stack of its own, because trees may be deep. */
function difference(left, right) {
  const pairs = [[left, right, ""]];
  while (pairs.length) {
    const [a, b, path] = pairs.pop();
    if (a === b) continue;
    if (typeof a === "bigint" || a instanceof RegExp) {
      if (!(b === null || typeof b === "object")) return `${path}: value ${b}`;
      continue;
    }
    // A regular expression that this engine does not know has no value in acorn's tree.
    if (a === null && b && typeof b === "object" && !Object.keys(b).length && path.endsWith(".value")) continue;
    if (typeof a === "number" && !Number.isFinite(a) && b === null) continue;
    if (a === null || b === null || typeof a !== "object" || typeof b !== "object") {
      return `${path}: ${JSON.stringify(a)} in acorn, ${JSON.stringify(b)} here`;
    }
    if (Array.isArray(a) !== Array.isArray(b)) return `${path}: array or object`;
    const ours = Array.isArray(a) ? a.keys() : Object.keys(a);
    for (const key of ours) {
      if (!knowsAttributes && key === "bigint") continue;
      if (!(key in b)) return `${path}.${key}: only in acorn`;
      pairs.push([a[key], b[key], path.length < 2000 ? `${path}.${key}` : path]);
    }
    if (Array.isArray(a)) {
      if (a.length !== b.length) return `${path}: ${a.length} in acorn, ${b.length} here`;
      continue;
    }
    for (const key of Object.keys(b)) {
      if (key in a) continue;
      if (!knowsAttributes && (key === "options" || (key === "attributes" && !b[key].length))) continue;
      return `${path}.${key}: only here`;
    }
  }
  return null;
}

let compared = 0, equal = 0, unparsed = 0;
outer: for (const root of roots) {
  for (const {path, name} of filesBelow(root)) {
    if (compared >= settings.limit) break outer;
    const output = execFileSync(settings.sterling, ["syntax", "--format", "estree", path], {maxBuffer: 2 ** 31 - 1});
    const ours = JSON.parse(output.toString());
    let theirs;
    try {
      theirs = acorn.parse(readFileSync(path, "utf8"), {ecmaVersion: "latest", sourceType: ours.sourceType});
    } catch (error) {
      unparsed++;
      continue;
    }
    compared++;
    const found = difference(theirs, ours);
    if (found) console.log(`${name}: ${found}`);
    else equal++;
  }
}
console.log(`acorn ${acorn.version}: ${equal}/${compared} trees equal, ${unparsed} files that acorn does not parse`);
process.exit(equal === compared ? 0 : 1);
