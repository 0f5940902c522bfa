#!/usr/bin/env python3
"""Holds the HTML and CSS parsers against others on the same files in one run, on one core.

    python3 -m venv RIVALS && RIVALS/bin/pip install selectolax      # lexbor
    apt-get install -y libxml2-utils                                 # libxml2's xmllint
    swift build -c release --static-swift-stdlib --product sterling --scratch-path .build-release
    RIVALS/bin/python Benchmarks/markup.py PAGES [--sheets SHEETS]

Prints for how many pages the elements nest as lexbor nests them, the CPU time of whole processes beside libxml2's (which
builds its tree without positions), the speed of CSS, and what hostile input costs. A rival that is not there is left out with
a notice.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile

from measuring import measure

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def files_below(folder, endings):
    """Lists the files with these endings, in order."""
    found = []
    for place, _, names in sorted(os.walk(folder)):
        found += [os.path.join(place, name) for name in sorted(names) if name.endswith(endings)]
    return found


def our_nesting(sterling, path):
    """The names of a page's elements, each with its depth, from the tree in the html5lib format."""
    text = subprocess.run([sterling, "syntax", "--format", "tree", path], capture_output=True, check=True).stdout
    elements = []
    for line in text.decode("utf-8", "replace").split("\n"):
        body = line[2:].lstrip(" ") if line.startswith("| ") else ""
        # Elements are `<name>`; comments, texts and the document type look otherwise.
        if body.startswith("<") and body.endswith(">") and not body.startswith(("<!", '"')):
            depth = (len(line) - 2 - len(body)) // 2
            elements.append((depth, body[1:-1].split(" ")[-1]))
    return elements


def lexbor_nesting(path):
    """The same from lexbor."""
    from selectolax.lexbor import LexborHTMLParser

    with open(path, "rb") as file:
        tree = LexborHTMLParser(file.read().decode("utf-8", "replace"))
    elements = []
    work = [(tree.root, 0)]
    while work:
        node, depth = work.pop()
        if node.tag.startswith("-") or node.tag == "!doctype":
            continue
        elements.append((depth, node.tag))
        children = []
        child = node.child
        while child is not None:
            children.append(child)
            child = child.next
        work += [(child, depth + 1) for child in reversed(children)]
    return elements


def flat(elements):
    """What both say in the same words: contents of templates and the depth of their fragment are left out."""
    result = []
    skipped = None
    for depth, name in elements:
        if skipped is not None and depth > skipped:
            continue
        skipped = depth if name == "template" else None
        result.append((depth, name.lower()))
    return result


def compare_nesting(settings, pages):
    try:
        import selectolax  # noqa: F401
    except ImportError:
        print("selectolax is not here; nesting is not compared", file=sys.stderr)
        return
    equal = 0
    for path in pages:
        ours, theirs = flat(our_nesting(settings.sterling, path)), flat(lexbor_nesting(path))
        if ours == theirs:
            equal += 1
            continue
        place = next((i for i, pair in enumerate(zip(ours, theirs)) if pair[0] != pair[1]), min(len(ours), len(theirs)))
        print(f"  {path}: element {place}: {ours[place:place + 2]} here, {theirs[place:place + 2]} there")
    print(f"nesting equal to lexbor's: {equal} of {len(pages)} pages")


def compare_speed(settings, pages):
    size = sum(os.path.getsize(path) for path in pages)
    commands = [("sterling", [settings.sterling, "syntax", "--threads", "1", *pages])]
    if shutil.which("xmllint"):
        commands.append(("libxml2", ["xmllint", "--html", "--noout", "--nowarning", "--huge", *pages]))
    else:
        print("xmllint is not here and left out", file=sys.stderr)
    best = {}
    for _ in range(settings.rounds):
        for name, command in commands:
            seconds, memory = measure(command)
            known = best.get(name, (seconds, memory))
            best[name] = (min(known[0], seconds), max(known[1], memory))
    for name, (seconds, memory) in best.items():
        print(f"HTML, {len(pages)} pages, {size / 1e6:.1f} MB: {name} {seconds:.2f} s, {size / 1e6 / seconds:.0f} MB/s, {memory / 1e6:.0f} MB")
    if "libxml2" in best:
        print(f"  sterling is {best['libxml2'][0] / best['sterling'][0]:.2f} times as fast as libxml2")


def time_sheets(settings):
    sheets = files_below(settings.sheets, (".css",))
    size = sum(os.path.getsize(path) for path in sheets)
    seconds = min(measure([settings.sterling, "syntax", "--threads", "1", *sheets])[0] for _ in range(settings.rounds))
    print(f"CSS, {len(sheets)} sheets, {size / 1e6:.1f} MB: {seconds:.2f} s, {size / 1e6 / seconds:.0f} MB/s")


HOSTILE = {
    "1,000,000 nested elements": (b"", b"<div>", 1_000_000, b""),
    "1,000,000 nested formatting elements": (b"", b"<b>", 1_000_000, b""),
    "100 MB of one attribute": (b'<a b="', b"x", 100_000_000, b'">'),
    "10 MB of '<'": (b"", b"<", 10_000_000, b""),
    "10 MB of NUL": (b"", b"\0", 10_000_000, b""),
    "10 MB of '&'": (b"", b"&", 10_000_000, b""),
}


def time_hostile(settings, scratch):
    for name, (before, piece, count, after) in HOSTILE.items():
        path = os.path.join(scratch, "hostile.html")
        # In small parts: what this process has held counts for the processes that it starts.
        with open(path, "wb") as file:
            file.write(before)
            for _ in range(count // 100_000):
                file.write(piece * 100_000)
            file.write(after)
        seconds, memory = measure([settings.sterling, "syntax", "--threads", "1", path])
        print(f"{name}: {seconds:.2f} s, {memory / 1e6:.0f} MB")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("pages", help="a folder of HTML files")
    parser.add_argument("--sheets", help="a folder of CSS files")
    parser.add_argument("--sterling", default=os.path.join(ROOT, ".build-release/release/sterling"))
    parser.add_argument("--rounds", type=int, default=3)
    settings = parser.parse_args()
    pages = files_below(os.path.abspath(settings.pages), (".html", ".htm"))
    compare_nesting(settings, pages)
    compare_speed(settings, pages)
    if settings.sheets:
        time_sheets(settings)
    with tempfile.TemporaryDirectory() as scratch:
        time_hostile(settings, scratch)


if __name__ == "__main__":
    main()
