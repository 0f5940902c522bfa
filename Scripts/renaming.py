"""Renames every identifier of a project, properties too, from its ESTree trees.

A name is the project's own when the project declares it (a binding) or makes it (a key of an object or class, or a property
that is both set and read) and no host or library has a property of that name.
"""

import os
import re

TERSER_NAMES = "/usr/share/nodejs/terser/tools/domprops.js"
BUILTINS = set(
    "abs acos add all any append apply asin assign at atan atan2 back bind call catch cbrt ceil charAt charCodeAt clear clone "
    "concat constructor copyWithin cos cosh create defineProperty delete endsWith entries every exec exp fill filter finally "
    "find findIndex findLast flat flatMap floor for forEach freeze from fromEntries get getTime has hasOwn hypot includes "
    "indexOf index input isArray isFinite isInteger isNaN join keys lastIndexOf length log log10 log2 map match matchAll max "
    "message min name next now of padEnd padStart parse parseFloat parseInt pop pow prototype push race raw random reduce "
    "reduceRight repeat replace replaceAll resolve reject return reverse round search set shift sign sin size slice some sort "
    "splice split sqrt stack startsWith stringify sub subarray substr substring sup tan test then throw toFixed toISOString "
    "toLocaleString toLowerCase toPrecision toString toUpperCase trim trimEnd trimStart trunc unshift valueOf value values with "
    "default children className dangerouslySetInnerHTML htmlFor key props ref state render current dispatch type "
    # What drawing libraries read of what they are given.
    "add alpha ambient antialias aspect attach background camera castShadow children clone color colors copy depthWrite "
    "dispose distance domElement emissive far fog fov geometry intensity intersectObjects layers lookAt material matrix mesh "
    "metalness near normal object object3D opacity parent point points position quaternion radius receiveShadow remove "
    "renderer rotation roughness scale scene setAttribute setPixelRatio setSize shadow side size texture transparent traverse "
    "up update userData uuid uv vertexColors visible wireframe x y z w r g b zoom".split()
)
# Bindings with these names are called or read by a host.
HOST_BINDINGS = {
    "setup", "draw", "preload", "mousePressed", "mouseReleased", "mouseDragged", "mouseMoved", "mouseClicked", "mouseWheel",
    "keyPressed", "keyReleased", "keyTyped", "touchStarted", "touchMoved", "touchEnded", "windowResized", "arguments", "undefined",
}


