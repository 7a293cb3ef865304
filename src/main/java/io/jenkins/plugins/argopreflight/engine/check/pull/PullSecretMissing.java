package io.jenkins.plugins.argopreflight.engine.check.pull;

import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.kubernetes.Identity;
import io.jenkins.plugins.argopreflight.engine.kubernetes.rbac.SmallestRole;
import io.jenkins.plugins.argopreflight.engine.model.fix.ApplyManifest;
import io.jenkins.plugins.argopreflight.engine.model.fix.Command;
import io.jenkins.plugins.argopreflight.engine.model.fix.FixNote;
import io.jenkins.plugins.argopreflight.engine.model.fix.RunCommands;
import io.jenkins.plugins.argopreflight.engine.model.fix.Yaml;
import io.jenkins.plugins.argopreflight.engine.model.need.Need;
import io.jenkins.plugins.argopreflight.engine.registry.pull.Pull.OtherSecret;
import io.jenkins.plugins.argopreflight.engine.registry.pull.PullSecretView;
import java.util.List;
import java.util.Optional;

/** A check for listed pull secrets that do not exist, or that could not be read. */
public final class PullSecretMissing extends PullRule {

    public PullSecretMissing() {
        super(CheckInfo.error("pull-secret-missing", "A listed pull secret does not exist", Topic.IMAGES)
                .needing(Need.SECRETS, Need.SERVICE_ACCOUNTS, Need.REGISTRIES)
                .alsoGiving(Outcome.WARN));
    }

    /**
     * Returns whether a Secret is missing or could not be read. {@link ArtifactGcPull} reports a missing Secret of the
     * pods of artifact GC.
     */
    @Override
    protected boolean handles(Facts facts, PullCause cause) {
        return cause.kind() == PullCause.Kind.SECRET_UNKNOWN
                || cause.podPull().pod().kind() != ArgoPod.Kind.ARTIFACT_GC
                        && (cause.kind() == PullCause.Kind.ABSENT
                                || cause.kind() == PullCause.Kind.WORKS
                                        && !absentSecret(cause).isEmpty());
    }

    @Override
    protected Subject subject(Facts facts, PullCause cause) {
        String name = cause.kind() == PullCause.Kind.WORKS ? absentSecret(cause) : cause.secret();
        return Subject.of("Secret", cause.pull().namespace(), name, "");
    }

    private static String absentSecret(PullCause cause) {
        return cause.podPull().isLookUp()
                ? ""
                : cause.pull().secrets().stream()
                        .filter(view -> view.presence() == PullSecretView.Presence.ABSENT)
                        .map(PullSecretView::name)
                        .findFirst()
                        .orElse("");
    }

    @Override
    protected Finding finding(Facts facts, Subject subject, List<PullCause> allCauses) {
        List<PullCause> failing = allCauses.stream()
                .filter(cause -> cause.kind() == PullCause.Kind.ABSENT)
                .toList();
        List<PullCause> causes = failing.isEmpty() ? allCauses : failing;
        PullCause first = causes.get(0);
        String namespace = subject.namespace();
        String listed = first.pull().source() + " lists Secret \"" + subject.name() + "\"";
        if (first.kind() == PullCause.Kind.SECRET_UNKNOWN) {
            PullSecretView view = first.secretView().orElseThrow();
            return Finding.unknown(
                            info(),
                            subject,
                            listed + ". Could not check whether it exists and whether " + images(causes)
                                    + " can be pulled with it: " + view.unreadReason() + ".")
                    .title("Could not check pull secret %s", subject.name())
                    .fix(view
                            .missingRight()
                            .map(right -> ApplyManifest.of(SmallestRole.documents(List.of(right), user(facts))
                                    .toArray(Yaml[]::new)))
                            .stream()
                            .toList());
        }
        if (failing.isEmpty()) {
            return Finding.warn(
                            info(),
                            subject,
                            listed + ", which does not exist in namespace " + namespace + ". The kubelet pulls "
                                    + images(causes) + " without it, and every pod gets the event"
                                    + " FailedToRetrieveImagePullSecret.")
                    .title("Pull secret %s does not exist", subject.name())
                    .fix(PullFixes.create(subject.name(), namespace, first.image(), "")
                            .because("remove it from imagePullSecrets, or create it"));
        }
        Optional<String> usableSecret = first.pull().otherSecrets().ifKnown().orElse(List.of()).stream()
                .filter(OtherSecret::works)
                .map(each -> each.view().name())
                .findFirst();
        return Finding.fail(
                        info(),
                        subject,
                        listed + ", which does not exist in namespace " + namespace
                                + usableSecret
                                        .map(name -> "; Secret \"" + name + "\" exists there and would work")
                                        .orElse("")
                                + ". The kubelet pulls " + images(causes)
                                + " without credentials, and the registry refuses."
                                + PodWithoutImage.consequence(causes))
                .title("Pull secret %s does not exist", subject.name())
                .fix(
                        usableSecret
                                .map(name -> PullFixes.replaceInList(facts, first.podPull(), subject.name(), name))
                                .stream()
                                .toList())
                .fix(
                        PullFixes.create(subject.name(), namespace, first.image(), "")
                                .with(usableSecret.isPresent() ? FixNote.or("create it") : FixNote.NONE),
                        RunCommands.of(Command.kubectlIn(namespace, "create", "secret", "docker-registry")
                                        .name("Secret", subject.name())
                                        .with("--from-file=.dockerconfigjson=config.json"))
                                .or("from a docker config"));
    }

    private static String user(Facts facts) {
        return facts.submitter().ifKnown().map(Identity::user).orElse("");
    }
}
