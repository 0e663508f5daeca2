#!/usr/bin/env bash
# Runs a command with the tools of scripts/tools-requirements.txt on its path: tools.sh shellcheck scripts/*.sh
# They are installed once, in an environment of their own in target/tools.
set -euo pipefail
top=$(cd "$(dirname "$0")/.." && pwd)

needs=$top/scripts/tools-requirements.txt
place=$top/target/tools
command -v python3 > /dev/null || { echo "tools: python3 is missing; install it" >&2; exit 1; }
if ! cmp --silent "$needs" "$place/made-from.txt"; then
    rm -rf "$place"
    python3 -m venv "$place"
    "$place/bin/pip" install --quiet --disable-pip-version-check --only-binary=:all: --requirement "$needs"
    cp "$needs" "$place/made-from.txt"
fi
PATH=$place/bin:$PATH exec "$@"
