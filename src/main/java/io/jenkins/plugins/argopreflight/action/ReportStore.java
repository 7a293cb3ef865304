package io.jenkins.plugins.argopreflight.action;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jenkins.plugins.argopreflight.engine.facts.change.RecordedState;
import io.jenkins.plugins.argopreflight.engine.preflight.Report;
import io.jenkins.plugins.argopreflight.engine.render.json.PreflightJson;
import io.jenkins.plugins.argopreflight.engine.util.file.FileName;
import io.jenkins.plugins.argopreflight.engine.util.file.WholeFile;
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
 * The files of reports in a build's folder. A file is written completely or not at all. Files are compressed, since a
 * report of a thousand workflows repeats its texts; uncompressed files of earlier versions are read as well.
 */
public final class ReportStore {

    private static final String FOLDER = "argo-preflight";
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final Path folder;

    /**
     * Creates the store of a build.
     *
     * @param build the build's folder
     */
    public ReportStore(File build) {
        folder = FileName.in(build.toPath(), FOLDER);
    }

    boolean exists() {
        return Files.isDirectory(folder);
    }

    /**
     * Writes a report and its history.
     *
     * @param id id of the report, which is valid as a file name
     */
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

    /**
     * Reads a report.
     *
     * @throws ReportUnreadableException with a sentence for the page
     */
    public Report read(String id) throws ReportUnreadableException {
        boolean isUncompressed =
                Files.exists(FileName.in(folder, uncompressed(id))) && !Files.exists(FileName.in(folder, fileName(id)));
        String file = isUncompressed ? uncompressed(id) : fileName(id);
        String name = FOLDER + "/" + file;
        try (InputStream in = Files.newInputStream(FileName.in(folder, file));
                InputStream text = isUncompressed ? in : new GZIPInputStream(in)) {
            Report report = new PreflightJson().read(text);
            text.transferTo(OutputStream.nullOutputStream()); // reads the checksum at the end of the file
            return report;
        } catch (NoSuchFileException e) {
            throw new ReportUnreadableException(Messages.ReportStore_missing(name));
        } catch (IOException e) {
            throw unreadable(name, "");
        } catch (IllegalArgumentException e) {
            throw unreadable(name, " (" + e.getMessage() + ")");
        }
    }

    /**
     * Reads only the recorded state of the cluster, without holding the rest in memory; {@link RecordedState#NONE} if
     * it cannot be read.
     */
    RecordedState readRecorded(String id) {
        try (InputStream in = Files.newInputStream(FileName.in(folder, fileName(id)));
                InputStream text = new GZIPInputStream(in);
                JsonParser json = MAPPER.createParser(text)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                boolean isRecorded = json.currentName().equals("recorded");
                json.nextToken();
                if (isRecorded) {
                    return json.readValueAs(RecordedState.class);
                }
                json.skipChildren();
            }
        } catch (IOException e) {
            return RecordedState.NONE;
        }
        return RecordedState.NONE;
    }

    private static ReportUnreadableException unreadable(String name, String reason) {
        return new ReportUnreadableException(Messages.ReportStore_unreadable(name, reason));
    }

    /** Reads the history of a report; {@link History#NONE} if it cannot be read. */
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
