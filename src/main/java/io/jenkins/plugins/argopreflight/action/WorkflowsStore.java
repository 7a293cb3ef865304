package io.jenkins.plugins.argopreflight.action;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.diagnose.Diagnosis;
import io.jenkins.plugins.argopreflight.engine.facts.change.RecordedState;
import io.jenkins.plugins.argopreflight.engine.render.json.DiagnosisJson;
import io.jenkins.plugins.argopreflight.engine.render.json.VisibleReport;
import io.jenkins.plugins.argopreflight.engine.render.page.WorkflowGraph;
import io.jenkins.plugins.argopreflight.engine.util.file.FileName;
import io.jenkins.plugins.argopreflight.engine.util.file.WholeFile;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * The files in a build's folder with the graphs and diagnoses of its workflows. A file is written completely or not at
 * all.
 */
final class WorkflowsStore {

    private static final String FOLDER = "argo-workflows";
    /** The fields that cannot contain the address of the API server. */
    private static final Set<String> FIXED_FIELDS = Set.of("phase", "type", "id", "children");

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final Path folder;

    /** The stored data of a workflow. */
    record StoredWorkflow(WorkflowGraph graph, Optional<Diagnosis> diagnosis, RecordedState recorded) {}

    /**
     * Creates the store of a build.
     *
     * @param build the build's folder
     */
    WorkflowsStore(File build) {
        folder = FileName.in(build.toPath(), FOLDER);
    }

    /** Writes the data of a workflow. The address of the API server is replaced in all texts. */
    void write(String id, WorkflowRecord workflow) throws IOException {
        ObjectNode root = MAPPER.createObjectNode();
        root.set("graph", MAPPER.valueToTree(workflow.graph()));
        workflow.diagnosis().ifPresent(diagnosis -> root.set("diagnosis", new DiagnosisJson().tree(diagnosis)));
        ObjectNode stored = MAPPER.createObjectNode();
        stored.setAll((ObjectNode)
                VisibleReport.inStep(VisibleReport.in(Redacted.redact(workflow.server(), root, FIXED_FIELDS))));
        stored.set("recorded", MAPPER.valueToTree(workflow.recorded().withoutAddress()));
        Files.createDirectories(folder);
        WholeFile.write(folder, id + ".json", MAPPER.writeValueAsString(stored));
    }

    /**
     * Reads the data of a workflow.
     *
     * @throws ReportUnreadableException with a sentence for the page
     */
    StoredWorkflow read(String id) throws ReportUnreadableException {
        try {
            ObjectNode root = (ObjectNode) MAPPER.readTree(Files.readString(FileName.in(folder, id + ".json")));
            return new StoredWorkflow(
                    MAPPER.treeToValue(root.path("graph"), WorkflowGraph.class),
                    root.has("diagnosis")
                            ? Optional.of(new DiagnosisJson().read(root.path("diagnosis")))
                            : Optional.empty(),
                    root.has("recorded")
                            ? MAPPER.treeToValue(root.path("recorded"), RecordedState.class)
                            : RecordedState.NONE);
        } catch (IOException | RuntimeException e) {
            throw new ReportUnreadableException(Messages.WorkflowsStore_unreadable(FOLDER + "/" + id + ".json"));
        }
    }
}
