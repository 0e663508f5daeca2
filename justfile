# The recipes of Throughline. `just` lists them.

set positional-arguments

# list the recipes
default:
    @just --list

# the main job on the articles that come with the project
demo:
    cargo run --release -- run examples/articles --out runs/demo --overwrite

# the main job on a folder of yours: just run DIR OUT
run dir out *options:
    cargo run --release -- run "$1" --out "$2" "${@:3}"

# one table of a run in any format: just export RUN TABLE --format csv
export run table *options:
    cargo run --release -- export "$@"

# models on this machine: just models list, just models pull NAME, …
models *options:
    cargo run --release -- models "$@"

# score the program on a folder of gold data that has a `score` script beside its `data`
eval dir *tasks:
    scripts/eval.sh "$@"

# fit the weights of a score on a folder of gold data: just fit sentence-pair DIR, just fit --help
fit *options:
    cargo run --release -p throughline-fitting -- "$@"

# fit the means of languages and the map for themes of a multilingual model: just fit-space DIR models/NAME
fit-space *options:
    cargo run --release -p throughline-fitting --bin space -- "$@"

# execute the notebooks against the release build; with --inplace they keep the new outputs
notebooks *options:
    scripts/notebooks.sh "$@"

# execute the commands and the lines of Python and SQL of docs/questions.md
questions:
    scripts/questions.sh

# every bench of the workspace
bench *filter:
    cargo bench "$@"

# the embedding engine beside its peers and the machine's limit: just bench-embedding SENTENCES.jsonl
bench-embedding *options:
    scripts/bench-embedding.sh "$@"

# speed of near-duplicates by words, beside rensa and datasketch: just bench-duplicates articles.jsonl
bench-duplicates file *options:
    scripts/bench-duplicates.sh "$@"

# plant reprints in a corpus and count those that are found: just planted articles.jsonl
planted file *articles:
    scripts/planted.sh "$@"

# themes beside umap-learn with hdbscan, from the same vectors: just bench-themes VECTORS.npy ... --rows 1000000
bench-themes *options:
    scripts/bench-themes.sh "$@"

# the tests that need nothing but Rust
test:
    cargo test

# hunt for input that breaks a reader: just fuzz html, encodings, boundaries or quotes
fuzz target *options:
    scripts/fuzz.sh "$@"

# what CI runs, lane by lane with the seconds of each; or one: just check LANE. `.ci/run --list` names them
check *lanes:
    bash .ci/run "$@"

# a wheel that carries the program, for `pip install` where there is no Rust
wheel:
    scripts/wheel.sh

# write what the program says now into the pages that tests compare: docs/schema.md, docs/furniture.md, README.md, tests/cases
refresh-docs:
    THROUGHLINE_REFRESH_DOCS=1 TRYCMD=overwrite cargo test --test program -- docs:: cases:: pages::

# prepare libtorch 2.4 for the second engine, once
libtorch:
    scripts/libtorch.sh

# the official float weights of the default model, once
weights:
    scripts/weights.sh

# a multilingual model, and with a folder of gold data and a file of pairs its calibration and score
multilingual *options:
    scripts/multilingual.sh "$@"

# the second engine's tests: rust-bert agrees with the native engine
test-rust-bert: libtorch weights
    scripts/test-rust-bert.sh

# make the embedded model again from the official weights and compare the bytes
check-model: weights
    scripts/check-model.sh

# the only unsafe code keeps within its memory: Miri where it is installed, else the address sanitizer
memory-safety:
    scripts/memory-safety.sh
