#!/usr/bin/env bash
# What people do by hand: read the pull Secrets of each ServiceAccount, try each image with them, ask for each right.
# check-loop.sh KUBECTL CRANE KUBECONFIG NAMESPACE "SERVICE_ACCOUNTS" "IMAGES" RIGHTS
# RIGHTS is a file with a line for each: VERB RESOURCE USER NAMESPACE, "-" for none.
set -euo pipefail
kubectl=$1 crane=$2 namespace=$4 accounts=$5 images=$6 rights=$7
export KUBECONFIG=$3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

for account in $accounts; do
  "$kubectl" get serviceaccount "$account" -n "$namespace" -o jsonpath='{range .imagePullSecrets[*]}{.name}{"\n"}{end}'
done | sort -u >"$work/secrets"
while read -r secret; do
  mkdir "$work/$secret"
  "$kubectl" get secret "$secret" -n "$namespace" -o jsonpath='{.data.\.dockerconfigjson}' </dev/null |
    base64 -d >"$work/$secret/config.json"
done <"$work/secrets"
for image in $images; do
  for config in $(grep -lF "\"${image%%/*}\"" "$work"/*/config.json); do
    DOCKER_CONFIG=${config%/*} "$crane" manifest "$image" >/dev/null
  done
done
while read -r verb resource user in; do
  [ "$in" = - ] && where=() || where=(-n "$in")
  "$kubectl" auth can-i "$verb" "$resource" --as "$user" "${where[@]}" </dev/null >/dev/null || true
done <"$rights"
