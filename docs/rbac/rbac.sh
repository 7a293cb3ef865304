#!/bin/sh
# Prints the manifests of this folder with your names in them:
#   docs/rbac/rbac.sh --namespace ci --secret regcred --service-account default | kubectl apply -f -
set -eu

usage() {
  cat >&2 <<'TEXT'
usage: rbac.sh [--namespace ci] [--argo argo] [--jenkins jenkins] [--secret regcred] [--service-account default] [FILE]...
  --namespace        where workflows run
  --argo             where Argo's controller runs
  --jenkins          where the ServiceAccount of Jenkins is
  --secret           the Secret that argoRegistrySecret writes; '*' for any name, such as one for each build
  --service-account  whose imagePullSecrets it is added to
  FILE               of this folder; without one, what the steps need but for blocks and snapshots
TEXT
  exit 2
}

namespace=ci argo=argo jenkins=jenkins secret=regcred account=default
while [ $# -gt 0 ]; do
  case $1 in
    --*) [ $# -ge 2 ] || usage ;;
    *) break ;;
  esac
  case $2 in
    '*') [ "$1" = --secret ] || usage ;;
    '' | *[!a-z0-9.-]*) echo "rbac.sh: $1 \"$2\" is no name of a Kubernetes object" >&2; exit 2 ;;
  esac
  case $1 in
    --namespace) namespace=$2 ;;
    --argo) argo=$2 ;;
    --jenkins) jenkins=$2 ;;
    --secret) secret=$2 ;;
    --service-account) account=$2 ;;
    *) usage ;;
  esac
  shift 2
done

cd "$(dirname "$0")"
if [ $# -eq 0 ]; then
  set -- identity.yaml bootstrap.yaml registry-secret.yaml preflight.yaml preflight-controller.yaml \
    preflight-dry-run.yaml preflight-cluster.yaml preflight-autoscaler.yaml submit.yaml submit-step.yaml diagnose.yaml
fi
for file; do
  [ -f "$file" ] || { echo "rbac.sh: there is no $file in $(pwd)" >&2; exit 2; }
done
exec awk -v namespace="$namespace" -v argo="$argo" -v jenkins="$jenkins" -v secret="$secret" -v account="$account" '
  FNR == 1 { print "---" }
  secret == "*" && /resourceNames: \[regcred\]/ { next }
  sub(/namespace: ci}/, "namespace: " namespace "}") || sub(/namespace: argo}/, "namespace: " argo "}") \
    || sub(/namespace: jenkins}/, "namespace: " jenkins "}") || sub(/\[regcred\]/, "[" secret "]") \
    || sub(/\[default\]/, "[" account "]") { print; next }
  { print }
' "$@"
