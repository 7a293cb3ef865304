package io.jenkins.plugins.argopreflight.cli.demo;

import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.ReadSecret;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.RegistryCredential;
import io.jenkins.plugins.argopreflight.engine.registry.probe.RegistryProbe;
import io.jenkins.plugins.argopreflight.engine.registry.pull.Pull;
import io.jenkins.plugins.argopreflight.engine.registry.pull.PullCheck;
import io.jenkins.plugins.argopreflight.engine.registry.pull.PullQuestion;
import io.jenkins.plugins.argopreflight.engine.registry.pull.PullSecretList;
import io.jenkins.plugins.argopreflight.engine.registry.pull.SecretSource;
import io.jenkins.plugins.argopreflight.engine.sync.SecretOwner;
import io.jenkins.plugins.argopreflight.engine.sync.SyncMode;
import io.jenkins.plugins.argopreflight.engine.sync.SyncRequest;
import io.jenkins.plugins.argopreflight.engine.sync.secret.RegistrySecretWriter;
import io.jenkins.plugins.argopreflight.engine.sync.secret.SyncReport;
import io.jenkins.plugins.argopreflight.engine.util.secret.Password;
import java.time.Clock;
import java.util.List;

/** The syncs and pulls of the demo, with the engine that the commands use. */
final class Syncs {

    private final DemoStage stage;

    Syncs(DemoStage stage) {
        this.stage = stage;
    }

    SyncRequest request(Password password) {
        return new SyncRequest(
                SyncMode.APPLY,
                "regcred",
                List.of("argo", "ci"),
                "",
                List.of(new RegistryCredential(DemoStage.REGISTRY, DemoStage.USER, password, "", "stdin")),
                List.of("default", "argo-workflow"),
                SyncRequest.Options.NONE.adopting(),
                SecretOwner.CLI,
                "argo-preflight demo");
    }

    SyncReport run(Password password) {
        return new RegistrySecretWriter(stage.cluster(), RegistrySecretWriter.CONCURRENCY, Clock.systemUTC())
                .run(request(password), List.of(DemoStage.IMAGE), stage.settings(), outcome -> {});
    }

    /** Returns the result of a pull for a pod of this ServiceAccount with these Secrets. */
    Pull pull(String namespace, String account, List<String> secrets) {
        PullQuestion question =
                PullQuestion.kubelet(namespace, DemoStage.IMAGE, PullSecretList.ofAccount(account, secrets));
        SecretSource cluster = (in, name) ->
                Fact.known(stage.cluster().get(Resource.SECRETS, in, name).map(ReadSecret::of));
        try (RegistryProbe probe = stage.probe()) {
            return new PullCheck(probe, cluster, 1).ask(List.of(question)).get(question);
        }
    }
}
