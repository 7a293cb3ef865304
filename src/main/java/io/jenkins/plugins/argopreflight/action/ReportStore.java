package io.jenkins.plugins.argopreflight.action;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jenkins.plugins.argopreflight.engine.change.RecordedState;
import io.jenkins.plugins.argopreflight.engine.file.FileName;
import io.jenkins.plugins.argopreflight.engine.hold.WholeFile;
import io.jenkins.plugins.argopreflight.engine.render.json.PreflightJson;
import io.jenkins.plugins.argopreflight.engine.report.Report;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * The reports' files in a build's folder; each is there whole or not at all. They are compressed: a report of a thousand
 * workflows repeats its words. Those that an earlier version wrote are not, and are read as well.
 */
public final class ReportStore {

    private static final String FOLDER = "argo-preflight";
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final Path folder;

    /** @param build the build's folder */
    public ReportStore(File build) {
        folder = FileName.in(build.toPath(), FOLDER);
    }

    boolean exists() {
        return Files.isDirectory(folder);
    }

    /** @param id of the report, a word that is a file's name too */
    public void write(String id, Report report, History history) throws IOException {
        Files.createDirectories(folder);
        WholeFile.write(folder, historyName(id), MAPPER.writeValueAsString(history));
        WholeFile.write(folder, fileName(id), out -> {
            try (OutputStream compressed = new GZIPOutputStream(out)) {
                new PreflightJson().write(report, compressed);
            }
        });
        Files.deleteIfExists(FileName.in(folder, uncompressed(id)));
    }

    /** @throws ReportUnreadableException with a sentence that a page can show */
    public Report read(String id) throws ReportUnreadableException {
        boolean old =
                Files.exists(FileName.in(folder, uncompressed(id))) && !Files.exists(FileName.in(folder, fileName(id)));
        String file = old ? uncompressed(id) : fileName(id);
        String name = FOLDER + "/" + file;
        try (InputStream in = Files.newInputStream(FileName.in(folder, file));
                InputStream text = old ? in : new GZIPInputStream(in)) {
            Report report = new PreflightJson().read(text);
            text.transferTo(OutputStream.nullOutputStream()); // reads the sum at the end of the file
            return report;
        } catch (NoSuchFileException e) {
            throw new ReportUnreadableException(Messages.ReportStore_missing(name));
        } catch (IOException e) {
            throw unreadable(name, "");
        } catch (IllegalArgumentException e) {
            throw unreadable(name, " (" + e.getMessage() + ")");
        }
    }

    /** Only what was recorded to be compared, without the rest in memory; nothing when that cannot be read. */
    RecordedState readRecorded(String id) {
        try (InputStream in = Files.newInputStream(FileName.in(folder, fileName(id)));
                InputStream text = new GZIPInputStream(in);
                JsonParser json = MAPPER.createParser(text)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                boolean wanted = json.currentName().equals("recorded");
                json.nextToken();
                if (wanted) {
                    return json.readValueAs(RecordedState.class);
                }
                json.skipChildren();
            }
        } catch (IOException e) {
            return RecordedState.NONE;
        }
        return RecordedState.NONE;
    }

    private static ReportUnreadableException unreadable(String name, String why) {
        return new ReportUnreadableException(Messages.ReportStore_unreadable(name, why));
    }

    /** What was known of earlier builds; nothing when that cannot be read. */
    public History readHistory(String id) {
        try {
            return MAPPER.readValue(Files.readString(FileName.in(folder, historyName(id))), History.class);
        } catch (IOException e) {
            return History.NONE;
        }
    }

    private static String fileName(String id) {
        return id + ".json.gz";
    }

    private static String uncompressed(String id) {
        return id + ".json";
    }

    private static String historyName(String id) {
        return id + ".history.json";
    }
}
