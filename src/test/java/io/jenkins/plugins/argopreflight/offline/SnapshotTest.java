package io.jenkins.plugins.argopreflight.offline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.kubernetes.Identity;
import io.jenkins.plugins.argopreflight.engine.kubernetes.rbac.SubjectAccess;
import io.jenkins.plugins.argopreflight.engine.kubernetes.rbac.SubjectAccess.Asked;
import io.jenkins.plugins.argopreflight.engine.kubernetes.rbac.WhoAmI;
import io.jenkins.plugins.argopreflight.engine.model.image.ImageReference;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.model.object.Right;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.KubeletKeyring;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.PullSecret;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.StoredCredential;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestReader;
import io.jenkins.plugins.argopreflight.offline.admission.LocalAdmission;
import io.jenkins.plugins.argopreflight.offline.memory.MemoryCluster;
import io.jenkins.plugins.argopreflight.offline.snapshot.SnapshotException;
import io.jenkins.plugins.argopreflight.offline.snapshot.SnapshotGateway;
import io.jenkins.plugins.argopreflight.testing.InRun;
import io.jenkins.plugins.argopreflight.testing.ProjectRoot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(InRun.class)
class SnapshotTest {

    private static final Path OBJECTS = ProjectRoot.path().resolve("src/test/resources/snapshot/cluster.yaml");
    /** Stands in every place of the cluster where a password may be. */
    private static final String CANARY = "cAn4ry/pa+ss?w ord";

    private final MemoryCluster cluster = new MemoryCluster("https://api.example.com:6443");

    @TempDir
    private Path temporary;

    private Path folder;

    SnapshotTest() throws IOException {
        String team =
                "{\"username\":\"team\",\"password\":\"" + CANARY + "\",\"auth\":\"" + base64("team:" + CANARY) + "\"}";
        String config = "{\"auths\":{\"registry.example.com\":" + team + ",\"quay.io\":" + team
                + ",\"https://u:" + CANARY.replace("/", "%2F") + "@ghcr.io\":{\"identitytoken\":\"" + CANARY + "\"}},"
                + "\"HttpHeaders\":{\"X\":\"" + CANARY + "\"}}";
        String broken = "{\"auths\":{\"quay.io\":{\"auth\":\"" + base64(CANARY) + "\"}}}";
        cluster.load(Files.readString(OBJECTS)
                .replace("CANARY64", base64(CANARY))
                .replace("CANARY", CANARY)
                .replace("CONFIG64", base64(config))
                .replace("BROKEN64", base64(broken)));
    }

    private Snapshot.Written capture() {
        folder = temporary.resolve("snapshot");
        return new Snapshot(cluster, 4).write(List.of("ci"), "argo", List.of(), folder);
    }

    @Test
    void shouldAnswerAsTheClusterDid() {
        Snapshot.Written written = capture();

        SnapshotGateway snapshot = SnapshotGateway.open(folder);
        assertThat(written.unseen()).isEmpty();
        assertThat(snapshot.version()).isEqualTo(cluster.version());
        assertThat(snapshot.argo().orElseThrow())
                .hasToString("ArgoInstallation[version=v3.7.3, namespace=argo, serviceAccount=ctl,"
                        + " managedNamespace=argo, flags=[--configmap=settings, --namespaced=true]]");
        assertThat(WhoAmI.ask(snapshot)).isEqualTo(WhoAmI.ask(cluster));
        for (Resource resource : List.of(
                Resource.SERVICE_ACCOUNTS,
                Resource.ROLES,
                Resource.ROLE_BINDINGS,
                Resource.RESOURCE_QUOTAS,
                Resource.LIMIT_RANGES)) {
            assertThat(snapshot.list(resource, "ci", "", ""))
                    .as(resource.kind())
                    .isEqualTo(cluster.list(resource, "ci", "", ""));
        }
        for (Resource resource : List.of(Resource.NODES, Resource.CLUSTER_ROLES, Resource.STORAGE_CLASSES)) {
            assertThat(snapshot.list(resource, "", "", "")).isEqualTo(cluster.list(resource, "", "", ""));
        }
        assertThat(snapshot.get(Resource.NAMESPACES, "", "ci")).isEqualTo(cluster.get(Resource.NAMESPACES, "", "ci"));
        assertThat(snapshot.get(Resource.SECRETS, "ci", "absent")).isEmpty();
        List<Asked> questions = Stream.of("create", "delete")
                .map(verb -> new Asked(
                        Identity.ofServiceAccount("ci", "bot"),
                        Right.of(verb, "argoproj.io", "workflowtaskresults", "ci")))
                .toList();
        assertThat(new SubjectAccess(snapshot, 1).ask(questions))
                .isEqualTo(new SubjectAccess(cluster, 1).ask(questions));
    }

