package io.jenkins.plugins.argopreflight.engine.sync.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway.WriteMode;
import io.jenkins.plugins.argopreflight.engine.lab.Ask;
import io.jenkins.plugins.argopreflight.engine.lab.Meddling;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.DiffLine;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome.Change;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome.Change.Action;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome.Status;
import io.jenkins.plugins.argopreflight.engine.sync.secret.SyncReport;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.testing.InRun;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Secret: what is written, whose it is, what stays. */
@ExtendWith(InRun.class)
abstract class SecretScenarios extends SyncScenarios {

    @Test
    void shouldWriteOneSecretForAllRegistries() {
        String ci = lab().namespace("ci");

        NamespaceOutcome outcome =
                sync(Ask.sync(ci).registry("registry.example.com", "team").registry("docker.io", "hub"));

        assertThat(outcome.status()).isEqualTo(Status.CHANGED);
        assertThat(outcome.changes()).extracting(Change::action).containsExactly(Action.CREATED, Action.BOUND);
        assertThat(registries(ci)).containsExactly("https://index.docker.io/v1/", "registry.example.com");
        assertThat(Json.text(secret(ci), "type")).isEqualTo("kubernetes.io/dockerconfigjson");
        assertThat(Json.text(auths(ci), "registry.example.com", "password")).isEqualTo(Ask.CANARY);
        assertThat(pullSecrets(ci, "default")).containsExactly("regcred");
    }

    @Test
    void shouldMarkItAsOursAndReportNothingOfThePassword() {
        String ci = lab().namespace("ci");

        sync(Ask.sync(ci));

        ObjectNode metadata = KubeObjects.metadata(secret(ci));
        assertThat(KubeObjects.labels(secret(ci)))
                .containsOnly(
                        Map.entry("app.kubernetes.io/managed-by", "argo-preflight"),
                        Map.entry("argo-preflight.jenkins.io/owner", "cli"));
        assertThat(KubeObjects.annotations(secret(ci)))
                .containsOnlyKeys(
                        "argo-preflight.jenkins.io/owner-name",
                        "argo-preflight.jenkins.io/written-by",
                        "argo-preflight.jenkins.io/written-at",
                        "argo-preflight.jenkins.io/credential-ids")
                .containsEntry("argo-preflight.jenkins.io/written-by", "a test")
                .containsEntry("argo-preflight.jenkins.io/credential-ids", "{\"registry.example.com\":\"id-team\"}");
        assertThat(KubeObjects.annotations(secret(ci)).get("argo-preflight.jenkins.io/written-at"))
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
        assertThat(metadata.toString()).doesNotContain(Ask.CANARY);
    }

    @Test
    void shouldWriteNothingTheSecondTime() {
        String ci = lab().namespace("ci");
        sync(Ask.sync(ci));
        long before = lab().writes();

        SyncReport second = run(Ask.sync(ci));

        assertThat(second.namespaces().get(0).status()).isEqualTo(Status.UNCHANGED);
        assertThat(second.cost().writes()).isZero();
        assertThat(lab().writes()).isEqualTo(before);
    }

    @Test
    void shouldWriteANewPasswordAndShowOnlyThatItChanged() {
        String ci = lab().namespace("ci");
        sync(Ask.sync(ci).registry("registry.example.com", "team", "old"));

        NamespaceOutcome outcome = sync(Ask.sync(ci));

        assertThat(outcome.changes().get(0).action()).isEqualTo(Action.UPDATED);
        assertThat(outcome.changes().get(0).diff())
                .extracting(DiffLine::marked)
                .anyMatch(line -> line.startsWith("~ registry.example.com"));
        assertThat(Json.text(auths(ci), "registry.example.com", "password")).isEqualTo(Ask.CANARY);
        assertThat(outcome.notes()).anyMatch(note -> note.contains("wait for an image need nothing"));
    }

