package io.jenkins.plugins.argopreflight.engine.check.container;

import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.check.location.Places;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A check for pods that mount the socket of the node's container runtime. The socket gives root on the node, and
 * Docker's socket does not exist if the node runs containerd or CRI-O. Source:
 * https://kubernetes.io/blog/2020/12/02/dockershim-faq/
 */
public final class DockerSocket extends HostPathCheck {
    private static final Pattern SOCKET = Pattern.compile(
            "(/var)?/run/(docker|containerd/containerd|crio/crio|podman/podman|cri-dockerd|k3s/containerd/containerd)"
                    + "\\.sock");
    private static final Pattern DATA_FOLDER = Pattern.compile("/|/var|(/var)?/run|(/var)?/run/(docker|containerd|crio)"
            + "|/var/lib/(docker|containerd|containers)(/.*)?");

    public DockerSocket() {
        super(CheckInfo.warning(
                "docker-socket",
                "A pod mounts the socket or the data of the node's container runtime",
                Topic.WORKFLOW));
    }

    @Override
    protected List<Finding> check(Facts facts, HostPath hostPath) {
        boolean isSocket = SOCKET.matcher(hostPath.path()).matches();
        if (!isSocket && !DATA_FOLDER.matcher(hostPath.path()).matches()) {
            return List.of();
        }
        String problem = isSocket
                ? "is the socket of the node's container runtime"
                : "has the data of the node's container runtime";
        return List.of(Finding.warn(
                        info(),
                        Places.of(hostPath.workflow(), hostPath.pod(), hostPath.field() + ".path"),
                        "In " + hostPath.description() + ", " + hostPath.path() + " " + problem
                                + ". It gives root on the node, and level baseline of Pod Security refuses it. Nodes"
                                + " with containerd or CRI-O have no Docker.")
                .title("A pod mounts %s of the node", hostPath.path())
                .evidence(EvidenceLine.field("hostPath.path", hostPath.path()))
                .fix(BuildAlternatives.ROOTLESS_BUILDKIT));
    }
}
