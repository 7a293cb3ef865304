#!/bin/sh
# Prints the manifests of this folder with your names in them, or checks them in a cluster:
#   docs/rbac/rbac.sh --namespace ci --secret regcred --service-account default | kubectl apply -f -
#   docs/rbac/rbac.sh --namespace ci --secret regcred --service-account default --check
set -eu

usage() {
  cat >&2 <<'TEXT'
usage: rbac.sh [OPTION VALUE]... [--check] [FILE]...
  --namespace ci             where workflows run
  --argo argo                where Argo's controller runs
  --configmap NAME           settings of Argo's controller, where neither the release manifest nor the Helm chart named them
  --jenkins jenkins          where the ServiceAccount of Jenkins is
  --name argo-preflight      the ServiceAccount of this Jenkins; another one for each Jenkins of the cluster
  --user NAME                the user of a client certificate, in place of that ServiceAccount
  --secret regcred           Secrets that argoRegistrySecret writes and that workflows use, with commas; '*' for any name
  --service-account default  ServiceAccounts whose imagePullSecrets they are added to, with commas
  --check                    prints the rights that are missing, by kubectl auth can-i --as, and ends with 1 if there are any
  FILE                       of this folder; without one, what the steps need but for blocks and snapshots
To apply it again with other Secrets or ServiceAccounts adds rights, and takes none away.
TEXT
  exit 2
}

namespace=ci argo=argo jenkins=jenkins name=argo-preflight user='' secret='' account='' check=''
configmap=workflow-controller-configmap,argo-workflows-workflow-controller-configmap
while [ $# -gt 0 ]; do
  case $1 in
    --check) check=yes; shift; continue ;;
    --*) [ $# -ge 2 ] || usage ;;
    *) break ;;
  esac
  case $1=$2 in
    '--secret=*') ;;
    --user=?*) case $2 in *[!A-Za-z0-9.@:_-]*) echo "rbac.sh: --user \"$2\" has characters that it cannot print" >&2; exit 2 ;; esac ;;
    --secret=?* | --service-account=?*)
      case $2 in *[!a-z0-9.,-]*) echo "rbac.sh: $1 \"$2\" is no name of a Kubernetes object" >&2; exit 2 ;; esac ;;
    *= | *=*[!a-z0-9.-]*) echo "rbac.sh: $1 \"$2\" is no name of a Kubernetes object" >&2; exit 2 ;;
  esac
  case $1 in
    --namespace) namespace=$2 ;;
    --argo) argo=$2 ;;
    --configmap) configmap=$2 ;;
    --jenkins) jenkins=$2 ;;
    --name) name=$2 ;;
    --user) user=$2 ;;
    --secret) secret=${secret:+$secret,}$2 ;;
    --service-account) account=${account:+$account,}$2 ;;
    *) usage ;;
  esac
  shift 2
done
secret=${secret:-regcred} account=${account:-default}

cd "$(dirname "$0")"
if [ $# -eq 0 ]; then
  set -- registry-secret.yaml preflight.yaml preflight-controller.yaml preflight-dry-run.yaml preflight-cluster.yaml \
    preflight-autoscaler.yaml submit.yaml submit-step.yaml diagnose.yaml
  [ -n "$user" ] || set -- identity.yaml bootstrap.yaml "$@"
fi
for file; do
  [ -f "$file" ] || { echo "rbac.sh: there is no $file in $(pwd)" >&2; exit 2; }
done

sum() { printf '%s\n' "$*" | cksum | cut -d' ' -f1; }

# Prints each Role with a name of its own for each Jenkins, and for the objects that it is limited to.
manifests() {
  for file; do
    names=''
    if grep -q '\[regcred\]\|\[default\]' "$file"; then names="$secret $account"; fi
    if grep -q workflow-controller-configmap "$file"; then names="$configmap"; fi
    echo ---
    awk -v namespace="$namespace" -v argo="$argo" -v jenkins="$jenkins" -v name="$name" -v user="$user" -v secret="$secret" \
      -v account="$account" -v configmap="$configmap" -v suffix="$(sum "$jenkins $name $user $names")" '
      function list(names) { gsub(/,/, ", ", names); return "[" names "]" }
      { kind = /^kind:/ ? $2 : kind }
      secret == "*" && /resourceNames: \[regcred\]/ { next }
      user != "" && /^- {kind: ServiceAccount, name: argo-preflight, / {
        print "- {apiGroup: rbac.authorization.k8s.io, kind: User, name: \"" user "\"}"; next
      }
      /^ *#/ { print; next }
      kind ~ /Role|Binding/ && (/^metadata:/ || /^roleRef:/) { sub(/name: argo-preflight[a-z-]*/, "&-" suffix) }
      kind == "ServiceAccount" || /kind: ServiceAccount/ { sub(/name: argo-preflight/, "name: " name) }
      {
        sub(/namespace: ci}/, "namespace: " namespace "}") || sub(/namespace: argo}/, "namespace: " argo "}") \
          || sub(/namespace: jenkins}/, "namespace: " jenkins "}")
        sub(/\[argo-preflight\]/, "[" name "]")
        sub(/\[workflow-controller-configmap,[^]]*\]/, list(configmap))
        sub(/\[regcred\]/, list(secret))
        sub(/\[default\]/, list(account))
        print
      }
    ' "$file"
  done
}

