#!/usr/bin/env bash
# Licences, sources and known weaknesses of all dependencies, after the rules of deny.toml. The list of weaknesses is
# RustSec's, on GitHub: where that can't be reached, the rest is checked, and that they were not is said.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/tools.sh cargo-deny check licenses bans sources
if timeout 30 git ls-remote --quiet https://github.com/RustSec/advisory-db HEAD > /dev/null 2>&1; then
    scripts/tools.sh cargo-deny check advisories
else
    remark="advisories NOT checked: the RustSec database on GitHub can't be reached from here"
    echo "$remark" >&2
    [ -z "${CI_REMARKS:-}" ] || echo "$remark" >> "$CI_REMARKS"
fi
