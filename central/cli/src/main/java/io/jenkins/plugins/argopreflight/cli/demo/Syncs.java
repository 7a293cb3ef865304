package io.jenkins.plugins.argopreflight.cli.demo;

import io.jenkins.plugins.argopreflight.engine.RegistrySecret;
import io.jenkins.plugins.argopreflight.engine.dockerconfig.PullSecret;
import io.jenkins.plugins.argopreflight.engine.dockerconfig.RegistryCredential;
import io.jenkins.plugins.argopreflight.engine.kube.Resource;
import io.jenkins.plugins.argopreflight.engine.pull.Pull;
import io.jenkins.plugins.argopreflight.engine.pull.PullCheck;
import io.jenkins.plugins.argopreflight.engine.pull.PullQuestion;
import io.jenkins.plugins.argopreflight.engine.registry.probe.RegistryProbe;
import io.jenkins.plugins.argopreflight.engine.report.SyncReport;
import io.jenkins.plugins.argopreflight.engine.secret.Password;
import io.jenkins.plugins.argopreflight.engine.sync.SecretOwner;
import io.jenkins.plugins.argopreflight.engine.sync.SyncMode;
import io.jenkins.plugins.argopreflight.engine.sync.SyncRequest;
import java.time.Clock;
import java.util.List;

/** The syncs of the demo, through the engine's own entry. */
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
                new SyncRequest.Options(false, true, false, false, false),
                SecretOwner.CLI,
                "argo-preflight demo");
    }

    SyncReport run(Password password) {
        return new RegistrySecret(stage.cluster(), RegistrySecret.CONCURRENCY, Clock.systemUTC())
                .run(request(password), List.of(DemoStage.IMAGE), stage.settings(), outcome -> {});
    }

    /** What a pod of this ServiceAccount would get with these Secrets, and what the registry says to it. */
    Pull look(String namespace, String account, List<String> secrets) {
        List<PullSecret> found = secrets.stream()
                .flatMap(name -> stage.cluster().get(Resource.SECRETS, namespace, name).stream())
                .map(Kubelet::pullSecret)
                .toList();
        try (RegistryProbe probe = stage.probe()) {
            return new PullCheck(probe)
                    .check(List.of(new PullQuestion(namespace, account, DemoStage.IMAGE, found)))
                    .get(0);
        }
    }
}
