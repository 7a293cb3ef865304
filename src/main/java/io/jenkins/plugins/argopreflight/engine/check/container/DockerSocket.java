package io.jenkins.plugins.argopreflight.engine.check.container;

import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Severity;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.check.place.Places;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The socket of the node's container runtime is root on that node, and Docker's is not there where containerd or CRI-O
 * runs. Source: https://kubernetes.io/blog/2020/12/02/dockershim-faq/
 */
public final class DockerSocket extends HostPaths {

    private static final CheckInfo INFO = new CheckInfo(
            "docker-socket",
            "A pod mounts the socket or the data of the node's container runtime",
            Severity.WARNING,
            Topic.WORKFLOW);
    private static final Pattern SOCKET = Pattern.compile(
            "(/var)?/run/(docker|containerd/containerd|crio/crio|podman/podman|cri-dockerd|k3s/containerd/containerd)"
                    + "\\.sock");
    private static final Pattern HOLDER = Pattern.compile("/|/var|(/var)?/run|(/var)?/run/(docker|containerd|crio)"
            + "|/var/lib/(docker|containerd|containers)(/.*)?");

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    List<Finding> check(HostPath hostPath) {
        boolean socket = SOCKET.matcher(hostPath.path()).matches();
        if (!socket && !HOLDER.matcher(hostPath.path()).matches()) {
            return List.of();
        }
        String what = socket
                ? "is the socket of the node's container runtime"
                : "has the data of the node's container runtime";
        return List.of(Finding.warn(
                        INFO,
                        Places.of(hostPath.workflow(), hostPath.pod(), hostPath.field() + ".path"),
                        "In " + hostPath.description() + ", " + hostPath.path() + " " + what
                                + ". It gives root on the node, and level baseline of Pod Security refuses it. Nodes"
                                + " with containerd or CRI-O have no Docker.")
                .title("A pod mounts %s of the node", hostPath.path())
                .evidence(EvidenceLine.field("hostPath.path", hostPath.path()))
                .fix(BuildAlternatives.FIX));
    }
}
