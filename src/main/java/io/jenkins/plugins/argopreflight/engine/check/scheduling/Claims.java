package io.jenkins.plugins.argopreflight.engine.check.scheduling;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.argo.model.FieldSource;
import io.jenkins.plugins.argopreflight.engine.check.PodItem;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.WorkflowPod;
import io.jenkins.plugins.argopreflight.engine.check.location.Places;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.facts.workflow.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The PersistentVolumeClaims that pods mount, except those that Argo creates from volumeClaimTemplates. */
final class Claims {

    private Claims() {}

    /** A claim of a pod. */
    record Claim(WorkflowFacts workflow, ArgoPod pod, String volume, String name) implements PodItem {

        String field() {
            return "spec.volumes[" + volume + "].persistentVolumeClaim.claimName";
        }

        /** Returns the claim as a subject, shown where the pod refers to it. */
        Subject subject(String path) {
            return Subject.of("PersistentVolumeClaim", workflow.namespace(), name, path)
                    .at(Places.of(workflow, pod, field()));
        }

        String description() {
            return "PersistentVolumeClaim " + name + " in namespace " + workflow.namespace();
        }

        /** Returns whether the name contains a variable that is not known yet. */
        boolean isUnresolved() {
            return name.contains("{{") || name.contains("*");
        }

        Fact<Optional<ObjectNode>> object(Facts facts) {
            return facts.found(pod, Resource.PERSISTENT_VOLUME_CLAIMS, workflow.namespace(), name);
        }
    }

    /** Returns the claims of all pods. Claims whose name the caller of a template supplies are left out. */
    static List<Claim> all(Facts facts) {
        List<Claim> claims = new ArrayList<>();
        for (WorkflowPod item : WorkflowPod.all(facts)) {
            for (JsonNode volume : item.pod().spec().path("volumes")) {
                String name = Json.text(volume, "persistentVolumeClaim", "claimName");
                Claim claim = new Claim(item.workflow(), item.pod(), Json.text(volume, "name"), name);
                if (!name.isEmpty()
                        && !item.pod().isOfCaller(name)
                        && item.pod().origin(claim.field()).source() != FieldSource.ARGO) {
                    claims.add(claim);
                }
            }
        }
        return claims;
    }
}
