package io.jenkins.plugins.argopreflight.engine.check.pullsecret;

import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Listing;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.image.Hang;
import io.jenkins.plugins.argopreflight.engine.check.image.PullCause;
import io.jenkins.plugins.argopreflight.engine.check.image.PullFixes;
import io.jenkins.plugins.argopreflight.engine.check.image.PullRule;
import io.jenkins.plugins.argopreflight.engine.check.place.ArgoContainers;
import io.jenkins.plugins.argopreflight.engine.collect.Facts;
import io.jenkins.plugins.argopreflight.engine.collect.pull.PodPull;
import io.jenkins.plugins.argopreflight.engine.fix.AskPerson;
import io.jenkins.plugins.argopreflight.engine.fix.Option;
import io.jenkins.plugins.argopreflight.engine.pull.OtherMeans;
import io.jenkins.plugins.argopreflight.engine.pull.ProbeAttempt;
import io.jenkins.plugins.argopreflight.engine.pull.PullDetails.OtherSecret;
import io.jenkins.plugins.argopreflight.engine.pull.PullSecretView;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ArgoPod;
import java.util.List;
import java.util.Optional;

/** A registry that needs credentials, and a pod without a pull secret for it. */
public final class PullSecretNotBound extends PullRule {

    public PullSecretNotBound() {
        super("pull-secret-not-bound", "The pod has no credentials for the image's registry");
    }

    @Override
    protected boolean handles(Facts facts, PullCause cause) {
        return cause.kind() == PullCause.Kind.ACCOUNT_UNKNOWN
                || cause.kind() == PullCause.Kind.IDENTITY_UNKNOWN
                        && !cause.row().isLookUp()
                || cause.row().pod().kind() != ArgoPod.Kind.ARTIFACT_GC
                        && !cause.row().isLookUp()
                        && (cause.kind() == PullCause.Kind.NOT_BOUND || cause.kind() == PullCause.Kind.HIDDEN);
    }

    @Override
    protected Subject subject(Facts facts, PullCause cause) {
        return cause.kind() == PullCause.Kind.ACCOUNT_UNKNOWN
                ? Subject.of(
                        "ServiceAccount",
                        cause.row().pull().namespace(),
                        cause.row().pull().serviceAccount(),
                        "imagePullSecrets")
                : PullFixes.list(facts, cause.row());
    }

    @Override
    protected Object common(PullCause cause) {
        return cause.kind() == PullCause.Kind.ACCOUNT_UNKNOWN
                ? cause.kind()
                : List.of(
                        cause.kind(),
                        cause.registry(),
                        cause.kind() == PullCause.Kind.IDENTITY_UNKNOWN
                                ? cause.bySecrets().secret()
                                : cause.secret(),
                        cause.row().pull().means().map(OtherMeans::description).orElse(""));
    }

    @Override
    protected Finding finding(Facts facts, Subject subject, List<PullCause> causes) {
        PullCause first = causes.get(0);
        PodPull row = first.row();
        String namespace = row.pull().namespace();
        String account = row.pull().serviceAccount();
        if (first.kind() == PullCause.Kind.ACCOUNT_UNKNOWN) {
            return Finding.unknown(
                            info(),
                            subject,
                            "Could not check whether " + images(causes) + " can be pulled: "
                                    + row.pull().error() + ".")
                    .title("Could not check the pull secrets of ServiceAccount %s", account);
        }
        if (first.kind() == PullCause.Kind.IDENTITY_UNKNOWN) {
            return perhapsByNodes(subject, causes);
        }
        String executor = ArgoContainers.runsExecutorImage(facts, row)
                ? " (Argo's executor image, which needs the pod's own pull secrets)"
                : "";
        String state = state(first);
        Finding finding = Finding.fail(
                        info(),
                        subject,
                        privately(causes) + executor + ", and pod " + row.pod().name() + " (ServiceAccount " + account
                                + ") has no credentials for it. " + state + "." + Hang.consequence(causes))
                .title("No credentials for %s", first.registry());
        String secret = first.secret().isEmpty() ? "regcred" : first.secret();
        boolean ofAccount = subject.kind().equals("ServiceAccount");
        Optional<OtherSecret> other = other(first);
        boolean writes = other.filter(OtherSecret::works).isEmpty();
        if (writes) {
            String bound = ofAccount ? account : "";
            finding = finding.fix(other.map(each -> PullFixes.replace(each, first, bound)
                            .because("with credentials that are allowed to pull the image"))
                    .orElseGet(() -> PullFixes.sync(secret, namespace, first.image(), bound)));
        }
        if (ofAccount) {
            return finding.fix(
                    PullFixes.bind(
                                    secret,
                                    namespace,
                                    account,
                                    !row.pull().pullSecrets().isEmpty())
                            .because(writes ? "or, where Secret " + secret + " exists" : "")
                            .then("then create the pods again: pods that exist keep the old list"),
                    PullFixes.inWorkflow(row, secret, "or", "; this replaces the list of ServiceAccount " + account));
        }
        return finding.fix(PullFixes.inWorkflow(
                row, secret, writes ? "and" : "", "; the lists of workflow and workflowDefaults are merged by name"));
    }

