#!/usr/bin/env python3
"""Changes how projects are written, never what they do, and prints how much of what Sterling finds stays the same.

    make invariance
    Scripts/invariance.py FOLDER... [--sterling PATH] [--mistakes]

Each project below the folders is analysed as it is and under each change; a row tells how many of the findings (mechanic,
status and facts) and how many of the verdicts are the same. The minifiers are esbuild and terser as Debian has them
(`apt-get install esbuild terser`, and node for terser); what is not there is left out with a notice.
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

import renaming

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
TERSER = "/usr/share/nodejs/terser"
SCRIPT = re.compile(r"(<script\b(?P<attributes>[^>]*)>)(?P<text>.*?)(?P<end></script\s*>)", re.I | re.S)
RUN_TYPES = {"", "text/javascript", "application/javascript", "module", "text/babel", "text/jsx"}

CLAIMS = (
    "spawns enemies that fire back at the player, particles on every hit, score += 10, lives, cooldown, pause, restart, "
    "sound effects, predators eat prey, hunger, starvation, aging, reproduction with an energy cost, immigration, "
    "planet orbits to scale, orbital speed slider, info panel, raycaster, verified work history, contact form validation, "
    "prefers-reduced-motion"
)

STARTS = {"const", "let", "var", "if", "for", "while", "switch", "try", "throw"}

DEAD = """
function enemyFireAtPlayer(enemy, player) { enemyShots.push({ x: enemy.x, y: enemy.y, target: player }); }
function spawnParticlesOnHit(hit) { for (let i = 0; i < 20; i++) particles.push({ x: hit.x, life: 1 }); }
function reproducePredator(parent) { if (parent.energy > 100) { parent.energy -= 50; predators.push({ energy: 50 }); } }
function starve(animal) { animal.energy -= 1; if (animal.energy <= 0) animal.dead = true; }
function showPlanetInfo(planet) { infoPanel.textContent = planet.name + planet.radius; infoPanel.hidden = false; }
function validateContactForm(event) { if (!emailInput.value) { event.preventDefault(); showError('email'); } }
class UnusedScoreBoard { constructor() { this.score = 0; } addKill() { this.score += 100; scoreElement.textContent = this.score; } }
"""


class Script:
    """A piece of script in a project: the whole of a file, or what stands between the tags of a page."""

    def __init__(self, path, start, end, text, kind):
        self.path, self.start, self.end, self.text, self.kind = path, start, end, text, kind

    @property
    def ending(self):
        """The file ending that says its language."""
        if self.kind == "jsx":
            return ".jsx"
        extension = os.path.splitext(self.path)[1]
        return extension if extension in (".ts", ".tsx", ".jsx", ".js") else ".js"


def read_project(folder):
    """The texts of a project's files by path, and its scripts."""
    files = {}
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name not in ("node_modules", ".git"))
        for name in sorted(names):
            path = os.path.join(place, name)
            try:
                with open(path, encoding="utf-8", newline="") as file:
                    files[os.path.relpath(path, folder)] = file.read()
            except UnicodeDecodeError:
                pass
    return files


def scripts_of(files):
    """Every script of the project's own, vendored and minified files apart."""
    scripts = []
    modules = {name for text in files.values() for name in re.findall(r"type=[\"']?module[\"']?[^>]*src=[\"']([^\"']+)", text)}
    for path, text in files.items():
        if path.endswith((".html", ".htm")):
            for match in SCRIPT.finditer(text):
                attributes = match["attributes"]
                kind = re.search(r"\btype\s*=\s*[\"']?([\w/+-]*)", attributes)
                kind = kind[1].lower() if kind else ""
                if kind in RUN_TYPES and not re.search(r"\bsrc\s*=", attributes) and match["text"].strip():
                    name = "module" if kind == "module" else "jsx" if kind in ("text/babel", "text/jsx") else "script"
                    scripts.append(Script(path, match.start("text"), match.end("text"), match["text"], name))
        elif path.endswith((".js", ".mjs", ".jsx", ".ts", ".tsx")) and ".min." not in path and ".config." not in path:
            isModule = re.search(r"^\s*(import|export)\b", text, re.M) or any(name.endswith(os.path.basename(path)) for name in modules)
            scripts.append(Script(path, 0, len(text), text, "module" if isModule else "script"))
    return scripts


