#!/usr/bin/env bash
# Runs a command with the release build and the environment of the notebooks, made under target/, first on the path.
set -euo pipefail
cd "$(dirname "$0")/.."
env=target/notebooks-env
[ -x "$env/bin/python" ] || python3 -m venv "$env"
"$env/bin/pip" install --quiet --disable-pip-version-check --requirement notebooks/requirements.txt
cargo build --release --quiet
PATH="$PWD/target/release:$PWD/$env/bin:$PATH" "$@"
