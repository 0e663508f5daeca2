#!/usr/bin/env bash
# Executes every block of docs/questions.md against the release build, in the environment of the notebooks.
set -euo pipefail
cd "$(dirname "$0")/.."
env=target/notebooks-env
[ -x "$env/bin/python" ] || python3 -m venv "$env"
"$env/bin/pip" install --quiet --disable-pip-version-check --requirement notebooks/requirements.txt
cargo build --release --quiet
PATH="$PWD/target/release:$PATH" "$env/bin/python" scripts/execute-questions.py docs/questions.md
