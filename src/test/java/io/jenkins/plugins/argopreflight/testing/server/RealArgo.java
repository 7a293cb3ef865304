package io.jenkins.plugins.argopreflight.testing.server;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A real workflow-controller of one version on the {@link RealCluster}, as the administrator, for one namespace. No
 * kubelet runs: the pods that it creates stay as they are.
 */
public final class RealArgo implements AutoCloseable {

    private static final String API = "/apis/argoproj.io/v1alpha1/namespaces/";
    private static final int SETTLED_SECONDS = 5;

    private final RealCluster cluster = RealCluster.get();
    private final String namespace;
    private final RealServer controller;

    /**
     * @param binary such as {@code workflow-controller-3.7}
     * @param namespace where the controller and its workflows are; its workflow-controller-configmap must be there
     */
    public RealArgo(String binary, String namespace) {
        this.namespace = namespace;
        Path folder = RealServer.temporaryFolder("argo-preflight-controller-");
        controller = new RealServer(
                folder,
                List.of(
                        ServerBinaries.require(binary),
                        "--kubeconfig=" + kubeconfig(folder, namespace),
                        "--namespaced",
                        // It sends at most 20 requests a second by default.
                        "--qps=500",
                        "--burst=500",
                        "--managed-namespace=" + namespace),
                Map.of(
                        "LEADER_ELECTION_DISABLE",
                        "true",
                        // It looks at a workflow again ten seconds after something happened to a pod by default.
                        "DEFAULT_REQUEUE_TIME",
                        "1s",
                        // That of the agents' pods, which is the other one by default.
                        "ARGO_AGENT_PATCH_RATE",
                        "10s"));
    }

    /** An administrator's, with the namespace as its default. */
    static Path kubeconfig(Path folder, String namespace) {
        try {
            String admin = Files.readString(RealCluster.get().adminKubeconfig());
            return Files.writeString(
                    folder.resolve("kubeconfig.yaml"),
                    admin.replace("context: {", "context: {namespace: " + namespace + ", "));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void submit(JsonNode workflow) {
        cluster.api().create(API + namespace + "/workflows", workflow);
    }

    /** Waits until the controller has dealt with every workflow, and for five seconds nothing more has come of it. */
    public void await(int workflows) {
        String settled = "";
        int same = 0;
        for (int second = 0; second < 300 && same < SETTLED_SECONDS && controller.isAlive(); second++) {
            RealServer.sleep(1000);
            JsonNode items = cluster.api().get(API + namespace + "/workflows").path("items");
            String state = "";
            int begun = 0;
            for (JsonNode workflow : items) {
                state += workflow.path("status").path("nodes");
                begun += workflow.path("status").has("phase") ? 1 : 0;
            }
            same = begun == workflows && state.equals(settled) ? same + 1 : 0;
            settled = state;
        }
        if (same < SETTLED_SECONDS) {
            throw new IllegalStateException(
                    "the controller did not deal with all workflows; its log ends with\n" + controller.tail());
        }
    }

    /** Lets all pods that there are end well, so that the controller makes those that come after them. */
    public void endPods() {
        PlayedExecutor executor = new PlayedExecutor(cluster.api(), namespace);
        cluster.api()
                .get("/api/v1/namespaces/" + namespace + "/pods")
                .path("items")
                .forEach(executor::end);
    }

    /** The pods of each workflow, in the order of their names. */
    public Map<String, List<JsonNode>> pods() {
        return cluster.api()
                .get("/api/v1/namespaces/" + namespace + "/pods")
                .path("items")
                .valueStream()
                .collect(Collectors.groupingBy(pod -> pod.path("metadata")
                        .path("labels")
                        .path("workflows.argoproj.io/workflow")
                        .asText()));
    }

    @Override
    public void close() {
        controller.close();
    }
}
