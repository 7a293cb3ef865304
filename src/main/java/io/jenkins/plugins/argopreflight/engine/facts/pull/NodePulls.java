package io.jenkins.plugins.argopreflight.engine.facts.pull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.facts.admission.Admission;
import io.jenkins.plugins.argopreflight.engine.facts.node.NodeImages;
import io.jenkins.plugins.argopreflight.engine.facts.node.Placement;
import io.jenkins.plugins.argopreflight.engine.model.fix.Option;
import io.jenkins.plugins.argopreflight.engine.model.image.Cloud;
import io.jenkins.plugins.argopreflight.engine.model.image.ImageReference;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.model.object.KubernetesVersion;
import io.jenkins.plugins.argopreflight.engine.registry.Verdict;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.ImagePatterns;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.KeyringError;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The sources of an image other than the pod's pull Secrets: credentials of the nodes, images that are already on the
 * nodes, and identities in a cloud. They correct the verdict on a pull that fails with the pull Secrets alone.
 */
public final class NodePulls {

    /**
     * The minor version from which a kubelet checks credentials for images that other pods pulled
     * (KubeletEnsureSecretPulledImages).
     */
    private static final int VERIFYING_MINOR_VERSION = 35;

    /**
     * The registries of Red Hat, for which OpenShift's global pull secret has credentials.
     *
     * @see <a
     *     href="https://docs.redhat.com/en/documentation/openshift_container_platform/4.18/html/images/managing-images#using-image-pull-secrets">
     *     the global pull secret</a>
     */
    private static final Pattern RED_HAT = Pattern.compile("registry\\.(connect\\.)?redhat\\.(io|com)");

    /** The patterns of images for which the nodes are known to have credentials. */
    private final ImagePatterns imagesWithNodeCredentials;

    private final Placement placement;
    /** The specs of pods after admission, with the server's defaults and the changes of webhooks. */
    private final Map<ArgoPod, JsonNode> admittedSpecs = new HashMap<>();

    private final RunningPods running;
    /** The images that kubelets report they cannot pull. */
    private final Set<String> failedImages;

    /**
     * Creates an instance.
     *
     * @param imagesWithNodeCredentials patterns of images for which the nodes are known to have credentials
     * @param failedImages images that kubelets report they cannot pull, for which the nodes' credentials and images are
     *     ignored
     */
    public NodePulls(
            ImagePatterns imagesWithNodeCredentials,
            Placement placement,
            List<Admission> admissions,
            RunningPods running,
            Set<String> failedImages) {
        this.imagesWithNodeCredentials = imagesWithNodeCredentials;
        this.placement = placement;
        this.running = running;
        this.failedImages = failedImages;
        admissions.forEach(each ->
                each.pod().ifPresent(pod -> each.admitted().ifPresent(spec -> admittedSpecs.putIfAbsent(pod, spec))));
    }

    /**
     * Returns the pull with the verdict that another source of the image gives, and with the description of this
     * source; unchanged if the pull works without it, or if there is none.
     */
    public PodPull withOtherSources(PodPull podPull) {
        Optional<ImageReference> image = ImageReference.ifValid(podPull.pull().image());
        if (image.isEmpty()
                || podPull.pull().verdict() == Verdict.OK
                || podPull.pull().verdict() == Verdict.INVALID && !isMalformed(podPull)) {
            return podPull;
        }
        if (!podPull.isLookUp() && failedImages.contains(podPull.pull().image())) {
            return podPull;
        }
        return podPull.isLookUp() ? lookUpByCloudIdentity(podPull, image.get()) : pullByNodes(podPull, image.get());
    }

    /**
     * Returns the controller's look-up of an image's command; with an unknown verdict if the controller possibly uses the
     * cloud identity of its pod. It uses this identity only if no pull Secret matches (k8schain).
     */
    private static PodPull lookUpByCloudIdentity(PodPull podPull, ImageReference image) {
        Optional<Cloud> cloud = Cloud.ofRegistry(image.registry());
        boolean withCloudIdentity = cloud.isPresent()
                && podPull.pull().verdict().isRefusal()
                && podPull.pull().credentials().isEmpty();
        return withCloudIdentity
                ? unknown(
                        podPull,
                        image.registry() + " is " + cloud.get().registry()
                                + ", where the controller logs in with the cloud identity of its own pod")
                : podPull;
    }

    /**
     * Returns whether the pull fails at a Secret that cannot be parsed. The kubelet parses all pull Secrets, also if it
     * has other credentials.
     */
    private static boolean isMalformed(PodPull podPull) {
        return podPull.pull().keyringError().flatMap(KeyringError::place).isPresent();
    }