def replaced(files, scripts, texts):
    """The files with each script's text replaced; `None` leaves one as it is."""
    result = dict(files)
    for script, text in sorted(zip(scripts, texts), key=lambda pair: -pair[0].start):
        if text is not None:
            old = result[script.path]
            result[script.path] = old[: script.start] + text + old[script.end :]
    return result


class Changes:
    """The changes, each from the files of a project to other files, or `None` where it changes nothing."""

    def __init__(self, settings, scratch):
        self.sterling = settings.sterling
        self.scratch = scratch
        self.esbuild = shutil.which("esbuild")
        self.node = shutil.which("node") if os.path.isdir(TERSER) else None

    def all(self):
        yield "comments stripped", self.strip_comments
        yield "comments and strings that claim everything", self.add_claims
        if self.node:
            yield "reformatted", lambda files: self.terser(files, {"compress": False, "mangle": False, "format": {"beautify": True}})
        if self.esbuild:
            yield "minified by esbuild", self.minify
        if self.node:
            yield "minified and mangled by terser", lambda files: self.terser(files, {"compress": True, "mangle": True})
        if self.esbuild:
            yield "bundled into one file", self.bundle
        yield "inline scripts moved out", self.move_out
        yield "dead functions with telling names", self.add_dead
        yield "every identifier renamed, properties too", self.rename

    def dump(self, script, format):
        """What `sterling syntax` prints of a script."""
        path = os.path.join(self.scratch, "piece" + script.ending)
        with open(path, "w", encoding="utf-8", newline="") as file:
            file.write(script.text)
        run = subprocess.run([self.sterling, "syntax", "--format", format, path], capture_output=True, check=False)
        return run.stdout.decode("utf-8")

    def tokens(self, script):
        """A script's tokens and its comments; spans count UTF-16 units."""
        try:
            report = json.loads(self.dump(script, "tokens"))
        except json.JSONDecodeError:
            return [], []
        return report["tokens"], report["comments"]

    def strip_comments(self, files):
        scripts = scripts_of(files)
        texts = []
        for script in scripts:
            units = renaming.Units(script.text)
            _, comments = self.tokens(script)
            edits = [(one["start"], one["end"], "\n" if "\n" in units.text(one["start"], one["end"]) else " ") for one in comments]
            texts.append(units.replaced(edits))
        result = replaced(files, scripts, texts)
        return {path: strip_page(text) if path.endswith((".html", ".htm")) else text for path, text in result.items()}

    def add_claims(self, files):
        scripts = scripts_of(files)
        texts = []
        for script in scripts:
            units = renaming.Units(script.text)
            tokens, _ = self.tokens(script)
            # Before keywords only: in JSX a comment before anything else would be text.
            places = [token["start"] for token in tokens if token["type"] == "keyword" and token["value"] in STARTS]
            edits = [(place, place, f"/* {CLAIMS} */ ") for place in places[::5]]
            texts.append(units.replaced(edits) + f"\n;void {json.dumps(CLAIMS)};\n")
        return replaced(files, scripts, texts)

    def add_dead(self, files):
        scripts = scripts_of(files)
        return replaced(files, scripts, [script.text + DEAD for script in scripts])

    def move_out(self, files):
        scripts = [script for script in scripts_of(files) if script.path.endswith((".html", ".htm"))]
        if not scripts:
            return None
        result = dict(files)
        for number, script in sorted(enumerate(scripts), key=lambda pair: -pair[1].start):
            page = result[script.path]
            opening = page.rindex("<script", 0, script.start)
            tag = page[opening : script.start]
            name = f"moved-{number}.js"
            folder = os.path.dirname(script.path)
            result[os.path.join(folder, name)] = script.text
            result[script.path] = page[:opening] + tag[:-1] + f' src="{name}">' + page[script.end :]
        return result

    def minify(self, files):
        scripts = scripts_of(files)
        texts = []
        for script in scripts:
            loader = {".ts": "ts", ".tsx": "tsx", ".jsx": "jsx"}.get(script.ending, "jsx")
            command = [self.esbuild, "--minify", f"--loader={loader}", "--jsx=preserve", "--charset=utf8"]
            run = subprocess.run(command, input=script.text.encode(), capture_output=True, check=False)
            texts.append(run.stdout.decode() if run.returncode == 0 else None)
        return replaced(files, scripts, texts)

    def bundle(self, files):
        """Bundles each page's module; a page without one has nothing to bundle."""
        result = dict(files)
        done = False
        for path, text in files.items():
            if not path.endswith((".html", ".htm")):
                continue
            match = re.search(r"<script\b(?=[^>]*type=[\"']?module)[^>]*\bsrc=[\"']([^\"':]+)[\"'][^>]*>\s*</script>", text)
            if not match or match[1].lstrip("/") not in files and os.path.normpath(os.path.join(os.path.dirname(path), match[1])) not in files:
                continue
            with tempfile.TemporaryDirectory(dir=self.scratch) as folder:
                write_project(files, folder)
                entry = os.path.join(folder, match[1].lstrip("/") if match[1].startswith("/") else os.path.join(os.path.dirname(path), match[1]))
                command = [self.esbuild, entry, "--bundle", "--format=esm", "--jsx=preserve", "--charset=utf8", "--external:*.css"]
                command += [f"--external:{name}" for name in external_names(files)]
                run = subprocess.run(command, capture_output=True, check=False)
            if run.returncode == 0:
                result[path] = text.replace(match[0], '<script type="module" src="/bundle.js"></script>')
                for script in scripts_of(files):
                    if not script.path.endswith((".html", ".htm")):
                        result.pop(script.path, None)
                result["bundle.js"] = run.stdout.decode()
                done = True
        return result if done else None

    def terser(self, files, options):
        scripts = scripts_of(files)
        jobs = [
            None if script.ending in (".ts", ".tsx", ".jsx") or script.kind == "jsx" else {
                "text": script.text, "options": {**options, "module": script.kind == "module"}}
            for script in scripts]
        program = (
            f"const {{ minify }} = require('{TERSER}');"
            "(async () => { const jobs = JSON.parse(require('fs').readFileSync(0, 'utf8')); const out = [];"
            "for (const job of jobs) { try { out.push(job && (await minify(job.text, job.options)).code) } catch { out.push(null) } }"
            "process.stdout.write(JSON.stringify(out)) })()")
        environment = {**os.environ, "NODE_PATH": "/usr/share/nodejs"}
        run = subprocess.run([self.node, "-e", program], input=json.dumps(jobs).encode(), capture_output=True, check=False, env=environment)
        if run.returncode != 0:
            print(f"terser failed: {run.stderr.decode()[:200]}", file=sys.stderr)
            return None
        texts = json.loads(run.stdout)
        return replaced(files, scripts, texts) if any(texts) else None

    def rename(self, files):
        scripts = scripts_of(files)
        trees = []
        for script in scripts:
            try:
                trees.append(json.loads(self.dump(script, "estree")))
            except json.JSONDecodeError:
                return None
        names = renaming.Names(trees, files)
        texts = [names.applied(script.text, tree) for script, tree in zip(scripts, trees)]
        result = replaced(files, scripts, texts)
        for path in result:
            if path.endswith((".html", ".htm")):
                result[path] = names.applied_to_handlers(result[path])
        return result


