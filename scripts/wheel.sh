#!/usr/bin/env bash
# Makes a wheel that carries the program, in target/wheel, and prints its place. Its tag says what it needs: on Linux the
# oldest C library that has all that the program calls, which maturin reads out of the program.
set -euo pipefail
cd "$(dirname "$0")/.."

place=target/wheel
rm -rf "$place"
mkdir -p "$place"
cp scripts/wheel/pyproject.toml LICENSE README.md "$place"
python3 scripts/wheel/licences.py > "$place/THIRD-PARTY-LICENCES"
top=$PWD
(cd "$place" && "$top/scripts/tools.sh" maturin build --quiet --release --locked --out .) >&2
ls "$place"/*.whl
