package io.jenkins.plugins.argopreflight.engine.report;

import io.jenkins.plugins.argopreflight.engine.dockerconfig.RegistryCredential;
import io.jenkins.plugins.argopreflight.engine.dockerconfig.StoredCredential;
import io.jenkins.plugins.argopreflight.engine.fact.Unavailable;
import io.jenkins.plugins.argopreflight.engine.kube.Right;
import io.jenkins.plugins.argopreflight.engine.pull.Consumer;
import io.jenkins.plugins.argopreflight.engine.pull.ProbeAttempt;
import io.jenkins.plugins.argopreflight.engine.pull.Pull;
import io.jenkins.plugins.argopreflight.engine.registry.Answer;
import io.jenkins.plugins.argopreflight.engine.registry.Verdict;
import io.jenkins.plugins.argopreflight.engine.report.SyncReport.Cost;
import io.jenkins.plugins.argopreflight.engine.secret.Password;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome.Change;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome.StalePod;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome.Status;
import io.jenkins.plugins.argopreflight.engine.sync.SecretOwner;
import io.jenkins.plugins.argopreflight.engine.sync.SyncMode;
import io.jenkins.plugins.argopreflight.engine.sync.SyncRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reports that hold one of everything. */
public final class SampleReports {

    public static final String CANARY = "c4n4ry-p4ssw0rd";
    public static final String IMAGE = "registry.example.com/team/image:v1.2";
    public static final StoredCredential TEAM =
            new StoredCredential("regcred", "registry.example.com", "team", Password.of(CANARY));
    static final Answer SERVED =
            new Answer(Verdict.OK, 200, "", "", "", Optional.of(Instant.parse("2027-01-01T00:00:00Z")), true);
    public static final Answer UNAUTHORIZED = new Answer(
            Verdict.MISSING_OR_NO_RIGHT,
            401,
            "UNAUTHORIZED",
            "authentication required",
            "it serves nothing without a credential",
            Optional.empty(),
            false);

    private SampleReports() {}

    public static SyncRequest request(SyncRequest.Options options) {
        return new SyncRequest(
                SyncMode.APPLY,
                "regcred",
                List.of("argo", "ci-*"),
                "team=build",
                List.of(new RegistryCredential("registry.example.com", "team", Password.of(CANARY), "", "file:t")),
                List.of("default"),
                options,
                SecretOwner.CLI,
                "argo-preflight sync");
    }

    public static NamespaceOutcome changed(String namespace) {
        return new NamespaceOutcome(
                namespace,
                Status.CHANGED,
                List.of(
                        new Change("Secret", "regcred", "created", List.of("+ registry.example.com: team ***")),
                        new Change("ServiceAccount", "default", "bound", List.of("+ imagePullSecrets: regcred"))),
                "",
                List.of(),
                List.of(),
                List.of());
    }

    public static NamespaceOutcome unchanged(String namespace) {
        return new NamespaceOutcome(
                namespace,
                Status.UNCHANGED,
                List.of(new Change("Secret", "regcred", "unchanged", List.of())),
                "",
                List.of(),
                List.of(),
                List.of());
    }

    static NamespaceOutcome refused(String namespace) {
        return new NamespaceOutcome(
                namespace,
                Status.REFUSED,
                List.of(),
                "not allowed to update serviceaccounts in namespace " + namespace,
                List.of("kind: Role\nmetadata:\n  namespace: " + namespace),
                List.of(new StalePod(
                        "build-1", "Pending", "default", "Workflow/build", "argo retry build -n x   # or resubmit")),
                List.of("blind mode: no get on secrets"));
    }

    public static Pull pull(String namespace, Verdict verdict, String sentence) {
        return new Pull(
                namespace,
                "default",
                IMAGE,
                Consumer.KUBELET,
                List.of("hub-old", "regcred"),
                List.of(TEAM),
                "",
                verdict,
                sentence,
                List.of(
                        new ProbeAttempt(Optional.of(TEAM), SERVED, true),
                        new ProbeAttempt(Optional.empty(), UNAUTHORIZED, false)));
    }

    public static SyncReport everything() {
        return new SyncReport(
                "https://cluster.example.com:6443",
                "system:serviceaccount:jenkins:jenkins",
                false,
                List.of(changed("argo"), unchanged("ci-1"), refused("ci-2")),
                List.of(
                        pull("argo", Verdict.OK, ""),
                        new Pull(
                                "ci-1",
                                "default",
                                "nginx",
                                Consumer.KUBELET,
                                List.of(),
                                List.of(),
                                "Secret x: illegal base64",
                                Verdict.INVALID,
                                "mend Secret x",
                                List.of())),
                List.of(new Unavailable(
                        "pods in namespace ci-1",
                        "not allowed",
                        Optional.of(Right.of("list", "", "pods", "ci-1")),
                        false)),
                new Cost(6, 2, 1, 4, 812));
    }
}