    @Test
    void shouldKeepWhatNodesPullByThemselves() {
        folder = temporary.resolve("snapshot");
        new Snapshot(cluster, 4).write(List.of("ci"), "argo", List.of("*.dkr.ecr.*.amazonaws.com"), folder);

        assertThat(SnapshotGateway.open(folder).nodeCredentials()).containsExactly("*.dkr.ecr.*.amazonaws.com");
    }

    @Test
    void shouldSayWhichWebhookWouldBeAskedToo() {
        cluster.create(
                Resource.clusterScoped(
                        "admissionregistration.k8s.io",
                        "v1",
                        "validatingwebhookconfigurations",
                        "ValidatingWebhookConfiguration"),
                new ManifestReader()
                        .read("webhook.yaml", """
                            apiVersion: admissionregistration.k8s.io/v1
                            kind: ValidatingWebhookConfiguration
                            metadata: {name: kyverno}
                            webhooks:
                            - name: validate.kyverno.svc
                              failurePolicy: Fail
                              clientConfig: {url: "https://kyverno.svc/?token=%s"}
                              rules: [{operations: [CREATE], apiGroups: [""], apiVersions: [v1], resources: [pods]}]
                            """.formatted(CANARY))
                        .get(0)
                        .root(),
                ClusterGateway.WriteMode.REAL);
        capture();

        SnapshotGateway snapshot = SnapshotGateway.open(folder, new LocalAdmission(Optional.empty()));
        ObjectNode pod = KubeObjects.of(Resource.PODS, "ci", "build");
        pod.putObject("spec")
                .putArray("containers")
                .addObject()
                .put("name", "main")
                .put("image", "i");
        ((ObjectNode) pod.at("/spec/containers/0"))
                .set("resources", new ManifestReader().value("resources", "limits: {cpu: 10m, memory: 10Mi}"));
        assertThatThrownBy(() -> snapshot.create(Resource.PODS, pod, ClusterGateway.WriteMode.DRY_RUN))
                .hasMessageContaining("ValidatingWebhookConfiguration \"kyverno\" cannot be evaluated here"
                        + " (webhook validate.kyverno.svc)");
        assertThat(folder.resolve("cluster/validatingwebhookconfigurations.admissionregistration.k8s.io.yaml"))
                .content()
                .doesNotContain(CANARY)
                .contains("failurePolicy");
    }

