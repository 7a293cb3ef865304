package io.jenkins.plugins.argopreflight.engine.preflight;

import io.jenkins.plugins.argopreflight.engine.facts.pull.PullRow;
import io.jenkins.plugins.argopreflight.engine.facts.pull.PullRow.AnswerRow;
import io.jenkins.plugins.argopreflight.engine.facts.pull.PullRow.Credential;
import io.jenkins.plugins.argopreflight.engine.model.fact.Unavailable;
import io.jenkins.plugins.argopreflight.engine.model.fix.Command;
import io.jenkins.plugins.argopreflight.engine.model.object.Right;
import io.jenkins.plugins.argopreflight.engine.registry.Verdict;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.DiffLine;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.RegistryCredential;
import io.jenkins.plugins.argopreflight.engine.registry.pull.ImageClient;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome.Change;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome.Change.Action;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome.Instruction;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome.Problem;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome.StalePod;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome.StalePod.Remedy;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome.Status;
import io.jenkins.plugins.argopreflight.engine.sync.SecretOwner;
import io.jenkins.plugins.argopreflight.engine.sync.SyncMode;
import io.jenkins.plugins.argopreflight.engine.sync.SyncRequest;
import io.jenkins.plugins.argopreflight.engine.sync.secret.SyncReport;
import io.jenkins.plugins.argopreflight.engine.sync.secret.SyncReport.Cost;
import io.jenkins.plugins.argopreflight.engine.util.secret.Password;
import java.util.List;
import java.util.Optional;

/** Reports that hold one of everything. */
public final class SampleReports {

    public static final String CANARY = "c4n4ry-p4ssw0rd";
    public static final String IMAGE = "registry.example.com/team/image:v1.2";
    public static final Credential TEAM = new Credential("regcred", "registry.example.com", "team");
    static final AnswerRow SERVED =
            new AnswerRow(TEAM, false, true, true, Verdict.OK, 200, "", "", "", "2027-01-01T00:00:00Z");
    public static final AnswerRow UNAUTHORIZED = new AnswerRow(
            null,
            true,
            false,
            false,
            Verdict.MISSING_OR_NO_RIGHT,
            401,
            "UNAUTHORIZED",
            "authentication required",
            "it serves nothing without a credential",
            "");

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
                        new Change(
                                "Secret",
                                "regcred",
                                Action.CREATED,
                                List.of(DiffLine.added("registry.example.com: team ***"))),
                        new Change(
                                "ServiceAccount",
                                "default",
                                Action.BOUND,
                                List.of(DiffLine.added("imagePullSecrets: regcred")))),
                Problem.NONE,
                List.of(),
                List.of(),
                List.of());
    }

    public static NamespaceOutcome unchanged(String namespace) {
        return new NamespaceOutcome(
                namespace,
                Status.UNCHANGED,
                List.of(new Change("Secret", "regcred", Action.UNCHANGED, List.of())),
                Problem.NONE,
                List.of(),
                List.of(),
                List.of());
    }

    static NamespaceOutcome refused(String namespace) {
        return new NamespaceOutcome(
                namespace,
                Status.REFUSED,
                List.of(),
                Problem.of("not allowed to update serviceaccounts in namespace " + namespace),
                List.of(Instruction.documents("kind: Role\nmetadata:\n  namespace: " + namespace
                        + "\n---\nkind: RoleBinding\nmetadata:\n  namespace: " + namespace)),
                List.of(new StalePod(
                        "build-1",
                        "Pending",
                        "default",
                        "Workflow/build",
                        new Remedy(
                                "",
                                Command.kubectl("delete", "pod")
                                        .name("Pod", "build-1")
                                        .namespace("x")
                                        .withNote("Argo recreates it"),
                                ""))),
                List.of("blind mode: no get on secrets"));
    }

    public static PullRow pull(String namespace, Verdict verdict, String message) {
        return pull(namespace, IMAGE, List.of(TEAM), "", verdict, message, SERVED, UNAUTHORIZED);
    }

    /** A pull of a sync or a login check. */
    public static PullRow pull(
            String namespace,
            String image,
            List<Credential> credentials,
            String error,
            Verdict verdict,
            String message,
            AnswerRow... answers) {
        return new PullRow(
                "",
                "",
                namespace,
                "",
                image,
                ImageClient.KUBELET,
                "default",
                List.of("hub-old", "regcred"),
                "",
                credentials,
                error,
                verdict,
                message,
                "",
                List.of(),
                List.of(),
                List.of(answers));
    }

    public static SyncReport everything() {
        return new SyncReport(
                "https://cluster.example.com:6443",
                "system:serviceaccount:jenkins:jenkins",
                false,
                List.of(changed("argo"), unchanged("ci-1"), refused("ci-2")),
                List.of(
                        pull("argo", Verdict.OK, ""),
                        pull("ci-1", "nginx", List.of(), "Secret x: illegal base64", Verdict.INVALID, "fix Secret x")),
                List.of(Unavailable.optional(
                        "pods in namespace ci-1",
                        "not allowed to list pods in namespace ci-1",
                        Optional.of(Right.of("list", "", "pods", "ci-1")))),
                new Cost(6, 2, 1, 4, 812));
    }
}
