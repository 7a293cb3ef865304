package io.jenkins.plugins.argopreflight.engine.check.pull;

import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.check.location.Places;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.model.fix.ChangeField;
import io.jenkins.plugins.argopreflight.engine.model.fix.Yaml;
import io.jenkins.plugins.argopreflight.engine.model.need.Need;
import java.util.List;

/**
 * A check of the artifact-GC pod, which has no pull secrets of its own and another ServiceAccount than the workflow.
 */
public final class ArtifactGcPull extends PullRule {

    public ArtifactGcPull() {
        super(CheckInfo.error(
                        "artifact-gc-pull",
                        "The artifact-GC pod has no pull secret for Argo's executor image",
                        Topic.IMAGES)
                .needing(Need.SECRETS, Need.SERVICE_ACCOUNTS, Need.REGISTRIES));
    }

    @Override
    protected boolean handles(Facts facts, PullCause cause) {
        return cause.podPull().pod().kind() == ArgoPod.Kind.ARTIFACT_GC
                && (cause.kind() == PullCause.Kind.NOT_BOUND || cause.kind() == PullCause.Kind.ABSENT);
    }

    @Override
    protected Subject subject(Facts facts, PullCause cause) {
        return Subject.of(
                "ServiceAccount", cause.pull().namespace(), cause.pull().serviceAccount(), "imagePullSecrets");
    }

    @Override
    protected Object groupKey(PullCause cause) {
        return cause.registry();
    }

    @Override
    protected Finding finding(Facts facts, Subject subject, List<PullCause> causes) {
        PullCause first = causes.get(0);
        String namespace = subject.namespace();
        String secret = first.secret().isEmpty() ? "regcred" : first.secret();
        Finding finding = Finding.fail(
                        info(),
                        subject,
                        "Artifact GC runs Argo's executor image " + images(causes) + " as ServiceAccount "
                                + subject.name()
                                + ", which lists no pull secret for " + first.registry()
                                + ". Its pod gets neither spec.imagePullSecrets nor the workflow's ServiceAccount. On a node"
                                + " without the image the pod never starts, and the artifacts are never deleted.")
                .title("The artifact-GC pod has no credentials for %s", first.registry());
        if (first.secret().isEmpty() || first.kind() == PullCause.Kind.ABSENT) {
            finding = finding.fix(PullFixes.create(secret, namespace, first.image(), subject.name()));
        }
        boolean accountListsSecrets = !first.pull().pullSecrets().isEmpty();
        return finding.fix(
                PullFixes.bind(secret, namespace, subject.name(), accountListsSecrets),
                ChangeField.to(Yaml.of("podSpecPatch: $patch")
                                .literal("patch", PullFixes.names(List.of(secret)))
                                .under("spec", "artifactGC"))
                        .at(Places.place(first.podPull().workflow(), "spec.artifactGC." + ChangeField.POD_PATCH))
                        .or("in the Workflow:"));
    }
}
