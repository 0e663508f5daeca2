#!/usr/bin/env bash
# Hunts for input that breaks a target: fuzz.sh TARGET [LIBFUZZER OPTION ...]; ten minutes unless told otherwise.
# What breaks it is left in fuzz/artifacts/TARGET.
set -euo pipefail
cd "$(dirname "$0")/../fuzz"

target=$1
shift
command -v cargo-fuzz > /dev/null || cargo install cargo-fuzz --locked --quiet
mkdir -p "corpus/$target"
# Coverage needs no nightly compiler; the sanitizers do, and safe code has no use for them.
cargo fuzz run --sanitizer none "$target" "corpus/$target" "seeds/$target" -- \
    -dict="dictionaries/$target.dict" -max_total_time=600 -max_len=8192 -timeout=10 -rss_limit_mb=2048 "$@"
