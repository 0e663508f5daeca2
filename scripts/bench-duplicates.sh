#!/usr/bin/env bash
# Times near-duplicates by words beside rensa and datasketch: bench-duplicates.sh FILE [--rounds N] [--sizes N,…].
# FILE is JSON lines with `text`, such as the Reuters-21578 articles.
set -euo pipefail
file=$(realpath "$1")
shift
cd "$(dirname "$0")/.."
cargo build --release
exec python3 benches/duplicates.py target/release/throughline scripts/peers.sh "$file" "$@"
