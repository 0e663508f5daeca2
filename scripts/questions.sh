#!/usr/bin/env bash
# Executes every block of docs/questions.md against the release build.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/with-notebooks.sh python scripts/execute-questions.py docs/questions.md
