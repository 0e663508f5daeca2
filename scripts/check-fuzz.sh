#!/usr/bin/env bash
# Builds the fuzz targets without instrumentation, and gives each of them its seeds once.
set -euo pipefail
cd "$(dirname "$0")/.."

export CARGO_TARGET_DIR=$PWD/target
cargo build --manifest-path fuzz/Cargo.toml
for seeds in fuzz/seeds/*/; do
    target/debug/"$(basename "$seeds")" "$seeds"*
done
