#!/bin/sh
# Login check of 20 images in 5 registries with 50 ms a request, against a loop over crane on the same registries.
# Prints wall time, requests, round trips on the critical path, and the ratio.
cd "$(dirname "$0")/.." || exit 1
exec mvn -f central -q -B -pl engine,offline,jenkins-api,plugin -Dtest=LoginCheckBenchmark \
    -Dsurefire.failIfNoSpecifiedTests=false -Dbenchmark=true verify
