package io.jenkins.plugins.argopreflight.testing.server;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** An installer of Argo's kinds on an API server. Their objects can have any field. */
final class ArgoKinds {

    private static final String CLUSTER_TEMPLATE = "ClusterWorkflowTemplate";
    private static final List<String> KINDS = List.of(
            CLUSTER_TEMPLATE,
            "Workflow",
            "WorkflowTemplate",
            "CronWorkflow",
            "WorkflowEventBinding",
            "WorkflowTaskSet",
            "WorkflowTaskResult",
            "WorkflowArtifactGCTask");

    private final ApiClient api;
    private final RealServer server;

    /** @param server the process that {@code api} asks */
    ArgoKinds(ApiClient api, RealServer server) {
        this.api = api;
        this.server = server;
    }

    /** Installs the kinds, and returns when the server serves them all. */
    void install() {
        KINDS.forEach(this::install);
        KINDS.forEach(kind -> server.await(() -> api.status("/apis/argoproj.io/v1alpha1/" + plural(kind)) == 200));
    }

    private void install(String kind) {
        String plural = plural(kind);
        Map<String, Object> schema = Map.of("type", "object", "x-kubernetes-preserve-unknown-fields", true);
        Map<String, Object> version = Map.of(
                "name", "v1alpha1", "served", true, "storage", true, "schema", Map.of("openAPIV3Schema", schema));
        Map<String, Object> spec = Map.of(
                "group",
                "argoproj.io",
                "scope",
                kind.equals(CLUSTER_TEMPLATE) ? "Cluster" : "Namespaced",
                "names",
                Map.of("plural", plural, "kind", kind, "listKind", kind + "List"),
                "versions",
                List.of(version));
        api.create(
                "/apis/apiextensions.k8s.io/v1/customresourcedefinitions",
                Map.of("metadata", Map.of("name", plural + ".argoproj.io"), "spec", spec));
    }

    private static String plural(String kind) {
        return kind.toLowerCase(Locale.ROOT) + "s";
    }
}
