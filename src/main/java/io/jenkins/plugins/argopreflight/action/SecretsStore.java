package io.jenkins.plugins.argopreflight.action;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jenkins.plugins.argopreflight.engine.render.json.VisibleReport;
import io.jenkins.plugins.argopreflight.engine.render.text.SyncTable;
import io.jenkins.plugins.argopreflight.engine.util.file.FileName;
import io.jenkins.plugins.argopreflight.engine.util.file.WholeFile;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/**
 * The files in a build's folder with the results of steps that wrote Secrets. A file is written completely or not at
 * all.
 */
final class SecretsStore {

    private static final String FOLDER = "argo-registry-secrets";
    /** The fields that cannot contain the address of the API server. */
    private static final Set<String> FIXED_FIELDS = Set.of("result", "status");

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final Path folder;

    /**
     * Creates the store of a build.
     *
     * @param build the build's folder
     */
    SecretsStore(File build) {
        folder = FileName.in(build.toPath(), FOLDER);
    }

    /**
     * Writes the result of a step.
     *
     * @param server the API server, whose address is not stored
     */
    void write(String id, SyncTable table, String server) throws IOException {
        Files.createDirectories(folder);
        WholeFile.write(
                folder,
                fileName(id),
                MAPPER.writeValueAsString(VisibleReport.inStep(
                        VisibleReport.in(Redacted.redact(server, MAPPER.valueToTree(table), FIXED_FIELDS)))));
    }

    /**
     * Reads the result of a step.
     *
     * @throws ReportUnreadableException with a sentence for the page
     */
    SyncTable read(String id) throws ReportUnreadableException {
        try {
            return MAPPER.readValue(Files.readString(FileName.in(folder, fileName(id))), SyncTable.class);
        } catch (IOException e) {
            throw new ReportUnreadableException(Messages.SecretsStore_unreadable(FOLDER + "/" + fileName(id)));
        }
    }

    private static String fileName(String id) {
        return id + ".json";
    }
}