    @Test
    void shouldNeverHoldAPasswordInAnyForm() throws IOException {
        capture();

        List<String> forms = List.of(
                CANARY,
                "cAn4ry",
                base64(CANARY),
                base64(CANARY).substring(0, 12),
                base64("team:" + CANARY).substring(8),
                CANARY.replace("/", "%2F"),
                java.net.URLEncoder.encode(CANARY, StandardCharsets.UTF_8));
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> all = files.filter(Files::isRegularFile).toList();
            assertThat(all).hasSizeGreaterThan(8);
            for (Path file : all) {
                assertThat(everything(Files.readString(file)))
                        .as(file.toString())
                        .doesNotContain(forms);
            }
        }
    }

    /** Returns the text with all base64 in it decoded, also base64 within base64. */
    private static String everything(String text) {
        StringBuilder all = new StringBuilder(text);
        String level = text;
        for (int i = 0; i < 3; i++) {
            StringBuilder next = new StringBuilder();
            for (String word : level.split("[^A-Za-z0-9+/]+")) {
                if (word.length() > 7) {
                    next.append(new String(
                                    Base64.getMimeDecoder().decode(word.substring(0, word.length() / 4 * 4)),
                                    StandardCharsets.UTF_8))
                            .append('\n');
                }
            }
            all.append(next);
            level = next.toString();
        }
        return all.toString();
    }

    @Test
    void shouldKeepWhoHasWhichCredentialAndWhatIsBroken() {
        capture();
        SnapshotGateway snapshot = SnapshotGateway.open(folder);

        List<StoredCredential> found = KubeletKeyring.of(List.of(pullSecret(snapshot, "regcred")))
                .lookup(ImageReference.parse("registry.example.com/app:1"))
                .credentials();
        StoredCredential other = KubeletKeyring.of(List.of(pullSecret(snapshot, "regcred")))
                .lookup(ImageReference.parse("quay.io/app:1"))
                .credentials()
                .get(0);
        assertThat(found).hasSize(1);
        assertThat(found.get(0).username()).isEqualTo("team");
        assertThat(found.get(0).password().isMarker()).isTrue();
        assertThat(found.get(0).password()).as("the same password").isEqualTo(other.password());
        assertThat(KubeletKeyring.of(List.of(pullSecret(snapshot, "broken"))).error())
                .hasValueSatisfying(error -> assertThat(error.text()).contains("unable to parse auth field"));
        ObjectNode opaque = snapshot.get(Resource.SECRETS, "ci", "opaque").orElseThrow();
        assertThat(opaque.path("data").toString()).isEqualTo("{\"password\":\"\",\"user\":\"\"}");
        assertThat(snapshot.get(Resource.CONFIG_MAPS, "argo", "settings")
                        .orElseThrow()
                        .at("/data/executor")
                        .asText())
                .contains("image: quay.io");
        assertThat(snapshot.get(Resource.CONFIG_MAPS, "ci", "plain")
                        .orElseThrow()
                        .path("data")
                        .toString())
                .isEqualTo("{\"config\":\"\"}");
    }

    private static PullSecret pullSecret(SnapshotGateway snapshot, String name) {
        ObjectNode secret = snapshot.get(Resource.SECRETS, "ci", name).orElseThrow();
        return PullSecret.of(name, Json.text(secret, "type"), Json.strings(secret.path("data")));
    }

    @Test
    void shouldWriteDownWhatItMayNotRead() {
        cluster.deny(Right.of("list", "", "secrets", "ci"));
        cluster.deny(Right.of("list", "", "nodes", ""));

        Snapshot.Written written = capture();

        SnapshotGateway snapshot = SnapshotGateway.open(folder);
        assertThat(written.missingRights())
                .containsExactly(Right.of("list", "", "secrets", "ci"), Right.of("list", "", "nodes", ""));
        assertThatThrownBy(() -> snapshot.get(Resource.SECRETS, "ci", "absent"))
                .isInstanceOfSatisfying(
                        ClusterException.class, e -> assertThat(e.kind()).isEqualTo(ClusterException.Kind.FORBIDDEN))
                .hasMessageContaining("secrets is forbidden: User \"kubernetes-admin\" cannot list");
        assertThatThrownBy(() -> snapshot.list(Resource.NODES, "", "", "")).hasMessageContaining("nodes is forbidden");
        assertThat(snapshot.list(Resource.SERVICE_ACCOUNTS, "ci", "", "")).isNotEmpty();
        assertThat(snapshot.get(Resource.SECRETS, "ci", "regcred"))
                .as("a ServiceAccount names it, and by name it may be read")
                .isPresent();
        assertThatThrownBy(() -> snapshot.list(Resource.SECRETS, "ci", "", "")).hasMessageContaining("is forbidden");
    }

    @Test
    void shouldBeReadableByItsOwnerOnly() throws IOException {
        capture();

        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.toList()) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .as(file.toString())
                        .isEqualTo(Files.isDirectory(file) ? "rwx------" : "rw-------");
            }
        }
        try (Stream<Path> beside = Files.list(temporary)) {
            assertThat(beside).containsExactly(folder);
        }
    }

    @Test
    void shouldKnowWhetherThereWasAnAutoscaler() {
        String status = "cluster-autoscaler-status";
        capture();
        assertThat(SnapshotGateway.open(folder).get(Resource.CONFIG_MAPS, "kube-system", status))
                .isEmpty();

        cluster.load("""
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: %s, namespace: kube-system}
            data: {status: Running}
            """.formatted(status));
        folder = temporary.resolve("autoscaled");
        new Snapshot(cluster, 4).write(List.of("ci"), "argo", List.of(), folder);
        assertThat(SnapshotGateway.open(folder).get(Resource.CONFIG_MAPS, "kube-system", status))
                .isPresent();
    }

    @Test
    void shouldWriteNothingOverWhatIsThere() throws IOException {
        Path taken = Files.createDirectories(temporary.resolve("taken"));
        Path note = Files.writeString(taken.resolve("note"), "mine");

        assertThatThrownBy(() -> new Snapshot(cluster, 4).write(List.of("ci"), "argo", List.of(), taken))
                .isInstanceOf(SnapshotException.class)
                .hasMessage(taken + " exists and is not empty: give a new folder");
        assertThatThrownBy(() -> new Snapshot(cluster, 4).write(List.of("ci"), "argo", List.of(), note))
                .isInstanceOf(SnapshotException.class);
        assertThat(cluster.requests()).as("nothing was asked").isEmpty();
        assertThat(note).hasContent("mine");
        new Snapshot(cluster, 4)
                .write(List.of("ci"), "argo", List.of(), Files.createDirectories(temporary.resolve("empty")));
        assertThat(SnapshotGateway.open(temporary.resolve("empty")).argo()).isPresent();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
