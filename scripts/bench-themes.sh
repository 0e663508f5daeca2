#!/usr/bin/env bash
# Themes beside umap-learn with hdbscan, from the same vectors: bench-themes.sh VECTORS.npy [VECTORS.npy ...] [--rows N]
# The vectors are what `throughline embed INPUT --format npy` makes. --rows N: themes of so many rows made
# from the first file, without peers, with their peak memory.
set -euo pipefail
cd "$(dirname "$0")/.."

files=() rows=
while [ $# -gt 0 ]; do
    case $1 in
        --rows) rows=$2; shift 2 ;;
        *) files+=("$1"); shift ;;
    esac
done
[ ${#files[@]} -gt 0 ] || { echo "bench-themes: name a .npy file of vectors" >&2; exit 2; }

cargo build --quiet --release --package throughline-clustering --example bench-themes
ours=target/release/examples/bench-themes
for file in "${files[@]}"; do
    "$ours" themes "$file"
    scripts/peers.sh themes benches/peers/umap_hdbscan.py "$file"
    "$ours" themes "$file"
    "$ours" neighbours "$file"
done
[ -z "$rows" ] || "$ours" grow "${files[0]}" "$rows"
