package io.jenkins.plugins.argopreflight.engine.check.pull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.Missing;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.check.location.Places;
import io.jenkins.plugins.argopreflight.engine.check.location.SettingFix;
import io.jenkins.plugins.argopreflight.engine.check.scheduling.Nodes;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.facts.node.NodeImages;
import io.jenkins.plugins.argopreflight.engine.facts.pull.ImageHolder;
import io.jenkins.plugins.argopreflight.engine.model.fix.ChangeField;
import io.jenkins.plugins.argopreflight.engine.model.fix.Yaml;
import io.jenkins.plugins.argopreflight.engine.model.need.Need;
import java.util.List;

/** A check for images that are never pulled, on nodes that do not have them. */
public final class PullPolicyNever extends PullRule {

    /** The number of images that a kubelet reports: the 50 largest (nodeStatusMaxImages). */
    private static final int MAX_REPORTED_IMAGES = 50;

    public PullPolicyNever() {
        super(CheckInfo.error(
                        "pull-policy-never",
                        "imagePullPolicy is Never, and a node does not have the image",
                        Topic.IMAGES)
                .needing(Need.NODES)
                .alsoGiving(Outcome.WARN));
    }

    @Override
    protected boolean handles(Facts facts, PullCause cause) {
        return cause.kind() == PullCause.Kind.POLICY_NEVER
                && (Nodes.all(facts).ifKnown().isEmpty()
                        || !nodesWithout(facts, cause).isEmpty());
    }

    private static List<ObjectNode> candidates(Facts facts, PullCause cause) {
        return Nodes.of(facts, cause.podPull());
    }

    private static List<ObjectNode> nodesWithout(Facts facts, PullCause cause) {
        return candidates(facts, cause).stream()
                .filter(node -> !NodeImages.isOn(node, cause.image()))
                .toList();
    }

    @Override
    protected Subject subject(Facts facts, PullCause cause) {
        if (cause.podPull().holder().equals(ImageHolder.EXECUTOR_VOLUME)) {
            return SettingFix.place(
                    facts,
                    cause.podPull().workflow(),
                    cause.podPull().pod(),
                    cause.podPull().holder(),
                    "imagePullPolicy");
        }
        return Places.of(
                cause.podPull().workflow(),
                cause.podPull().pod(),
                cause.podPull().path().replaceFirst("\\.image$", ".imagePullPolicy"));
    }

    @Override
    protected Finding finding(Facts facts, Subject subject, List<PullCause> causes) {
        return Nodes.all(facts)
                .fold(
                        nodes -> absent(facts, subject, causes),
                        unknown -> Finding.unknown(
                                        info(),
                                        subject,
                                        "imagePullPolicy is Never. Could not check whether the nodes have "
                                                + images(causes) + ": " + unknown.reason() + ".")
                                .title("Could not check whether the nodes have %s", image(causes))
                                .because(Missing.Unread.of(unknown)));
    }

    private Finding absent(Facts facts, Subject subject, List<PullCause> causes) {
        PullCause first = causes.get(0);
        List<ObjectNode> nodesWithout = nodesWithout(facts, first);
        boolean isOnNoNode = nodesWithout.size() == candidates(facts, first).size();
        boolean isIncomplete = nodesWithout.stream()
                .anyMatch(node -> node.path("status").path("images").size() >= MAX_REPORTED_IMAGES);
        String detail = "imagePullPolicy is Never, and " + (isOnNoNode ? "no node" : "not every node")
                + " that can run the pod has " + images(causes) + " (without it: " + Nodes.nameList(nodesWithout)
                + "). The kubelet reports ErrImageNeverPull and does not pull"
                + (isIncomplete ? "; it reports only 50 of its images, so the node can have it." : ".");
        Finding finding = (isOnNoNode && !isIncomplete
                        ? Finding.fail(info(), subject, detail)
                        : Finding.warn(info(), subject, detail))
                .title("imagePullPolicy is Never, and nodes do not have %s", image(causes));
        Yaml setting = Yaml.of("imagePullPolicy: IfNotPresent");
        List<ImageHolder> holders = causes.stream()
                .map(cause -> cause.podPull().holder())
                .distinct()
                .toList();
        return finding.fix(ChangeField.to(setting).because(subject.path()))
                .fix(SettingFix.ofHolders(
                        facts, first.podPull().workflow(), first.podPull().pod(), holders, setting));
    }

    @Override
    public boolean lacksFacts(Facts facts) {
        return causes(facts).stream().anyMatch(cause -> cause.kind() == PullCause.Kind.UNRESOLVED);
    }

    @Override
    public boolean applies(Facts facts) {
        return causes(facts).stream().anyMatch(cause -> cause.kind() == PullCause.Kind.POLICY_NEVER);
    }
}
