#!/usr/bin/env bash
# What people do by hand: one Secret in each namespace, bound to each ServiceAccount without losing its other entries.
# kubectl-loop.sh KUBECTL KUBECONFIG "NAMESPACES" "SERVICE_ACCOUNTS"; the password is in BENCH_PASSWORD.
set -euo pipefail
kubectl=$1 namespaces=$3 accounts=$4
export KUBECONFIG=$2
for namespace in $namespaces; do
  "$kubectl" create secret docker-registry regcred -n "$namespace" --dry-run=client -o yaml \
    --docker-server=registry.example.com --docker-username=team --docker-password="$BENCH_PASSWORD" |
    "$kubectl" apply -f - >/dev/null
  for account in $accounts; do
    have=$("$kubectl" get serviceaccount "$account" -n "$namespace" \
      -o jsonpath='{range .imagePullSecrets[*]}{"{\"name\":\""}{.name}{"\"},"}{end}')
    [[ $have == *'"regcred"'* ]] || "$kubectl" patch serviceaccount "$account" -n "$namespace" \
      -p "{\"imagePullSecrets\":[$have{\"name\":\"regcred\"}]}" >/dev/null
  done
done
