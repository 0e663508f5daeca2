"""Prints the licences of everything that is compiled into the program, each text once, with the packages that carry it."""

import collections
import json
import pathlib
import subprocess

NAMES = ("LICENSE", "LICENCE", "COPYING", "COPYRIGHT", "NOTICE", "UNLICENSE")


def cargo(*arguments):
    return subprocess.run(["cargo", *arguments], check=True, capture_output=True, text=True).stdout


def compiled_in():
    """Names and versions of the packages that the program is made of on this system, without build and test tools."""
    tree = cargo("tree", "--locked", "--package", "throughline", "--edges", "normal,no-proc-macro",
                 "--prefix", "none", "--format", "{p}")
    return {tuple(line.split()[:2]) for line in tree.splitlines()}


def texts(folder):
    """The licence files of a package, and those of what it bundles one folder down."""
    for file in sorted([*folder.glob("*"), *folder.glob("*/*")]):
        if file.is_file() and file.name.upper().startswith(NAMES):
            yield file.read_text(errors="replace").strip()


packages = json.loads(cargo("metadata", "--locked", "--format-version", "1"))["packages"]
wanted = compiled_in()
carried = collections.defaultdict(list)
shown = {}
without = []
for package in packages:
    if package["source"] is None or (package["name"], "v" + package["version"]) not in wanted:
        continue
    name = f"{package['name']} {package['version']}, {package['license'] or 'see the text'}"
    # The same text comes with other line breaks.
    found = {" ".join(text.split()): text for text in texts(pathlib.Path(package["manifest_path"]).parent)}
    for words, text in found.items():
        carried[words].append(name)
        shown.setdefault(words, text)
    if not found:
        without.append(name)

print("""The program is compiled from the packages below, from the Rust standard library (MIT or Apache-2.0) and from the
embedded model, which is derived from sentence-transformers/all-MiniLM-L6-v2 (Apache-2.0). The text of the Apache
licence stands in LICENSE.""")
if without:
    print("\nPackages that come without the text of their licence:\n")
    print("\n".join(f"  {name}" for name in sorted(without)))
for words, names in sorted(carried.items(), key=lambda item: sorted(item[1])):
    print("\n" + "=" * 100 + "\n")
    print("\n".join(f"  {name}" for name in sorted(names)))
    print("\n" + shown[words])
