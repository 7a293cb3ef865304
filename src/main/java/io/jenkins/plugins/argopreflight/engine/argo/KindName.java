package io.jenkins.plugins.argopreflight.engine.argo;

import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import java.util.List;
import java.util.Optional;

/** The names of Argo's kinds, and misspelt versions of them. */
public final class KindName {

    public static final String API_VERSION = "argoproj.io/v1alpha1";

    private static final List<String> KINDS =
            List.of("Workflow", "CronWorkflow", "WorkflowTemplate", "ClusterWorkflowTemplate");

    private KindName() {}

    /**
     * Returns the kind that the author meant, if the kind or version is misspelt; empty if it is correct or another
     * kind.
     */
    public static Optional<String> suggestion(Document document) {
        String[] version = document.apiVersion().split("/", 2);
        // Other groups have kinds with these names.
        boolean isArgoGroup = version.length < 2 || version[0].startsWith("argoproj");
        return KINDS.stream()
                .filter(kind -> kind.equalsIgnoreCase(document.kind().replace("-", "")))
                .filter(kind -> isArgoGroup
                        && !(kind.equals(document.kind())
                                && document.apiVersion().equals(API_VERSION)))
                .findFirst();
    }
}