# USER VERB RESOURCE.GROUP[/NAME] NAMESPACE SUBRESOURCE, a line for each right of the manifests; - stands for nothing.
rights() {
  awk '
    function value(text) { sub(/^[^:[]*[:[] */, "", text); gsub(/[]["]|#.*/, "", text); gsub(/ /, "", text); return text }
    function add(verbs,    v, o, i, j, n, k) {
      n = split(verbs, v, ",")
      k = split(names == "" ? "-" : names, o, ",")
      for (i = 1; i <= n; i++)
        for (j = 1; j <= k; j++)
          rule[++rules] = v[i] " " part[1] (group == "" ? "" : "." group) (o[j] == "-" ? "" : "/" o[j]) " " space \
            " " (2 in part ? part[2] : "-")
    }
    /^kind:/ { kind = $2 }
    /^metadata:/ && kind ~ /Role$/ { space = "-"; if (match($0, /namespace: [^},]*/)) space = substr($0, RSTART + 11, RLENGTH - 11) }
    /^- apiGroups:/ { group = value($0); names = "" }
    /^  resources:/ { split("", part); split(value($0), part, "/") }
    /^  resourceNames:/ { names = value($0) }
    /^  verbs: *\[/ { add(value($0)) }
    /^  - [a-z]/ { add($2) }
    /^- {.*kind: (ServiceAccount|User)/ {
      match($0, /name: [^,}]*/); who = substr($0, RSTART + 6, RLENGTH - 6); gsub(/"/, "", who)
      if (/kind: ServiceAccount/) { match($0, /namespace: [^,}]*/); who = "system:serviceaccount:" substr($0, RSTART + 11, RLENGTH - 11) ":" who }
      for (i = 1; i <= rules; i++) print who, rule[i]
      rules = 0
    }
  '
}

if [ -z "$check" ]; then
  manifests "$@"
  exit
fi
manifests "$@" | rights | {
  missing=0
  while read -r who verb resource space subresource; do
    set -- auth can-i "$verb" "$resource" --as "$who"
    [ "$space" = - ] || set -- "$@" -n "$space"
    [ "$subresource" = - ] || set -- "$@" --subresource "$subresource"
    answer=$(kubectl "$@" 2>&1 </dev/null) || case $answer in
      *"doesn't have a resource type"*)
        missing=1
        echo "not checked: the server has no $resource, which Argo installs" ;;
      *no | *'no - '*)
        missing=1
        [ "$subresource" = - ] || resource=$resource/$subresource
        [ "$space" = - ] && space='all namespaces' || space="namespace $space"
        echo "missing: $who cannot $verb $resource in $space" ;;
      *) printf 'rbac.sh: kubectl %s: %s\n' "$*" "$(printf '%s\n' "$answer" | tail -n 1)" >&2; exit 3 ;;
    esac
  done
  [ $missing -eq 0 ] && echo "nothing is missing"
  exit $missing
}
