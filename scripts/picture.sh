#!/bin/sh
# Make docs/images/brief.png, the picture in the README, from the example. Needs Chromium.
set -eu
cd -- "$(dirname -- "$0")/.."
folder=$(mktemp -d)
trap 'rm -rf -- "$folder"' EXIT
export PARLEY_HOME="$folder/home"
./run brief examples/london-talks.html --published 2025-06-06 --out "$folder/brief.html" >/dev/null
chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --window-size=1000,900 \
    --screenshot="$folder/brief.png" "$folder/brief.html" 2>/dev/null
mv -- "$folder/brief.png" docs/images/brief.png
