package io.jenkins.plugins.argopreflight.engine.argo.pod;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.Behaviour;
import io.jenkins.plugins.argopreflight.engine.argo.template.Locations;
import io.jenkins.plugins.argopreflight.engine.argo.template.Simulation;

/**
 * The archive location of a template's outputs and logs; source: workflowpod.go (addArchiveLocation, IsArchiveLogs).
 */
final class Archive {

    private Archive() {}

    /**
     * Returns the template with the repository as its archive location, if the template has no location and an artifact
     * or its logs need one.
     */
    static ObjectNode locate(Simulation run, ObjectNode template, String podName) {
        if (Locations.hasLocation(template.path("archiveLocation"))) {
            return template;
        }
        boolean archivesLogs = archivesLogs(run, template);
        boolean isNeeded = archivesLogs;
        for (String list : new String[] {"inputs", "outputs"}) {
            for (JsonNode artifact : template.path(list).path("artifacts")) {
                isNeeded |= !Locations.hasLocation(artifact);
            }
        }
        JsonNode source = template.path("data").path("source").path("artifactPaths");
        isNeeded |= run.version.has(Behaviour.DATA_LOCATION) && source.isObject() && !Locations.hasLocation(source);
        if (!isNeeded) {
            return template;
        }
        ObjectNode location = Locations.ofRepository(run.artifacts.repository()).put("archiveLogs", archivesLogs);
        ObjectNode located = template.objectNode();
        located.setAll(template);
        located.set(
                "archiveLocation",
                run.substitution.replace(location, run.globals.inner().put("pod.name", podName)));
        return located;
    }

    /**
     * Returns whether logs are archived. The controller's setting decides if it is on, else the template's, else the
     * workflow's.
     */
    static boolean archivesLogs(Simulation run, JsonNode template) {
        if (run.artifacts.repository().path("archiveLogs").asBoolean()) {
            return true;
        }
        JsonNode ownSetting = template.path("archiveLocation").path("archiveLogs");
        return ownSetting.isBoolean()
                ? ownSetting.asBoolean()
                : run.spec().path("archiveLogs").asBoolean();
    }
}
