#!/usr/bin/env bash
# Makes libtorch/ at the top of the workspace: a CPU-only libtorch 2.4.0 out of PyPI wheels.
# Does nothing where LIBTORCH names one already, or where libtorch/ is complete.
set -euo pipefail
cd "$(dirname "$0")/.."

version=2.4.0
wheels=target/wheels/libtorch

if [[ -n ${LIBTORCH:-} ]]; then
    [[ -e $LIBTORCH/lib/libtorch_cpu.so || -e $LIBTORCH/lib/libtorch_cpu.dylib ]] ||
        { echo "libtorch: LIBTORCH=$LIBTORCH holds no lib/libtorch_cpu; unset it or name a libtorch $version" >&2; exit 1; }
    echo "libtorch: using LIBTORCH=$LIBTORCH" >&2
    exit 0
fi
if [[ $(cat libtorch/build-version 2>/dev/null) == "$version" ]]; then
    echo "libtorch: libtorch/ is ready" >&2
    exit 0
fi
if [[ $(uname -sm) != "Linux x86_64" ]]; then
    echo "libtorch: this recipe is for Linux on x86-64; here, unpack libtorch $version from pytorch.org and set LIBTORCH" >&2
    exit 1
fi
for tool in python3 unzip cc; do
    command -v "$tool" >/dev/null || { echo "libtorch: $tool is missing; install it" >&2; exit 1; }
done

# pip checks each wheel against its hash, and keeps those that it finds here already.
python3 -m pip download --quiet --disable-pip-version-check --no-deps --require-hashes \
    --only-binary=:all: --python-version 3.11 --implementation cp --abi cp311 --abi none \
    --platform manylinux1_x86_64 --dest "$wheels" --requirement scripts/libtorch-requirements.txt

made=$(mktemp -d libtorch.XXXXXX)
trap 'rm -rf "$made"' EXIT
mkdir "$made/lib" "$made/wheel"
unzip -q "$wheels"/torch-*.whl 'torch/include/*' \
    torch/lib/libtorch_cpu.so torch/lib/libc10.so 'torch/lib/libgomp-*' -d "$made/wheel"
unzip -q "$wheels"/nvidia_cuda_cupti_*.whl '*/libcupti.so.12' -d "$made/wheel"
unzip -q "$wheels"/nvidia_cuda_runtime_*.whl '*/libcudart.so.12' -d "$made/wheel"
mv "$made/wheel/torch/include" "$made/include"
mv "$made"/wheel/torch/lib/* "$made"/wheel/nvidia/*/lib/* "$made/lib/"
rm -r "$made/wheel"
# The wheel's own libtorch.so is a shim that needs libtorch_cuda.so. An empty one satisfies the linker.
cc -shared -x c /dev/null -Wl,-soname,libtorch.so -o "$made/lib/libtorch.so"
echo "$version" >"$made/build-version"

rm -rf libtorch
chmod 755 "$made"
mv "$made" libtorch
echo "libtorch: made libtorch/ ($(du -sh libtorch | cut -f1)); the wheels in $wheels may go" >&2
