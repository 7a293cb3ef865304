#!/usr/bin/env bash
# tools.sh argo|kube-linter|kube-score: prints the path of a program to compare with; from PATH, else built into
# tools/bin from its Go module, of the version that the tests use. Fails, and says why, when it cannot be built.
set -euo pipefail
cd "$(dirname "$0")/.."
name=$1
! command -v "$name" || exit 0
program=$PWD/tools/bin/$name
if [ ! -x "$program" ]; then
  command -v go >/dev/null || { echo "$name: neither on PATH, nor is there Go to build it" >&2; exit 3; }
  mkdir -p tools/bin
  case $name in
    argo)
      # Its server embeds a user interface that no Go module has: an empty one does.
      source=$(mktemp -d)
      trap 'chmod -R u+w "$source"; rm -rf "$source"' EXIT
      go -C tools/argo/4.0 mod download github.com/argoproj/argo-workflows/v4 >&2
      cp -r "$(go -C tools/argo/4.0 list -m -f '{{.Dir}}' github.com/argoproj/argo-workflows/v4)/." "$source"
      chmod -R u+w "$source"
      mkdir -p "$source/ui/dist/app"
      touch "$source/ui/dist/app/index.html"
      CGO_ENABLED=0 go -C "$source" build -trimpath -buildvcs=false -ldflags '-s -w' -o "$program" ./cmd/argo >&2
      ;;
    kube-linter)
      GOBIN=$PWD/tools/bin CGO_ENABLED=0 go install -ldflags '-s -w' golang.stackrox.io/kube-linter/cmd/kube-linter@v0.7.6 >&2
      ;;
    kube-score)
      GOBIN=$PWD/tools/bin CGO_ENABLED=0 go install -ldflags '-s -w' github.com/zegl/kube-score/cmd/kube-score@v1.20.0 >&2
      ;;
    *) echo "tools.sh: argo, kube-linter or kube-score, not $name" >&2; exit 2 ;;
  esac
fi
echo "$program"
