#!/usr/bin/env bash
# Makes the embedded models again from the weights they come from and compares every byte.
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

# What was fitted for it afterwards, the scale in the manifest and space.safetensors, is not made of its weights.
model=multilingual-e5-small-int8
cargo run --release -- models quantise models/multilingual-e5-small "$made/$model"
diff -r --exclude manifest.json --exclude space.safetensors "models/$model" "$made/$model"
echo "the embedded models are those that their sources give" >&2