    @Test
    void shouldRefuseSecretsManagedByOthers() {
        String ci = lab().namespace("ci");
        unmanagedSecret(ci, "type: kubernetes.io/dockerconfigjson");
        ObjectNode before = secret(ci);

        NamespaceOutcome outcome = sync(Ask.sync(ci));

        assertThat(outcome.status()).isEqualTo(Status.REFUSED);
        assertThat(outcome.message()).contains("Secret regcred in namespace " + ci, "Helm release shop", "--adopt");
        assertThat(secret(ci)).isEqualTo(before);
        assertThat(pullSecrets(ci, "default")).isEmpty();
    }

    @Test
    void shouldAdoptAndKeepTheOtherRegistries() {
        String ci = lab().namespace("ci");
        unmanagedSecret(ci, "type: kubernetes.io/dockerconfigjson");

        NamespaceOutcome outcome = sync(Ask.sync(ci).adopt());

        assertThat(outcome.status()).isEqualTo(Status.CHANGED);
        assertThat(outcome.changes().get(0).diff())
                .extracting(DiffLine::marked)
                .contains("+ label app.kubernetes.io/managed-by: argo-preflight");
        assertThat(registries(ci)).containsExactlyInAnyOrder("quay.io", "registry.example.com");
        assertThat(KubeObjects.annotations(secret(ci)))
                .containsEntry("argo-preflight.jenkins.io/credential-ids", "{\"registry.example.com\":\"id-team\"}")
                .containsEntry("meta.helm.sh/release-name", "shop");
        assertThat(sync(Ask.sync(ci)).status()).isEqualTo(Status.UNCHANGED);
    }

    @Test
    void shouldLetTwoJobsShareItWithoutWritingInTurn() {
        String ci = lab().namespace("ci");
        sync(Ask.sync(ci));
        sync(Ask.sync(ci).registry("other.example.com", "other"));

        assertThat(KubeObjects.annotations(secret(ci)))
                .containsEntry(
                        "argo-preflight.jenkins.io/credential-ids",
                        "{\"other.example.com\":\"id-other\",\"registry.example.com\":\"id-team\"}");
        assertThat(sync(Ask.sync(ci)).status()).isEqualTo(Status.UNCHANGED);
        assertThat(sync(Ask.sync(ci).registry("other.example.com", "other")).status())
                .isEqualTo(Status.UNCHANGED);
    }

    @Test
    void shouldKeepOurOldRegistriesUntilPruned() {
        String ci = lab().namespace("ci");
        unmanagedSecret(ci, "type: kubernetes.io/dockerconfigjson");
        sync(Ask.sync(ci).adopt().registry("registry.example.com", "team").registry("old.example.com", "team"));

        NamespaceOutcome kept = sync(Ask.sync(ci));
        assertThat(registries(ci)).contains("quay.io", "old.example.com", "registry.example.com");
        assertThat(kept.notes()).anyMatch(note -> note.contains("old.example.com") && note.contains("--prune"));

        NamespaceOutcome pruned = sync(Ask.sync(ci).prune());
        assertThat(registries(ci)).containsExactlyInAnyOrder("quay.io", "registry.example.com");
        assertThat(pruned.changes().get(0).diff())
                .extracting(DiffLine::marked)
                .anyMatch(line -> line.startsWith("- old.example.com"));
        assertThat(sync(Ask.sync(ci).prune()).status()).isEqualTo(Status.UNCHANGED);
    }

    @Test
    void shouldForgetARegistryThatWasTakenOut() {
        String ci = lab().namespace("ci");
        sync(Ask.sync(ci).registry("registry.example.com", "team").registry("old.example.com", "team"));
        ObjectNode edited = secret(ci);
        edited.withObject("/data").put(".dockerconfigjson", "eyJhdXRocyI6e319");
        lab().admin().replace(Resource.SECRETS, edited, WriteMode.REAL);

        sync(Ask.sync(ci));

        assertThat(KubeObjects.annotations(secret(ci)))
                .containsEntry("argo-preflight.jenkins.io/credential-ids", "{\"registry.example.com\":\"id-team\"}");
    }

