package io.jenkins.plugins.argopreflight.engine.check.pull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.Missing;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Findings;
import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.check.UnknownFindings;
import io.jenkins.plugins.argopreflight.engine.check.location.Places;
import io.jenkins.plugins.argopreflight.engine.check.scheduling.Nodes;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.facts.node.Placement;
import io.jenkins.plugins.argopreflight.engine.model.fix.Command;
import io.jenkins.plugins.argopreflight.engine.model.fix.Fix;
import io.jenkins.plugins.argopreflight.engine.model.fix.Operand;
import io.jenkins.plugins.argopreflight.engine.model.fix.RunCommands;
import io.jenkins.plugins.argopreflight.engine.model.fix.Yaml;
import io.jenkins.plugins.argopreflight.engine.model.image.Platform;
import io.jenkins.plugins.argopreflight.engine.model.need.Need;
import io.jenkins.plugins.argopreflight.engine.registry.ImageConfig;
import java.util.List;
import java.util.Optional;

/** A check for images that are not built for the nodes that can run their pod. */
public final class PlatformMismatch extends PullRule {

    public PlatformMismatch() {
        super(CheckInfo.error("platform-mismatch", "The image is not built for the nodes", Topic.IMAGES)
                .needing(Need.NODES, Need.REGISTRIES)
                .alsoGiving(Outcome.WARN));
    }

    @Override
    protected boolean handles(Facts facts, PullCause cause) {
        return !cause.podPull().isLookUp()
                && (cause.kind() == PullCause.Kind.PLATFORM
                        || !unsupportedNodes(facts, cause).isEmpty());
    }

    /** Returns the nodes that can run the pod and for which the image is not built. */
    private static List<ObjectNode> unsupportedNodes(Facts facts, PullCause cause) {
        return config(cause)
                .filter(config -> !config.platforms().isEmpty())
                .map(config -> candidates(facts, cause).stream()
                        .filter(node -> !Placement.platform(node).architecture().isEmpty())
                        .filter(node -> Nodes.fit(config, Placement.platform(node)) == Platform.Fit.NO)
                        .toList())
                .orElse(List.of());
    }

    /** Returns the configuration of an image that can be pulled. */
    private static Optional<ImageConfig> config(PullCause cause) {
        return cause.kind() == PullCause.Kind.WORKS ? cause.pull().config().ifKnown() : Optional.empty();
    }

    private static List<ObjectNode> candidates(Facts facts, PullCause cause) {
        return facts.placement().allowed(cause.podPull().pod().spec());
    }

    @Override
    protected Subject subject(Facts facts, PullCause cause) {
        return ImagePlace.of(facts, cause.podPull());
    }

    @Override
    protected Finding finding(Facts facts, Subject subject, List<PullCause> causes) {
        PullCause first = causes.get(0);
        return config(first)
                .map(config -> mismatch(facts, subject, causes, config))
                .orElseGet(() -> Finding.fail(
                                info(), subject, first.pull().sentence() + PodWithoutImage.consequence(causes))
                        .title("Image %s is not built for the nodes", image(causes))
                        .fix(build(first, "linux/amd64")));
    }

    private Finding mismatch(Facts facts, Subject subject, List<PullCause> causes, ImageConfig config) {
        PullCause first = causes.get(0);
        List<ObjectNode> unsupportedNodes = unsupportedNodes(facts, first);
        boolean hasNoNode = unsupportedNodes.size() == candidates(facts, first).size();
        String platforms = String.join(", ", config.platforms());
        String node = Placement.platform(unsupportedNodes.get(0)).toString();
        String detail = images(causes) + " is built for " + platforms + " only, and "
                + (hasNoNode ? "every node that can run the pod is " : "the pod can run on ") + node + " ("
                + Nodes.nameList(unsupportedNodes) + "). "
                + (config.index()
                        ? "The pull fails there with \"no match for platform in manifest\"."
                                + PodWithoutImage.consequence(causes)
                        : "The kubelet pulls it anyway, and the container ends with \"exec format error\".");
        Finding finding = (hasNoNode ? Finding.fail(info(), subject, detail) : Finding.warn(info(), subject, detail))
                .title("Image %s is not built for %s", image(causes), node);
        finding = finding.fix(build(first, node));
        Platform platform = Platform.parse(config.platforms().get(0));
        return hasNoNode
                ? finding
                : finding.fix(Places.inSpec(
                                first.podPull().workflow(), Yaml.of("""
                            nodeSelector:
                              kubernetes.io/arch: $architecture
                            """).with("architecture", platform.architecture()))
                        .or("run the pod only on nodes that the image is built for"));
    }

    private static Fix build(PullCause cause, String platform) {
        return RunCommands.of(Command.of("docker", "buildx", "build", "--platform")
                .with(Operand.text(platform), Operand.text("-t"))
                .with(Operand.image(cause.pull().image()))
                .with("--push", "."));
    }

    @Override
    public List<Finding> check(Facts facts) {
        List<Finding> findings = new Findings();
        findings.addAll(super.check(facts));
        Nodes.all(facts)
                .ifUnknown()
                .filter(unknown -> isReadable(facts))
                .ifPresent(unknown -> findings.add(UnknownFindings.finding(
                                info(),
                                Subject.of("Node", "", "", ""),
                                "whether the images are built for the nodes",
                                unknown.reason() + ".")
                        .because(Missing.Unread.of(unknown))));
        return findings;
    }

    private static boolean isReadable(Facts facts) {
        return causes(facts).stream().anyMatch(cause -> cause.kind() == PullCause.Kind.WORKS);
    }

    @Override
    public boolean lacksFacts(Facts facts) {
        return super.lacksFacts(facts)
                || causes(facts).stream()
                        .anyMatch(cause -> cause.kind() == PullCause.Kind.WORKS
                                && cause.pull().config().ifKnown().isEmpty());
    }
}
