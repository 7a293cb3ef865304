package io.jenkins.plugins.argopreflight.engine.kubernetes.argoserver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/**
 * The data about workflows that only Argo Server has: archived workflows, nodes that are stored outside of the object,
 * artifacts and archived logs. Nothing is changed. Safe for concurrent use.
 *
 * <p>Every method throws {@link ClusterException}: FORBIDDEN if the right is missing, NOT_ALLOWED if a setting of an
 * administrator refuses the namespace and nothing was sent.
 *
 * @see <a href="https://argo-workflows.readthedocs.io/en/latest/rest-api/">REST API</a>
 */
public interface ArgoServer extends AutoCloseable {

    /** The URL of the server, without a slash at its end. */
    String server();

    /** Returns the version of the server, such as {@code v4.0.5}. */
    String version();

    /** Returns the user of the login, as Argo Server's user page shows it; "" if the page shows none. */
    String user();

    /**
     * Returns a workflow with its nodes, wherever they are stored: the one in the cluster, or else the newest archived
     * one of this name.
     *
     * @param uid "" for any
     */
    Optional<ObjectNode> workflow(String namespace, String name, String uid);

    /**
     * Returns archived workflows, the newest first, as the list has them: metadata and phase, without nodes.
     *
     * @param labels a label selector; "" for any
     * @param maxCount the maximum number
     */
    List<ObjectNode> archived(String namespace, String labels, int maxCount);

    /**
     * Writes the content of an output artifact as it is stored, which is an archive unless the template specifies
     * something else.
     *
     * @param limit the maximum number of bytes; for a larger artifact, throws TOO_LARGE after a part was written
     * @throws IOException if {@code into} cannot be written
     */
    void artifact(Output output, OutputStream into, long limit) throws IOException;

    /**
     * Returns the last lines of the archived log of a container ({@code archiveLogs}), which is the artifact
     * {@code CONTAINER-logs}.
     *
     * @param output the output whose artifact is the container's name with {@code -logs}
     * @param lines the maximum number of lines
     */
    List<String> log(Output output, int lines);

    @Override
    void close();

    /**
     * The address of an output artifact of a node.
     *
     * @param uid the workflow's uid, by which an archived workflow is found, too; "" to look only in the cluster
     * @param node the node's id
     */
    record Output(String namespace, String workflow, String uid, String node, String artifact) {

        /** Returns the log of a container, as Argo archives it. */
        public static Output logOf(String namespace, String workflow, String uid, String node, String container) {
            return new Output(namespace, workflow, uid, node, container + "-logs");
        }
    }
}
