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
  --check                    prints the namespaces, ServiceAccounts and rights that are missing, the rights by
                             kubectl auth can-i --as, and ends with 1 if there are any, with 2 if the files grant no right
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
unique() { printf '%s\n' "$1" | tr , '\n' | awk '!seen[$0]++' | paste -s -d , -; }
secret=$(unique "${secret:-regcred}") account=$(unique "${account:-default}")

# A printed command ends with files, and --check takes the place of what follows them.
for file; do
  shift
  case $file in
    --check) check=yes ;;
    *) set -- "$@" "$file" ;;
  esac
done

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

# A line for each namespace, as comments of YAML: its ServiceAccounts, the number of Roles, and the names that they hold for.
summary() {
  awk -v secret="$secret" -v account="$account" '
    function many(word, list) { gsub(/,/, ", ", list); return word (list ~ /,/ ? "s " : " ") list }
    function count(n, word) { return n " " word (n > 1 ? "s" : "") }
    /^kind:/ { kind = $2 }
    /^metadata:/ {
      space = match($0, /namespace: [^,}]*/) ? "namespace " substr($0, RSTART + 11, RLENGTH - 11) : "all namespaces"
      if (!(space in known)) { known[space] = 1; spaces[++all] = space }
      if (kind ~ /Role$/) { roles[space, kind]++ }
      if (kind == "ServiceAccount") {
        match($0, /name: [^,}]*/)
        accounts[space] = accounts[space] (accounts[space] == "" ? "" : ",") substr($0, RSTART + 6, RLENGTH - 6)
      }
    }
    /^  resources:/ { resource = $2 }
    /^  resourceNames:/ || (secret == "*" && /^  resources: \[secrets\]/) { limited[space, resource] = 1 }
    END {
      for (i = 1; i <= all; i++) {
        space = spaces[i]
        text = ""
        if (space in accounts) { text = text "; " many("ServiceAccount", accounts[space]) }
        if ((space, "Role") in roles) { text = text "; " count(roles[space, "Role"], "Role") }
        if ((space, "ClusterRole") in roles) { text = text "; " count(roles[space, "ClusterRole"], "ClusterRole") }
        if ((space, "[secrets]") in limited) { text = text "; " (secret == "*" ? "all Secrets" : many("Secret", secret)) }
        if ((space, "[serviceaccounts]") in limited) { text = text "; " many("ServiceAccount", account) }
        print "# " space ": " substr(text, 3)
      }
    }
  '
}

# A pipe hides the failure of its first command.
printed=$(manifests "$@")
if [ -z "$check" ]; then
  printf '%s\n' "$printed" | summary >&2
  printf '%s\n' "$printed"
  exit
fi
lines=$(printf '%s\n' "$printed" | rights | awk '!seen[$0]++')
[ -n "$lines" ] || fail "nothing to check: $* grants no right"
missing=0

# Runs kubectl, whose answer is then in $answer. Returns 1 for a no, and ends the script where kubectl fails.
ask() {
  answer=$(kubectl "$@" 2>&1 </dev/null) || case $answer in
    *"doesn't have a resource type"* | *no | *'no - '*) return 1 ;;
    *) printf 'rbac.sh: kubectl %s: %s\n' "$*" "$(printf '%s\n' "$answer" | tail -n 1)" >&2; exit 3 ;;
  esac
}

# Prints NAMESPACE or NAMESPACE NAME, once for each namespace and ServiceAccount of the rights; rights are granted also to what
# does not exist.
objects() {
  awk '
    function once(line) { if (!seen[line]++) { print line } }
    $3 != "-" { once($3) }
    $2 ~ /^serviceaccounts\// && $4 == "-" { once($3 " " substr($2, 17)) }
    $5 ~ /^=system:serviceaccount:[^:]*:[^:]*=$/ {
      split($5, user, ":")
      sub(/=$/, "", user[4])
      once(user[3])
      once(user[3] " " user[4] " bound")
    }
  '
}

absent=' '
while read -r space object bound; do
  case $absent in *" $space "*) continue ;; esac
  if [ -z "$object" ]; then
    ask get namespace "$space" --ignore-not-found -o name
    [ -z "$answer" ] || continue
    absent="$absent$space "
    printf 'missing: namespace %s does not exist: kubectl create namespace %s\n' "$space" "$space"
  else
    ask get serviceaccount "$object" -n "$space" --ignore-not-found -o name
    [ -z "$answer" ] || continue
    fix="kubectl create serviceaccount $object -n $space"
    [ -z "$bound" ] || fix='without --check, identity.yaml and bootstrap.yaml create it'
    printf 'missing: ServiceAccount %s does not exist in namespace %s: %s\n' "$object" "$space" "$fix"
  fi
  missing=1
done <<EOF
$(printf '%s\n' "$lines" | objects)
EOF

while read -r verb resource space subresource who; do
  case $absent in *" $space "*) continue ;; esac
  who=${who#=} who=${who%=}
  set -- auth can-i "$verb" "$resource" "--as=$who"
  [ "$space" = - ] || set -- "$@" -n "$space"
  [ "$subresource" = - ] || set -- "$@" --subresource "$subresource"
  ask "$@" && continue
  missing=1
  case $answer in
    *"doesn't have a resource type"*)
      case $absent in *" $resource "*) continue ;; esac
      absent="$absent$resource "
      printf 'not checked: the server has no %s, which Argo installs\n' "$resource"
      continue ;;
  esac
  [ "$subresource" = - ] || resource=$resource/$subresource
  [ "$space" = - ] && space='all namespaces' || space="namespace $space"
  printf 'missing: %s cannot %s %s in %s\n' "$who" "$verb" "$resource" "$space"
done <<EOF
$lines
EOF
[ $missing -eq 0 ] && echo "nothing is missing"
exit $missing
