#!/bin/sh
# Make requirements.lock and requirements-dev.lock anew from pyproject.toml. Needs uv (0.8 or newer).
# The pins are kept where they still fit; `scripts/lock.sh --upgrade` takes the newest.
set -eu
cd -- "$(dirname -- "$0")/.."

compile() { # compile OUTPUT SOURCE... : universal, with hashes, wheels only, without addresses
    output=$1
    shift
    uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --only-binary :all: \
        --no-annotate --no-header --no-emit-index-url --output-file "$output" "$@"
}

compile requirements.lock pyproject.toml --extra parser "$@"
compile requirements-dev.lock pyproject.toml --group dev --all-extras \
    --constraints requirements.lock "$@"

# Every pin must have a wheel wherever Parley is meant to run.
for version in 3.11 3.12 3.13 3.14; do
    for platform in linux aarch64-unknown-linux-gnu macos windows; do
        uv pip install --quiet --dry-run --target build/lock --only-binary :all: --require-hashes \
            --python-version "$version" --python-platform "$platform" \
            -r requirements.lock -r requirements-dev.lock || {
            echo "no full set of wheels for Python $version on $platform" >&2
            exit 1
        }
    done
done
