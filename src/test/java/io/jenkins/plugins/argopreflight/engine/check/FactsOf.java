package io.jenkins.plugins.argopreflight.engine.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.cluster.Identity;
import io.jenkins.plugins.argopreflight.engine.cluster.SubjectAccess;
import io.jenkins.plugins.argopreflight.engine.collect.ClusterReader;
import io.jenkins.plugins.argopreflight.engine.collect.CollectedView;
import io.jenkins.plugins.argopreflight.engine.collect.Facts;
import io.jenkins.plugins.argopreflight.engine.collect.PodPulls;
import io.jenkins.plugins.argopreflight.engine.collect.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.collect.WorkflowRequest;
import io.jenkins.plugins.argopreflight.engine.collect.Workflows;
import io.jenkins.plugins.argopreflight.engine.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.fact.Right;
import io.jenkins.plugins.argopreflight.engine.manifest.Document;
import io.jenkins.plugins.argopreflight.engine.manifest.ManifestReader;
import io.jenkins.plugins.argopreflight.engine.registry.Registry;
import io.jenkins.plugins.argopreflight.engine.registry.RegistryProbe;
import io.jenkins.plugins.argopreflight.engine.registry.RegistrySettings;
import io.jenkins.plugins.argopreflight.engine.registry.RegistrySnapshot;
import io.jenkins.plugins.argopreflight.engine.workflow.ArgoVersion;
import io.jenkins.plugins.argopreflight.engine.workflow.Controller;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Facts as they would be collected for some manifests in namespace {@code ci} and a folder of a cluster's objects. */
final class FactsOf {

    private static final String NAMESPACE = "ci";
    private static final Registry NOT_ASKED =
            new RegistryProbe(RegistrySettings.builder().offline().build());

    private final List<Document> given;
    private final Fact<ClusterGateway> gateway;
    private final JsonNode snapshot;

    private Registry registry = NOT_ASKED;

    private FactsOf(List<Document> given, Fact<ClusterGateway> gateway, JsonNode snapshot) {
        this.given = given;
        this.gateway = gateway;
        this.snapshot = snapshot;
    }

    /** Of manifests alone; nobody could look at the cluster. */
    static Facts manifests(String yaml) {
        return manifests(new ManifestReader().read("workflow.yaml", yaml));
    }

    static Facts manifests(List<Document> given) {
        return new FactsOf(given, Fact.unknown("no cluster was asked"), MissingNode.getInstance()).collect();
    }

    /** Of a fixture's or story's {@code workflow.yaml} and its folder of objects, if it has one. */
    static Facts folder(Path workflow, Path cluster) throws IOException {
        Optional<Path> registry = RegistrySnapshot.in(workflow.getParent());
        return folder(
                workflow,
                cluster,
                registry.isPresent() ? RegistrySnapshot.read(registry.get(), RegistrySettings.defaults()) : NOT_ASKED);
    }

    static Facts folder(Path workflow, Path cluster, Registry registry) throws IOException {
        List<Document> given = new ManifestReader().read("workflow.yaml", Files.readString(workflow));
        if (!Files.isDirectory(cluster)) {
            FactsOf alone = new FactsOf(given, Fact.unknown("no cluster was asked"), MissingNode.getInstance());
            alone.registry = registry;
            return alone.collect();
        }
        List<Document> objects = new ArrayList<>(new ManifestReader().readAll(cluster));
        JsonNode snapshot = objects.stream()
                .filter(each -> each.kind().equals("Snapshot"))
                .findFirst()
                .<JsonNode>map(Document::root)
                .orElse(MissingNode.getInstance());
        objects.removeIf(each -> each.kind().isEmpty() || each.kind().equals("Snapshot"));
        String namespace =
                snapshot.path("complete").path(0).path("namespaces").path(0).asText(NAMESPACE);
        FactsOf facts =
                new FactsOf(given, Fact.known(new FixtureCluster(objects, snapshot.path("complete"))), snapshot);
        facts.registry = registry;
        return facts.collect(namespace);
    }

    private Facts collect() {
        return collect(NAMESPACE);
    }

    private Facts collect(String namespace) {
        ClusterReader reader = new ClusterReader(gateway);
        Optional<ArgoVersion> argo = gateway.ifKnown()
                .flatMap(known ->
                        ArgoVersion.parse(snapshot.path("argo").path("version").asText("v4.0.5")));
        Workflows followed = given.stream().anyMatch(FactsOf::isWorkflow)
                ? Workflows.of(new WorkflowRequest(given, namespace, "argo", argo, List.of()), reader, 4)
                : new Workflows(
                        List.of(), Controller.plain(argo.orElse(ArgoVersion.NEWEST)), "", Fact.unknown("no controller"), List.of());
        List<WorkflowFacts> workflows = followed.workflows();
        Fact<Document> settings = followed.configuration().isEmpty()
                ? Fact.unknown("the controller's settings could not be read")
                : Fact.known(followed.controller().configMap());
        Fact<String> kubernetes = gateway.ifKnown().isEmpty()
                ? Fact.unknown("no cluster was asked")
                : Fact.known(snapshot.path("kubernetes").asText("v1.34.4"));
        return new Facts(
                Fact.known(new Identity("jenkins", List.of())),
                kubernetes,
                followed.controller(),
                settings,
                "argo",
                given,
                workflows,
                new PodPulls(given, namespace, reader, registry, followed.controller(), 4)
                        .of(workflows, this::controllerMayGet),
                List.of(),
                List.of(),
                CollectedView.of(workflows, given, namespace, reader, 4),
                followed.unseen());
    }

    /** By the Roles and bindings in the folder. */
    private Fact<Boolean> controllerMayGet(String namespace, String secret) {
        if (gateway instanceof Fact.Unknown<ClusterGateway> none) {
            return Fact.unknown(none.reason());
        }
        String account = snapshot.path("argo").path("serviceAccount").asText("argo");
        SubjectAccess.Asked asked = new SubjectAccess.Asked(
                Identity.ofServiceAccount("argo", account),
                Right.of("get", "", "secrets", namespace).named(secret));
        return new SubjectAccess(gateway.ifKnown().orElseThrow(), 1)
                .ask(List.of(asked))
                .get(asked)
                .fact();
    }

    private static boolean isWorkflow(Document document) {
        return document.apiVersion().startsWith("argoproj.io/");
    }
}
