#!/usr/bin/env bash
# Runs a command with the environment in which libtorch builds and runs well:
#     scripts/with-libtorch.sh cargo build --release -p throughline --features rust-bert
set -euo pipefail

if [[ -z ${LIBTORCH:-} ]]; then
    LIBTORCH="$(cd "$(dirname "$0")/.." && pwd)/libtorch"
    # PyPI's wheels of torch 2.4 are built with the older C++ ABI; a libtorch of your own says itself.
    export LIBTORCH LIBTORCH_CXX11_ABI="${LIBTORCH_CXX11_ABI:-0}"
fi
[[ -d $LIBTORCH/lib ]] || { echo "with-libtorch: no $LIBTORCH/lib; run \`just libtorch\` first" >&2; exit 1; }

# GNU OpenMP spins while it waits, which slows a busy machine by up to five times.
export OMP_WAIT_POLICY="${OMP_WAIT_POLICY:-PASSIVE}"
# libtorch asks for large blocks at every step; without these the system hands them out anew each time.
export MALLOC_MMAP_THRESHOLD_="${MALLOC_MMAP_THRESHOLD_:-1000000000}"
export MALLOC_TRIM_THRESHOLD_="${MALLOC_TRIM_THRESHOLD_:-1000000000}"

exec "$@"
