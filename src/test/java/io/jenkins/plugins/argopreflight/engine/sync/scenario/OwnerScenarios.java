package io.jenkins.plugins.argopreflight.engine.sync.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway.WriteMode;
import io.jenkins.plugins.argopreflight.engine.lab.Ask;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.DiffLine;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome.Status;
import io.jenkins.plugins.argopreflight.engine.sync.SecretOwner;
import io.jenkins.plugins.argopreflight.testing.InRun;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several owners and one Secret: each changes only its own. */
@ExtendWith(InRun.class)
abstract class OwnerScenarios extends SyncScenarios {

    private static final String LABEL = "argo-preflight.jenkins.io/owner";
    private static final String NAME = "argo-preflight.jenkins.io/owner-name";
    private static final SecretOwner TEAM = new SecretOwner("1f3a.77", "folder team of https://jenkins.example/");
    private static final SecretOwner OTHER = new SecretOwner("1f3a.88", "folder other of https://jenkins.example/");
    private static final SecretOwner SAME_FOLDER_OF_ANOTHER_CONTROLLER =
            new SecretOwner("9999.77", "folder team of https://staging.example/");

    @Test
    void shouldRecordTheOwner() {
        String ci = lab().namespace("ci");

        sync(Ask.sync(ci).owner(TEAM));

        assertThat(KubeObjects.labels(secret(ci))).containsEntry(LABEL, "1f3a.77");
        assertThat(KubeObjects.annotations(secret(ci))).containsEntry(NAME, TEAM.name());
    }

    @Test
    void shouldWriteNothingBecauseTheOwnerHasAnotherName() {
        String ci = lab().namespace("ci");
        sync(Ask.sync(ci).owner(TEAM));

        SecretOwner renamed = new SecretOwner(TEAM.id(), "folder renamed of https://jenkins.example/");
        assertThat(sync(Ask.sync(ci).owner(renamed)).status()).isEqualTo(Status.UNCHANGED);

        sync(Ask.sync(ci).owner(renamed).registry("quay.io", "team"));
        assertThat(KubeObjects.annotations(secret(ci))).containsEntry(NAME, renamed.name());
    }

    @ParameterizedTest
    @ValueSource(strings = {"apply", "unbind", "delete"})
    void shouldRefuseTheSecretOfAnotherOwner(String mode) {
        String ci = lab().namespace("ci");
        sync(Ask.sync(ci).owner(TEAM));
        ObjectNode before = secret(ci);
        Function<String, Ask> ask =
                switch (mode) {
                    case "apply" -> Ask::sync;
                    case "unbind" -> Ask::unbind;
                    default -> Ask::delete;
                };

        for (SecretOwner owner : List.of(OTHER, SAME_FOLDER_OF_ANOTHER_CONTROLLER, SecretOwner.CLI)) {
            NamespaceOutcome outcome = sync(ask.apply(ci).owner(owner));

            assertThat(outcome.status()).isEqualTo(Status.REFUSED);
            assertThat(outcome.message())
                    .contains("is not managed by " + owner.name())
                    .contains("belongs to " + TEAM.name() + " (owner 1f3a.77)");
        }
        assertThat(secret(ci)).isEqualTo(before);
        assertThat(pullSecrets(ci, "default")).containsExactly("regcred");
    }

    @Test
    void shouldAdoptTheSecretOfAnotherOwnerAndReportIt() {
        String ci = lab().namespace("ci");
        sync(Ask.sync(ci).owner(TEAM).registry("quay.io", "team"));

        NamespaceOutcome outcome = sync(Ask.sync(ci).owner(OTHER).adopt());

        assertThat(outcome.status()).isEqualTo(Status.CHANGED);
        assertThat(outcome.notes())
                .anySatisfy(note -> assertThat(note)
                        .contains(
                                "now belongs to " + OTHER.name(),
                                "it belonged to " + TEAM.name() + " (owner 1f3a.77)"));
        assertThat(outcome.changes().get(0).diff())
                .extracting(DiffLine::marked)
                .contains("~ label " + LABEL + ": 1f3a.77 -> 1f3a.88");
        assertThat(registries(ci)).containsExactlyInAnyOrder("quay.io", "registry.example.com");
        assertThat(sync(Ask.sync(ci).owner(TEAM)).status()).isEqualTo(Status.REFUSED);
        assertThat(sync(Ask.sync(ci).owner(OTHER)).status()).isEqualTo(Status.UNCHANGED);
    }