    @Test
    void shouldExplainAWrongTypeBeforeAnyWrite() {
        String ci = lab().namespace("ci");
        unmanagedSecret(ci, "type: Opaque");
        long before = lab().writes();

        NamespaceOutcome outcome = sync(Ask.sync(ci).adopt());

        assertThat(outcome.status()).isEqualTo(Status.REFUSED);
        assertThat(outcome.message()).contains("type Opaque", "the kubelet ignores", "--recreate");
        assertThat(lab().writes()).isEqualTo(before);
    }

    @Test
    void shouldExplainAnImmutableSecret() {
        String ci = lab().namespace("ci");
        unmanagedSecret(ci, "type: kubernetes.io/dockerconfigjson\nimmutable: true");
        long before = lab().writes();

        NamespaceOutcome outcome = sync(Ask.sync(ci).adopt());

        assertThat(outcome.status()).isEqualTo(Status.REFUSED);
        assertThat(outcome.message()).contains("immutable: true", "registry.example.com", "--recreate");
        assertThat(lab().writes()).isEqualTo(before);
    }

    @Test
    void shouldNeverTouchATokenOfAServiceAccount() {
        String ci = lab().namespace("ci");
        make(Resource.SECRETS, ci, """
                metadata: {name: regcred, annotations: {kubernetes.io/service-account.name: default}}
                type: kubernetes.io/service-account-token
                """);

        NamespaceOutcome outcome = sync(Ask.sync(ci).adopt().recreate());

        assertThat(outcome.status()).isEqualTo(Status.REFUSED);
        assertThat(outcome.message()).contains("API token", "--name");
    }

    @Test
    void shouldDeleteOursAndItsBindings() {
        String ci = lab().namespace("ci");
        account(ci, "argo");
        sync(Ask.sync(ci).accounts("default", "argo"));

        NamespaceOutcome outcome = sync(Ask.delete(ci));

        assertThat(outcome.changes())
                .extracting(Change::action)
                .containsExactly(Action.UNBOUND, Action.UNBOUND, Action.DELETED);
        assertThat(hasSecret(ci, "regcred")).isFalse();
        assertThat(pullSecrets(ci, "default")).isEmpty();
        assertThat(sync(Ask.delete(ci)).status()).isEqualTo(Status.UNCHANGED);
    }

    @Test
    void shouldNotDeleteWhatIsNotOurs() {
        String ci = lab().namespace("ci");
        unmanagedSecret(ci, "type: kubernetes.io/dockerconfigjson");

        assertThat(sync(Ask.delete(ci)).status()).isEqualTo(Status.REFUSED);
        assertThat(sync(Ask.unbind(ci)).status()).isEqualTo(Status.REFUSED);
        assertThat(hasSecret(ci, "regcred")).isTrue();
    }

