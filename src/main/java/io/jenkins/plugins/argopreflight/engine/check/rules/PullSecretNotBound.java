package io.jenkins.plugins.argopreflight.engine.check.rules;

import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.collect.Facts;
import io.jenkins.plugins.argopreflight.engine.collect.OtherMeans;
import io.jenkins.plugins.argopreflight.engine.collect.PodPull;
import io.jenkins.plugins.argopreflight.engine.collect.PullSecrets.OtherSecret;
import io.jenkins.plugins.argopreflight.engine.fix.AskPerson;
import io.jenkins.plugins.argopreflight.engine.workflow.ArgoPod;
import java.util.List;

/** A registry that wants a credential, and no pull Secret for it that reaches the pod. */
public final class PullSecretNotBound extends PullRule {

    public PullSecretNotBound() {
        super("pull-secret-not-bound", "No pull Secret for the image's registry reaches the pod");
    }

    @Override
    boolean tells(Facts facts, PullCause cause) {
        return cause.kind() == PullCause.Kind.ACCOUNT_UNKNOWN
                || cause.kind() == PullCause.Kind.IDENTITY_UNKNOWN
                        && !cause.row().isLookUp()
                || cause.row().pod().kind() != ArgoPod.Kind.ARTIFACT_GC
                        && !cause.row().isLookUp()
                        && (cause.kind() == PullCause.Kind.NOT_BOUND || cause.kind() == PullCause.Kind.HIDDEN);
    }

    @Override
    Subject subject(Facts facts, PullCause cause) {
        return cause.kind() == PullCause.Kind.ACCOUNT_UNKNOWN
                ? Subject.of(
                        "ServiceAccount",
                        cause.row().pull().namespace(),
                        cause.row().pull().serviceAccount(),
                        "imagePullSecrets")
                : PullFixes.list(facts, cause.row());
    }

    @Override
    Object common(PullCause cause) {
        return cause.kind() == PullCause.Kind.ACCOUNT_UNKNOWN
                ? cause.kind()
                : List.of(
                        cause.kind(),
                        cause.registry(),
                        cause.secret(),
                        cause.row().means().map(OtherMeans::words).orElse(""));
    }

    @Override
    Finding finding(Facts facts, Subject subject, List<PullCause> causes) {
        PullCause first = causes.get(0);
        PodPull row = first.row();
        String namespace = row.pull().namespace();
        String account = row.pull().serviceAccount();
        if (first.kind() == PullCause.Kind.ACCOUNT_UNKNOWN) {
            return Finding.unknown(
                    info(),
                    subject,
                    row.pull().error() + ": whether " + images(causes) + " can be pulled is not known.");
        }
        if (first.kind() == PullCause.Kind.IDENTITY_UNKNOWN) {
            return perhapsByNodes(subject, causes);
        }
        String executor = ArgoContainers.runsExecutorImage(facts, row)
                ? " It is Argo's executor image, which is pulled with the workflow pod's own pull Secrets."
                : "";
        String state = state(first);
        Finding finding = Finding.fail(
                info(),
                subject,
                privately(causes) + " and pod " + row.pod().name() + " (ServiceAccount " + account
                        + ") brings no credential for " + first.registry() + ": " + state + "." + executor
                        + Hang.sentence(causes));
        String secret = first.secret().isEmpty() ? "regcred" : first.secret();
        boolean ofAccount = subject.kind().equals("ServiceAccount");
        if (first.secret().isEmpty()) {
            finding = finding.fix(PullFixes.sync(secret, namespace, first.image(), ofAccount ? account : ""));
        }
        if (ofAccount) {
            return finding.fix(
                    PullFixes.bind(
                                    secret,
                                    namespace,
                                    account,
                                    !row.pull().pullSecrets().isEmpty())
                            .then("then create the pods anew: those that wait keep the old list"),
                    PullFixes.inWorkflow(secret).then("this hides the list of ServiceAccount " + account));
        }
        return finding.fix(
                PullFixes.inWorkflow(secret).then("lists of workflow and workflowDefaults are merged by name"));
    }

    private Finding perhapsByNodes(Subject subject, List<PullCause> causes) {
        PodPull row = causes.get(0).row();
        String registry = causes.get(0).registry();
        return Finding.unknown(
                        info(),
                        subject,
                        "The registry refuses " + images(causes) + " with what the pod brings (ServiceAccount "
                                + row.pull().serviceAccount() + "). Whether the nodes can do without it is not known: "
                                + row.means().orElseThrow().words() + ".")
                .fix(
                        new AskPerson(
                                "administrators of the cluster",
                                "if the nodes have credentials for " + registry + ", list it in nodeCredentials of the"
                                        + " cluster in Jenkins, or give --node-credentials " + registry),
                        PullFixes.sync(
                                        "regcred",
                                        row.pull().namespace(),
                                        causes.get(0).image(),
                                        subject.kind().equals("ServiceAccount")
                                                ? row.pull().serviceAccount()
                                                : "")
                                .because("if they have none"));
    }

    private static String privately(List<PullCause> causes) {
        boolean one = causes.stream().map(PullCause::image).distinct().count() == 1;
        return images(causes) + (one ? " is private" : " are private");
    }

    /** What there is, and why it does not count. */
    private static String state(PullCause cause) {
        PodPull row = cause.row();
        if (PullFixes.isListOfStrings(row)) {
            return "spec.imagePullSecrets is a list of strings and must be one of names, \"- name: regcred\"";
        }
        if (cause.kind() == PullCause.Kind.HIDDEN) {
            return "ServiceAccount " + row.pull().serviceAccount() + " lists Secret \"" + cause.secret()
                    + "\", which matches, but its list is not used because the pod has one from " + row.source() + " ("
                    + String.join(", ", row.pull().pullSecrets()) + ")";
        }
        String listed = row.pull().pullSecrets().isEmpty()
                ? "neither spec.imagePullSecrets nor the ServiceAccount lists a Secret"
                : row.source() + " lists only " + String.join(", ", row.pull().pullSecrets());
        if (cause.secret().isEmpty()) {
            return row.secrets().others().ifKnown().isPresent()
                    ? listed + ", and no Secret in namespace " + row.pull().namespace() + " is for that registry"
                    : listed;
        }
        OtherSecret other = row.secrets().others().ifKnown().orElseThrow().stream()
                .filter(each -> each.sight().name().equals(cause.secret()))
                .findFirst()
                .orElseThrow();
        String bound = other.accounts().isEmpty() ? "" : ", listed by ServiceAccount " + listed(other.accounts());
        return "Secret \"" + cause.secret() + "\" " + (other.works() ? "would work" : "matches") + bound + ", but "
                + listed;
    }
}
