#!/usr/bin/env bash
# Builds the real servers and oracles that the tests use into tools/bin; what is up to date is left alone.
# KUBEBUILDER_ASSETS, a folder with kube-apiserver, etcd and kubectl, is used instead of building those three.
# ARGO_PREFLIGHT_KUBERNETES, such as 1.31.14: that version of Kubernetes instead of the one of go.mod.
# ARGO_PREFLIGHT_WEEKLY=true: also the releases of Argo that are tested once a week.
# Exit code 3: something is missing, since there is no Go and no KUBEBUILDER_ASSETS, or a build failed.
set -euo pipefail
cd "$(dirname "$0")"
have=$(cd registry && go env GOVERSION 2>/dev/null) || have=none
[ "$(printf '%s\n' go1.26 "$have" | sort -V | head -1)" = go1.26 ] && [ "$have" != none ] || {
  echo "tools/build.sh: needs Go 1.26 or newer on PATH (found: $have): no real servers are built" >&2
  [ -n "${KUBEBUILDER_ASSETS:-}" ] && exit 0 || exit 3
}
export CGO_ENABLED=0
kubernetes=${ARGO_PREFLIGHT_KUBERNETES:-$(sed -n 's/^\tk8s.io\/kubernetes v//p' go.mod)}
version=k8s.io/component-base/version

failed=0

build() { # build NAME MODULE-FOLDER PACKAGE [LINKER-FLAGS]
  local began=$SECONDS
  if go -C "$2" build -trimpath -buildvcs=false -o "$PWD/bin/$1" -ldflags "-s -w -X $version.gitVersion=v$kubernetes \
    -X $version.gitMajor=${kubernetes%%.*} -X $version.gitMinor=$(cut -d. -f2 <<<"$kubernetes") -X $version.gitTreeState=clean ${4:-}" "$3"
  then echo "tools/bin/$1: ready in $((SECONDS - began)) s"
  else echo "tools/bin/$1: FAILED: tests that need it are skipped"; failed=3
  fi
}

argo() { # argo MINOR MODULE-SUFFIX: the workflow-controller, which tells its version to nobody but its executor image
  local module=github.com/argoproj/argo-workflows/$2
  release=$(sed -n "s#.*$module ##p" "argo/$1/go.mod" | cut -d' ' -f1)
  flags="-X $module.version=$release -X $module.gitTag=$release -X $module.gitTreeState=clean -X $module.gitCommit=unknown"
  build "workflow-controller-$1" "argo/$1" "$module/cmd/workflow-controller" "$flags"
}

staging() { # staging FOLDER: a module that requires another Kubernetes, and its staging modules as they were released with it
  local source
  source=$(go mod download -json "k8s.io/kubernetes@v$kubernetes" | sed -n 's/^\t"GoMod": "\(.*\)",$/\1/p')
  mkdir -p "$1"
  { echo "module kubernetes"
    grep '^go ' "$source"
    echo "require k8s.io/kubernetes v$kubernetes"
    sed -n "s#^\s*\(k8s.io/\S*\) => ./staging/.*#replace \1 => \1 v0.${kubernetes#1.}#p" "$source"
  } > "$1/go.mod"
}

server() { # server MINOR MODULE-SUFFIX: argo with its server; the module comes without the user interface that it embeds
  local module=github.com/argoproj/argo-workflows/$2 copy=$PWD/bin/.argo-$1
  rm -rf "$copy" && mkdir "$copy"
  go -C "argo/$1" mod download "$module"
  tar -C "$(go -C "argo/$1" list -m -f '{{.Dir}}' "$module")" --exclude=./ui/src --exclude=./docs -c . | tar -C "$copy" -x
  chmod -R u+w "$copy"
  mkdir -p "$copy/ui/dist/app"
  echo '<html></html>' > "$copy/ui/dist/app/index.html"
  cp "argo/$1/go.mod" "$copy/alt.mod" && cp "argo/$1/go.sum" "$copy/alt.sum"
  go mod edit -replace "$module=$copy" "$copy/alt.mod"
  GOFLAGS=-modfile=$copy/alt.mod build "argo-$1" "argo/$1" "$module/cmd/argo" "-X $module.version=$release"
  rm -rf "$copy"
}

# Go itself takes seconds to find that nothing changed; this takes none.
state() {
  { go version; echo "${KUBEBUILDER_ASSETS:-} $kubernetes ${ARGO_PREFLIGHT_WEEKLY:-}"; ls bin; find . -path ./bin -prune -o -type f -exec sha256sum {} + | sort; } | sha256sum
}
mkdir -p bin
[ "$(state)" != "$(cat bin/.state 2>/dev/null)" ] || { echo "tools/bin: up to date"; exit; }
rm -f bin/.state

others() {
  build crane registry github.com/google/go-containerregistry/cmd/crane
  build registry registry github.com/distribution/distribution/v3/cmd/registry
  build bcrypt registry ./bcrypt
  build oracle-kubelet . ./oracle/kubelet
  build oracle-controller oracle/controller .
  build oracle-podsecurity oracle/podsecurity .
  build oracle-regexp oracle/regexp .
  build oracle-lint argo/4.0 ./lint
  build helm helm helm.sh/helm/v3/cmd/helm
  return $failed
}

cluster() {
  if [ -n "${KUBEBUILDER_ASSETS:-}" ]; then
    echo "kube-apiserver, etcd, kubectl: taken from KUBEBUILDER_ASSETS=$KUBEBUILDER_ASSETS"
    return
  fi
  local folder=.
  build etcd . go.etcd.io/etcd/server/v3
  if [ -n "${ARGO_PREFLIGHT_KUBERNETES:-}" ]; then
    folder=bin/.kubernetes
    staging $folder
    local -x GOFLAGS=-mod=mod
  fi
  build kubectl $folder k8s.io/kubernetes/cmd/kubectl
  build kube-apiserver $folder k8s.io/kubernetes/cmd/kube-apiserver
}

# Two at once: a linker leaves one of two processors idle.
others &
cluster
[ "${ARGO_PREFLIGHT_WEEKLY:-}" != true ] || argo 3.6 v3
argo 3.7 v3
argo 4.0 v4
server 4.0 v4
wait $! || failed=3
[ $failed != 0 ] || state > bin/.state
exit $failed
