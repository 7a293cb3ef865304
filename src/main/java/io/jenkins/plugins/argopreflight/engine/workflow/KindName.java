package io.jenkins.plugins.argopreflight.engine.workflow;

import io.jenkins.plugins.argopreflight.engine.manifest.Document;
import java.util.List;
import java.util.Optional;

/** Names of Argo's kinds, and of what is meant for one. */
public final class KindName {

    public static final String API_VERSION = "argoproj.io/v1alpha1";

    private static final List<String> KINDS =
            List.of("Workflow", "CronWorkflow", "WorkflowTemplate", "ClusterWorkflowTemplate");

    private KindName() {}

    /** The kind that the object should have where it has another name or version; empty where it is right or no such. */
    public static Optional<String> meant(Document document) {
        String[] version = document.apiVersion().split("/", 2);
        // Other groups have kinds of these names, too.
        boolean group = version.length < 2 || version[0].startsWith("argoproj");
        return KINDS.stream()
                .filter(kind -> kind.equalsIgnoreCase(document.kind().replace("-", "")))
                .filter(kind -> group
                        && !(kind.equals(document.kind())
                                && document.apiVersion().equals(API_VERSION)))
                .findFirst();
    }
}
