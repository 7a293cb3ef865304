package io.jenkins.plugins.argopreflight.cli.demo;

import io.jenkins.plugins.argopreflight.engine.facts.pull.PullRow;
import io.jenkins.plugins.argopreflight.engine.model.fix.Command;
import io.jenkins.plugins.argopreflight.engine.model.fix.Operand;
import io.jenkins.plugins.argopreflight.engine.model.fix.Shell;
import io.jenkins.plugins.argopreflight.engine.registry.Answer;
import io.jenkins.plugins.argopreflight.engine.registry.Verdict;
import io.jenkins.plugins.argopreflight.engine.registry.pull.Pull;
import io.jenkins.plugins.argopreflight.engine.render.text.PullTable;
import io.jenkins.plugins.argopreflight.engine.render.text.SyncText;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome.StalePod;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome.Status;
import io.jenkins.plugins.argopreflight.engine.sync.secret.SyncReport;
import io.jenkins.plugins.argopreflight.engine.util.limits.Budget;
import io.jenkins.plugins.argopreflight.engine.util.limits.RunLimits;
import io.jenkins.plugins.argopreflight.engine.util.secret.Password;
import java.util.List;
import java.util.Locale;

/**
 * The story of the demo in five chapters: a pull fails, is explained, fixed and verified, and fails again with an
 * expired password.
 */
final class DemoStory {

    private static final String POD = "build-x7k2p";

    /** The pod that is created after the password has expired. */
    private static final String LATER_POD = "build-m4v9s";

    /** The command that the report prints, and that its reader runs. */
    private static final Command RECREATE = Command.kubectl("delete", "pod", "-l")
            .with(Operand.label("workflows.argoproj.io/workflow", POD))
            .with("--field-selector=status.phase=Pending")
            .namespace("argo");

    private static final List<String> SERVICE_ACCOUNTS = List.of("default", "argo-workflow");

    private final DemoStage stage;
    private final Narrator narrator;
    private final Syncs syncs;

    DemoStory(DemoStage stage, Narrator narrator) {
        this.stage = stage;
        this.narrator = narrator;
        this.syncs = new Syncs(stage);
    }

    void play() {
        try (Budget.Scope budget = Budget.open(RunLimits.DEFAULT.ofCommand())) {
            showProblem();
            explain();
            fix();
            verify();
            showExpiry();
        }
    }

    private void showProblem() {
        narrator.chapter("1  The problem");
        narrator.say("Workflow " + POD + " runs as ServiceAccount default in namespace argo, and its pod needs\n"
                + DemoStage.IMAGE + ". Address and tag are right. Yet:");
        narrator.command("$ kubectl describe pod " + POD + " -n argo");
        Answer answer = pull("argo", POD);
        narrator.bad("Warning  Failed  kubelet  Error: ErrImagePull\nWarning  Failed  kubelet  " + message(answer));
        narrator.statement("the pod waits in ErrImagePull", answer.verdict().isRefusal());
    }

    private void explain() {
        narrator.chapter("2  Explained");
        Pull before = syncs.pull("argo", "default", stage.pullSecrets("argo", "default"));
        narrator.say(String.join("\n", new PullTable(narrator.style()).lines(List.of(PullRow.of(before)))));
        Pull direct = syncs.pull("argo", "default", List.of("regcred"));
        narrator.say("");
        narrator.statement("no credential is sent", before.credentials().isEmpty());
        narrator.statement(
                "Secret regcred is there, and the registry accepts it: " + status(direct, 0) + " with it, "
                        + status(direct, 1) + " without",
                direct.verdict() == Verdict.OK && status(direct, 0) == 200 && status(direct, 1) == 401);
        narrator.statement(
                "but no ServiceAccount refers to it; default lists " + stage.pullSecrets("argo", "default")
                        + ", which is for docker.io",
                !stage.isReferredTo("argo", "regcred"));
        narrator.say("The usual fix, kubectl patch serviceaccount default -p "
                + "'{\"imagePullSecrets\":[{\"name\":\"regcred\"}]}',\n"
                + "replaces the whole list: hub-old would be gone.");
    }

