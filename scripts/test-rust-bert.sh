#!/usr/bin/env bash
# The rust-bert lane: prepares libtorch and the float weights, tests the engine against the native one,
# and builds the program with both engines. Further arguments go to `cargo test`.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/libtorch.sh
scripts/weights.sh
scripts/with-libtorch.sh cargo test --package throughline-embedding-rust-bert "$@"
scripts/with-libtorch.sh cargo build --package throughline --features rust-bert
