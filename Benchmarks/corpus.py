#!/usr/bin/env python3
"""Collects real JavaScript from installed Debian packages into a folder, for benchmarks and comparisons.

    apt-get install -y node-acorn libjs-three libjs-dojo-core libjs-dojo-dijit libjs-dojo-dojox libjs-openlayers \\
        libjs-codemirror libjs-highlight.js libjs-jquery-ui libjs-bootstrap5 libjs-angularjs node-typescript
    Benchmarks/corpus.py FOLDER
    Benchmarks/corpus.py --density FOLDER

Files that acorn does not parse, exact duplicates, small files, translations, all but fifty minified files and all but two of
TypeScript's builds are left out. With `--density` all scripts, styles and pages are taken, whatever their size, up to 48.8 MB. Names tell nothing, because some tools skip `*.min.js`. The same packages give the same
corpus.
"""

import hashlib
import json
import os
import subprocess
import sys

PACKAGES = (
    "libjs-three libjs-dojo-core libjs-dojo-dijit libjs-dojo-dojox libjs-openlayers libjs-codemirror libjs-highlight.js"
    " libjs-jquery-ui libjs-bootstrap5 libjs-angularjs node-typescript"
).split()
NPM = ["/usr/lib/node_modules/npm", "/usr/share/nodejs/npm"]
MINIFIED = 50
HUGE = 2
SMALLEST = 6000

CHECKER = """
const acorn = require(require('fs').existsSync('/usr/share/nodejs/acorn') ? '/usr/share/nodejs/acorn' : 'acorn');
const {readFileSync} = require('fs');
const good = [];
for (const path of readFileSync(0, 'utf8').split('\\n').filter(Boolean)) {
  const text = readFileSync(path, 'utf8');
  for (const sourceType of ['script', 'module']) {
    try { acorn.parse(text, {ecmaVersion: 'latest', sourceType}); good.push([path, sourceType]); break; } catch {}
  }
}
console.log(JSON.stringify(good));
"""


def paths():
    for package in PACKAGES:
        listing = subprocess.run(["dpkg", "-L", package], capture_output=True, text=True)
        if listing.returncode != 0:
            print(f"{package} is not installed, its files are missing", file=sys.stderr)
        yield from sorted(listing.stdout.splitlines())
    for place in NPM:
        for folder, folders, names in os.walk(place):
            folders.sort()
            yield from (os.path.join(folder, name) for name in sorted(names))


def candidates():
    seen = set()
    for path in paths():
        if "/nls/" in path or not path.endswith((".js", ".mjs", ".cjs")) or os.path.islink(path) or not os.path.isfile(path):
            continue
        with open(path, "rb") as file:
            content = file.read()
        digest = hashlib.sha256(content).digest()
        if len(content) >= SMALLEST and digest not in seen:
            seen.add(digest)
            yield path, content


def mixed(limit=48_800_000, largest=4_000_000):
    """All scripts, styles and pages without exact duplicates, in the order of their hashes, up to a total size."""
    found = {}
    for path in paths():
        if not path.endswith((".js", ".mjs", ".cjs", ".ts", ".css", ".html")) or os.path.islink(path) or not os.path.isfile(path):
            continue
        with open(path, "rb") as file:
            content = file.read()
        if 0 < len(content) <= largest:
            found.setdefault(hashlib.sha256(content).hexdigest(), (os.path.splitext(path)[1], content))
    total = 0
    for digest, (suffix, content) in sorted(found.items()):
        if total + len(content) <= limit:
            total += len(content)
            yield digest, suffix, content


def write_mixed(target):
    count = total = 0
    for digest, suffix, content in mixed():
        folder = os.path.join(target, f"{int(digest[:2], 16) % 64:02}")
        os.makedirs(folder, exist_ok=True)
        with open(os.path.join(folder, digest[2:12] + suffix), "wb") as file:
            file.write(content)
        count += 1
        total += len(content)
    print(f"{count} files, {total / 1e6:.1f} MB")


def is_minified(content):
    return len(content) > 1000 and len(content) / (content.count(b"\n") + 1) > 300


def main():
    if len(sys.argv) == 3 and sys.argv[1] == "--density":
        return write_mixed(sys.argv[2])
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    target = sys.argv[1]
    files = dict(candidates())
    checked = subprocess.run(["node", "-e", CHECKER], input="\n".join(files), capture_output=True, text=True, check=True)
    os.makedirs(target, exist_ok=True)
    count = total = minified = huge = 0
    for path, goal in json.loads(checked.stdout):
        content = files[path]
        if is_minified(content):
            minified += 1
            if minified > MINIFIED:
                continue
        if len(content) > 5_000_000:
            huge += 1
            if huge > HUGE:
                continue
        count += 1
        total += len(content)
        with open(os.path.join(target, f"{count:04}.{'mjs' if goal == 'module' else 'js'}"), "wb") as file:
            file.write(content)
    print(f"{count} files, {total / 1e6:.1f} MB, {min(minified, MINIFIED)} of them minified")


if __name__ == "__main__":
    main()
