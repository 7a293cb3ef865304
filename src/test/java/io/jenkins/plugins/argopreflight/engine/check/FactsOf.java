package io.jenkins.plugins.argopreflight.engine.check;

import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoVersion;
import io.jenkins.plugins.argopreflight.engine.facts.CollectRequest;
import io.jenkins.plugins.argopreflight.engine.facts.Collector;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.facts.workflow.WorkflowRequest;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.registry.Registry;
import io.jenkins.plugins.argopreflight.engine.registry.RegistrySettings;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestReader;
import io.jenkins.plugins.argopreflight.offline.admission.LocalAdmission;
import io.jenkins.plugins.argopreflight.offline.admission.PodAdmission;
import io.jenkins.plugins.argopreflight.offline.registry.RegistrySnapshot;
import io.jenkins.plugins.argopreflight.offline.snapshot.SnapshotGateway;
import io.jenkins.plugins.argopreflight.testing.NoRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Facts as a preflight collects them: from manifests, a snapshot's folder, and a file that stands for registries. */
public final class FactsOf {

    /** The number of threads: objects in memory are read at once, and threads would only take time. */
    private static final int THREADS = 1;

    private FactsOf() {}

    /** Returns the facts of manifests alone, without a cluster and registries. */
    public static Facts manifests(List<Document> given) {
        return collect(given, Fact.unknown("no cluster was asked"), new NoRegistry(), Optional.empty(), "ci", THREADS);
    }

    /** Returns the facts of manifests and a cluster with Argo 4.0.5. No registry answers. */
    static Facts collected(List<Document> given, Fact<ClusterGateway> cluster) {
        return collect(given, cluster, new NoRegistry(), ArgoVersion.parse("v4.0.5"), "ci", THREADS);
    }

    /**
     * Returns the facts of a folder's {@code workflow.yaml}, with the answers of an API server to dry runs in its
     * {@code admissions.yaml}.
     *
     * @param cluster a snapshot; without {@code snapshot.yaml} it is Kubernetes 1.34.4 with Argo 4.0.5
     * @param namespace of what does not say it
     */
    public static Facts folder(Path folder, Path cluster, String namespace) throws IOException {
        return folder(folder, cluster, namespace, PodAdmission.NONE);
    }

    /** @param admission what judges pods where the folder does not say what an API server said */
    public static Facts folder(Path folder, Path cluster, String namespace, PodAdmission admission) throws IOException {
        return folder(folder, cluster, namespace, admission, UnaryOperator.identity(), THREADS);
    }

    /**
     * The same, with so many requests at once.
     *
     * @param around the gateway that is asked instead of the folder's
     */
    static Facts folder(
            Path folder,
            Path cluster,
            String namespace,
            PodAdmission admission,
            UnaryOperator<ClusterGateway> around,
            int threads)
            throws IOException {
        List<Document> given =
                new ManifestReader().read("workflow.yaml", Files.readString(folder.resolve("workflow.yaml")));
        if (!Files.isDirectory(cluster)) {
            return manifests(given);
        }
        Optional<Path> file = RegistrySnapshot.find(folder);
        Registry registry =
                file.isPresent() ? RegistrySnapshot.read(file.get(), RegistrySettings.defaults()) : new NoRegistry();
        boolean says = Files.exists(cluster.resolve("snapshot.yaml"));
        ClusterGateway gateway =
                RecordedAnswers.of(SnapshotGateway.open(cluster, admission), folder.resolve("admissions.yaml"));
        Optional<ArgoVersion> argo = says ? Optional.empty() : ArgoVersion.parse("v4.0.5");
        return collect(given, Fact.known(around.apply(gateway)), registry, argo, namespace, threads);
    }

    /**
     * Returns the facts of a folder as {@link #folder}, with this project's own admission in place of the API server's.
     */
    static Facts admitted(Path folder, String namespace) throws IOException {
        List<Document> given =
                new ManifestReader().read("workflow.yaml", Files.readString(folder.resolve("workflow.yaml")));
        Path registries = RegistrySnapshot.find(folder).orElseThrow();
        return collect(
                given,
                Fact.known(SnapshotGateway.open(folder.resolve("cluster"), new LocalAdmission(Optional.empty()))),
                RegistrySnapshot.read(registries, RegistrySettings.defaults()),
                Optional.empty(),
                namespace,
                THREADS);
    }

    private static Facts collect(
            List<Document> given,
            Fact<ClusterGateway> cluster,
            Registry registry,
            Optional<ArgoVersion> argo,
            String namespace,
            int threads) {
        Optional<String> kubernetes = argo.map(version -> "v1.34.4");
        return new Collector(cluster, true, registry, threads)
                .collect(new CollectRequest(
                        new WorkflowRequest(given, namespace, "argo", argo, List.of()),
                        List.of(),
                        kubernetes,
                        "",
                        List.of()));
    }
}