    @Test
    void shouldKeepWhatTheFormerOwnerWroteWhenItAdoptsPrunesOrDeletes() {
        String ci = lab().namespace("ci");
        sync(Ask.sync(ci).owner(TEAM).registry("quay.io", "team"));

        sync(Ask.sync(ci).owner(OTHER).adopt().prune());
        assertThat(registries(ci)).containsExactlyInAnyOrder("quay.io", "registry.example.com");

        sync(Ask.delete(ci).owner(OTHER));
        assertThat(registries(ci)).containsExactly("quay.io");
        assertThat(KubeObjects.labels(secret(ci))).doesNotContainKey(LABEL);
    }

    @Test
    void shouldTakeOverOnceASecretWithoutAnOwner() {
        String ci = lab().namespace("ci");
        sync(Ask.sync(ci).owner(TEAM));
        writeAsAnEarlierVersion(ci);

        NamespaceOutcome outcome = sync(Ask.sync(ci).owner(OTHER));

        assertThat(outcome.status()).isEqualTo(Status.CHANGED);
        assertThat(outcome.notes())
                .anySatisfy(note -> assertThat(note)
                        .contains("now belongs to " + OTHER.name(), "written by a version that recorded no owner"));
        assertThat(KubeObjects.labels(secret(ci))).containsEntry(LABEL, OTHER.id());
        assertThat(sync(Ask.sync(ci).owner(OTHER)).status()).isEqualTo(Status.UNCHANGED);
        assertThat(sync(Ask.sync(ci).owner(TEAM)).status()).isEqualTo(Status.REFUSED);
    }

    @Test
    void shouldDeleteASecretWithoutAnOwner() {
        String ci = lab().namespace("ci");
        sync(Ask.sync(ci).owner(TEAM));
        writeAsAnEarlierVersion(ci);

        assertThat(sync(Ask.delete(ci).owner(OTHER)).status()).isEqualTo(Status.CHANGED);
        assertThat(hasSecret(ci, "regcred")).isFalse();
    }

    @Test
    void shouldNotTakeOverASecretThatOnlyHasTheOwnersLabel() {
        String ci = lab().namespace("ci");
        make(Resource.SECRETS, ci, "metadata: {name: regcred, labels: {" + LABEL + ": " + TEAM.id() + "}}");

        assertThat(sync(Ask.sync(ci).owner(TEAM)).status()).isEqualTo(Status.REFUSED);
    }

    @Test
    void shouldLeaveTheTemporarySecretOfAnotherOwner() {
        String ci = lab().namespace("ci");
        make(
                Resource.SECRETS,
                ci,
                "metadata: {name: regcred-stand-in, labels: {app.kubernetes.io/managed-by:"
                        + " argo-preflight, " + LABEL + ": " + TEAM.id() + "},"
                        + " annotations: {argo-preflight.jenkins.io/stand-in: regcred}}");
        ObjectNode account = lab().admin()
                .get(Resource.SERVICE_ACCOUNTS, ci, "default")
                .orElseThrow()
                .deepCopy();
        account.putArray("imagePullSecrets").addObject().put("name", "regcred-stand-in");
        lab().admin().replace(Resource.SERVICE_ACCOUNTS, account, WriteMode.REAL);

        assertThat(sync(Ask.sync(ci).owner(OTHER)).status()).isEqualTo(Status.CHANGED);
        assertThat(hasSecret(ci, "regcred-stand-in")).isTrue();
        assertThat(pullSecrets(ci, "default")).containsExactly("regcred-stand-in", "regcred");
    }

    /** Writes a Secret with the one label of earlier versions, which recorded no owners. */
    private void writeAsAnEarlierVersion(String namespace) {
        ObjectNode secret = secret(namespace);
        KubeObjects.metadata(secret).withObject("/labels").remove(LABEL);
        KubeObjects.metadata(secret).withObject("/annotations").remove(NAME);
        lab().admin().replace(Resource.SECRETS, secret, WriteMode.REAL);
    }
}
