#!/usr/bin/env bash
# Draws docs/images: what ./preflight demo and check print on a terminal, and check's HTML page in light and dark.
# Needs Python 3 and, for the page, Chromium beside what ./preflight needs.
set -euo pipefail
cd "$(dirname "$0")/.."
mkdir -p docs/images
mistakes=docs/examples/mistakes
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

terminal() { # FILE COMMAND...: what it prints, whatever its exit code
    local file=$1
    shift
    { CLICOLOR_FORCE=1 NO_COLOR='' COLUMNS=110 "$@" || true; } | python3 docs/ansi2svg.py "\$ $*" >"docs/images/$file"
    printf 'docs/images/%s\n' "$file"
}

terminal demo.svg ./preflight demo
terminal check.svg ./preflight check -f "$mistakes/workflows/report.yaml" --cluster "$mistakes/cluster"

browser=$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)
[ -n "$browser" ] || { printf 'no Chromium: the page was not drawn\n' >&2; exit 0; }
./preflight check -f "$mistakes/workflows" --cluster "$mistakes/cluster" -o html="$work/report.html" || true
for scheme in light dark; do
    file=docs/images/check-html.png
    [ $scheme = light ] || file=docs/images/check-html-dark.png
    "$browser" --headless --no-sandbox --disable-gpu --hide-scrollbars --user-data-dir="$work/$scheme" \
        --blink-settings=preferredColorScheme=$([ $scheme = dark ] && echo 0 || echo 1) \
        --window-size=1200,1500 --screenshot="$work/shot.png" "file://$work/report.html" >/dev/null 2>&1
    mv "$work/shot.png" "$file"
    printf '%s\n' "$file"
done
