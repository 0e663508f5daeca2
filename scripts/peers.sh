#!/usr/bin/env bash
# Runs a peer's side of a bench in an environment of its own: peers.sh NAME SCRIPT [ARGUMENT ...].
# benches/peers/NAME.txt pins the packages; the environment is made once, in target/peers/NAME.
set -euo pipefail
cd "$(dirname "$0")/.."

name=$1 script=$2
shift 2
needs=benches/peers/$name.txt
place=target/peers/$name
command -v python3 > /dev/null || { echo "peers: python3 is missing; install it" >&2; exit 1; }
if ! cmp --silent "$needs" "$place/made-from.txt"; then
    rm -rf "$place"
    python3 -m venv "$place"
    "$place/bin/pip" install --quiet --disable-pip-version-check --only-binary=:all: --requirement "$needs"
    cp "$needs" "$place/made-from.txt"
fi
exec "$place/bin/python" "$script" "$@"