def strip_page(text):
    """A page without its comments; what stands in scripts stays."""
    pieces, position = [], 0
    for match in SCRIPT.finditer(text):
        pieces.append(re.sub(r"<!--(?!\[if).*?-->", "", text[position : match.start()], flags=re.S))
        pieces.append(match[0])
        position = match.end()
    return "".join(pieces) + re.sub(r"<!--(?!\[if).*?-->", "", text[position:], flags=re.S)


def external_names(files):
    """The packages that a project imports and does not hold."""
    names = set()
    for text in files.values():
        names |= set(re.findall(r"(?:from|import)\s*\(?[\"']([^\"'./][^\"']*)[\"']", text))
    return sorted(names)


def write_project(files, folder):
    for path, text in files.items():
        place = os.path.join(folder, path)
        os.makedirs(os.path.dirname(place), exist_ok=True)
        with open(place, "w", encoding="utf-8", newline="") as file:
            file.write(text)


def analysed(sterling, folder, rubric):
    """The findings that hold and the verdicts of a project."""
    def run(command):
        result = subprocess.run([sterling, command, folder, "--rubric", rubric, "--format", "json"], capture_output=True, check=False)
        return json.loads(result.stdout)

    findings = collections.Counter()
    for finding in run("inspect")["projects"][0]["findings"]:
        if finding["status"] in ("found", "broken"):
            # A fact `name` repeats what the project calls a thing.
            facts = {key: value for key, value in finding["facts"].items() if key != "name"}
            findings[(finding["mechanic"], finding["status"], json.dumps(facts, sort_keys=True))] += 1
    verdicts = {criterion["id"]: criterion["verdict"] for criterion in run("score")["results"][0]["criteria"]}
    return findings, verdicts


