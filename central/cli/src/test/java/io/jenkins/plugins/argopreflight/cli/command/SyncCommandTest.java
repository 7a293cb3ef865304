package io.jenkins.plugins.argopreflight.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.argopreflight.cli.Ran;
import io.jenkins.plugins.argopreflight.cli.Schema;
import io.jenkins.plugins.argopreflight.testing.server.NeedsServers;
import io.jenkins.plugins.argopreflight.testing.server.RealCluster;
import io.jenkins.plugins.argopreflight.testing.server.RealRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NeedsServers
class SyncCommandTest {

    private static final String CANARY = "c4n4ry-p4ssw0rd";
    private static final ObjectMapper JSON = new ObjectMapper();

    private static RealCluster cluster;
    private static RealRegistry registry;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        cluster = RealCluster.get();
        registry = RealRegistry.withTokens(Map.of("team", CANARY));
        registry.push("team/image", "v1.2");
    }

    @AfterAll
    static void stop() {
        registry.close();
    }

    private static String namespace() {
        String namespace = cluster.namespace("cli");
        cluster.serviceAccount(namespace, "default");
        cluster.serviceAccount(namespace, "argo-workflow");
        return namespace;
    }

    private static String image() {
        return registry.host() + "/team/image:v1.2";
    }

    private static Ran sync(String namespace, String... more) {
        List<String> args = new ArrayList<>(List.of("sync", "--name", "regcred", "-n", namespace));
        args.addAll(List.of("--kubeconfig", cluster.adminKubeconfig().toString()));
        args.addAll(List.of(more));
        Ran ran = Ran.with(Map.of("TEAM", CANARY), CANARY + "\n", args.toArray(String[]::new));
        assertThat(ran.out() + ran.err()).doesNotContain(CANARY);
        return ran;
    }

    private static String[] credential() {
        return new String[] {
            "--registry",
            registry.host(),
            "--username",
            "team",
            "--password-stdin",
            "--service-account",
            "default,argo-workflow"
        };
    }

    private static String[] with(String[] args, String... more) {
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    @Test
    void shouldWriteBindAndProveAndThenChangeNothing() {
        String namespace = namespace();
        Ran first = sync(namespace, with(credential(), "--verify-image", image()));
        assertThat(first.exit()).as(first.out() + first.err()).isZero();
        assertThat(first.err()).isEmpty();
        assertThat(first.out())
                .startsWith("✔ Secret regcred: 1 namespace changed; 2 pulls verified at the registry\n")
                .contains("Secret regcred created", "ServiceAccount default bound", "Image pulls")
                .contains("team of regcred [" + registry.host() + "]");
        Ran second = sync(namespace, with(credential(), "--verify-image", image()));
        assertThat(second.exit()).isZero();
        assertThat(second.out()).contains("1 namespace unchanged").contains("(0 writes)");
    }

    @Test
    void shouldWriteNothingOnADryRunAndTakeAllAwayWithDelete() {
        String namespace = namespace();
        String secrets = "/api/v1/namespaces/" + namespace + "/secrets";
        Ran dry = sync(namespace, with(credential(), "--dry-run"));
        assertThat(dry.exit()).isZero();
        assertThat(dry.out()).startsWith("✔ Dry run, nothing written").contains("would change", "+ ");
        assertThat(cluster.api().get(secrets).path("items")).isEmpty();
        assertThat(sync(namespace, credential()).exit()).isZero();
        assertThat(cluster.api().get(secrets).path("items")).hasSize(1);
        Ran delete = sync(namespace, "--delete");
        assertThat(delete.exit()).as(delete.out()).isZero();
        assertThat(delete.out()).contains("Secret regcred deleted", "ServiceAccount default unbound");
        assertThat(cluster.api().get(secrets).path("items")).isEmpty();
    }

    @Test
    void shouldTakeSeveralRegistriesEachFromItsOwnSource() throws IOException {
        String namespace = namespace();
        Path file = Files.writeString(folder.resolve("password"), CANARY + "\n");
        Ran ran = sync(
                namespace,
                "--registry",
                registry.host(),
                "--username",
                "team",
                "--password-stdin",
                "--registry",
                "quay.io",
                "--username",
                "org+robot",
                "--password-env",
                "TEAM",
                "--registry",
                "docker.io",
                "--username",
                "hub",
                "--password-file",
                file.toString(),
                "--email",
                "a@b.c",
                "--service-account",
                "default",
                "-o",
                "json");
        assertThat(ran.exit()).as(ran.err()).isZero();
        JsonNode report = JSON.readTree(ran.out());
        assertThat(report.at("/request/registries/1/id").asText()).isEqualTo("env:TEAM");
        assertThat(report.at("/request/registries/2/id").asText()).isEqualTo("file:password");
        String stored = cluster.api()
                .get("/api/v1/namespaces/" + namespace + "/secrets/regcred")
                .at("/data/.dockerconfigjson")
                .asText();
        JsonNode auths = JSON.readTree(Base64.getDecoder().decode(stored)).path("auths");
        assertThat(auths.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(registry.host(), "quay.io", "https://index.docker.io/v1/");
        assertThat(auths.path("quay.io").path("password").asText()).isEqualTo(CANARY);
        assertThat(auths.path("https://index.docker.io/v1/").path("password").asText())
                .isEqualTo(CANARY);
    }

    @Test
    void shouldTakeTheUsableEntriesOfADockerConfiguration() throws IOException {
        Path config = Files.writeString(folder.resolve("config.json"), """
            {"auths": {"%s": {"auth": "dGVhbTpjNG40cnktcDRzc3cwcmQ="}, "ghcr.io": {"identitytoken": "%s"}},
             "credHelpers": {"gcr.io": "gcloud"}}
            """.formatted(registry.host(), CANARY));
        Ran ran = sync(
                namespace(),
                "--docker-config",
                config.toString(),
                "--service-account",
                "default",
                "--verify-image",
                image());
        assertThat(ran.exit()).as(ran.out() + ran.err()).isZero();
        assertThat(ran.err()).contains("not taken from " + config + ": ghcr.io", "gcr.io: ", "gcloud");
    }

    @Test
    void shouldSayWithItsExitCodeThatSomethingIsWrong() {
        String namespace = namespace();
        Ran missing = sync(namespace, with(credential(), "--service-account", "nobody"));
        assertThat(missing.exit()).isEqualTo(1);
        assertThat(missing.out())
                .startsWith("✘ ")
                .contains(
                        "refused",
                        "ServiceAccount nobody does not exist",
                        "argo-workflow, default",
                        "--create-service-account");
        Ran notThere = sync(namespace, with(credential(), "--verify-image", registry.host() + "/team/image:v9"));
        assertThat(notThere.exit()).isEqualTo(1);
        assertThat(notThere.out()).contains("does not exist");
        Ran unreachable = sync(namespace, with(credential(), "--verify-image", "127.0.0.1:1/team/image:v9"));
        assertThat(unreachable.exit()).isEqualTo(3);
        assertThat(unreachable.out()).startsWith("? ").contains("registry not reachable");
        Ran noRegistry = sync(namespace, with(credential(), "--verify-image", image(), "--no-registry"));
        assertThat(noRegistry.exit()).isEqualTo(3);
        assertThat(noRegistry.out())
                .contains("2 pulls not checked", "not asked")
                .contains(" 0 to registries");
    }

    @Test
    void shouldNameTheMissingRightWithARole() {
        String namespace = namespace();
        String user = cluster.kubeconfig(cluster.userWith()).toString();
        Ran ran = Ran.with(
                Map.of("TEAM", CANARY),
                "",
                "sync",
                "--name",
                "regcred",
                "-n",
                namespace,
                "--kubeconfig",
                user,
                "--registry",
                "r.example.com",
                "--username",
                "u",
                "--password-env",
                "TEAM");
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.out())
                .startsWith("✘ ")
                .contains("refused")
                .contains("kind: Role")
                .doesNotContain(CANARY);
    }

    @Test
    void shouldImpersonate() throws IOException {
        Ran ran = sync(namespace(), with(credential(), "--as", "somebody-else", "-o", "json"));
        assertThat(ran.exit()).isEqualTo(1);
        JsonNode report = JSON.readTree(ran.out());
        assertThat(report.at("/identity/user").asText()).isEqualTo("somebody-else");
        assertThat(report.at("/namespaces/0/status").asText()).isEqualTo("refused");
        assertThat(report.at("/namespaces/0/remediation/0").asText()).contains("rbac.sh", "--user somebody-else");
        assertThat(report.at("/namespaces/0/remediation/1").asText()).contains("kind: Role", "somebody-else");
        assertThat(Schema.problems(ran.out())).isEmpty();
    }

    @Test
    void shouldSayInOneLineWhenThereIsNoCluster() {
        Ran none = Ran.with("sync", "--name", "regcred", "-n", "a", "--delete", "--kubeconfig", "/no/such/file");
        assertThat(none.exit()).isEqualTo(2);
        assertThat(none.err().lines()).singleElement().asString().contains("/no/such/file does not exist");
        Ran context = Ran.with(
                "sync",
                "--name",
                "regcred",
                "-n",
                "a",
                "--delete",
                "--context",
                "nowhere",
                "--kubeconfig",
                cluster.adminKubeconfig().toString());
        assertThat(context.exit()).isEqualTo(2);
        assertThat(context.err().lines()).singleElement().asString().contains("nowhere", "there are: test");
    }

    @Test
    void shouldCallABadSelectorBadUsage() {
        Ran ran = sync(namespace(), with(credential(), "--namespace-selector", "a b c"));
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err().lines())
                .singleElement()
                .asString()
                .contains("--namespace-selector a b c: unable to parse requirement");
    }

    @Test
    void shouldWriteSeveralOutputsAtOnce() throws IOException {
        Path json = folder.resolve("report.json");
        Ran ran = sync(namespace(), with(credential(), "-o", "text", "-o", "json=" + json, "--verify-image", image()));
        assertThat(ran.out()).startsWith("✔ ");
        String written = Files.readString(json);
        assertThat(written).doesNotContain(CANARY);
        assertThat(Schema.problems(written)).isEmpty();
        assertThat(JSON.readTree(written)
                        .at("/pulls/0/answers/0/credential/username")
                        .asText())
                .isEqualTo("team");
    }
}
