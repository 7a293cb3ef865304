package io.jenkins.plugins.argopreflight.engine.facts.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.argo.field.StrategicMerge;
import io.jenkins.plugins.argopreflight.engine.facts.workflow.PodTemplate;
import io.jenkins.plugins.argopreflight.engine.facts.workflow.ResourceAction;
import io.jenkins.plugins.argopreflight.engine.facts.workflow.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException.Kind;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway.WriteMode;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.Optional;
import java.util.Set;

/**
 * The API server's answer to a resource template whose object exists already: {@code create} fails, and {@code apply}
 * and {@code replace} must not change immutable fields.
 */
final class ExistingObject {

    private ExistingObject() {}

    /** The API groups with kinds whose lists are merged by a key. */
    private static final Set<String> MERGED_BY_KEY = Set.of("", "apps", "batch");

    private static final AdmissionAnswer UNDECIDED = AdmissionAnswer.of(Fact.unknown("the object exists already"));

    /**
     * Returns the server's answer. Unknown if the template has flags, the object is a Secret, or another step can
     * delete or change it.
     */
    static AdmissionAnswer answer(
            ClusterGateway gateway, Resource resource, ObjectNode object, Admission row, ClusterException exists) {
        JsonNode template = PodTemplate.resource(row.pod().orElseThrow());
        String action = Json.text(template, "action");
        if (!Set.of("create", "apply", "replace").contains(action)
                || !template.path("flags").isEmpty()
                || resource.equals(Resource.SECRETS)
                || isDeleted(row.workflow())) {
            return UNDECIDED;
        }
        boolean creates = action.equals("create");
        // The check resource-action-fails reports the kinds that are read.
        boolean certain = !ResourceAction.READ.contains(resource)
                && row.workflow().document().isInFile()
                && !isAfterContainers(row);
        if (creates && !certain) {
            return UNDECIDED;
        }
        try {
            Optional<ObjectNode> live = gateway.get(resource, KubeObjects.namespace(object), KubeObjects.name(object));
            if (live.isEmpty() || creates && isTemporary(live.get())) {
                return UNDECIDED;
            }
            if (creates) {
                return exists.refusal()
                        .map(refusal -> AdmissionAnswer.of(Fact.known(Optional.of(refusal.ofExisting()))))
                        .orElse(UNDECIDED);
            }
            gateway.replace(resource, written(live.get(), resource, object, action), WriteMode.DRY_RUN);
            return AdmissionAnswer.of(Fact.known(Optional.empty()));
        } catch (ClusterException e) {
            if (e.kind() == Kind.INTERRUPTED) {
                throw e;
            }
            return AdmissionAnswer.of(
                    e,
                    e.kind() == Kind.INVALID && e.refusal().isPresent()
                            ? Fact.known(e.refusal())
                            : Fact.unknown(e.getMessage()));
        }
    }

    private static boolean isDeleted(WorkflowFacts workflow) {
        return workflow.pods().stream()
                .anyMatch(pod -> Json.text(PodTemplate.resource(pod), "action").equals("delete"));
    }

    /** Returns whether the object can be deleted before the workflow reaches the template. */
    private static boolean isTemporary(ObjectNode live) {
        JsonNode metadata = live.path("metadata");
        return metadata.has("deletionTimestamp")
                || !metadata.path("ownerReferences").isEmpty()
                || live.path("spec").has("ttlSecondsAfterFinished");
    }

    /** Returns whether a container, which can delete any object, can run before the template. */
    private static boolean isAfterContainers(Admission row) {
        return row.workflow().pods().stream()
                .anyMatch(pod -> PodTemplate.resource(pod).isMissingNode()
                        && !row.workflow().together().order().isBefore(row.pod().orElseThrow(), pod));
    }

    /**
     * Returns the object as kubectl writes it: replaced, or merged with the existing one. Custom resources are merged
     * by the rules of JSON merge patches.
     */
    private static ObjectNode written(ObjectNode live, Resource resource, ObjectNode object, String action) {
        String type = MERGED_BY_KEY.contains(resource.group()) ? resource.kind() : "";
        ObjectNode changed = action.equals("replace") ? object.deepCopy() : StrategicMerge.merge(live, object, type);
        KubeObjects.metadata(changed).put("resourceVersion", Json.text((JsonNode) live, "metadata", "resourceVersion"));
        return changed;
    }
}
