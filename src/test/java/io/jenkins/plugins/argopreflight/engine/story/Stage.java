package io.jenkins.plugins.argopreflight.engine.story;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.lab.RealLab;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.preflight.Preflight;
import io.jenkins.plugins.argopreflight.engine.preflight.PreflightRequest;
import io.jenkins.plugins.argopreflight.engine.preflight.Report;
import io.jenkins.plugins.argopreflight.engine.registry.RegistrySettings;
import io.jenkins.plugins.argopreflight.engine.registry.probe.RegistryProbe;
import io.jenkins.plugins.argopreflight.engine.render.Remediation;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestReader;
import io.jenkins.plugins.argopreflight.testing.Requests;
import io.jenkins.plugins.argopreflight.testing.server.RealCluster;
import io.jenkins.plugins.argopreflight.testing.server.RealCluster.User;
import io.jenkins.plugins.argopreflight.testing.server.RealRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A stage for mistakes: two namespaces of a real cluster, a team's and Argo's, a real registry, and a workflow without
 * problems until a test changes it. {@code CI}, {@code ARGO} and {@code HOST} in a text stand for the namespaces and
 * the registry.
 */
public final class Stage {

    public static final String PASSWORD = "s3cret-Of-team";

    private static final YAMLMapper YAML = new YAMLMapper();
    private static final Path TEXTS =
            Path.of(System.getProperty("argopreflight.root", "."), "src/test/resources/stage");
    private static final int SECONDS_UNTIL_KNOWN = 20;

    private final RealCluster cluster = RealCluster.get();
    private final String ci;
    private final String argo;
    private final User submitter = cluster.userWith();
    private final RealRegistry registry;
    private final ObjectNode workflow;

    private Stage(RealRegistry registry, String ci, String argo) {
        this.registry = registry;
        this.ci = ci;
        this.argo = argo;
        this.workflow = yaml(text("workflow.yaml"));
        apply(text("cluster.yaml"));
    }

    /** Returns a stage with the objects that every stage needs: Argo's kinds, a node, the images. */
    public static Stage ready(RealRegistry registry) {
        RealCluster cluster = RealCluster.get();
        return ready(registry, cluster.namespace("ci"), cluster.namespace("argo"));
    }

    /** The same in namespaces that there are. */
    public static Stage ready(RealRegistry registry, String ci, String argo) {
        RealCluster.get().node("worker", Map.of("kubernetes.io/os", "linux", "kubernetes.io/arch", "amd64"));
        registry.push("team/image", "v1.2");
        registry.push("team/argoexec", "v4.0.5");
        registry.push("tools/image", "v1.2");
        return new Stage(registry, ci, argo);
    }

    /** A workflow that refers to objects of every kind, which are all there. */
    public void references() {
        apply(text("references.yaml"));
        cluster.api()
                .mergePatch(
                        "/api/v1/namespaces/" + ci + "/persistentvolumeclaims/cache/status",
                        Map.of("status", Map.of("phase", "Bound")));
        workflow.removeAll();
        workflow.setAll(yaml(text("referring.yaml")));
    }

    private static String text(String file) {
        try {
            return Files.readString(TEXTS.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static ObjectNode yaml(String text) {
        try {
            return (ObjectNode) YAML.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    /** A text with the names of this stage. */
    public String here(String text) {
        return text.replace("CI", ci)
                .replace("ARGO", argo)
                .replace("HOST", registry.host())
                .replace("SUBMITTER", submitter.name());
    }

    /** Makes these objects, or changes those that are there. */
    public void apply(String yaml) {
        try (var objects = YAML.readerFor(JsonNode.class).<JsonNode>readValues(here(yaml))) {
            objects.forEachRemaining(cluster.api()::apply);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void kubectl(String command) {
        new Paste(this).shell(here("kubectl " + command));
    }

    /** Sets a key of the controller's ConfigMap. */
    void setting(String key, ObjectNode value) {
        try {
            cluster.api()
                    .mergePatch(
                            "/api/v1/namespaces/" + argo + "/configmaps/workflow-controller-configmap",
                            Map.of("data", Map.of(key, here(YAML.writeValueAsString(value)))));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Counts a quota's limits.cpu as the quota controller does, which this cluster has not. */
    void count(String quota, String used) {
        String path = "/api/v1/namespaces/" + ci + "/resourcequotas/" + quota;
        JsonNode hard = cluster.api().get(path).at("/spec/hard/limits.cpu");
        cluster.api()
                .mergePatch(
                        path + "/status",
                        Map.of(
                                "status",
                                Map.of(
                                        "hard",
                                        Map.of("limits.cpu", hard.asText()),
                                        "used",
                                        Map.of("limits.cpu", used))));
    }

    /** Returns the user who can read everything, try pods, and submit by the RoleBinding submitters. */
    User submitter() {
        return submitter;
    }

    public RealCluster cluster() {
        return cluster;
    }

    public String ci() {
        return ci;
    }

    String argo() {
        return argo;
    }

    RealRegistry registry() {
        return registry;
    }

    public ObjectNode workflow() {
        return workflow;
    }

    public ObjectNode spec() {
        return (ObjectNode) workflow.path("spec");
    }

    ObjectNode template() {
        return (ObjectNode) spec().path("templates").path(0);
    }

    public ObjectNode container() {
        return (ObjectNode) template().path("container");
    }

    public Report check(ClusterGateway as) {
        try (as;
                RegistryProbe probe = new RegistryProbe(RegistrySettings.defaults())) {
            return Remediation.inShell(new Preflight(Fact.known(as), probe, 8).run(request()));
        }
    }

    public PreflightRequest request() {
        try {
            return Requests.of(
                    new ManifestReader().read("workflow.yaml", here(YAML.writeValueAsString(workflow))), ci, argo);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Asks again until it is so: admission and RBAC learn of a change by their own watches. */
    public List<Finding> findings(User user, Predicate<List<Finding>> awaited) {
        long end = System.nanoTime() + SECONDS_UNTIL_KNOWN * 1_000_000_000L;
        List<Finding> found;
        do {
            found = check(RealLab.connect(cluster.kubeconfig(user))).findings();
        } while (!awaited.test(found) && System.nanoTime() < end);
        return found;
    }
}
