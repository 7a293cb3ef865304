package io.jenkins.plugins.argopreflight.engine.argo.model;

import io.jenkins.plugins.argopreflight.engine.argo.expression.UnknownMarks;
import java.nio.charset.StandardCharsets;

/**
 * The names of nodes and pods; source: argo-workflows workflow/util/pod_name.go and
 * pkg/apis/workflow/v1alpha1/workflow_types.go (NodeID).
 */
public final class PodNames {

    /**
     * Maximum length of the part before the hash: a name has 253 characters, 10 of them for the hash and one for the
     * dash.
     */
    private static final int MAX_PREFIX = 253 - 10 - 1;

    private PodNames() {}

    /** Returns the id of a node, such as {@code hello-1234567}. {@code *} in a name is a part that is not known yet. */
    public static String nodeId(String workflow, String nodeName) {
        return workflow.equals(nodeName) ? workflow : workflow + "-" + hash(nodeName);
    }

    /** Returns the name of a node's pod. */
    public static String pod(String workflow, String nodeName, String template) {
        if (workflow.equals(nodeName)) {
            return workflow;
        }
        String prefix = template.isEmpty() ? workflow : workflow + "-" + template;
        return (prefix.length() > MAX_PREFIX ? prefix.substring(0, MAX_PREFIX) : prefix) + "-" + hash(nodeName);
    }

    /** Returns the FNV-1a hash of 32 bits in decimal; {@code *} if parts of the text are not known. */
    public static String hash(String text) {
        if (text.contains("*") || UnknownMarks.isIn(text)) {
            return "*";
        }
        // The offset basis and the prime of FNV.
        int hash = 0x811c9dc5;
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xff)) * 0x01000193;
        }
        return Integer.toUnsignedString(hash);
    }
}
