#!/usr/bin/env bash
# Type-checks the workspace for systems that are not this one, so that what stands behind `cfg` is compiled somewhere:
# check-targets.sh [TARGET ...]. Nothing is linked or run. Needs Debian and its package lists (`apt-get update`).
#
# The standard library of another system comes with rustup where `rustup target add` works; then `cargo check --target`
# is all it takes. This script needs no rustup: Debian packages a compiler (rustc-web) with the sources of its standard
# library, which cargo checks like any other dependency (-Zbuild-std, hence RUSTC_BOOTSTRAP). The packages are unpacked
# in target/debian-rust, not installed. Where a dependency compiles C, zig does.
set -euo pipefail
cd "$(dirname "$0")/.."
top=$PWD

# The Rust target, and what zig calls it.
declare -A zig=(
    [aarch64-unknown-linux-gnu]=aarch64-linux-gnu
    [aarch64-apple-darwin]=aarch64-macos
    [x86_64-pc-windows-gnu]=x86_64-windows-gnu
)
targets=("$@")
[ $# -gt 0 ] || targets=(aarch64-unknown-linux-gnu aarch64-apple-darwin x86_64-pc-windows-gnu)

rust=$top/target/debian-rust
if [ ! -x "$rust/usr/bin/rustc" ]; then
    command -v apt-get > /dev/null ||
        { echo "check-targets: no apt-get; here, \`rustup target add\` and \`cargo check --target\`" >&2; exit 1; }
    apt-cache show rustc-web > /dev/null 2>&1 || apt-get update -qq
    rm -rf "$rust" && mkdir -p "$rust.part/packages"
    # The compiler, the sources, and of what they need that which this machine does not have.
    needed=$(apt-get install --simulate --no-install-recommends rustc-web rust-web-src | awk '$1 == "Inst" { print $2 }')
    # shellcheck disable=SC2086 # one word a package
    (cd "$rust.part/packages" && apt-get download -qq rustc-web rust-web-src $needed)
    for package in "$rust.part"/packages/*.deb; do dpkg --extract "$package" "$rust.part"; done
    rm -r "$rust.part/packages"
    mv "$rust.part" "$rust"
fi

# zig takes other names of targets than the ones that build scripts hand it.
compilers=$top/target/debian-rust/compilers
mkdir -p "$compilers"
cat > "$compilers/ar" << 'END'
#!/bin/sh
exec python-zig ar "$@"
END
chmod +x "$compilers/ar"

export RUSTC=$rust/usr/bin/rustc RUSTC_BOOTSTRAP=1 CARGO_TARGET_DIR=$top/target/targets
export LD_LIBRARY_PATH=$rust/usr/lib/x86_64-linux-gnu${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
export CARGO_PROFILE_DEV_DEBUG=0
for target in "${targets[@]}"; do
    [ -n "${zig[$target]:-}" ] || { echo "check-targets: no such target: $target" >&2; exit 2; }
    cat > "$compilers/$target" << END
#!/usr/bin/env bash
arguments=()
for argument in "\$@"; do
    case \$argument in --target=* | -arch | arm64) ;; *) arguments+=("\$argument") ;; esac
done
exec python-zig cc -target ${zig[$target]} "\${arguments[@]}"
END
    chmod +x "$compilers/$target"
    name=${target//-/_}
    declare -x "CC_$name=$compilers/$target" "AR_$name=$compilers/ar"
    echo "check-targets: $target" >&2
    scripts/tools.sh cargo check -Zbuild-std --target "$target"
done