    /** Returns the kubelet's pull with the verdict that the nodes' credentials, images and identities give. */
    private PodPull pullByNodes(PodPull podPull, ImageReference image) {
        Optional<String> pattern = isMalformed(podPull) ? Optional.empty() : imagesWithNodeCredentials.matching(image);
        if (pattern.isPresent()) {
            return podPull.pull().verdict() == Verdict.NOT_FOUND
                    ? with(
                            podPull,
                            nodeCredentials(pattern.get()),
                            Verdict.NOT_FOUND,
                            podPull.pull().sentence())
                    : works(podPull, nodeCredentials(pattern.get()));
        }
        List<ObjectNode> nodes = placement.allowed(podPull.pod().spec());
        List<ObjectNode> holding =
                nodes.stream().filter(node -> NodeImages.isOn(node, image)).toList();
        if (!holding.isEmpty()) {
            Optional<String> doubt = doubt(podPull, nodes, holding);
            if (doubt.isEmpty()) {
                return works(
                        podPull,
                        "every node that can run the pod has the image already (imagePullPolicy is not Always)");
            }
            return podPull.pull().verdict().isKnown()
                    ? unknown(
                            podPull,
                            "node " + KubeObjects.name(holding.get(0)) + " has the image already, but " + doubt.get())
                    : podPull;
        }
        return podPull.pull().verdict().isRefusal()
                ? cloudIdentity(image, nodes)
                        .or(() -> globalPullSecret(podPull, image, nodes))
                        .or(() -> running.withoutSecrets(podPull.pull().namespace(), image))
                        .map(reason -> unknown(podPull, reason))
                        .orElse(podPull)
                : podPull;
    }

    /** Returns the source of an image that matches a pattern of {@link #imagesWithNodeCredentials}, as a clause. */
    private static String nodeCredentials(String pattern) {
        return "the nodes have credentials of their own (" + Option.NODE_CREDENTIALS + ": " + pattern + ")";
    }

    /**
     * Returns the reason why a pull is possibly still necessary although nodes have the image; empty if none of the
     * nodes pulls it.
     */
    private Optional<String> doubt(PodPull podPull, List<ObjectNode> nodes, List<ObjectNode> holding) {
        Optional<String> policy = Optional.ofNullable(admittedSpecs.get(podPull.pod()))
                .map(podPull::imagePullPolicy)
                .filter(admitted -> !admitted.isEmpty());
        if (policy.isEmpty()) {
            return Optional.of("could not check whether admission changes its imagePullPolicy to Always");
        }
        if (policy.get().equals("Always")) {
            return Optional.of("its imagePullPolicy is Always");
        }
        if (holding.size() < nodes.size()) {
            return Optional.of((nodes.size() - holding.size()) + " of the " + nodes.size()
                    + " nodes that can run the pod do not report it");
        }
        return nodes.stream().allMatch(NodePulls::trustsImages)
                ? Optional.empty()
                : Optional.of("kubelets from 1.35 on check the pod's credentials for images that others pulled");
    }

    private static boolean trustsImages(ObjectNode node) {
        return KubernetesVersion.minor(Json.text((JsonNode) node, "status", "nodeInfo", "kubeletVersion"))
                .filter(minor -> minor < VERIFYING_MINOR_VERSION)
                .isPresent();
    }

    /** Returns the reason why a node can pull the image with an identity in the registry's cloud. */
    private static Optional<String> cloudIdentity(ImageReference image, List<ObjectNode> nodes) {
        return Cloud.ofRegistry(image.registry())
                .flatMap(cloud -> nodes.stream()
                        .filter(node -> cloud.runs(Json.text((JsonNode) node, "spec", "providerID")))
                        .findFirst()
                        .map(node -> "node " + KubeObjects.name(node) + " (providerID "
                                + Json.text((JsonNode) node, "spec", "providerID") + ") runs in the cloud of "
                                + image.registry() + ", so it can have an identity of its own there"));
    }

    /**
     * Returns the reason why a node of OpenShift can pull the image: nodes also use the global pull secret of the
     * cluster, which has credentials for Red Hat's registries from the start.
     */
    private static Optional<String> globalPullSecret(PodPull podPull, ImageReference image, List<ObjectNode> nodes) {
        if (!podPull.pull().credentials().isEmpty()
                || !RED_HAT.matcher(image.registry()).matches()) {
            return Optional.empty();
        }
        return nodes.stream()
                .filter(node -> Json.text((JsonNode) node, "status", "nodeInfo", "osImage")
                        .startsWith("Red Hat Enterprise Linux CoreOS"))
                .findFirst()
                .map(node -> "node " + KubeObjects.name(node) + " is one of OpenShift, whose global pull secret has"
                        + " credentials for " + image.registry() + " unless an administrator took them out");
    }

    private static PodPull works(PodPull podPull, String source) {
        return with(
                podPull,
                source,
                Verdict.OK,
                podPull.pull().image() + " needs none of the pod's pull secrets: " + source + ".");
    }

    private static PodPull unknown(PodPull podPull, String source) {
        return with(
                podPull,
                source,
                Verdict.UNKNOWN,
                "Could not check whether "
                        + (podPull.isLookUp() ? "the controller can look up " : "the nodes can pull ")
                        + podPull.pull().image() + ": " + source + ".");
    }

    private static PodPull with(PodPull podPull, String source, Verdict verdict, String sentence) {
        return podPull.with(podPull.pull().withAlternative(source, verdict, sentence));
    }
}
