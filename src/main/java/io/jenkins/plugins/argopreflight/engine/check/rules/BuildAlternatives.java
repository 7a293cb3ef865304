package io.jenkins.plugins.argopreflight.engine.check.rules;

/** How images are built without privileges, for findings about what builds usually ask for. */
final class BuildAlternatives {

    /** Source: https://github.com/moby/buildkit/blob/master/docs/rootless.md, examples/kubernetes. */
    static final String YAML = "# build images without root, with rootless BuildKit:\n"
            + "container:\n"
            + "  image: moby/buildkit:rootless\n"
            + "  command: [buildctl-daemonless.sh]\n"
            + "  args: [build, --frontend, dockerfile.v0, --local, context=/work, --local, dockerfile=/work]\n"
            + "  env:\n"
            + "  - {name: BUILDKITD_FLAGS, value: --oci-worker-no-process-sandbox}\n"
            + "  securityContext:\n"
            + "    runAsUser: 1000\n"
            + "    runAsGroup: 1000\n"
            + "    seccompProfile: {type: Unconfined}\n"
            + "  volumeMounts:\n"
            + "  - {name: buildkit, mountPath: /home/user/.local/share/buildkit}   # an emptyDir";

    private BuildAlternatives() {}
}
