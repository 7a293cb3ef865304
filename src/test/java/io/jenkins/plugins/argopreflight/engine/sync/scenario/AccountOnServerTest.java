package io.jenkins.plugins.argopreflight.engine.sync.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.lab.Ask;
import io.jenkins.plugins.argopreflight.engine.lab.Lab;
import io.jenkins.plugins.argopreflight.engine.lab.RealLab;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome.Status;
import io.jenkins.plugins.argopreflight.testing.InRun;
import io.jenkins.plugins.argopreflight.testing.server.NeedsServers;
import io.jenkins.plugins.argopreflight.testing.server.RealCluster;
import io.jenkins.plugins.argopreflight.testing.server.Server;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The account scenarios on a real kube-apiserver, and those that need one. */
@NeedsServers(Server.CLUSTER)
@ExtendWith(InRun.class)
class AccountOnServerTest extends AccountScenarios {

    private static Lab lab;

    @Override
    protected Lab lab() {
        lab = lab == null ? new RealLab() : lab;
        return lab;
    }

    @Test
    void shouldAwaitTheDefaultServiceAccountOfAFreshNamespace() {
        lab();
        String fresh = RealCluster.get().namespace("fresh");
        var controller = CompletableFuture.runAsync(
                () -> account(fresh, "default"), CompletableFuture.delayedExecutor(700, TimeUnit.MILLISECONDS));

        NamespaceOutcome outcome = sync(Ask.sync(fresh));

        controller.join();
        assertThat(outcome.status()).as(outcome.message()).isEqualTo(Status.CHANGED);
        assertThat(pullSecrets(fresh, "default")).containsExactly("regcred");
    }

    @Test
    void shouldSayThatANamespaceHasNoServiceAccount() {
        lab();
        String bare = RealCluster.get().namespace("bare");

        NamespaceOutcome outcome = sync(Ask.sync(bare));

        assertThat(outcome.status()).isEqualTo(Status.REFUSED);
        assertThat(outcome.message()).contains("ServiceAccount default does not exist", "there is none");
        assertThat(sync(Ask.sync(bare).createAccounts()).status()).isEqualTo(Status.CHANGED);
    }

    @Test
    void shouldLetTheServerJudgeADryRun() {
        String ci = lab().namespace("ci");

        Ask tooBig = Ask.sync(ci).registry("registry.example.com", "team", "x".repeat(800_000));

        NamespaceOutcome outcome = sync(tooBig.dryRun());

        assertThat(outcome.status()).isEqualTo(Status.FAILED);
        assertThat(outcome.message()).contains("the server would refuse", "Too long", "1048576");
        assertThat(hasSecret(ci, "regcred")).isFalse();
    }
}
