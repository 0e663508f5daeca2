#!/usr/bin/env bash
# Watches the memory of the embedding engine's kernels, the only unsafe code of the project, while their tests run.
# Miri interprets the portable kernels where a nightly toolchain has it. Elsewhere the address sanitizer watches the tests of
# all kernels that this processor has, which needs a nightly toolchain alone. Says which of them it was.
set -euo pipefail
cd "$(dirname "$0")/.."

export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-target}/memory-safety"
if cargo +nightly miri --version > /dev/null 2>&1; then
    echo "memory-safety: Miri, on the portable kernels"
    cargo +nightly miri test -p throughline-embedding --lib kernels "$@"
else
    echo "memory-safety: no Miri here; the address sanitizer, on the kernels of this processor"
    # Memory that is still held when the tests end is not what is looked for.
    RUSTFLAGS=-Zsanitizer=address ASAN_OPTIONS=detect_leaks=0 \
        cargo +nightly test -p throughline-embedding --lib --target x86_64-unknown-linux-gnu kernels "$@"
fi
