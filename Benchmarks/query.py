#!/usr/bin/env python3
"""Times `sterling query` beside ast-grep on the same files in one run, on one core, and compares what they find.

    Benchmarks/corpus.py CORPUS
    python3 -m venv RIVALS && RIVALS/bin/pip install ast-grep-cli
    swift build -c release --static-swift-stdlib --product sterling --scratch-path .build-release
    Benchmarks/query.py CORPUS --rivals RIVALS/bin

CPU time is what counts: user and system time of the whole process, start included, the best of several rounds in which the
tools take turns. Every match of ast-grep has to be one of ours; what we find besides is listed by what it begins with.
"""

import argparse
import collections
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

from measuring import find

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PATTERNS = ["requestAnimationFrame($F)", "$A.addEventListener($$$B)", "new $C($$$A)", "$A == $A"]


def measure(command):
    """Runs a command on the first core; returns its CPU seconds and what it printed."""
    pinned = ["taskset", "-c", "0", *command] if shutil.which("taskset") else command
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(pinned, stdout=output, stderr=subprocess.DEVNULL)
        _, _, usage = os.wait4(process.pid, 0)
        output.seek(0)
        return usage.ru_utime + usage.ru_stime, output.read().decode()


def ours(text):
    matches = map(json.loads, text.splitlines())
    return {(m["file"], m["byteOffset"], m["byteOffset"] + m["byteLength"]): m["text"] for m in matches}


def theirs(text):
    places = ((m, m["range"]["byteOffset"]) for m in json.loads(text or "[]"))
    return {(m["file"], place["start"], place["end"]): m["text"] for m, place in places}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("corpus", help="a folder of JavaScript, see Benchmarks/corpus.py")
    parser.add_argument("--sterling", default=os.path.join(ROOT, ".build-release/release/sterling"))
    parser.add_argument("--rivals", help="the folder of ast-grep, if it is not on the PATH")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--pattern", action="append", help="search for this; may be repeated")
    settings = parser.parse_args()
    rival = find("ast-grep", settings)
    if not rival:
        sys.exit("ast-grep is not here: pip install ast-grep-cli, and name its folder with --rivals")
    corpus = os.path.abspath(settings.corpus)
    size = sum(os.path.getsize(os.path.join(corpus, name)) for name in os.listdir(corpus))
    print(f"{len(os.listdir(corpus))} files, {size / 1e6:.1f} MB, one core, best of {settings.rounds} rounds")
    for pattern in settings.pattern or PATTERNS:
        mine = [settings.sterling, "query", pattern, corpus, "--format", "jsonl", "--threads", "1"]
        other = [rival, "run", "-l", "js", "-j", "1", "-p", pattern, corpus, "--json=compact"]
        rounds = [(measure(mine), measure(other)) for _ in range(settings.rounds)]
        seconds = [min(pair[tool][0] for pair in rounds) for tool in (0, 1)]
        found, known = ours(rounds[0][0][1]), theirs(rounds[0][1][1])
        missed = [place for place in known if place not in found]
        more = collections.Counter(
            (re.match(r"(window|globalThis|self)\b", text) or re.match("", "")).group() or "another form"
            for place, text in found.items() if place not in known)
        print(f"{pattern}: sterling {seconds[0]:.3f} s, ast-grep {seconds[1]:.3f} s: {seconds[1] / seconds[0]:.1f} times as fast")
        print(f"  {len(found)} matches, ast-grep {len(known)}, of which {len(missed)} are not among ours", end="")
        print("; besides " + ", ".join(f"{count} by {name}" for name, count in more.most_common()) if more else "")
        for place in missed[:5]:
            print("  missed", place, known[place][:100].replace("\n", " "))


if __name__ == "__main__":
    main()
