#!/usr/bin/env bash
# Makes the embedded model again from the official float weights and compares every byte.
set -euo pipefail
cd "$(dirname "$0")/.."

made=$(mktemp -d)
trap 'rm -rf "$made"' EXIT
model=all-MiniLM-L6-v2-int8
cargo run --release -- models quantise models/all-MiniLM-L6-v2 "$made/$model" \
    --name "$model" \
    --origin https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2 \
    --licence Apache-2.0
diff -r "models/$model" "$made/$model"
echo "the embedded model is the one that the official weights give" >&2
