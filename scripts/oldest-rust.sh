#!/usr/bin/env bash
# Runs a command with the oldest Rust that Cargo.toml promises: oldest-rust.sh cargo check
set -euo pipefail
cd "$(dirname "$0")/.."

version=$(sed -n 's/^rust-version = "\(.*\)"$/\1/p' Cargo.toml)
toolchain=$version.0
if ! rustup run "$toolchain" rustc --version > /dev/null 2>&1; then
    rustup toolchain install --profile minimal "$toolchain"
fi
echo "oldest-rust: $(rustup run "$toolchain" rustc --version)" >&2
exec rustup run "$toolchain" "$@"
