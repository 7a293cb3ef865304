package io.jenkins.plugins.argopreflight.engine.check.pull;

import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Listing;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.check.location.ArgoContainers;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.facts.pull.PodPull;
import io.jenkins.plugins.argopreflight.engine.model.fix.AskPerson;
import io.jenkins.plugins.argopreflight.engine.model.fix.FixNote;
import io.jenkins.plugins.argopreflight.engine.model.fix.Option;
import io.jenkins.plugins.argopreflight.engine.model.need.Need;
import io.jenkins.plugins.argopreflight.engine.registry.pull.Pull.AlternativeSource;
import io.jenkins.plugins.argopreflight.engine.registry.pull.Pull.Attempt;
import io.jenkins.plugins.argopreflight.engine.registry.pull.Pull.OtherSecret;
import io.jenkins.plugins.argopreflight.engine.registry.pull.PullSecretView;
import java.util.List;
import java.util.Optional;

/** A check for pods without a pull secret for a registry that needs credentials. */
public final class PullSecretNotBound extends PullRule {

    public PullSecretNotBound() {
        super(CheckInfo.error(
                        "pull-secret-not-bound", "The pod has no credentials for the image's registry", Topic.IMAGES)
                .needing(Need.SECRETS, Need.SERVICE_ACCOUNTS, Need.REGISTRIES));
    }

    @Override
    protected boolean handles(Facts facts, PullCause cause) {
        return cause.kind() == PullCause.Kind.ACCOUNT_UNKNOWN
                || cause.kind() == PullCause.Kind.IDENTITY_UNKNOWN
                        && !cause.podPull().isLookUp()
                || cause.podPull().pod().kind() != ArgoPod.Kind.ARTIFACT_GC
                        && !cause.podPull().isLookUp()
                        && (cause.kind() == PullCause.Kind.NOT_BOUND || cause.kind() == PullCause.Kind.HIDDEN);
    }

    @Override
    protected Subject subject(Facts facts, PullCause cause) {
        return cause.kind() == PullCause.Kind.ACCOUNT_UNKNOWN
                ? Subject.of(
                        "ServiceAccount", cause.pull().namespace(), cause.pull().serviceAccount(), "imagePullSecrets")
                : PullFixes.list(facts, cause.podPull());
    }

    @Override
    protected Object groupKey(PullCause cause) {
        return cause.kind() == PullCause.Kind.ACCOUNT_UNKNOWN
                ? cause.kind()
                : List.of(
                        cause.kind(),
                        cause.registry(),
                        cause.kind() == PullCause.Kind.IDENTITY_UNKNOWN
                                ? cause.withSecretsOnly().secret()
                                : cause.secret(),
                        cause.pull()
                                .alternative()
                                .map(AlternativeSource::description)
                                .orElse(""));
    }

    @Override
    protected Finding finding(Facts facts, Subject subject, List<PullCause> causes) {
        PullCause first = causes.get(0);
        PodPull podPull = first.podPull();
        String namespace = podPull.pull().namespace();
        String account = podPull.pull().serviceAccount();
        if (first.kind() == PullCause.Kind.ACCOUNT_UNKNOWN) {
            return Finding.unknown(
                            info(),
                            subject,
                            "Could not check whether " + images(causes) + " can be pulled: "
                                    + podPull.pull().error() + ".")
                    .title("Could not check the pull secrets of ServiceAccount %s", account);
        }
        if (first.kind() == PullCause.Kind.IDENTITY_UNKNOWN) {
            return nodesUnknown(subject, causes);
        }
        String executor = ArgoContainers.runsExecutorImage(facts, podPull)
                ? " (Argo's executor image, which needs the pod's own pull secrets)"
                : "";
        String state = state(first);
        Finding finding = Finding.fail(
                        info(),
                        subject,
                        isPrivateSentence(causes) + executor + ", and pod "
                                + podPull.pod().name() + " (ServiceAccount " + account + ") has no credentials for it. "
                                + state + "." + PodWithoutImage.consequence(causes))
                .title("No credentials for %s", first.registry());
        String secret = first.secret().isEmpty() ? "regcred" : first.secret();
        boolean isBoundByAccount = subject.kind().equals("ServiceAccount");
        Optional<OtherSecret> other = other(first);
        boolean needsNewCredentials = other.filter(OtherSecret::works).isEmpty();
        if (needsNewCredentials) {
            String accountToBind = isBoundByAccount ? account : "";
            finding = finding.fix(other.map(each -> PullFixes.writeUnlisted(each, first, accountToBind)
                            .because("with credentials that are allowed to pull the image"))
                    .orElseGet(() -> PullFixes.create(secret, namespace, first.image(), accountToBind)));
        }
        if (isBoundByAccount) {
            return finding.fix(
                    PullFixes.bind(
                                    secret,
                                    namespace,
                                    account,
                                    !podPull.pull().pullSecrets().isEmpty())
                            .with(
                                    needsNewCredentials
                                            ? FixNote.orIf("where Secret " + secret + " exists")
                                            : FixNote.NONE)
                            .then("then create the pods again: pods that exist keep the old list"),
                    PullFixes.setWorkflowList(
                            podPull,
                            secret,
                            place ->
                                    FixNote.or(place + "; this replaces the list of ServiceAccount " + account + ":")));
        }
        return finding.fix(PullFixes.setWorkflowList(
                podPull,
                secret,
                place -> FixNote.of((needsNewCredentials ? "and " : "") + place
                        + "; the lists of workflow and workflowDefaults are merged by name:")));
    }

