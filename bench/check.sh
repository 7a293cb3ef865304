#!/bin/sh
# A check of 20 images in 5 registries and of more than 40 rights with 50 ms a request, against a loop over kubectl and
# crane on the same servers. Prints wall times, requests and the ratios; the round trips on the critical path are
# counted by CheckRoundTripsTest. Needs Go (or KUBEBUILDER_ASSETS) for the servers.
cd "$(dirname "$0")/.." || exit 1
./preflight --version >/dev/null || exit # built before it is timed
exec mvn -f central -q -B -pl engine,offline,jenkins-api,plugin -Dtest=CheckBenchmark,CheckRoundTripsTest \
    -Dsurefire.failIfNoSpecifiedTests=false -Dbenchmark=true verify
