package io.jenkins.plugins.argopreflight.engine.check.rules;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Severity;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.collect.Facts;
import io.jenkins.plugins.argopreflight.engine.collect.node.HeldImages;
import io.jenkins.plugins.argopreflight.engine.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.fix.ChangeField;
import io.jenkins.plugins.argopreflight.engine.fix.Yaml;
import java.util.List;

/** A container that must not pull, on nodes that do not hold its image. */
public final class PullPolicyNever extends PullRule {

    /** A kubelet tells the 50 largest images (nodeStatusMaxImages). */
    private static final int MOST_TOLD = 50;

    public PullPolicyNever() {
        super("pull-policy-never", "The image may not be pulled, and no node holds it", Severity.ERROR, "nodes");
    }

    @Override
    boolean tells(Facts facts, PullCause cause) {
        return cause.kind() == PullCause.Kind.POLICY_NEVER
                && (Nodes.all(facts).ifKnown().isEmpty()
                        || !without(facts, cause).isEmpty());
    }

    private static List<ObjectNode> candidates(Facts facts, PullCause cause) {
        return Nodes.of(facts, cause.row());
    }

    private static List<ObjectNode> without(Facts facts, PullCause cause) {
        return candidates(facts, cause).stream()
                .filter(node -> !HeldImages.isOn(node, cause.image()))
                .toList();
    }

    @Override
    Subject subject(Facts facts, PullCause cause) {
        if (cause.row().container().equals(ArgoContainers.EXECUTOR_VOLUME)) {
            return Knobs.place(
                    facts,
                    cause.row().workflow(),
                    cause.row().pod(),
                    cause.row().container(),
                    "imagePullPolicy");
        }
        return Places.of(
                cause.row().workflow(),
                cause.row().pod(),
                cause.row().path().replaceFirst("\\.image$", ".imagePullPolicy"));
    }

    @Override
    Finding finding(Facts facts, Subject subject, List<PullCause> causes) {
        PullCause first = causes.get(0);
        if (Nodes.all(facts) instanceof Fact.Unknown<List<ObjectNode>> unknown) {
            return Finding.unknown(
                    info(),
                    subject,
                    "imagePullPolicy is Never, and whether the nodes hold " + images(causes) + " is not known: "
                            + unknown.reason() + ".");
        }
        List<ObjectNode> without = without(facts, first);
        boolean none = without.size() == candidates(facts, first).size();
        boolean abridged = without.stream()
                .anyMatch(node -> node.path("status").path("images").size() >= MOST_TOLD);
        String message = "imagePullPolicy is Never and " + (none ? "no node" : "not every node") + " that the pod may"
                + " stand on holds " + images(causes) + " (without it: " + Nodes.named(without)
                + "): the kubelet answers ErrImageNeverPull and does not pull."
                + (abridged ? " Kubelets tell only 50 of their images, so it may be there all the same." : "")
                + Hang.sentence(causes);
        Finding finding =
                none && !abridged ? Finding.fail(info(), subject, message) : Finding.warn(info(), subject, message);
        Yaml setting = Yaml.of("imagePullPolicy: IfNotPresent");
        List<String> containers =
                causes.stream().map(cause -> cause.row().container()).distinct().toList();
        return finding.fix(ChangeField.to(setting).because(subject.path()))
                .fix(Knobs.of(facts, first.row().pod(), containers, setting));
    }

    @Override
    public boolean isBlind(Facts facts) {
        return causes(facts).stream().anyMatch(cause -> cause.kind() == PullCause.Kind.UNRESOLVED);
    }

    @Override
    public boolean applies(Facts facts) {
        return causes(facts).stream().anyMatch(cause -> cause.kind() == PullCause.Kind.POLICY_NEVER);
    }
}