    /** What the pull Secrets lack, where the nodes can have credentials of their own. */
    private Finding perhapsByNodes(Subject subject, List<PullCause> causes) {
        PullCause bySecrets = causes.get(0).bySecrets();
        PodPull row = bySecrets.row();
        String registry = bySecrets.registry();
        boolean refused = bySecrets.decisive().flatMap(ProbeAttempt::credential).isPresent();
        String account = subject.kind().equals("ServiceAccount") ? row.pull().serviceAccount() : "";
        Finding finding = Finding.unknown(
                info(),
                subject,
                withSecrets(bySecrets, causes)
                        + ". Could not check whether the nodes have credentials of their own: "
                        + row.pull().means().orElseThrow().description() + ".");
        finding = refused
                ? finding.title("%s refuses Secret %s; the nodes could not be checked", registry, bySecrets.secret())
                : finding.title("Could not check the credentials of the nodes for %s", registry);
        return finding.fix(
                new AskPerson(
                        "administrators of the cluster",
                        "if the nodes have credentials for " + registry + ", add it to " + Option.NODE_CREDENTIALS),
                (refused
                                ? PullFixes.renew(bySecrets)
                                : PullFixes.sync(
                                        bySecrets.kind() == PullCause.Kind.ABSENT ? bySecrets.secret() : "regcred",
                                        row.pull().namespace(),
                                        bySecrets.image(),
                                        bySecrets.kind() == PullCause.Kind.ABSENT ? "" : account))
                        .because("if they have none"));
    }

    /** Why the pull Secrets do not do. */
    private static String withSecrets(PullCause cause, List<PullCause> causes) {
        PodPull row = cause.row();
        if (cause.decisive().flatMap(ProbeAttempt::credential).isPresent()) {
            return cause.registry() + " refuses " + images(causes) + " with the credentials of " + entry(cause);
        }
        return switch (cause.kind()) {
            case ABSENT ->
                privately(causes) + ", and " + row.pull().source() + " lists Secret \"" + cause.secret()
                        + "\", which does not exist";
            case KEY_MISMATCH ->
                privately(causes) + ", and no key of Secret \"" + cause.secret() + "\" is for it (\"" + cause.key()
                        + "\" is not)";
            case WRONG_TYPE ->
                privately(causes) + ", and Secret \"" + cause.secret()
                        + "\" is of type "
                        + cause.sight().map(PullSecretView::type).orElse("")
                        + ", which the kubelet does not use";
            case EMPTY, MALFORMED ->
                privately(causes) + ", and Secret \"" + cause.secret() + "\" holds no credentials that can be read";
            case NOT_BOUND, HIDDEN -> privately(causes) + ". " + state(cause);
            default ->
                cause.registry() + " refuses " + images(causes) + " with the pull secrets of the pod (ServiceAccount "
                        + row.pull().serviceAccount() + ")";
        };
    }

    private static String privately(List<PullCause> causes) {
        boolean one = causes.stream().map(PullCause::image).distinct().count() == 1;
        return images(causes) + (one ? " is private" : " are private");
    }

    /** What there is, and why it does not count. */
    private static String state(PullCause cause) {
        PodPull row = cause.row();
        if (PullFixes.isListOfStrings(row)) {
            return "spec.imagePullSecrets is a list of strings and must be a list of names, \"- name: regcred\"";
        }
        if (cause.kind() == PullCause.Kind.HIDDEN) {
            return "ServiceAccount " + row.pull().serviceAccount() + " lists Secret \"" + cause.secret()
                    + "\", which matches, but its list is not used because the pod has the list of "
                    + row.pull().source()
                    + " ("
                    + String.join(", ", row.pull().pullSecrets()) + ")";
        }
        String listed = row.pull().pullSecrets().isEmpty()
                ? "Neither the workflow nor the ServiceAccount lists a pull secret"
                : row.pull().source() + " lists only "
                        + String.join(", ", row.pull().pullSecrets());
        if (cause.secret().isEmpty()) {
            return row.pull().details().others().ifKnown().isPresent()
                    ? listed + ", and no Secret in namespace " + row.pull().namespace() + " is for this registry"
                    : listed;
        }
        return other(cause)
                .map(other -> other(other) + ", but " + Character.toLowerCase(listed.charAt(0)) + listed.substring(1))
                .orElse(listed);
    }

    /** The Secret to bind, where there is one. */
    private static Optional<OtherSecret> other(PullCause cause) {
        return cause.row().pull().details().others().ifKnown().orElse(List.of()).stream()
                .filter(each -> each.sight().name().equals(cause.secret()))
                .findFirst();
    }

    private static String other(OtherSecret other) {
        String bound = other.accounts().isEmpty() ? "" : ", listed by ServiceAccount " + Listing.of(other.accounts());
        return "Secret \"" + other.sight().name() + "\" " + (other.works() ? "would work" : "matches") + bound;
    }
}
