package io.jenkins.plugins.argopreflight.action;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jenkins.plugins.argopreflight.engine.Report;
import io.jenkins.plugins.argopreflight.engine.report.PreflightJson;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The reports' files in a build's folder; each is there whole or not at all. */
public final class ReportStore {

    private static final String FOLDER = "argo-preflight";
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final Path folder;

    /** @param build the build's folder */
    public ReportStore(File build) {
        folder = build.toPath().resolve(FOLDER);
    }

    /** @param id of the report, a word that is a file's name too */
    public void write(String id, Report report, History history) throws IOException {
        WholeFile.write(folder, historyName(id), MAPPER.writeValueAsString(history));
        WholeFile.write(folder, fileName(id), new PreflightJson().render(report));
    }

    /** @throws ReportUnreadableException with a sentence that a page can show */
    public Report read(String id) throws ReportUnreadableException {
        String name = FOLDER + "/" + fileName(id);
        try {
            return new PreflightJson().read(Files.readString(folder.resolve(fileName(id))));
        } catch (NoSuchFileException e) {
            throw new ReportUnreadableException(
                    "The report's file " + name + " is no longer in the build's folder. Build again to have a report.");
        } catch (IOException e) {
            throw unreadable(name, "");
        } catch (IllegalArgumentException e) {
            throw unreadable(name, " (" + e.getMessage() + ")");
        }
    }

    private static ReportUnreadableException unreadable(String name, String why) {
        return new ReportUnreadableException(
                "The report's file " + name + " cannot be read" + why
                        + ": it was cut off or changed, or another version of the plugin wrote it. Build again to have a report.");
    }

    /** What was known of earlier builds; nothing when that cannot be read. */
    public History readHistory(String id) {
        try {
            return MAPPER.readValue(Files.readString(folder.resolve(historyName(id))), History.class);
        } catch (IOException e) {
            return History.NONE;
        }
    }

    private static String fileName(String id) {
        return id + ".json";
    }

    private static String historyName(String id) {
        return id + ".history.json";
    }
}
