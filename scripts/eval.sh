#!/usr/bin/env bash
# Scores the release build on gold data: eval.sh DIR [TASK ...], where DIR holds `score` and `data/`.
set -euo pipefail
dir=$1
shift
cargo build --release
exec "$dir/score" --bin target/release/throughline "$@"