    private void fix() {
        narrator.chapter("3  Fixed");
        narrator.command("$ argo-preflight sync --name regcred -n argo,ci "
                + "--service-account default,argo-workflow --adopt \\\n"
                + "      --registry registry.example.com --username team --password-stdin \\\n"
                + "      --verify-image " + DemoStage.IMAGE);
        SyncReport report = syncs.run(DemoStage.PASSWORD);
        narrator.say(new SyncText(narrator.style()).render(syncs.request(DemoStage.PASSWORD), report));
        narrator.say("");
        narrator.statement(
                "bound to two ServiceAccounts in each of two namespaces",
                List.of("argo", "ci").stream()
                        .allMatch(namespace -> SERVICE_ACCOUNTS.stream()
                                .allMatch(account ->
                                        stage.pullSecrets(namespace, account).contains("regcred"))));
        narrator.statement(
                "what was there is still there: argo/default " + stage.pullSecrets("argo", "default")
                        + ", ci/argo-workflow " + stage.pullSecrets("ci", "argo-workflow"),
                stage.pullSecrets("argo", "default").equals(List.of("hub-old", "regcred"))
                        && stage.pullSecrets("ci", "argo-workflow").equals(List.of("mirror", "regcred")));
        narrator.statement(
                "the waiting pod keeps its old list, and the report has the command that recreates it",
                stale(report).stream()
                        .anyMatch(pod -> pod.name().equals(POD)
                                && pod.remedy().command().withNote("").equals(RECREATE)));
    }

    private void verify() {
        narrator.chapter("4  Proved");
        narrator.command("$ " + Shell.inline(RECREATE));
        stage.kubelet().delete("argo", POD);
        stage.kubelet().create("argo", POD, "default", DemoStage.IMAGE);
        narrator.statement("the new pod pulls its image", isPulled("argo", POD));
        narrator.statement("a pod in ci, as argo-workflow, pulls it too", pulls("ci", "first-in-ci", "argo-workflow"));
        SyncReport again = syncs.run(DemoStage.PASSWORD);
        narrator.statement(
                "the same sync again: " + again.cost().writes() + " writes, every namespace unchanged",
                again.cost().writes() == 0
                        && again.namespaces().stream().allMatch(one -> one.status() == Status.UNCHANGED));
    }

    private void showExpiry() {
        narrator.chapter("5  Months later: the password has expired");
        Password newPassword = Password.of("n3w-s3cret");
        stage.changePassword(newPassword);
        stage.kubelet().create("argo", LATER_POD, "default", DemoStage.IMAGE);
        narrator.bad("kubelet: " + message(pull("argo", LATER_POD)));
        narrator.command("$ argo-preflight sync … # with the old password");
        SyncReport rejected = syncs.run(DemoStage.PASSWORD);
        narrator.say(String.join("\n", new PullTable(narrator.style()).lines(rejected.pulls())));
        narrator.say("");
        narrator.statement(
                "reported before any workflow fails: the registry rejects user team",
                rejected.pulls().stream().allMatch(pull -> pull.verdict() == Verdict.REJECTED)
                        && !rejected.pulls().isEmpty());
        narrator.command("$ argo-preflight sync … # with the new one");
        SyncReport renewed = syncs.run(newPassword);
        narrator.statement(
                "the new password is in both namespaces, and the registry takes it",
                renewed.pulls().stream().allMatch(pull -> pull.verdict() == Verdict.OK)
                        && !renewed.pulls().isEmpty());
        narrator.statement(
                "the waiting pod pulls without being recreated: pods see new content of a Secret, not a new list",
                isPulled("argo", LATER_POD));
    }

    private boolean pulls(String namespace, String pod, String account) {
        stage.kubelet().create(namespace, pod, account, DemoStage.IMAGE);
        return isPulled(namespace, pod);
    }

    private boolean isPulled(String namespace, String pod) {
        return pull(namespace, pod).verdict() == Verdict.OK;
    }

    private Answer pull(String namespace, String pod) {
        try (var probe = stage.probe()) {
            return stage.kubelet().pull(namespace, pod, probe);
        }
    }

    /** Returns the kubelet's message for a pull that the registry refused. */
    private static String message(Answer answer) {
        return "Failed to pull image \"" + DemoStage.IMAGE + "\": "
                + answer.code().toLowerCase(Locale.ROOT).replace('_', ' ') + ": " + answer.message();
    }

    private static List<StalePod> stale(SyncReport report) {
        return report.namespaces().stream()
                .flatMap(one -> one.stalePods().stream())
                .toList();
    }

    private static int status(Pull pull, int answer) {
        return pull.attempts().get(answer).answer().status();
    }
}
