package io.jenkins.plugins.argopreflight.engine.rbac;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.lab.Ask;
import io.jenkins.plugins.argopreflight.engine.model.fact.Unavailable;
import io.jenkins.plugins.argopreflight.engine.model.object.Right;
import io.jenkins.plugins.argopreflight.engine.preflight.RunResult;
import io.jenkins.plugins.argopreflight.engine.story.Paste;
import io.jenkins.plugins.argopreflight.engine.story.Stage;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome;
import io.jenkins.plugins.argopreflight.engine.sync.secret.RegistrySecretWriter;
import io.jenkins.plugins.argopreflight.engine.sync.secret.SyncReport;
import io.jenkins.plugins.argopreflight.testing.InRun;
import io.jenkins.plugins.argopreflight.testing.ProjectRoot;
import io.jenkins.plugins.argopreflight.testing.server.NeedsServers;
import io.jenkins.plugins.argopreflight.testing.server.RealRegistry;
import io.jenkins.plugins.argopreflight.testing.server.Server;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The manifests of {@code docs/rbac} for the steps with Secrets: with them all is done, and each line is needed. */
@NeedsServers({Server.CLUSTER, Server.REGISTRY})
@ExtendWith(InRun.class)
class SecretRbacTest {

    private static RealRegistry registry;
    private static RbacScene scene;

    /** The features that use the rights of a file. */
    private enum Feature {
        SECRET("registry-secret.yaml", List.of(), List.of(old(), changed())),
        BLIND(
                "registry-secret-blind.yaml",
                List.of(),
                List.of(old().adopt(), changed().adopt())),
        BLOCK("registry-secret-block.yaml", List.of("registry-secret.yaml"), List.of(old(), Ask.delete("ci"))),
        CREATE_ACCOUNTS(
                "registry-secret-create-accounts.yaml",
                List.of("registry-secret.yaml"),
                List.of(old().createAccounts())),
        NAMESPACES(
                "registry-secret-namespaces.yaml",
                List.of("registry-secret.yaml"),
                List.of(Ask.sync("c?").registry("registry.example.com", "team")));

        private final String file;
        private final List<String> beside;
        private final List<Ask> asks;

        Feature(String file, List<String> beside, List<Ask> asks) {
            this.file = file;
            this.beside = beside;
            this.asks = asks;
        }

        private static Ask old() {
            return Ask.sync("ci").registry("registry.example.com", "team", "old");
        }

        private static Ask changed() {
            return Ask.sync("ci").registry("registry.example.com", "team");
        }
    }

    @BeforeAll
    static void setUp() {
        registry = RealRegistry.withPasswords(Map.of("team", Stage.PASSWORD));
        scene = new RbacScene(registry);
    }

    @AfterAll
    static void stop() {
        registry.close();
    }

    @ParameterizedTest
    @EnumSource
    void shouldDoAllWithThem(Feature feature) {
        prepare(feature);
        String[] files =
                Stream.concat(feature.beside.stream(), Stream.of(feature.file)).toArray(String[]::new);
        ClusterGateway jenkins = scene.jenkins(files);

        for (Ask ask : feature.asks) {
            SyncReport report = run(jenkins, ask);
            assertThat(report.result()).as(report.toString()).isEqualTo(RunResult.OK);
            assertThat(report.unseen()).isEmpty();
            assertThat(report.namespaces())
                    .allSatisfy(done -> assertThat(done.status()).isEqualTo(NamespaceOutcome.Status.CHANGED));
            assertThat(report.toString().contains("blind:")).isEqualTo(feature == Feature.BLIND);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldNeedEachLine(Feature feature) {
        scene.eachLineIsNeeded(feature.file, user -> forLog(feature, user), feature.beside.toArray(String[]::new));
    }

    /** The right to create cannot be limited to a name, those that each later run needs are. */
    @Test
    void shouldWriteNothingThatLaterRunsCannotUpdate() {
        prepare(Feature.SECRET);
        scene.stage.kubectl("delete secret other -n ci --ignore-not-found");
        ClusterGateway jenkins = scene.jenkins("registry-secret.yaml");
        Ask ask = Ask.sync("ci").name("other").registry("registry.example.com", "team");

        SyncReport refused = run(jenkins, ask);

        NamespaceOutcome outcome = refused.namespaces().get(0);
        assertThat(outcome.status()).isEqualTo(NamespaceOutcome.Status.REFUSED);
        assertThat(outcome.message())
                .isEqualTo("not allowed to get/update secrets \"other\" in namespace ci; nothing was changed");
        String command = outcome.remediation().get(0).text();
        assertThat(command)
                .isEqualTo("docs/rbac/rbac.sh --namespace ci --jenkins jenkins --name argo-preflight --secret other"
                        + " --service-account default registry-secret.yaml | kubectl apply -f -");
        assertThat(refused.refusal())
                .contains("not allowed to get/update secrets \"other\" in namespace ci. To fix it: " + command);
        assertThat(refused.cost().writes()).isZero();
        assertThat(new Paste(scene.stage).shell("kubectl get secrets -n ci -o name"))
                .doesNotContain("other");

        new Paste(scene.stage).shell("cd " + ProjectRoot.path() + "\n" + command);
        try {
            assertThat(settled(jenkins, ask).result()).isEqualTo(RunResult.OK);
            assertThat(run(jenkins, ask).namespaces().get(0).status()).isEqualTo(NamespaceOutcome.Status.UNCHANGED);
        } finally {
            scene.stage.kubectl("delete role,rolebinding -n ci --all");
        }
    }

    /** The API server's authorizer knows of a new Role a moment later. */
    private static SyncReport settled(ClusterGateway jenkins, Ask ask) {
        SyncReport report = run(jenkins, ask);
        for (int i = 0; i < 100 && report.result() == RunResult.FAILED; i++) {
            LockSupport.parkNanos(100_000_000);
            report = run(jenkins, ask);
        }
        return report;
    }

    /** Restores the state before the first run: no Secret, and a ServiceAccount without it, or none. */
    private static void prepare(Feature feature) {
        scene.stage.kubectl("delete secret regcred -n ci --ignore-not-found");
        scene.stage.kubectl("delete serviceaccount default other -n ci --ignore-not-found");
        if (feature != Feature.CREATE_ACCOUNTS) {
            scene.stage.kubectl("create serviceaccount default -n ci");
        }
        if (feature == Feature.BLOCK) {
            scene.stage.apply("{apiVersion: v1, kind: ServiceAccount, metadata: {name: other, namespace: ci},"
                    + " imagePullSecrets: [{name: regcred}]}");
        }
    }

    private static String forLog(Feature feature, ClusterGateway user) {
        prepare(feature);
        List<String> reported = new ArrayList<>();
        for (Ask ask : feature.asks) {
            try {
                SyncReport report = run(user, ask);
                report.namespaces().forEach(done -> {
                    reported.add(done.message());
                    reported.addAll(done.notes());
                });
                report.unseen().stream()
                        .map(Unavailable::missingRight)
                        .flatMap(Optional::stream)
                        .map(Right::toString)
                        .forEach(reported::add);
            } catch (ClusterException e) {
                reported.add(e.getMessage());
            }
        }
        return String.join("\n", reported);
    }

    private static SyncReport run(ClusterGateway as, Ask ask) {
        return new RegistrySecretWriter(as, 2, Clock.systemUTC()).run(ask.request(), outcome -> {});
    }
}