    @Test
    void shouldGiveAnAdoptedSecretBackWhenItHoldsOtherRegistries() {
        String ci = lab().namespace("ci");
        unmanagedSecret(ci, "type: kubernetes.io/dockerconfigjson");
        sync(Ask.sync(ci).adopt());

        NamespaceOutcome outcome = sync(Ask.delete(ci));

        assertThat(outcome.changes()).extracting(Change::action).containsExactly(Action.RELEASED);
        assertThat(registries(ci)).containsExactly("quay.io");
        assertThat(pullSecrets(ci, "default")).containsExactly("regcred");
        assertThat(secret(ci).toString()).doesNotContain("argo-preflight.jenkins.io");
        assertThat(outcome.notes()).anyMatch(note -> note.contains("quay.io") && note.contains("stays"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"type: kubernetes.io/dockerconfigjson", "type: Opaque"})
    void shouldGiveAnAdoptedSecretBackWhenItHoldsOtherData(String type) {
        String ci = lab().namespace("ci");
        make(
                Resource.SECRETS,
                ci,
                "metadata: {name: regcred}\nstringData: {.dockerconfigjson: '{\"auths\":{}}', db-password: x}\n"
                        + type);
        sync(Ask.sync(ci).adopt().recreate());

        NamespaceOutcome outcome = sync(Ask.delete(ci));

        assertThat(outcome.changes()).extracting(Change::action).containsExactly(Action.RELEASED);
        assertThat(outcome.notes()).anyMatch(note -> note.contains("(data db-password)") && note.contains("stays"));
        assertThat(Json.text(secret(ci), "data", "db-password")).isNotEmpty();
        assertThat(registries(ci)).isEmpty();
        assertThat(KubeObjects.labels(secret(ci)) + " " + KubeObjects.annotations(secret(ci)))
                .doesNotContain("argo-preflight");
        assertThat(sync(Ask.delete(ci).adopt()).message()).contains("was not written by us", "kubectl");
    }

    @Test
    void shouldNotDeleteWhatAnotherServiceAccountStillRefersTo() {
        String ci = lab().namespace("ci");
        account(ci, "argo");
        sync(Ask.sync(ci).accounts("default", "argo"));

        NamespaceOutcome outcome = sync(Ask.delete(ci).accounts("default"));

        assertThat(outcome.status()).isEqualTo(Status.REFUSED);
        assertThat(outcome.message()).contains("argo", "--unbind");
        assertThat(pullSecrets(ci, "default")).containsExactly("regcred");
    }

    @Test
    void shouldOverwriteNothingThatCameInBetween() {
        String ci = lab().namespace("ci");
        var gateway = new Meddling(lab().admin(), "update secrets", () -> {
            ObjectNode other = secret(ci);
            KubeObjects.metadata(other).withObject("/annotations").put("somebody", "else");
            lab().admin().replace(Resource.SECRETS, other, WriteMode.REAL);
        });
        sync(Ask.sync(ci).registry("registry.example.com", "team", "old"));

        NamespaceOutcome outcome = sync(gateway, Ask.sync(ci));

        assertThat(outcome.status()).isEqualTo(Status.CHANGED);
        assertThat(KubeObjects.annotations(secret(ci))).containsEntry("somebody", "else");
        assertThat(Json.text(auths(ci), "registry.example.com", "password")).isEqualTo(Ask.CANARY);
    }

    @Test
    void shouldReportWhenItIsWrittenBack() {
        String ci = lab().namespace("ci");
        var gateway = new Meddling(lab().admin(), "update serviceaccounts", () -> {
            ObjectNode other = secret(ci);
            other.withObject("/data").put(".dockerconfigjson", "eyJhdXRocyI6e319");
            lab().admin().replace(Resource.SECRETS, other, WriteMode.REAL);
        });

        NamespaceOutcome outcome = sync(gateway, Ask.sync(ci));

        assertThat(outcome.status()).isEqualTo(Status.FAILED);
        assertThat(outcome.message()).contains("it was changed in the meantime");
    }

    @Test
    void shouldWriteNothingInADryRun() {
        String ci = lab().namespace("ci");
        long before = lab().writes();

        SyncReport report = run(Ask.sync(ci).dryRun());

        NamespaceOutcome outcome = report.namespaces().get(0);
        assertThat(report.dryRun()).isTrue();
        assertThat(outcome.changes()).extracting(Change::action).containsExactly(Action.CREATED, Action.BOUND);
        assertThat(outcome.changes().get(0).diff())
                .extracting(DiffLine::marked)
                .anyMatch(line -> line.startsWith("+ registry.example.com"));
        assertThat(outcome.changes().get(1).diff())
                .extracting(DiffLine::marked)
                .isEqualTo(List.of("+ imagePullSecrets: regcred"));
        assertThat(hasSecret(ci, "regcred")).isFalse();
        assertThat(lab().writes()).isEqualTo(before);
    }
}
