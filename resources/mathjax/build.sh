#!/bin/sh
# Makes mathjax.js and SHA256SUMS from the recipe: entry.js, package.json, package-lock.json.
# Needs Node 18 or newer and npm; leaves nothing else behind. Usage: ./build.sh [output folder]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
out=$(cd "${1:-$here}" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cp "$here/entry.js" "$here/package.json" "$here/package-lock.json" "$work"
cd "$work"
npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
node_modules/.bin/esbuild entry.js --bundle --minify --format=iife --target=es2015 \
    --legal-comments=none --log-level=warning --outfile="$out/mathjax.js"
if [ "$out" = "$here" ]; then
    cd "$here"
    sha256sum build.sh entry.js mathjax.js package-lock.json package.json > SHA256SUMS
fi
