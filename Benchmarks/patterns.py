#!/usr/bin/env python3
"""Asks ast-grep and Semgrep what they say of each row of the table in docs/patterns.md, beside what the table says.

    python3 -m venv RIVALS && RIVALS/bin/pip install ast-grep-cli semgrep
    Benchmarks/patterns.py --rivals RIVALS/bin

Prints a line for every row that differs, and how many do not. A rival that is not there is left out with a notice.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def rows():
    with open(os.path.join(ROOT, "docs/patterns.md")) as file:
        for line in file:
            cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
            if line.startswith("| `") and len(cells) == 5:
                pattern, code = (cell[3:-3] if cell.startswith("`` ") else cell.strip("`") for cell in cells[:2])
                yield pattern, code, cells[2], cells[3]


def find(name, settings):
    inside = os.path.join(settings.rivals or "", name)
    return inside if settings.rivals and os.access(inside, os.X_OK) else shutil.which(name)


def said(count, known):
    if count == "error":
        return "error"
    return str(count) if known.isdigit() else "yes" if count else "no"


def is_typed(code):
    return " as " in code and "import" not in code or "!." in code


def ast_grep(path, pattern, code, file):
    language = "tsx" if is_typed(code) else "jsx"
    result = subprocess.run([path, "run", "-l", language, "-p", pattern, file, "--json=compact"], capture_output=True, text=True)
    if "Cannot parse" in result.stderr:
        return "error"
    return len(json.loads(result.stdout or "[]"))


def semgrep(path, pattern, code, file):
    pattern = re.sub(r"\$\$\$([A-Z]+)", r"$...\1", pattern).replace("$$$", "...")
    result = subprocess.run(
        [path, "scan", "--metrics=off", "--disable-version-check", "-q", "--json", "-l", "ts" if is_typed(code) else "js",
         "-e", pattern, file], capture_output=True, text=True)
    try:
        answer = json.loads(result.stdout)
    except ValueError:
        return "error"
    if answer["errors"]:
        return "error"
    return len({(match["start"]["offset"], match["end"]["offset"]) for match in answer["results"]})


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rivals", help="the folder of the rivals' commands, beside those on the PATH")
    settings = parser.parse_args()
    tools = [("ast-grep", ast_grep, 2), ("semgrep", semgrep, 3)]
    for name, _, _ in tools:
        if not find(name, settings):
            print(f"{name} is not here and left out", file=sys.stderr)
    same = 0
    with tempfile.TemporaryDirectory() as folder:
        for row in rows():
            file = os.path.join(folder, "a.tsx" if is_typed(row[1]) else "a.jsx")
            with open(file, "w") as stream:
                stream.write(row[1] + "\n")
            for name, ask, column in tools:
                path = find(name, settings)
                answer = said(ask(path, row[0], row[1], file), row[column]) if path else row[column]
                same += answer == row[column]
                if answer != row[column]:
                    print(f"{name}: {row[0]} on {row[1]}: {answer}, the table says {row[column]}")
    print(f"{same} answers are as the table says")


if __name__ == "__main__":
    main()
