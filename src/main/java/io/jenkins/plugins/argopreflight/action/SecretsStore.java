package io.jenkins.plugins.argopreflight.action;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jenkins.plugins.argopreflight.engine.file.FileName;
import io.jenkins.plugins.argopreflight.engine.hold.WholeFile;
import io.jenkins.plugins.argopreflight.engine.render.json.VisibleReport;
import io.jenkins.plugins.argopreflight.engine.render.text.SyncTable;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** Files in a build's folder that say what the steps with Secrets did; each is there whole or not at all. */
final class SecretsStore {

    private static final String FOLDER = "argo-registry-secrets";
    private static final Set<String> FIXED = Set.of("result", "status");
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final Path folder;

    /** @param build the build's folder */
    SecretsStore(File build) {
        folder = FileName.in(build.toPath(), FOLDER);
    }

    /** @param server whose address is in no line of it */
    void write(String id, SyncTable table, String server) throws IOException {
        Files.createDirectories(folder);
        WholeFile.write(
                folder,
                fileName(id),
                MAPPER.writeValueAsString(VisibleReport.inStep(
                        VisibleReport.in(Redacted.values(server, MAPPER.valueToTree(table), FIXED)))));
    }

    /** @throws ReportUnreadableException with a sentence that a page can show */
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
