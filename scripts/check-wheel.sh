#!/usr/bin/env bash
# Makes the wheel, installs it into a fresh environment outside the checkout, as a user without Rust does, and executes the
# notebooks there with it.
set -euo pipefail
cd "$(dirname "$0")/.."
top=$PWD

wheel=$PWD/$(scripts/wheel.sh)
echo "check-wheel: $wheel" >&2
away=$(mktemp -d)
trap 'rm -rf "$away"' EXIT
python3 -m venv "$away/env"
"$away/env/bin/pip" install --quiet --disable-pip-version-check "$wheel" --requirement notebooks/requirements.txt
cp -r examples notebooks "$away"

cd "$away"
PATH=$away/env/bin:/usr/bin:/bin
[ "$(command -v throughline)" = "$away/env/bin/throughline" ]
throughline --version
for file in LICENSE THIRD-PARTY-LICENCES; do
    [ -n "$(find env/lib -path "*throughline-*.dist-info/licenses/$file" -size +1k)" ] ||
        { echo "check-wheel: the wheel carries no $file" >&2; exit 1; }
done
for notebook in notebooks/*.ipynb; do
    THROUGHLINE=throughline python "$top/scripts/execute-notebook.py" "$notebook" "$away/executed.ipynb"
    echo "check-wheel: $notebook runs" >&2
done
