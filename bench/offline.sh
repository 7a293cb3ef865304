#!/usr/bin/env bash
# 1,000 workflows of 20 templates without a cluster: check and pods, against `argo lint --offline` and kube-linter (or
# kube-score, where that cannot be built), which knows no workflows and so gets the pods that Argo will make of them.
# Prints wall and processor seconds and the peak of memory for 250, 500 and 1,000, and the ratios for the last. `check` has
# a heap of 256 MiB. SIZES and RUNS change the size; what cannot be built, as tools.sh says, is left out.
set -euo pipefail
cd "$(dirname "$0")/.."
sizes=${SIZES:-250 500 1000}
runs=${RUNS:-3}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
./preflight --version >/dev/null # built before it is timed
argo=$(bench/tools.sh argo) || argo=
linter=$(bench/tools.sh kube-linter) || linter=$(bench/tools.sh kube-score) || linter=

workflow() { # workflow NUMBER
  printf 'apiVersion: argoproj.io/v1alpha1\nkind: Workflow\nmetadata: {generateName: load-%s-, namespace: ci}\nspec:\n' "$1"
  printf '  entrypoint: main\n  activeDeadlineSeconds: 3600\n  serviceAccountName: runner\n  templates:\n'
  printf '  - name: main\n    dag:\n      tasks:\n'
  for j in {1..19}; do
    printf '      - {name: t%s, template: step-%s, arguments: {parameters: [{name: word, value: w%s}]}}\n' "$j" "$j" "$j"
  done
  for j in {1..19}; do
    printf '  - name: step-%s\n    inputs: {parameters: [{name: word}]}\n    container:\n' "$j"
    printf '      image: registry-%s.example.com/team/image-%s:v1\n      command: [sh, -c]\n' $((j % 5)) "$j"
    printf '      args: ["echo {{inputs.parameters.word}} %s"]\n      env: [{name: A, value: b}]\n' "$1"
    printf '      resources: {requests: {cpu: 100m, memory: 64Mi}, limits: {cpu: 200m, memory: 128Mi}}\n'
  done
}

# measure COMMAND...: seconds on the clock, seconds of processor, peak of memory in MiB
measure() {
  local peak=0 now pid began ended TIMEFORMAT='%U %S'
  began=$(date +%s%N)
  {
    time {
      "$@" >"$work/out" 2>"$work/err" &
      pid=$!
      while now=$(sed -n 's/^VmHWM:[^0-9]*\([0-9]*\).*/\1/p' "/proc/$pid/status" 2>/dev/null) && [ -n "$now" ]; do
        peak=$now
        sleep 0.1
      done
      wait "$pid" || [ $? = 1 ] # findings
    }
  } 2>"$work/time"
  ended=$(date +%s%N)
  awk -v wall=$((ended - began)) -v peak="$peak" '{ printf "%.2f %.2f %d\n", wall / 1e9, $1 + $2, peak / 1024 }' "$work/time"
}

# words_of WHAT FOLDER: sets `words`
words_of() {
  case $1 in
    check) words=(env JAVA_TOOL_OPTIONS=-Xmx256m ./preflight check --no-cluster --no-registry -n ci -f "$2" --fail-on never) ;;
    pods) words=(./preflight pods --no-cluster -n ci -f "$2") ;;
    lint) words=("$argo" lint --offline "$2") ;;
    linter) case $linter in *score) words=("$linter" score "$2"/*.yaml) ;; *) words=("$linter" lint "$2") ;; esac ;;
  esac
}

for size in $sizes; do
  mkdir "$work/workflows-$size" "$work/pods-$size"
  for ((i = 0; i < size; i++)); do workflow "$i" >"$work/workflows-$size/$i.yaml"; done
  if [ -n "$linter" ]; then
    words_of pods "$work/workflows-$size"
    "${words[@]}" 2>/dev/null | awk -v to="$work/pods-$size" \
      '/^---$/ { part = int(n * 0.01); n++; file = to "/" part ".yaml" } file { print > file }'
  fi
done

printf '%-26s %9s %6s %10s %10s %10s\n' '' workflows run 'wall s' 'CPU s' 'peak MiB'
for size in $sizes; do
  for run in $(seq "$runs"); do
    for what in check pods ${argo:+lint} ${linter:+linter}; do
      input=$work/workflows-$size name="argo-preflight $what"
      [ "$what" != lint ] || name='argo lint --offline'
      [ "$what" != linter ] || { name="${linter##*/} on the pods" input=$work/pods-$size; }
      words_of "$what" "$input"
      read -r wall cpu peak < <(measure "${words[@]}")
      printf '%-26s %9s %6s %10s %10s %10s\n' "$name" "$size" "$run" "$wall" "$cpu" "$peak"
      echo "$size $what $wall $cpu" >>"$work/all"
    done
  done
done
awk -v linter="${linter##*/}" '{ wall[$2] += $3; cpu[$2] += $4; if ($1 != last) { delete wall; delete cpu; wall[$2] = $3; cpu[$2] = $4 } last = $1 }
  END { for (what in wall) if (what ~ /lint/) printf "%s / argo-preflight check: %.2f by the clock, %.2f by processor\n",
    what == "lint" ? "argo lint --offline" : linter " on the pods", wall[what] / wall["check"], cpu[what] / cpu["check"] }' \
  "$work/all"
