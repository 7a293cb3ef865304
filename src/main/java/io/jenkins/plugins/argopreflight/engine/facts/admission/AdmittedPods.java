package io.jenkins.plugins.argopreflight.engine.facts.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.argo.model.ClusterObjects;
import io.jenkins.plugins.argopreflight.engine.argo.model.FieldSource;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.yaml.CompactJson;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The changes that webhooks, policies and LimitRanges make to the pods, as the answers to the dry runs show them:
 * containers, images, amounts of resources, pull Secrets, volumes and variables. Checks treat a changed field like a
 * field that the pod has itself.
 */
public final class AdmittedPods {

    private static final List<String> CONTAINERS = List.of("initContainers", "containers");

    /** The fields of a container that the checks of pulls, quotas, nodes and references read. */
    private static final List<String> FIELDS =
            List.of("name", "image", "imagePullPolicy", "restartPolicy", "resources", "ports", "env", "envFrom");

    /** The beginning of the name of the volume with the ServiceAccount's token, which the API server adds. */
    private static final String TOKEN_VOLUME_PREFIX = "kube-api-access-";

    private final ClusterObjects objects;
    private final CompactJson compact = new CompactJson();

    /** Creates an instance that reads the pods' ServiceAccounts from these objects. */
    public AdmittedPods(ClusterObjects objects) {
        this.objects = objects;
    }

    /** Applies the changes to the pods and returns the pods that changed. */
    public Set<ArgoPod> apply(List<Admission> admissions) {
        Set<ArgoPod> changed = new LinkedHashSet<>();
        for (Admission each : admissions) {
            each.pod()
                    .ifPresent(pod -> each.admitted().ifPresent(spec -> {
                        ObjectNode changes = changes(pod, each.workflow().namespace(), spec);
                        if (!changes.isEmpty() && changed.add(pod)) {
                            pod.applyAdmission(changes, compact);
                        }
                    }));
        }
        return changed;
    }

    /** Returns the changes of the pod's spec, as lists with the new and the changed elements. */
    private ObjectNode changes(ArgoPod pod, String namespace, JsonNode admitted) {
        ObjectNode changes = JsonNodeFactory.instance.objectNode();
        for (String list : CONTAINERS) {
            for (JsonNode container : admitted.path(list)) {
                Optional<JsonNode> ownContainer = withName(pod.spec().path(list), Json.text(container, "name"));
                if (ownContainer.isEmpty()) {
                    ObjectNode added = changes.withArray(list).addObject();
                    FIELDS.stream().filter(container::has).forEach(field -> added.set(field, container.get(field)));
                } else {
                    ObjectNode changed = differences(ownContainer.get(), container);
                    if (!changed.isEmpty()) {
                        changes.withArray(list).add(changed.put("name", Json.text(container, "name")));
                    }
                }
            }
        }
        for (JsonNode volume : admitted.path("volumes")) {
            String name = Json.text(volume, "name");
            if (!name.startsWith(TOKEN_VOLUME_PREFIX)
                    && withName(pod.spec().path("volumes"), name).isEmpty()) {
                changes.withArray("volumes").add(volume);
            }
        }
        List<String> secrets = KubeObjects.names(admitted.path("imagePullSecrets"));
        boolean changed = expectedSecrets(pod, namespace)
                .filter(names -> !names.containsAll(secrets))
                .isPresent();
        if (changed) {
            secrets.forEach(
                    name -> changes.withArray("imagePullSecrets").addObject().put("name", name));
        }
        return changes;
    }

    /** Returns the differences of a container: its image, amounts that it did not have, and new variables. */
    private static ObjectNode differences(JsonNode ownContainer, JsonNode admitted) {
        ObjectNode changed = JsonNodeFactory.instance.objectNode();
        String image = Json.text(admitted, "image");
        if (!Json.text(ownContainer, "image").equals(image)) {
            changed.put("image", image);
        }
        for (String part : List.of("requests", "limits")) {
            JsonNode amounts = ownContainer.path("resources").path(part);
            for (Map.Entry<String, JsonNode> amount :
                    admitted.path("resources").path(part).properties()) {
                // A request that is missing defaults to the limit; no LimitRange added it.
                boolean hasAmount = amounts.has(amount.getKey())
                        || part.equals("requests")
                                && ownContainer.path("resources").path("limits").has(amount.getKey());
                if (!hasAmount) {
                    changed.withObjectProperty("resources")
                            .withObjectProperty(part)
                            .set(amount.getKey(), amount.getValue());
                }
            }
        }
        for (JsonNode variable : admitted.path("env")) {
            if (withName(ownContainer.path("env"), Json.text(variable, "name")).isEmpty()) {
                changed.withArray("env").add(variable);
            }
        }
        for (JsonNode from : admitted.path("envFrom")) {
            if (ownContainer.path("envFrom").valueStream().noneMatch(each -> isSameSource(each, from))) {
                changed.withArray("envFrom").add(from);
            }
        }
        return changed;
    }

    private static boolean isSameSource(JsonNode one, JsonNode other) {
        return Stream.of("secretRef", "configMapRef")
                .allMatch(kind -> Json.text(one, kind, "name").equals(Json.text(other, kind, "name")));
    }

    private static Optional<JsonNode> withName(JsonNode list, String name) {
        for (JsonNode each : list) {
            if (Json.text(each, "name").equals(name)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }

    /**
     * Returns the names of the pull Secrets that the pod has without webhooks: its own or those of its ServiceAccount.
     * Empty if the ServiceAccount could not be read, or is in the files to check.
     */
    private Optional<Set<String>> expectedSecrets(ArgoPod pod, String namespace) {
        List<String> ownSecrets = KubeObjects.names(pod.spec().path("imagePullSecrets"));
        boolean isWritten = ownSecrets.stream()
                .anyMatch(name ->
                        pod.origin("spec.imagePullSecrets[" + name + "]").source() != FieldSource.SERVICE_ACCOUNT);
        if (isWritten) {
            return Optional.of(Set.copyOf(ownSecrets));
        }
        Fact<Optional<Document>> account =
                objects.find("ServiceAccount", namespace, Json.text(pod.spec(), "serviceAccountName"));
        return account.ifKnown()
                .flatMap(found -> found)
                .filter(found -> !found.isInFile())
                .map(found -> Set.copyOf(KubeObjects.names(found.root().path("imagePullSecrets"))));
    }
}
