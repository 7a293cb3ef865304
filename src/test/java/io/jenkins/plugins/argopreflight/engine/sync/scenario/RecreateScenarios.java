package io.jenkins.plugins.argopreflight.engine.sync.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException.Kind;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.lab.AfterEachWrite;
import io.jenkins.plugins.argopreflight.engine.lab.Ask;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.model.object.Right;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.DiffLine;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome.Change;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome.Change.Action;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome.Status;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.testing.InRun;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A Secret of the wrong type, or an immutable one, is recreated; what refers to it always finds a valid one. */
@ExtendWith(InRun.class)
abstract class RecreateScenarios extends SyncScenarios {

    private static final String IMMUTABLE = "type: kubernetes.io/dockerconfigjson\nimmutable: true";

    private String inUse(String unmanaged) {
        String ci = lab().namespace("ci");
        unmanagedSecret(ci, unmanaged);
        for (String name : List.of("argo", "workflow")) {
            make(Resource.SERVICE_ACCOUNTS, ci, "metadata: {name: " + name + "}\nimagePullSecrets: [{name: regcred}]");
        }
        return ci;
    }

    @ParameterizedTest
    @ValueSource(strings = {"type: Opaque", IMMUTABLE})
    void shouldMakeItAgainAndLeaveNoTemporarySecret(String unmanaged) {
        String ci = inUse(unmanaged);
        ObjectNode before = secret(ci);

        NamespaceOutcome outcome =
                sync(watched(ci), Ask.sync(ci).accounts("argo").adopt().recreate());

        assertThat(outcome.status()).as(outcome.message()).isEqualTo(Status.CHANGED);
        assertThat(outcome.changes()).extracting(Change::action).contains(Action.RECREATED);
        assertThat(outcome.changes().get(0).diff())
                .extracting(DiffLine::marked)
                .anyMatch(line -> line.startsWith("~ type: Opaque") || line.equals("- immutable: true"));
        assertThat(KubeObjects.uid(secret(ci))).isNotEqualTo(KubeObjects.uid(before));
        assertClean(ci);
        assertThat(run(Ask.sync(ci).accounts("argo")).cost().writes()).isZero();
    }

    @Test
    void shouldNameThePodsThatHoldTheNameThemselves() {
        String ci = inUse("type: Opaque");
        make(Resource.PODS, ci, """
                metadata: {name: step}
                spec:
                  serviceAccountName: default
                  automountServiceAccountToken: false
                  containers: [{name: main, image: registry.example.com/a}]
                  imagePullSecrets: [{name: regcred}]
                status: {phase: Pending}
                """);

        NamespaceOutcome outcome = sync(Ask.sync(ci).accounts("argo").adopt().recreate());

        assertThat(outcome.notes()).anyMatch(note -> note.startsWith("pods step hold regcred in their own list"));
    }

    @Test
    void shouldTakeTheRegistriesOfTheOldFormatOver() {
        String ci = lab().namespace("ci");
        make(Resource.SECRETS, ci, """
                metadata: {name: regcred}
                type: kubernetes.io/dockercfg
                stringData: {.dockercfg: '{"quay.io":{"username":"q","password":"qp","auth":"cTpxcA=="}}'}
                """);

        assertThat(sync(Ask.sync(ci).adopt().recreate()).status()).isEqualTo(Status.CHANGED);

        assertThat(registries(ci)).containsExactlyInAnyOrder("quay.io", "registry.example.com");
        assertThat(secret(ci).path("data").has(".dockercfg")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"type: Opaque", IMMUTABLE})
    void shouldBeCompletedByTheNextRunWhereverItWasInterrupted(String unmanaged) {
        int writes = countWrites(unmanaged);
        assertThat(writes).isGreaterThan(6);
        for (int cut : IntStream.range(1, writes + 1).toArray()) {
            String ci = inUse(unmanaged + "\ndata: {db-password: eA==}");
            NamespaceOutcome interrupted = sync(
                    new Dying(watched(ci), cut),
                    Ask.sync(ci).accounts("argo").adopt().recreate());
            if (!hasSecret(ci, "regcred")) {
                assertThat(sync(Ask.delete(ci)).message()).contains("regcred-stand-in", "holds what others put into");
            }

            NamespaceOutcome rerun =
                    sync(watched(ci), Ask.sync(ci).accounts("argo").adopt().recreate());

            assertThat(interrupted.status()).as("interrupted at write %d", cut).isEqualTo(Status.FAILED);
            assertThat(interrupted.message()).containsAnyOf("Left: ", "was not removed");
            assertThat(rerun.status())
                    .as("after an interruption at write %d: %s", cut, rerun)
                    .isNotIn(Status.FAILED, Status.REFUSED);
            assertClean(ci);
            assertThat(Json.text(secret(ci), "data", "db-password")).isEqualTo("eA==");
        }
    }

    private static List<Right> enough(String namespace) {
        List<Right> rights = new ArrayList<>();
        rights.add(Right.of("create", "", "secrets", namespace));
        for (String verb : List.of("get", "update", "delete")) {
            rights.add(Right.of(verb, "", "secrets", namespace).named("regcred"));
            rights.add(Right.of(verb, "", "secrets", namespace).named("regcred-stand-in"));
        }
        rights.add(Right.of("list", "", "serviceaccounts", namespace));
        rights.add(Right.of("update", "", "serviceaccounts", namespace));
        return rights;
    }

