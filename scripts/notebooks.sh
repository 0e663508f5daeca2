#!/usr/bin/env bash
# Executes every notebook against the release build.
# With --inplace the notebooks keep the new outputs; else they go to target/notebooks.
set -euo pipefail
cd "$(dirname "$0")/.."
mkdir -p target/notebooks
for notebook in notebooks/*.ipynb; do
    made=target/notebooks/$(basename "$notebook")
    scripts/with-notebooks.sh python scripts/execute-notebook.py "$notebook" "$made"
    [ "${1:-}" != --inplace ] || cp "$made" "$notebook"
done
