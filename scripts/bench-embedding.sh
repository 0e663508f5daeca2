#!/usr/bin/env bash
# The embedding engine beside ONNX Runtime, rust-bert and the machine's limit: bench-embedding.sh [SENTENCES.jsonl]
# [--only SECTION,...] [--rounds N]. Without a file it takes the statements of the example articles, which are fewer
# than a thousand. rust-bert takes part where `just libtorch` has been run.
set -euo pipefail
sentences="" arguments=()
for argument in "$@"; do
    [[ $argument == *.jsonl ]] && argument=$(realpath "$argument") && sentences=$argument
    arguments+=("$argument")
done
cd "$(dirname "$0")/.."

scripts/weights.sh
if [[ -z $sentences ]]; then
    mkdir -p target/bench
    cargo run --release -- statements examples/articles --format jsonl --output target/bench/sentences.jsonl
fi
if [[ -d ${LIBTORCH:-libtorch}/lib ]]; then
    scripts/with-libtorch.sh cargo build --release --package throughline-embedding-rust-bert --example rust_bert
fi
exec cargo bench --package throughline-embedding --bench embedding -- "${arguments[@]}"
