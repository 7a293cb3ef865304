package io.jenkins.plugins.argopreflight.engine.check.container;

import io.jenkins.plugins.argopreflight.engine.model.fix.ChangeField;
import io.jenkins.plugins.argopreflight.engine.model.fix.Fix;
import io.jenkins.plugins.argopreflight.engine.model.fix.Yaml;

/** The fix for findings about privileges that image builds usually need: a build without them. */
final class BuildAlternatives {

    /**
     * The fix that uses rootless BuildKit. Source: https://github.com/moby/buildkit/blob/master/docs/rootless.md,
     * examples/kubernetes.
     */
    static final Fix ROOTLESS_BUILDKIT =
            ChangeField.to(Yaml.of("""
                    container:
                      image: moby/buildkit:rootless
                      command: [buildctl-daemonless.sh]
                      args: [build, --frontend, dockerfile.v0, --local, context=/work, --local, dockerfile=/work]
                      env:
                      - {name: BUILDKITD_FLAGS, value: --oci-worker-no-process-sandbox}
                      securityContext:
                        runAsUser: 1000
                        runAsGroup: 1000
                        seccompProfile: {type: Unconfined}
                      volumeMounts:
                      - {name: buildkit, mountPath: /home/user/.local/share/buildkit} # an emptyDir
                    """)).because("build images without root, with rootless BuildKit:");

    private BuildAlternatives() {}
}
