#!/usr/bin/env bash
# Make the fonts of this folder: pinned npm packages -> static TTF, subset to what the app writes.
# Needs npm and the Python packages fonttools 4.60.1 and brotli 1.2.1; run from anywhere.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

npm pack --silent inter-ui@4.1.1 @expo-google-fonts/jetbrains-mono@0.4.1 >/dev/null
mkdir inter mono
tar xzf inter-ui-4.1.1.tgz -C inter
tar xzf expo-google-fonts-jetbrains-mono-0.4.1.tgz -C mono

# Latin and its extensions, Greek, punctuation, super- and subscripts, letter-like signs,
# arrows, mathematics, technical signs, box drawing and shapes, ticks and crosses.
letters='U+0020-024F,U+02B0-036F,U+0370-03FF,U+1E00-1EFF,U+2000-209F,U+20A0-20BF,U+2100-218F'
signs='U+2190-21FF,U+2200-22FF,U+2300-23FF,U+2500-25FF,U+2605,U+2606,U+2713-2718,U+27F5-27FA'
subset() { # from, to, features
    python3 -m fontTools.subset "$1" --output-file="$here/$2" --unicodes="$letters,$signs" --layout-features="$3" \
        --name-IDs='*' --notdef-outline --no-hinting --desubroutinize
}
for style in Regular Medium SemiBold Bold Italic; do
    subset "inter/package/web/Inter-$style.woff2" "Inter-$style.ttf" 'kern,mark,mkmk,ccmp,locl,calt,tnum,subs,sups'
done
# No ligatures in code: "!=" must stay what a student types.
subset mono/package/400Regular/JetBrainsMono_400Regular.ttf JetBrainsMono-Regular.ttf 'kern,mark,mkmk,ccmp,locl'
cp inter/package/LICENSE.txt "$here/LICENSE-Inter.txt"
cp mono/package/LICENSE_FONT "$here/LICENSE-JetBrainsMono.txt"
cd "$here" && sha256sum ./*.ttf | sed 's| \./| |' >SHA256SUMS