def projects_below(folders, sterling):
    """Each project with its rubric: folders that are named after one."""
    rubrics = {"brand-site", "solar-system", "space-shooter", "ecosystem"}
    for folder in folders:
        for place, names, _ in sorted(os.walk(folder)):
            for name in sorted(names):
                if name in rubrics:
                    yield os.path.join(place, name), name


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folders", nargs="+", help="folders of projects, MODEL/EXPERIMENT")
    parser.add_argument("--sterling", default=os.path.join(ROOT, ".build-release/release/sterling"))
    parser.add_argument("--mistakes", action="store_true", help="name what changed")
    settings = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        changes = Changes(settings, scratch)
        for name, found in (("esbuild", changes.esbuild), ("terser", changes.node)):
            if not found:
                print(f"{name} is not here; what it does is left out", file=sys.stderr)
        totals = {name: [0, 0, 0, 0, 0, 0] for name, _ in changes.all()}
        for folder, rubric in projects_below(settings.folders, settings.sterling):
            files = read_project(folder)
            before, verdicts = analysed(settings.sterling, folder, rubric)
            for name, change in changes.all():
                changed = change(files)
                if changed is None or changed == files:
                    continue
                place = os.path.join(scratch, "changed", rubric)
                shutil.rmtree(os.path.dirname(place), ignore_errors=True)
                write_project(changed, place)
                after, newVerdicts = analysed(settings.sterling, place, rubric)
                turned = [key for key in verdicts if verdicts[key] != newVerdicts[key]]
                row = totals[name]
                for index, value in enumerate((
                        1, sum((before & after).values()), sum(before.values()), sum((after - before).values()),
                        len(verdicts) - len(turned), len(verdicts))):
                    row[index] += value
                if settings.mistakes:
                    for key in turned:
                        print(f"{folder}, {name}: {key} {verdicts[key]} became {newVerdicts[key]}")
                    for finding in (before - after).elements():
                        print(f"{folder}, {name}: lost {' '.join(finding)}")
    print(f"{'change':46}{'projects':>9}{'findings the same':>26}{'new':>5}{'verdicts the same':>26}")
    for name, (count, same, of, new, right, verdictCount) in totals.items():
        findings = f"{same} of {of}, {share(same, of)}"
        verdicts = f"{right} of {verdictCount}, {share(right, verdictCount)}"
        print(f"{name:46}{count:>9}{findings:>26}{new:>5}{verdicts:>26}")


def share(part, whole):
    return f"{100 * part / whole:.1f} %" if whole else "-"


if __name__ == "__main__":
    main()
