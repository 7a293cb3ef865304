package io.jenkins.plugins.argopreflight.engine.sync.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException.Kind;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway.WriteMode;
import io.jenkins.plugins.argopreflight.engine.lab.AfterEachWrite;
import io.jenkins.plugins.argopreflight.engine.lab.Ask;
import io.jenkins.plugins.argopreflight.engine.lab.Meddling;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome.Change;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome.Change.Action;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome.Status;
import io.jenkins.plugins.argopreflight.engine.sync.secret.SyncReport;
import io.jenkins.plugins.argopreflight.testing.InRun;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Somebody else comes between our look and our write, or the answer to our write is lost. */
@ExtendWith(InRun.class)
abstract class RaceScenarios extends SyncScenarios {

    private static final String BOTH = "eyJhdXRocyI6eyJxdWF5LmlvIjp7ImF1dGgiOiJjVHB4Y0E9PSJ9LCJyZWdpc3Ry"
            + "eS5leGFtcGxlLmNvbSI6eyJhdXRoIjoiY1RweGNBPT0ifX19";

    @Test
    void shouldLoseNoEntryHoweverOftenAnotherWriterIsFaster() {
        String ci = lab().namespace("ci");
        var others = new AtomicInteger();
        ClusterGateway gateway = new AfterEachWrite(lab().admin(), () -> {}) {
            @Override
            protected void beforeWrite() {
                if (hasSecret(ci, "regcred") && others.get() < 4) {
                    ObjectNode account = lab().admin()
                            .get(Resource.SERVICE_ACCOUNTS, ci, "default")
                            .orElseThrow()
                            .deepCopy();
                    KubeObjects.addName(account, "imagePullSecrets", "other-" + others.incrementAndGet());
                    lab().admin().replace(Resource.SERVICE_ACCOUNTS, account, WriteMode.REAL);
                }
            }
        };

        assertThat(sync(gateway, Ask.sync(ci)).status()).isEqualTo(Status.CHANGED);

        assertThat(pullSecrets(ci, "default")).containsExactly("other-1", "other-2", "other-3", "other-4", "regcred");
    }

    @Test
    void shouldNotDeleteWhatWasPutIntoItSinceItWasRead() {
        String ci = lab().namespace("ci");
        sync(Ask.sync(ci));
        var gateway = new Meddling(lab().admin(), "delete secrets", () -> fill(ci));

        sync(gateway, Ask.delete(ci));

        assertThat(registries(ci)).contains("quay.io");
    }

    @Test
    void shouldNotDeleteAnotherSecretOfTheName() {
        String ci = lab().namespace("ci");
        sync(Ask.sync(ci));
        var gateway = new Meddling(lab().admin(), "delete secrets", () -> {
            lab().admin().delete(Resource.SECRETS, ci, "regcred", "", "", WriteMode.REAL);
            unmanagedSecret(ci, "type: kubernetes.io/dockerconfigjson");
        });

        NamespaceOutcome outcome = sync(gateway, Ask.delete(ci));

        assertThat(outcome.status()).isEqualTo(Status.FAILED);
        assertThat(outcome.message()).contains("was not written by us");
        assertThat(registries(ci)).containsExactly("quay.io");
    }

    @Test
    void shouldNotRecreateOverWhatWasChangedMeanwhile() {
        String ci = lab().namespace("ci");
        unmanagedSecret(ci, "type: Opaque");
        var gateway = new Meddling(lab().admin(), "delete secrets", () -> fill(ci));

        NamespaceOutcome outcome = sync(gateway, Ask.sync(ci).adopt().recreate());

        assertThat(outcome.status()).isEqualTo(Status.FAILED);
        assertThat(outcome.message()).contains("Left: Secret regcred is as it was");
        assertThat(sync(Ask.sync(ci).adopt().recreate()).status()).isEqualTo(Status.CHANGED);
        assertThat(registries(ci)).contains("quay.io", "registry.example.com");
        assertThat(hasSecret(ci, "regcred-stand-in")).isFalse();
    }

    @Test
    void shouldKnowItsOwnReleaseWhenTheAnswerIsLost() {
        String ci = lab().namespace("ci");
        unmanagedSecret(ci, "type: kubernetes.io/dockerconfigjson");
        sync(Ask.sync(ci).adopt());
        var lost = new AtomicInteger();
        ClusterGateway gateway = new AfterEachWrite(lab().admin(), () -> {
            if (lost.getAndIncrement() == 0) {
                throw new ClusterException(Kind.UNREACHABLE, "the connection was cut before the answer");
            }
        });

        NamespaceOutcome outcome = sync(gateway, Ask.delete(ci));

        assertThat(outcome.changes()).extracting(Change::action).containsExactly(Action.RELEASED);
        assertThat(registries(ci)).containsExactly("quay.io");
    }

    @Test
    void shouldGoOnWithTheOtherNamespacesWhateverGoesWrongInOne() {
        String broken = lab().namespace("ci");
        String fine = lab().namespace("ci");
        ClusterGateway gateway = new Meddling(lab().admin(), "create secrets", () -> {
            throw new IllegalStateException(Ask.CANARY);
        });

        SyncReport report = run(gateway, Ask.sync(broken, fine));

        assertThat(report.namespaces())
                .extracting(NamespaceOutcome::status)
                .containsExactlyInAnyOrder(Status.FAILED, Status.CHANGED);
        assertThat(report.namespaces()).anyMatch(outcome -> outcome.message().contains("internal error"));
        assertThat(List.of(hasSecret(broken, "regcred"), hasSecret(fine, "regcred")))
                .containsExactlyInAnyOrder(true, false);
    }

    /** Somebody puts a registry of theirs beside ours. */
    private void fill(String namespace) {
        ObjectNode other = secret(namespace);
        other.withObject("/data").put(".dockerconfigjson", BOTH);
        lab().admin().replace(Resource.SECRETS, other, WriteMode.REAL);
    }
}
