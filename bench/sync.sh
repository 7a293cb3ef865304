#!/usr/bin/env bash
# A sync of 100 namespaces x 3 ServiceAccounts against a kubectl loop, on the same kube-apiserver in the same run.
# NAMESPACES and ACCOUNTS change the size. Needs Go (or KUBEBUILDER_ASSETS) for the servers.
set -euo pipefail
cd "$(dirname "$0")/.."
./preflight --version >/dev/null # built before it is timed
exec mvn -f central -q -B -pl engine,offline,jenkins-api,plugin -Dtest=SyncBenchmark -Dsurefire.failIfNoSpecifiedTests=false \
  -DargLine="-Dbench.namespaces=${NAMESPACES:-100} -Dbench.accounts=${ACCOUNTS:-3}" verify
