package io.jenkins.plugins.argopreflight.engine.facts.change;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.ControllerFlags;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.kubernetes.Identity;
import io.jenkins.plugins.argopreflight.engine.kubernetes.Identity.ServiceAccount;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ObservedGateway;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ReadObserver;
import io.jenkins.plugins.argopreflight.engine.model.image.ImageReference;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.registry.Registry;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A recorder of the objects that a run reads because its workflows depend on them. It sends no request of its own. Of a
 * list, only the objects that concern the accounts of this run are recorded.
 */
public final class StateRecorder implements ReadObserver {

    private static final Set<Resource> NAMED = Set.of(
            Resource.SECRETS,
            Resource.SERVICE_ACCOUNTS,
            Resource.CONFIG_MAPS,
            Resource.ROLES,
            Resource.CLUSTER_ROLES,
            Resource.ROLE_BINDINGS,
            Resource.CLUSTER_ROLE_BINDINGS,
            Resource.WORKFLOW_TEMPLATES,
            Resource.CLUSTER_WORKFLOW_TEMPLATES,
            Resource.RESOURCE_QUOTAS,
            Resource.LIMIT_RANGES);
    private static final Set<Resource> LISTED = Set.of(
            Resource.RESOURCE_QUOTAS,
            Resource.LIMIT_RANGES,
            Resource.ROLES,
            Resource.CLUSTER_ROLES,
            Resource.ROLE_BINDINGS,
            Resource.CLUSTER_ROLE_BINDINGS);
    private static final String REGISTRY = "registry";
    private static final String NODES = "nodes";

    private final Map<String, RecordedObject> objects = new ConcurrentHashMap<>();
    private final Set<String> complete = ConcurrentHashMap.newKeySet();
    private final Grants grants = new Grants();
    private final Set<String> settings = ConcurrentHashMap.newKeySet();
    private volatile String cluster = "";

    /** Returns a gateway to the same cluster whose answers are recorded. */
    public ClusterGateway around(ClusterGateway gateway) {
        cluster = gateway.server();
        return new ObservedGateway(gateway, this);
    }

    /** Returns the same registries with their digests recorded. */
    public Registry around(Registry registry) {
        return new RecordingRegistry(registry, (image, digest) -> recordDigest(image, REGISTRY, digest));
    }

    /** Returns the record of everything that was read so far. */
    public RecordedState state() {
        return RecordedState.of(
                cluster,
                objects.values().stream()
                        .filter(grants::concerns)
                        .map(each -> isOtherMap(each) ? each.withFields(Map.of()) : each)
                        .toList(),
                complete);
    }

    /**
     * Returns whether an object is a ConfigMap other than the controller's. Its keys are not compared, only its
     * version.
     */
    private boolean isOtherMap(RecordedObject object) {
        return object.kind().equals(Resource.CONFIG_MAPS.kind())
                && !(settings.isEmpty()
                        ? object.name().equals(RecordedFields.SETTINGS)
                        : settings.contains(object.namespace() + "/" + object.name()));
    }

    @Override
    public void got(Resource resource, ObjectNode object) {
        if (resource.equals(Resource.DEPLOYMENTS)) {
            recordController(object);
        } else if (NAMED.contains(resource)) {
            put(RecordedFields.of(resource, object));
            grants.addNamed(resource, object);
        }
    }

    @Override
    public void absent(Resource resource, String namespace, String name) {
        if (NAMED.contains(resource)) {
            put(RecordedObject.absent(resource.kind(), resource.namespaced() ? namespace : "", name));
        }
    }

    @Override
    public void listed(Resource resource, String labelSelector, ObjectNode object) {
        if (resource.equals(Resource.DEPLOYMENTS)) {
            recordController(object);
        } else if (resource.equals(Resource.PODS) && !labelSelector.isEmpty()) {
            recordPod(object);
        } else if (LISTED.contains(resource)) {
            put(RecordedFields.of(resource, object));
            grants.addListed(resource, object);
        }
    }

    @Override
    public void complete(Resource resource, String namespace) {
        if (LISTED.contains(resource)) {
            complete.add(resource.kind() + " " + (resource.namespaced() ? namespace : ""));
        }
    }

    @Override
    public void reviewed(ObjectNode review, ObjectNode answer) {
        Optional<ServiceAccount> account = Identity.serviceAccount(Json.text(review, "spec", "user"));
        JsonNode status = answer.path("status");
        boolean allowed = status.path("allowed").asBoolean();
        boolean known = allowed
                || status.path("denied").asBoolean()
                || Json.text(status, "evaluationError").isEmpty();
        if (account.isPresent() && known) {
            grants.addAccount(account.get().namespace(), account.get().name());
            JsonNode attributes = review.path("spec").path("resourceAttributes");
            put(RecordedObject.existing(
                    RecordedObject.RIGHT,
                    Json.text(attributes, "namespace"),
                    RecordedRight.of(account.get(), attributes).name(),
                    "",
                    "",
                    Map.of("allowed", String.valueOf(allowed))));
        }
    }

    private void put(RecordedObject object) {
        objects.put(object.key(), object);
    }

    private void recordController(ObjectNode deployment) {
        if (ControllerFlags.of(deployment).isPresent()) {
            put(RecordedFields.controller(deployment));
            settings.add(KubeObjects.namespace(deployment) + "/" + ControllerFlags.configMap(deployment));
        }
    }

    /** Records the images that the containers of a pod run, as the kubelet reports them. */
    private void recordPod(ObjectNode pod) {
        grants.addAccount(KubeObjects.namespace(pod), Json.text(pod, "spec", "serviceAccountName"));
        Map<String, String> digests = new HashMap<>();
        for (String list : Set.of("initContainerStatuses", "containerStatuses")) {
            for (JsonNode status : pod.path("status").path(list)) {
                String id = Json.text(status, "imageID");
                int at = id.lastIndexOf('@');
                digests.put(Json.text(status, "name"), at < 0 ? "" : id.substring(at + 1));
            }
        }
        for (String list : Set.of("initContainers", "containers")) {
            for (JsonNode container : pod.path("spec").path(list)) {
                String digest = digests.getOrDefault(Json.text(container, "name"), "");
                ImageReference.ifValid(Json.text(container, "image"))
                        .ifPresent(image -> recordDigest(image, NODES, digest));
            }
        }
    }

    private void recordDigest(ImageReference image, String source, String digest) {
        if (digest.isEmpty() || image.digest().isPresent()) {
            return;
        }
        RecordedObject one =
                RecordedObject.existing(RecordedObject.IMAGE, "", image.toString(), "", "", Map.of(source, digest));
        objects.merge(one.key(), one, (known, more) -> {
            Map<String, String> fields = new HashMap<>(known.fields());
            // Nodes can have several images of one tag.
            Set<String> digests = new TreeSet<>(known.valuesOf(source));
            digests.add(digest);
            fields.put(source, RecordedObject.joined(digests));
            return known.withFields(fields);
        });
    }
}
