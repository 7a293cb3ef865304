package io.jenkins.plugins.argopreflight.engine.collect.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterException;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterException.Kind;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterGateway.WriteMode;
import io.jenkins.plugins.argopreflight.engine.collect.workflow.PodTemplate;
import io.jenkins.plugins.argopreflight.engine.collect.workflow.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.kube.Objects;
import io.jenkins.plugins.argopreflight.engine.kube.Resource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the API server says to a resource template whose object exists already: {@code apply} and {@code replace}
 * must not change what is immutable. Whether {@code create} fails is another check's question.
 */
final class ExistingObject {

    private ExistingObject() {}

    private static final Fact<Optional<String>> OTHER = Fact.unknown("the object exists already");

    /** The server's words; Unknown where flags, a Secret or another step make it another question. */
    static Fact<Optional<String>> refusal(ClusterGateway gateway, Resource resource, ObjectNode object, Admission row) {
        JsonNode template = PodTemplate.resource(row.pod().orElseThrow());
        String action = Objects.text(template, "action");
        boolean changes = action.equals("apply") || action.equals("replace");
        if (!changes
                || !template.path("flags").isEmpty()
                || resource.equals(Resource.SECRETS)
                || isDeleted(row.workflow())) {
            return OTHER;
        }
        try {
            Optional<ObjectNode> live = gateway.get(resource, Objects.namespace(object), Objects.name(object));
            if (live.isEmpty()) {
                return OTHER;
            }
            gateway.replace(resource, changed(live.get(), object, action), WriteMode.DRY_RUN);
            return Fact.known(Optional.empty());
        } catch (ClusterException e) {
            if (e.kind() == Kind.INTERRUPTED) {
                throw e;
            }
            return e.kind() == Kind.INVALID ? Fact.known(Optional.of(e.getMessage())) : Fact.unknown(e.getMessage());
        }
    }

    private static boolean isDeleted(WorkflowFacts workflow) {
        return workflow.pods().stream()
                .anyMatch(
                        pod -> Objects.text(PodTemplate.resource(pod), "action").equals("delete"));
    }

    /** As kubectl leaves it: replaced, or merged with what is there. */
    private static ObjectNode changed(ObjectNode live, ObjectNode object, String action) {
        ObjectNode changed = action.equals("replace") ? object.deepCopy() : live.deepCopy();
        if (action.equals("apply")) {
            merge(changed, object);
        }
        Objects.metadata(changed).put("resourceVersion", Objects.text((JsonNode) live, "metadata", "resourceVersion"));
        return changed;
    }

    private static void merge(ObjectNode into, ObjectNode from) {
        from.properties().forEach(field -> {
            JsonNode before = into.path(field.getKey());
            JsonNode after = field.getValue();
            if (before instanceof ObjectNode object && after instanceof ObjectNode more) {
                merge(object, more);
            } else if (before instanceof ArrayNode list && after instanceof ArrayNode more && isNamed(list, more)) {
                mergeByName(list, more);
            } else {
                into.set(field.getKey(), after.deepCopy());
            }
        });
    }

    private static boolean isNamed(ArrayNode before, ArrayNode after) {
        for (ArrayNode list : new ArrayNode[] {before, after}) {
            for (JsonNode element : list) {
                if (!element.has("name")) {
                    return false;
                }
            }
        }
        return true;
    }

    private static void mergeByName(ArrayNode before, ArrayNode after) {
        Map<String, ObjectNode> known = new HashMap<>();
        before.forEach(each -> known.put(each.path("name").asText(), (ObjectNode) each));
        for (JsonNode each : after) {
            ObjectNode same = known.get(each.path("name").asText());
            if (same == null) {
                before.add(each.deepCopy());
            } else {
                merge(same, (ObjectNode) each);
            }
        }
    }
}
