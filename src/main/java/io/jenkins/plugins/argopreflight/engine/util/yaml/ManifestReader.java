package io.jenkins.plugins.argopreflight.engine.util.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.util.limits.Budget;
import io.jenkins.plugins.argopreflight.engine.util.limits.Limit;
import io.jenkins.plugins.argopreflight.engine.util.limits.OverBudget;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A reader of manifests in YAML or JSON that parses as kubectl does. Each value keeps its location in the file. */
public final class ManifestReader {

    private final Limits limits;
    private final Omission omission;
    private final CompactJson compact = new CompactJson();

    /** The reaction to objects over a limit of the run, and to templates that were not rendered. */
    private enum Omission {
        RECORDED,
        REFUSED
    }

    public ManifestReader(Limits limits) {
        this(limits, Omission.RECORDED);
    }

    private ManifestReader(Limits limits, Omission omission) {
        this.limits = limits;
        this.omission = omission;
    }

    public ManifestReader() {
        this(Limits.DEFAULT);
    }

    /**
     * Returns a reader that skips nothing. It throws {@link ManifestException} where this one records an omission. If a
     * limit of the run is reached, the cause of the exception is the {@link OverBudget}.
     */
    public ManifestReader refusingOmissions() {
        return new ManifestReader(limits, Omission.REFUSED);
    }

    /**
     * Reads the objects of a file. The elements of a List are returned instead of the List.
     *
     * @throws ManifestException if the file is not valid; its message is one line with file, line and column
     */
    public List<Document> read(Path path) throws IOException {
        return read(path, new ValueCount());
    }

    /**
     * Reads the objects of a file for a consumer that keeps none of them: they count towards the budget only while the
     * file is read.
     *
     * @throws ManifestException if the file is not valid; its message is one line with file, line and column
     */
    public void read(Path path, Consumer<Document> reader) throws IOException {
        ValueCount values = new ValueCount();
        read(path, values).forEach(reader);
        values.releaseAll();
    }

    private List<Document> read(Path path, ValueCount values) throws IOException {
        if (Files.size(path) > limits.bytes()) {
            throw tooLarge(path.toString());
        }
        try (InputStream in = Files.newInputStream(path)) {
            return read(path.toString(), in, values);
        }
    }

    /**
     * Reads the objects of a file, or of each .yaml, .yml and .json file in a folder and its subfolders, sorted by
     * name. Files of a folder that look like templates that were not rendered are skipped, and the budget records them.
     */
    public List<Document> readAll(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            return read(path);
        }
        List<Path> files;
        try (Stream<Path> walk = Files.walk(path)) {
            files = walk.filter(
                            file -> Files.isRegularFile(file) && file.toString().matches("(?s).*\\.(ya?ml|json)"))
                    .sorted()
                    .toList();
        }
        List<Document> documents = new ArrayList<>();
        for (Path file : files) {
            documents.addAll(readIfRendered(() -> read(file)));
        }
        return documents;
    }

    /**
     * Reads the objects of files, by their names. If there are several, files that look like templates that were not
     * rendered are skipped, and the budget records them.
     */
    public List<Document> readAll(Map<String, byte[]> files) throws IOException {
        List<Document> documents = new ArrayList<>();
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Source source = () -> read(file.getKey(), new ByteArrayInputStream(file.getValue()));
            documents.addAll(files.size() == 1 ? source.read() : readIfRendered(source));
        }
        return documents;
    }

    private interface Source {
        List<Document> read() throws IOException;
    }

    private List<Document> readIfRendered(Source source) throws IOException {
        try {
            return source.read();
        } catch (ManifestException e) {
            if (!e.isUnrendered() || omission == Omission.REFUSED) {
                throw e;
            }
            Budget.current().leftOut(e.location().toString(), e.why());
            return List.of();
        }
    }

    /** Reads the objects of a stream, up to the limit of bytes. */
    public List<Document> read(String file, InputStream in) throws IOException {
        return read(file, in, new ValueCount());
    }

    private List<Document> read(String file, InputStream in, ValueCount values) throws IOException {
        long maxBytes = Math.min(limits.bytes(), Budget.current().limits().of(Limit.BYTES));
        byte[] bytes = in.readNBytes((int) maxBytes + 1);
        if (bytes.length > limits.bytes()) {
            throw tooLarge(file);
        }
        if (bytes.length > maxBytes) {
            recordSkipped(file, List.of(), Budget.current().over(Limit.BYTES));
            return List.of();
        }
        try {
            return read(
                    file,
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(bytes))
                            .toString(),
                    values);
        } catch (CharacterCodingException e) {
            throw new ManifestException(new Location(file, 1, 1), "not UTF-8 text");
        }
    }

    /**
     * Reads the objects of a text from {@code file}. Objects above the budget of the run are skipped, and the budget
     * records them.
     */
    public List<Document> read(String file, String text) {
        return read(file, text, new ValueCount());
    }

    private List<Document> read(String file, String text, ValueCount values) {
        if (text.length() > limits.bytes()) {
            throw tooLarge(file);
        }
        String content = text.startsWith("\uFEFF") ? text.substring(1) : text;
        List<Document> documents = new ArrayList<>();
        try {
            values.text(text.length());
            // A text that begins with a brace can be JSON, but {{…}} is a tag.
            if (content.stripLeading().matches("(?s)\\{[^{].*") && !content.contains("\n---")) {
                documents.addAll(jsonOrYaml(file, content, values));
            } else {
                new YamlReader(file, limits, values).read(content, documents);
            }
            documents.replaceAll(document -> document.compact(compact));
        } catch (OverBudget e) {
            recordSkipped(file, documents, e);
        }
        List<Document> elements = new ArrayList<>();
        documents.forEach(document -> elements.addAll(document.elements()));
        values.finishReading();
        return elements;
    }

    /**
     * Reads a single value in YAML or JSON, such as a key of a ConfigMap or a podSpecPatch.
     *
     * @param origin the name of the text in error messages
     * @throws OverBudget if the text is above the budget of the run and this reader is not {@link #refusingOmissions}
     */
    public JsonNode value(String origin, String text) {
        try {
            return new YamlReader(origin, limits, new ValueCount()).value(text);
        } catch (OverBudget e) {
            if (omission == Omission.REFUSED) {
                throw refused(origin, e);
            }
            throw e;
        }
    }

    private List<Document> jsonOrYaml(String file, String content, ValueCount values) {
        try {
            return new JsonReader(file, limits, values).read(content);
        } catch (ManifestException notJson) {
            try {
                List<Document> documents = new ArrayList<>();
                new YamlReader(file, limits, values).read(content, documents);
                return documents;
            } catch (ManifestException notYaml) {
                throw notJson;
            }
        }
    }

    private void recordSkipped(String file, List<Document> documents, OverBudget reason) {
        if (omission == Omission.REFUSED) {
            throw refused(file, reason);
        }
        Budget.current()
                .leftOut(
                        documents.isEmpty() ? file : "what comes after document " + documents.size() + " of " + file,
                        reason);
    }

    private static ManifestException refused(String file, OverBudget reason) {
        return new ManifestException(new Location(file, 1, 1), reason);
    }

    private ManifestException tooLarge(String file) {
        return new ManifestException(
                new Location(file, 1, 1), "larger than " + (limits.bytes() >> 20) + " MiB: refused");
    }
}