    /** Returns the finding about missing pull secrets if the nodes can have credentials of their own. */
    private Finding nodesUnknown(Subject subject, List<PullCause> causes) {
        PullCause secretsOnly = causes.get(0).withSecretsOnly();
        PodPull podPull = secretsOnly.podPull();
        String registry = secretsOnly.registry();
        boolean isRefused =
                secretsOnly.decisiveAttempt().flatMap(Attempt::credential).isPresent();
        String account =
                subject.kind().equals("ServiceAccount") ? podPull.pull().serviceAccount() : "";
        Finding finding = Finding.unknown(
                info(),
                subject,
                secretsProblem(secretsOnly, causes)
                        + ". Could not check whether the nodes have credentials of their own: "
                        + podPull.pull().alternative().orElseThrow().description() + ".");
        finding = isRefused
                ? finding.title("%s refuses Secret %s; the nodes could not be checked", registry, secretsOnly.secret())
                : finding.title("Could not check the credentials of the nodes for %s", registry);
        return finding.fix(
                new AskPerson(
                        "administrators of the cluster",
                        "if the nodes have credentials for " + registry + ", add it to " + Option.NODE_CREDENTIALS),
                (isRefused
                                ? PullFixes.renew(secretsOnly)
                                : PullFixes.create(
                                        secretsOnly.kind() == PullCause.Kind.ABSENT ? secretsOnly.secret() : "regcred",
                                        podPull.pull().namespace(),
                                        secretsOnly.image(),
                                        secretsOnly.kind() == PullCause.Kind.ABSENT ? "" : account))
                        .because("if they have none"));
    }

    /** Returns the reason why the pull secrets are not sufficient. */
    private static String secretsProblem(PullCause cause, List<PullCause> causes) {
        PodPull podPull = cause.podPull();
        if (cause.decisiveAttempt().flatMap(Attempt::credential).isPresent()) {
            return cause.registry() + " refuses " + images(causes) + " with the credentials of " + secretAndKey(cause);
        }
        return switch (cause.kind()) {
            case ABSENT ->
                isPrivateSentence(causes) + ", and " + podPull.pull().source() + " lists Secret \"" + cause.secret()
                        + "\", which does not exist";
            case KEY_MISMATCH ->
                isPrivateSentence(causes) + ", and no key of Secret \"" + cause.secret() + "\" is for it (\""
                        + cause.key() + "\" is not)";
            case WRONG_TYPE ->
                isPrivateSentence(causes) + ", and Secret \"" + cause.secret()
                        + "\" is of type "
                        + cause.secretView().map(PullSecretView::type).orElse("")
                        + ", which the kubelet does not use";
            case EMPTY, MALFORMED ->
                isPrivateSentence(causes) + ", and Secret \"" + cause.secret()
                        + "\" holds no credentials that can be read";
            case NOT_BOUND, HIDDEN -> isPrivateSentence(causes) + ". " + state(cause);
            default ->
                cause.registry() + " refuses " + images(causes) + " with the pull secrets of the pod (ServiceAccount "
                        + podPull.pull().serviceAccount() + ")";
        };
    }

    private static String isPrivateSentence(List<PullCause> causes) {
        boolean isSingle = causes.stream().map(PullCause::image).distinct().count() == 1;
        return images(causes) + (isSingle ? " is private" : " are private");
    }

    /** Returns the pull secrets that exist, and the reason why they are not used. */
    private static String state(PullCause cause) {
        PodPull podPull = cause.podPull();
        if (PullFixes.isListOfStrings(podPull)) {
            return "spec.imagePullSecrets is a list of strings and must be a list of names, \"- name: regcred\"";
        }
        if (cause.kind() == PullCause.Kind.HIDDEN) {
            return "ServiceAccount " + podPull.pull().serviceAccount() + " lists Secret \"" + cause.secret()
                    + "\", which matches, but its list is not used because the pod has the list of "
                    + podPull.pull().source()
                    + " ("
                    + String.join(", ", podPull.pull().pullSecrets()) + ")";
        }
        String listed = listed(podPull, "Neither");
        if (cause.secret().isEmpty()) {
            return podPull.pull().otherSecrets().ifKnown().isPresent()
                    ? listed + ", and no Secret in namespace " + podPull.pull().namespace() + " is for this registry"
                    : listed;
        }
        return other(cause)
                .map(other -> description(other) + ", but " + listed(podPull, "neither"))
                .orElse(listed);
    }

    /**
     * Returns the pull secrets that the pod uses.
     *
     * @param neither the word "neither", with a capital letter at the beginning of a sentence
     */
    private static String listed(PodPull podPull, String neither) {
        return podPull.pull().pullSecrets().isEmpty()
                ? neither + " the workflow nor the ServiceAccount lists a pull secret"
                : podPull.pull().source() + " lists only "
                        + String.join(", ", podPull.pull().pullSecrets());
    }

    /** Returns the Secret to bind, if there is one. */
    private static Optional<OtherSecret> other(PullCause cause) {
        return cause.pull().otherSecrets().ifKnown().orElse(List.of()).stream()
                .filter(each -> each.view().name().equals(cause.secret()))
                .findFirst();
    }

    private static String description(OtherSecret other) {
        String bound = other.accounts().isEmpty() ? "" : ", listed by ServiceAccount " + Listing.of(other.accounts());
        return "Secret \"" + other.view().name() + "\" " + (other.works() ? "would work" : "matches") + bound;
    }
}
