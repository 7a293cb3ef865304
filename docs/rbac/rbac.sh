#!/bin/sh
# Prints the manifests of this folder with your names in them, or checks them in a cluster:
#   docs/rbac/rbac.sh --namespace ci --secret regcred --service-account default | kubectl apply -f -
#   docs/rbac/rbac.sh --namespace ci --secret regcred --service-account default --check
set -eu

fail() { printf 'rbac.sh: %s\n' "$1" >&2; exit 2; }

usage() {
  cat >&2 <<'TEXT'
usage: rbac.sh [OPTION VALUE]... [--check] [FILE]...
  --namespace ci             where workflows run
  --argo argo                where Argo's controller runs
  --configmap NAME           settings of Argo's controller, where neither the release manifest nor the Helm chart named them
  --jenkins jenkins          where the ServiceAccount of Jenkins is
  --name argo-preflight      the ServiceAccount of this Jenkins; another one for each Jenkins of the cluster
  --user NAME                the user of a client certificate or of OIDC, in place of that ServiceAccount
  --secret regcred           Secrets that argoRegistrySecret writes and that workflows use, with commas; '*' for any name
  --service-account default  ServiceAccounts whose imagePullSecrets they are added to, with commas
  --check                    prints the rights that are missing, by kubectl auth can-i --as, and ends with 1 if there are any,
                             with 2 if the files grant no right
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
  case $1 in
    --user) case $2 in '' | *[[:cntrl:]]*) fail '--user is empty, or has characters that cannot be shown' ;; esac ;;
    --secret | --service-account)
      case $1=,$2, in
        '--secret=,*,') ;;
        *=*[!a-z0-9.,-]* | *,,* | *,[.-]* | *[.-],*) fail "$1 \"$2\" is no name of a Kubernetes object" ;;
      esac ;;
    *) case $2 in '' | *[!a-z0-9.-]* | [.-]* | *[.-]) fail "$1 \"$2\" is no name of a Kubernetes object" ;; esac ;;
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
  set -- registry-secret.yaml preflight.yaml preflight-controller.yaml preflight-cluster.yaml \
    preflight-autoscaler.yaml preflight-dry-run.yaml submit.yaml submit-step.yaml diagnose.yaml
  [ -n "$user" ] || set -- identity.yaml bootstrap.yaml "$@"
fi
for file; do
  [ -f "$file" ] || fail "there is no $file in $(pwd)"
done

sum() { printf '%s\n' "$*" | cksum | cut -d' ' -f1; }

# Prints each Role with a name of its own for each Jenkins, and for the objects that it is limited to.
manifests() {
  for file; do
    names=''
    if grep -q '\[regcred\]\|\[default\]' "$file"; then names="$secret $account"; fi
    if grep -q workflow-controller-configmap "$file"; then names="$configmap"; fi
    echo ---
    user=$user awk -v namespace="$namespace" -v argo="$argo" -v jenkins="$jenkins" -v name="$name" -v secret="$secret" \
      -v account="$account" -v configmap="$configmap" -v suffix="$(sum "$jenkins $name $user $names")" '
      function list(names) { gsub(/,/, ", ", names); return "[" names "]" }
      # awk reads no escapes in the environment. In single quotes YAML reads none but a quote that is doubled.
      BEGIN { user = ENVIRON["user"]; gsub(/\047/, "&&", user) }
      { kind = /^kind:/ ? $2 : kind }
      secret == "*" && /resourceNames: \[regcred\]/ { next }
      user != "" && /^- [{]kind: ServiceAccount, name: argo-preflight, / {
        print "- {apiGroup: rbac.authorization.k8s.io, kind: User, name: \047" user "\047}"; next
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

# VERB RESOURCE.GROUP[/NAME] NAMESPACE SUBRESOURCE =USER=, a line for each right of each subject of the bindings; - stands for
# nothing.
rights() {
  awk '
    function value(text) { sub(/^[^:[]*[:[] */, "", text); gsub(/[]["]|#.*/, "", text); gsub(/ /, "", text); return text }
    function field(key, text) {
      if (match(text, key ": \047.*\047")) {
        text = substr(text, RSTART + length(key) + 3, RLENGTH - length(key) - 4)
        gsub(/\047\047/, "\047", text)
        return text
      }
      if (!match(text, key ": [^,}]*")) { return "-" }
      return substr(text, RSTART + length(key) + 2, RLENGTH - length(key) - 2)
    }
    function add(verbs,    v, o, i, j, n, k) {
      n = split(verbs, v, ",")
      k = split(names == "" ? "-" : names, o, ",")
      for (i = 1; i <= n; i++)
        for (j = 1; j <= k; j++)
          rule[role, ++rules[role]] = v[i] " " part[1] (group == "" ? "" : "." group) (o[j] == "-" ? "" : "/" o[j]) " " space \
            " " (2 in part ? part[2] : "-")
    }
    function bind(who,    i) { for (i = 1; i <= rules[role]; i++) print rule[role, i] " =" who "=" }
    /^kind:/ { kind = $2 }
    /^metadata:/ { space = field("namespace", $0); role = kind " " field("name", $0) " " space }
    /^roleRef:/ { kind = field("kind", $0); role = kind " " field("name", $0) " " (kind == "Role" ? space : "-") }
    /^- apiGroups:/ { group = value($0); names = "" }
    /^  resources:/ { split("", part); split(value($0), part, "/") }
    /^  resourceNames:/ { names = value($0) }
    /^  verbs: *\[/ { add(value($0)) }
    /^  - [a-z]/ { add($2) }
    /^- [{]kind: ServiceAccount,/ { bind("system:serviceaccount:" field("namespace", $0) ":" field(" name", $0)) }
    /^- [{]apiGroup: [^,]*, kind: User,/ { bind(field(" name", $0)) }
  '
}

if [ -z "$check" ]; then
  manifests "$@"
  exit
fi
# A pipe hides the failure of its first command.
printed=$(manifests "$@")
lines=$(printf '%s\n' "$printed" | rights)
[ -n "$lines" ] || fail "nothing to check: $* grants no right"
missing=0
while read -r verb resource space subresource who; do
  who=${who#=} who=${who%=}
  set -- auth can-i "$verb" "$resource" "--as=$who"
  [ "$space" = - ] || set -- "$@" -n "$space"
  [ "$subresource" = - ] || set -- "$@" --subresource "$subresource"
  answer=$(kubectl "$@" 2>&1 </dev/null) || case $answer in
    *"doesn't have a resource type"*)
      missing=1
      printf 'not checked: the server has no %s, which Argo installs\n' "$resource" ;;
    *no | *'no - '*)
      missing=1
      [ "$subresource" = - ] || resource=$resource/$subresource
      [ "$space" = - ] && space='all namespaces' || space="namespace $space"
      printf 'missing: %s cannot %s %s in %s\n' "$who" "$verb" "$resource" "$space" ;;
    *) printf 'rbac.sh: kubectl %s: %s\n' "$*" "$(printf '%s\n' "$answer" | tail -n 1)" >&2; exit 3 ;;
  esac
done <<EOF
$lines
EOF
[ $missing -eq 0 ] && echo "nothing is missing"
exit $missing
