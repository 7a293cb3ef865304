package io.jenkins.plugins.argopreflight.engine.cluster.argo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/**
 * What only Argo Server knows of workflows: archived ones, nodes that are stored outside of the object, artifacts and
 * archived logs. Nothing is changed. Safe for concurrent use.
 *
 * <p>Every method throws {@link ClusterException}; FORBIDDEN where the right is missing, NOT_ALLOWED where a setting of
 * an administrator refuses the namespace and nothing was sent.
 *
 * @see <a href="https://argo-workflows.readthedocs.io/en/latest/rest-api/">REST API</a>
 */
public interface ArgoServer extends AutoCloseable {

    /** Its URL, without a slash at its end. */
    String server();

    /** Its version, such as {@code v4.0.5}. */
    String version();

    /** Who we are there, as its user page shows it; "" when it does not say. */
    String user();

    /**
     * A workflow with its nodes, wherever they are stored: the one in the cluster, else the newest archived one of this
     * name.
     *
     * @param uid "" for any
     */
    Optional<ObjectNode> workflow(String namespace, String name, String uid);

    /**
     * Archived workflows, the newest first, as the list has them: metadata and phase, without nodes.
     *
     * @param labels a label selector; "" for any
     * @param most how many at most
     */
    List<ObjectNode> archived(String namespace, String labels, int most);

    /**
     * Writes the content of an output artifact as it is stored, which is an archive unless the template says otherwise.
     *
     * @param limit bytes; a larger one is TOO_LARGE, and what was written is not the whole
     * @throws IOException when {@code into} cannot be written
     */
    void artifact(Output output, OutputStream into, long limit) throws IOException;

    /**
     * The archived log of a container ({@code archiveLogs}): the artifact {@code CONTAINER-logs}, and of it the last
     * lines.
     *
     * @param output whose artifact is the container's name with {@code -logs}
     * @param lines how many at most
     */
    List<String> log(Output output, int lines);

    @Override
    void close();

    /**
     * An output artifact of a node.
     *
     * @param uid of the workflow; with it an archived workflow is found too. "" to look only in the cluster
     * @param node the node's id
     */
    record Output(String namespace, String workflow, String uid, String node, String artifact) {

        /** The log of a container, as Argo archives it. */
        public static Output logOf(String namespace, String workflow, String uid, String node, String container) {
            return new Output(namespace, workflow, uid, node, container + "-logs");
        }
    }
}