class Units:
    """A text whose places are counted in UTF-16 units."""

    def __init__(self, text):
        self.units = text.encode("utf-16-le", "surrogatepass")

    def text(self, start, end):
        return self.units[2 * start : 2 * end].decode("utf-16-le", "surrogatepass")

    def replaced(self, edits):
        """The text with (start, end, new text) put in."""
        pieces, position = [], 0
        for start, end, new in sorted(edits):
            pieces += [self.text(position, start), new]
            position = end
        return "".join(pieces) + self.text(position, len(self.units) // 2)


def nodes(root):
    """Every node of a tree with its parent and the key that it stands under."""
    work = [(root, None, None)]
    while work:
        node, parent, key = work.pop()
        yield node, parent, key
        for name, child in node.items():
            for one in child if isinstance(child, list) else [child]:
                if isinstance(one, dict) and "type" in one:
                    work.append((one, node, name))


def is_property(parent, key):
    """Whether an identifier at this place names a property and no binding."""
    if parent is None:
        return False
    kind = parent["type"]
    if kind == "MemberExpression":
        return key == "property" and not parent.get("computed")
    if kind in ("Property", "MethodDefinition", "PropertyDefinition", "AccessorProperty", "TSPropertySignature", "TSMethodSignature"):
        return key == "key" and not parent.get("computed")
    return False


def is_outside(parent, key):
    """Whether an identifier at this place belongs to another name space: labels, what is imported, keys of attributes."""
    if parent is None:
        return False
    kind = parent["type"]
    return (
        kind in ("LabeledStatement", "BreakStatement", "ContinueStatement", "MetaProperty", "JSXAttribute", "ImportAttribute")
        or kind == "ImportSpecifier" and key == "imported"
        or kind in ("ExportSpecifier", "ExportAllDeclaration") and key == "exported")


class Names:
    """What a project's names become."""

    def __init__(self, trees, files):
        reserved = set(BUILTINS)
        if os.path.exists(TERSER_NAMES):
            with open(TERSER_NAMES, encoding="utf-8") as file:
                reserved |= set(re.findall(r"[\"']([\w$]+)[\"']", file.read()))
        bindings, made, set_, read, imported, quoted = set(), set(), set(), set(), set(), set()
        for tree in trees:
            for node, parent, key in nodes(tree):
                kind = node["type"]
                if kind == "Literal" and isinstance(node.get("value"), str):
                    # `'name radius period'.split(' ')` makes keys of a text.
                    quoted |= set(re.findall(r"[\w$]+", node["value"]))
                # What one component hands to another by an attribute keeps its name on both sides.
                if kind == "JSXAttribute":
                    reserved.add(node["name"].get("name"))
                if kind in ("ImportSpecifier", "ExportSpecifier"):
                    imported |= {part.get("name") for part in (node.get("imported"), node.get("local"), node.get("exported")) if part}
                if kind != "Identifier":
                    continue
                name = node["name"]
                if is_property(parent, key):
                    (read if parent["type"] == "MemberExpression" else made).add(name)
                elif self.declares(parent, key):
                    bindings.add(name)
            for node, _, _ in nodes(tree):
                if node["type"] == "AssignmentExpression" and node["left"]["type"] == "MemberExpression":
                    place = node["left"]["property"]
                    if place["type"] == "Identifier" and not node["left"].get("computed"):
                        set_.add(place["name"])
                if node["type"] in ("VariableDeclarator", "CatchClause"):
                    bindings |= set(pattern_names(node.get("id") or node.get("param")))
                for parameter in node.get("params") or []:
                    bindings |= set(pattern_names(parameter))
        # What a handler in markup or a template names is renamed with it only where it stands in an `on` attribute.
        templates = any(path.endswith((".vue", ".svelte")) for path in files)
        own = set() if templates else (made | set_) & (read | made)
        self.properties = self.numbered(own - reserved - quoted, "p")
        self.bindings = {} if templates else self.numbered(bindings - imported - HOST_BINDINGS - {"default"}, "v")

    @staticmethod
    def declares(parent, key):
        if parent is None:
            return False
        return parent["type"] in ("FunctionDeclaration", "FunctionExpression", "ClassDeclaration", "ClassExpression") and key == "id"

    @staticmethod
    def numbered(names, letter):
        # A capital tells a component from an element.
        return {
            name: f"{letter.upper() if name[0].isupper() else letter}{number}_"
            for number, name in enumerate(sorted(name for name in names if name))}

    def applied(self, text, tree):
        """A script's text with its names replaced."""
        edits = {}
        units = Units(text)
        for node, parent, key in nodes(tree):
            if node["type"] not in ("Identifier", "JSXIdentifier") or is_outside(parent, key):
                continue
            if node["type"] == "JSXIdentifier" and (parent["type"] == "JSXAttribute" or node["name"][:1].islower()):
                continue
            name, start = node["name"], node["start"]
            end = start + len(name.encode("utf-16-le")) // 2
            if parent and parent["type"] == "Property" and parent.get("shorthand"):
                property, binding = self.properties.get(name, name), self.bindings.get(name, name)
                if (property, binding) != (name, name):
                    edits[(start, end)] = f"{property}: {binding}"
            elif is_property(parent, key):
                if name in self.properties:
                    edits[(start, end)] = self.properties[name]
            elif name in self.bindings:
                edits.setdefault((start, end), self.bindings[name])
        return units.replaced([(start, end, new) for (start, end), new in edits.items()])

    def applied_to_handlers(self, page):
        """A page with the names in its handler attributes replaced."""
        def rename(match):
            body = re.sub(r"(?<![\w$.])[A-Za-z_$][\w$]*", lambda word: self.bindings.get(word[0], word[0]), match[3])
            return f"{match[1]}{match[2]}{body}{match[2]}"

        return re.sub(r"(\son[a-z]+\s*=\s*)([\"'])(.*?)\2", rename, page, flags=re.S)


def pattern_names(pattern):
    """The names that a pattern binds."""
    work, names = [pattern], []
    while work:
        node = work.pop()
        if not isinstance(node, dict):
            continue
        kind = node.get("type")
        if kind == "Identifier":
            names.append(node["name"])
        elif kind == "ObjectPattern":
            work += node["properties"]
        elif kind == "ArrayPattern":
            work += node["elements"]
        elif kind == "Property":
            work.append(node["value"])
        elif kind == "AssignmentPattern":
            work.append(node["left"])
        elif kind == "RestElement":
            work.append(node["argument"])
        elif kind == "TSParameterProperty":
            work.append(node["parameter"])
    return names
