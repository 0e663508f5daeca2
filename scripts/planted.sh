#!/usr/bin/env bash
# Plants reprints in a corpus of articles and counts how many are found: planted.sh FILE [ARTICLES].
# FILE is JSON lines with `text`; ARTICLES, how many of its articles to use. What was claimed but not planted is
# written to target/planted.txt, to be read.
set -euo pipefail
file=$(realpath "$1")
cd "$(dirname "$0")/.."
PLANTED_CORPUS=$file PLANTED_ARTICLES=${2:-1000000000} PLANTED_CLAIMS=$PWD/target/planted.txt \
    cargo test --release -p throughline --test program -- planted:: --ignored --nocapture
