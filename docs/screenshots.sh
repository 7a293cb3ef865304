#!/usr/bin/env bash
# Draws docs/images/demo.svg: what ./preflight demo prints on a terminal. Needs Python 3 beside what ./preflight needs.
set -euo pipefail
cd "$(dirname "$0")/.."
mkdir -p docs/images
CLICOLOR_FORCE=1 NO_COLOR='' ./preflight demo | python3 docs/ansi2svg.py '$ ./preflight demo' > docs/images/demo.svg
printf 'docs/images/demo.svg\n'
