#!/usr/bin/env bash
# Executes every notebook against the release build, in an environment of its own under target/.
# With --inplace the notebooks keep the new outputs; else they go to target/notebooks.
set -euo pipefail
cd "$(dirname "$0")/.."
env=target/notebooks-env
[ -x "$env/bin/python" ] || python3 -m venv "$env"
"$env/bin/pip" install --quiet --disable-pip-version-check --requirement notebooks/requirements.txt
cargo build --release --quiet
mkdir -p target/notebooks
for notebook in notebooks/*.ipynb; do
    made=target/notebooks/$(basename "$notebook")
    "$env/bin/python" scripts/execute-notebook.py "$notebook" "$made"
    [ "${1:-}" != --inplace ] || cp "$made" "$notebook"
done
