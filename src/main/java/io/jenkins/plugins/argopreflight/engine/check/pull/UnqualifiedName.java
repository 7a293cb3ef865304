package io.jenkins.plugins.argopreflight.engine.check.pull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.check.scheduling.Nodes;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.model.fix.Operand;
import io.jenkins.plugins.argopreflight.engine.model.need.Need;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.List;
import java.util.regex.Pattern;

/** A check for image names without a registry, which CRI-O can refuse to complete. */
public final class UnqualifiedName extends PullRule {

    private static final Pattern HOST = Pattern.compile("[^/.:]*+[.:][^/]*+/");

    public UnqualifiedName() {
        super(CheckInfo.warning(
                        "unqualified-name", "The image's name has no registry, which CRI-O can refuse", Topic.IMAGES)
                .needing(Need.NODES));
    }

    @Override
    protected boolean handles(Facts facts, PullCause cause) {
        return !cause.podPull().isLookUp()
                && isUnqualified(cause)
                && !crioNodes(facts, cause).isEmpty();
    }

    private static boolean isUnqualified(PullCause cause) {
        String image = cause.pull().image();
        if (HOST.matcher(image).lookingAt()) {
            return false;
        }
        return PullCause.image(cause.podPull())
                .filter(name ->
                        name.isDockerHub() && !image.startsWith("docker.io/") && !image.startsWith("index.docker.io/"))
                .isPresent();
    }

    private static List<ObjectNode> crioNodes(Facts facts, PullCause cause) {
        return Nodes.of(facts, cause.podPull()).stream()
                .filter(node -> Json.text(node, "status", "nodeInfo", "containerRuntimeVersion")
                        .startsWith("cri-o"))
                .toList();
    }

    @Override
    protected Subject subject(Facts facts, PullCause cause) {
        return ImagePlace.of(facts, cause.podPull());
    }

    @Override
    protected Finding finding(Facts facts, Subject subject, List<PullCause> causes) {
        PullCause first = causes.get(0);
        String name = first.pull().image();
        String full = "docker.io/" + (name.contains("/") ? "" : "library/") + name;
        return Finding.warn(
                        info(),
                        subject,
                        images(causes) + " has no registry, and " + Nodes.nameList(crioNodes(facts, first))
                                + " runs CRI-O. CRI-O completes short names with its own registries.conf, or refuses"
                                + " them (\"short name mode is enforcing\"); containerd uses docker.io.")
                .title("Image %s has no registry, and nodes run CRI-O", image(causes))
                .fix(PullFixes.image(first.podPull(), subject, Operand.image(full)));
    }

    /**
     * Returns whether an image could not be resolved, or the nodes are unknown: most nodes run containerd, so no image
     * is reported then.
     */
    @Override
    public boolean lacksFacts(Facts facts) {
        return Nodes.all(facts).isUnknown()
                || causes(facts).stream().anyMatch(cause -> cause.kind() == PullCause.Kind.UNRESOLVED);
    }

    @Override
    public boolean applies(Facts facts) {
        return causes(facts).stream().anyMatch(UnqualifiedName::isUnqualified);
    }
}
