package io.jenkins.plugins.argopreflight.engine.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException.Kind;
import io.jenkins.plugins.argopreflight.engine.model.need.Need;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A gateway within {@link AccessLimits}: a request outside of them is refused before anything is sent, and a list over
 * all namespaces is filtered. If only some namespaces are allowed, objects without a namespace cannot be written, and
 * only {@link #CLUSTER_RESOURCES} can be read. The server's version and time, Argo's installation, the controller's log
 * and the status of the cluster autoscaler are not limited.
 */
final class LimitedGateway implements ClusterGateway {

    /** The resources that checks read in the namespace of Argo's controller. */
    static final Set<Resource> ARGO_RESOURCES = Set.of(
            Resource.CONFIG_MAPS,
            Resource.DEPLOYMENTS,
            Resource.LEASES,
            Resource.SERVICE_ACCOUNTS,
            Resource.ROLES,
            Resource.ROLE_BINDINGS);

    /** The resources without a namespace that checks read, by {@link Resource#qualified()}. */
    static final Set<String> CLUSTER_RESOURCES = Stream.concat(
                    Stream.of(
                                    Resource.NODES,
                                    Resource.PERSISTENT_VOLUMES,
                                    Resource.STORAGE_CLASSES,
                                    Resource.PRIORITY_CLASSES,
                                    Resource.RUNTIME_CLASSES,
                                    Resource.CLUSTER_ROLES,
                                    Resource.CLUSTER_ROLE_BINDINGS,
                                    Resource.CLUSTER_WORKFLOW_TEMPLATES)
                            .map(Resource::qualified),
                    Stream.of(
                            "customresourcedefinitions.apiextensions.k8s.io",
                            "validatingadmissionpolicies.admissionregistration.k8s.io",
                            "validatingadmissionpolicybindings.admissionregistration.k8s.io",
                            "validatingwebhookconfigurations.admissionregistration.k8s.io",
                            "mutatingwebhookconfigurations.admissionregistration.k8s.io"))
            .collect(Collectors.toUnmodifiableSet());

    private static final Set<Resource> REVIEWS = Set.of(
            Resource.SELF_SUBJECT_REVIEWS,
            Resource.SELF_SUBJECT_ACCESS_REVIEWS,
            Resource.SELF_SUBJECT_RULES_REVIEWS,
            Resource.SUBJECT_ACCESS_REVIEWS,
            Resource.LOCAL_SUBJECT_ACCESS_REVIEWS);

    private final ClusterGateway gateway;
    private final AccessLimits limits;

    LimitedGateway(ClusterGateway gateway, AccessLimits limits) {
        this.gateway = gateway;
        this.limits = limits;
    }

    @Override
    public Optional<AccessLimits> limits() {
        return Optional.of(limits);
    }

    @Override
    public String server() {
        return gateway.server();
    }

    @Override
    public Optional<String> proxy() {
        return gateway.proxy();
    }

    @Override
    public String version() {
        return gateway.version();
    }

    @Override
    public Optional<ArgoInstallation> argo() {
        return gateway.argo();
    }

    @Override
    public List<String> nodeCredentials() {
        return gateway.nodeCredentials();
    }

    @Override
    public Optional<ClusterGateway> as(Identity who) {
        return gateway.as(who).map(limits::around);
    }

    @Override
    public Optional<LiveCluster> live() {
        return gateway.live().map(live -> new LimitedLive(live, limits));
    }

    @Override
    public Optional<ObjectNode> get(Resource resource, String namespace, String name) {
        if (!Need.CLUSTER_AUTOSCALER.is(resource, namespace, name)) {
            checkRead(resource, resource.equals(Resource.NAMESPACES) ? name : namespace);
        }
        return gateway.get(resource, namespace, name);
    }

    /** Returns the objects within the limits. A list over all namespaces is filtered. */
    @Override
    public List<ObjectNode> list(Resource resource, String namespace, String labelSelector, String fieldSelector) {
        if (resource.equals(Resource.NAMESPACES)) {
            return gateway.list(resource, namespace, labelSelector, fieldSelector).stream()
                    .filter(each -> limits.allows(KubeObjects.name(each)))
                    .toList();
        }
        if (resource.namespaced() && namespace.isEmpty()) {
            return gateway.list(resource, namespace, labelSelector, fieldSelector).stream()
                    .filter(each -> limits.allows(KubeObjects.namespace(each)))
                    .toList();
        }
        checkRead(resource, namespace);
        return gateway.list(resource, namespace, labelSelector, fieldSelector);
    }

    @Override
    public void each(
            Resource resource,
            String namespace,
            String labelSelector,
            String fieldSelector,
            Consumer<ObjectNode> consumer) {
        if (resource.namespaced() && namespace.isEmpty() || resource.equals(Resource.NAMESPACES)) {
            list(resource, namespace, labelSelector, fieldSelector).forEach(consumer);
        } else {
            checkRead(resource, namespace);
            gateway.each(resource, namespace, labelSelector, fieldSelector, consumer);
        }
    }

    @Override
    public List<String> log(String namespace, String pod, String container, int lines) {
        throwIfRefused(limits.refusal(namespace));
        return gateway.log(namespace, pod, container, lines);
    }

    @Override
    public Optional<List<String>> controllerLog(int lines) {
        return gateway.controllerLog(lines);
    }

    @Override
    public Optional<Instant> time() {
        return gateway.time();
    }

    private void checkRead(Resource resource, String namespace) {
        if (resource.namespaced() || resource.equals(Resource.NAMESPACES)) {
            throwIfRefused(
                    ARGO_RESOURCES.contains(resource) ? limits.argoRefusal(namespace) : limits.refusal(namespace));
        } else if (!limits.allowedNamespaces().isEmpty() && !CLUSTER_RESOURCES.contains(resource.qualified())) {
            throwIfRefused(Optional.of(outsideReason(resource)));
        }
    }

    @Override
    public ObjectNode create(Resource resource, ObjectNode object, WriteMode mode) {
        if (REVIEWS.contains(resource)) {
            checkReview(object);
        } else {
            checkWrite(resource, KubeObjects.namespace(object), mode);
        }
        return gateway.create(resource, object, mode);
    }

    /** Checks a review. It changes nothing, but each of its namespaces must be within the limits. */
    private void checkReview(ObjectNode review) {
        JsonNode spec = review.path("spec");
        Stream.of(
                        KubeObjects.namespace(review),
                        Json.text(spec, "namespace"),
                        Json.text(spec, "resourceAttributes", "namespace"))
                .filter(namespace -> !namespace.isEmpty())
                .forEach(namespace -> throwIfRefused(limits.argoRefusal(namespace)));
    }

    @Override
    public ObjectNode replace(Resource resource, ObjectNode object, WriteMode mode) {
        checkWrite(resource, KubeObjects.namespace(object), mode);
        return gateway.replace(resource, object, mode);
    }

    @Override
    public void delete(
            Resource resource, String namespace, String name, String uid, String resourceVersion, WriteMode mode) {
        checkWrite(resource, namespace, mode);
        gateway.delete(resource, namespace, name, uid, resourceVersion, mode);
    }

    /** Checks a write. A dry run ({@code dryRun=All}) changes nothing, but must be within the limits, too. */
    private void checkWrite(Resource resource, String namespace, WriteMode mode) {
        if (mode == WriteMode.REAL) {
            throwIfRefused(limits.writeRefusal());
        }
        if (resource.namespaced()) {
            throwIfRefused(limits.refusal(namespace));
        } else if (!limits.allowedNamespaces().isEmpty()) {
            throwIfRefused(Optional.of(outsideReason(resource)));
        }
    }

    private String outsideReason(Resource resource) {
        return resource.qualified() + " belong to no namespace and are " + limits.outsidePhrase();
    }

    /** Throws an error with the reason of a refusal, if there is one. */
    static void throwIfRefused(Optional<String> reason) {
        reason.ifPresent(why -> {
            throw new ClusterException(Kind.NOT_ALLOWED, why);
        });
    }

    @Override
    public void close() {
        gateway.close();
    }
}
