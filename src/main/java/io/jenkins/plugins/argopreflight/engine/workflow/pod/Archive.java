package io.jenkins.plugins.argopreflight.engine.workflow.pod;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Behaviour;
import io.jenkins.plugins.argopreflight.engine.workflow.template.Locations;
import io.jenkins.plugins.argopreflight.engine.workflow.template.WalkState;

/** Where a template's outputs and logs go; source: workflowpod.go (addArchiveLocation, IsArchiveLogs). */
final class Archive {

    private Archive() {}

    /** The template with the repository as its archive location, when it needs one and has none. */
    static ObjectNode locate(WalkState run, ObjectNode template, String podName) {
        if (Locations.hasLocation(template.path("archiveLocation"))) {
            return template;
        }
        boolean logs = archivesLogs(run, template);
        boolean needed = logs;
        for (String list : new String[] {"inputs", "outputs"}) {
            for (JsonNode artifact : template.path(list).path("artifacts")) {
                needed |= !Locations.hasLocation(artifact);
            }
        }
        JsonNode source = template.path("data").path("source").path("artifactPaths");
        needed |= run.version.has(Behaviour.DATA_LOCATION) && source.isObject() && !Locations.hasLocation(source);
        if (!needed) {
            return template;
        }
        ObjectNode location = Locations.ofRepository(run.artifacts.repository()).put("archiveLogs", logs);
        ObjectNode located = template.objectNode();
        located.setAll(template);
        located.set(
                "archiveLocation",
                run.substitution.replace(location, run.globals.inner().put("pod.name", podName)));
        return located;
    }

    /** Controller (on), else template, else workflow, else controller (off). */
    static boolean archivesLogs(WalkState run, JsonNode template) {
        if (run.artifacts.repository().path("archiveLogs").asBoolean()) {
            return true;
        }
        JsonNode own = template.path("archiveLocation").path("archiveLogs");
        return own.isBoolean()
                ? own.asBoolean()
                : run.spec().path("archiveLogs").asBoolean();
    }
}