    @Test
    void shouldNeedEachOfItsRights() {
        for (Right missing : enough("any")) {
            String ci = inUse("type: Opaque");
            List<Right> rights = enough(ci);
            rights.remove(new Right(missing.verb(), "", missing.resource(), "", ci, missing.name()));
            ClusterGateway user = lab().user(rights.toArray(Right[]::new));
            ObjectNode before = secret(ci);

            NamespaceOutcome outcome =
                    sync(user, Ask.sync(ci).accounts("argo").adopt().recreate());

            assertThat(outcome.status()).as("without %s: %s", missing, outcome).isEqualTo(Status.REFUSED);
            assertThat(outcome.message()).contains("not allowed to " + missing.verb() + " " + missing.resource());
            assertThat(secret(ci)).isEqualTo(before);
            assertThat(pullSecrets(ci, "argo")).containsExactly("regcred");
            assertThat(hasSecret(ci, "regcred-stand-in")).isFalse();
        }
    }

    @Test
    void shouldNeedNoOtherRight() {
        String ci = inUse("type: Opaque");
        ClusterGateway user = lab().user(enough(ci).toArray(Right[]::new));

        assertThat(sync(user, Ask.sync(ci).accounts("argo").adopt().recreate()).status())
                .isEqualTo(Status.CHANGED);
        assertClean(ci);
    }

    private int countWrites(String unmanaged) {
        String ci = inUse(unmanaged);
        var counting = new Dying(lab().admin(), Integer.MAX_VALUE);
        sync(counting, Ask.sync(ci).accounts("argo").adopt().recreate());
        return counting.writes;
    }

    @Test
    void shouldNotTakeANameThatIsInUse() {
        String ci = inUse("type: Opaque");
        make(Resource.SECRETS, ci, "metadata: {name: regcred-stand-in}");

        NamespaceOutcome outcome = sync(Ask.sync(ci).adopt().recreate());

        assertThat(outcome.status()).isEqualTo(Status.FAILED);
        assertThat(outcome.message()).contains("regcred-stand-in", "not ours");
        assertThat(Json.text(secret(ci), "type")).isEqualTo("Opaque");
    }

    @Test
    void shouldSayWhenAnOperatorMakesTheOldOneAtOnce() {
        String ci = inUse("type: Opaque");
        ClusterGateway operator = new AfterEachWrite(lab().admin(), () -> {
            if (!hasSecret(ci, "regcred")) {
                unmanagedSecret(ci, "type: Opaque");
            }
        });

        NamespaceOutcome outcome =
                sync(operator, Ask.sync(ci).accounts("argo").adopt().recreate());

        assertThat(outcome.status()).isEqualTo(Status.FAILED);
        assertThat(outcome.message())
                .contains("another client created Secret regcred", "Left: Secret regcred-stand-in holds");
        assertThat(pullSecrets(ci, "argo")).containsExactly("regcred", "regcred-stand-in");
    }

    @Test
    void shouldOnlyReportInADryRun() {
        String ci = inUse("type: Opaque");

        NamespaceOutcome outcome = sync(Ask.sync(ci).adopt().recreate().dryRun());

        assertThat(outcome.changes().get(0).action()).isEqualTo(Action.RECREATED);
        assertThat(Json.text(secret(ci), "type")).isEqualTo("Opaque");
    }

    private void assertClean(String ci) {
        assertThat(Json.text(secret(ci), "type")).isEqualTo("kubernetes.io/dockerconfigjson");
        assertThat(secret(ci).path("immutable").asBoolean()).isFalse();
        assertThat(registries(ci)).containsExactlyInAnyOrder("quay.io", "registry.example.com");
        assertThat(KubeObjects.annotations(secret(ci))).doesNotContainKey("argo-preflight.jenkins.io/stand-in");
        assertThat(hasSecret(ci, "regcred-stand-in")).isFalse();
        assertThat(pullSecrets(ci, "argo")).containsExactly("regcred");
        assertThat(pullSecrets(ci, "workflow")).containsExactly("regcred");
    }

    /**
     * Returns a cluster that checks after every write that each ServiceAccount which referred to a Secret refers to an
     * existing one.
     */
    private ClusterGateway watched(String namespace) {
        return new AfterEachWrite(lab().admin(), () -> {
            for (String account : List.of("argo", "workflow")) {
                assertThat(pullSecrets(namespace, account))
                        .as("what ServiceAccount %s refers to", account)
                        .anyMatch(name -> hasSecret(namespace, name));
            }
        });
    }

    /** Dies at its n-th write: nothing gets through from then on. */
    private static final class Dying extends AfterEachWrite {

        private final int last;
        private int writes;

        Dying(ClusterGateway gateway, int last) {
            super(gateway, () -> {});
            this.last = last;
        }

        @Override
        protected void beforeWrite() {
            writes++;
            if (writes >= last) {
                throw new ClusterException(Kind.FORBIDDEN, "killed at write " + writes);
            }
        }
    }
}
