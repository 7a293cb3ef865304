package io.jenkins.plugins.argopreflight.engine.render.json;

import static com.fasterxml.jackson.annotation.JsonInclude.Include.NON_NULL;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.fact.Label;
import io.jenkins.plugins.argopreflight.engine.registry.Verdict;
import io.jenkins.plugins.argopreflight.engine.render.page.CheckCounts;
import io.jenkins.plugins.argopreflight.engine.report.PullRow;
import io.jenkins.plugins.argopreflight.engine.report.Report;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** A preflight for programs: {@code docs/report.schema.json}. What it writes, it reads back without loss. */
public final class PreflightJson {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new SimpleModule()
                    .addSerializer(new Labels())
                    .addDeserializer(Verdict.class, new Verdicts())
                    .addDeserializer(EvidenceLine.class, new EvidenceReader())
                    .setSerializerModifier(new IdentifiedFinding.Modifier()))
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .defaultPropertyInclusion(JsonInclude.Value.construct(NON_NULL, NON_NULL))
            .build();

    /** The whole report, with a newline at its end. */
    public String render(Report report) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            print(report, out);
        } catch (IOException e) {
            throw new IllegalStateException("a report always prints", e);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    /** The same to a stream, as it is made: a large report takes no memory again. The stream stays open. */
    public void print(Report report, OutputStream out) throws IOException {
        writer(report).withDefaultPrettyPrinter().writeValue(out, report);
        out.write('\n');
    }

    /** The same without line breaks, for a file. */
    public void write(Report report, OutputStream out) throws IOException {
        writer(report).writeValue(out, report);
    }

    private static ObjectWriter writer(Report report) {
        return MAPPER.writer()
                .withAttribute(IdentifiedFinding.IDS, IdentifiedFinding.ids(report))
                .without(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    }

    /** The pulls of a sync or a login check. */
    static ArrayNode pulls(List<PullRow> pulls) {
        return MAPPER.valueToTree(pulls);
    }

    /** The same as a document. */
    public ObjectNode tree(Report report) {
        try (TokenBuffer tokens = new TokenBuffer(MAPPER, false)) {
            writer(report).writeValue(tokens, report);
            return MAPPER.readTree(tokens.asParser());
        } catch (IOException e) {
            throw new IllegalStateException("a report always prints", e);
        }
    }

    /**
     * A report that was written before.
     *
     * @throws IllegalArgumentException when it is none; the message quotes nothing of it
     */
    public Report read(String json) {
        try {
            return read(MAPPER.readTree(json));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no report of a preflight");
        }
    }

    /**
     * The same of a file; the stream is read to the end of the report and stays open.
     *
     * @throws IllegalArgumentException when it is none; the message quotes nothing of it
     * @throws IOException when it cannot be read
     */
    public Report read(InputStream json) throws IOException {
        try {
            return read(MAPPER.reader()
                    .without(JsonParser.Feature.AUTO_CLOSE_SOURCE)
                    .readTree(json));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no report of a preflight");
        }
    }

    /**
     * The same of a document.
     *
     * @throws IllegalArgumentException when it is none; the message quotes nothing of it
     */
    public Report read(JsonNode document) {
        try {
            Report report = MAPPER.treeToValue(upgraded(document), Report.class);
            if (report == null) {
                throw new IllegalArgumentException("no report of a preflight");
            }
            if (report.schemaVersion() != Report.SCHEMA_VERSION) {
                throw new IllegalArgumentException("a report of schemaVersion " + report.schemaVersion()
                        + "; this version reads " + Report.SCHEMA_VERSION);
            }
            return report;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no report of a preflight");
        }
    }

    /** The same document; what findings of earlier versions do not have is made of what they have. */
    private static JsonNode upgraded(JsonNode document) {
        Stream.concat(
                        document.path("findings").valueStream(),
                        document.path("ignored").valueStream().map(each -> each.path("finding")))
                .filter(JsonNode::isObject)
                .forEach(finding -> upgrade((ObjectNode) finding));
        return document;
    }

    /** At first they had only a message, and then evidence only as texts. */
    private static void upgrade(ObjectNode finding) {
        if (!finding.has("title")) {
            finding.put("title", CheckCounts.title(finding.path("check").asText("")))
                    .put("detail", finding.path("message").asText(""));
        }
        if (!finding.path("observations").isArray()) {
            ArrayNode observations = finding.putArray("observations");
            finding.path("evidence").forEach(line -> observations.addObject().set("text", line));
        }
    }

    /** Outcomes as they are called everywhere, other words in lower case. */
    static final class Labels extends StdSerializer<Enum<?>> {

        private static final long serialVersionUID = 1L;

        Labels() {
            super(Enum.class, false);
        }

        @Override
        public void serialize(Enum<?> value, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeString(value instanceof Outcome ? value.name() : Label.of(value));
        }
    }

    /** A verdict by its label; one of a later version is not known. */
    private static final class Verdicts extends FromStringDeserializer<Verdict> {

        private static final long serialVersionUID = 1L;

        Verdicts() {
            super(Verdict.class);
        }

        @Override
        protected Verdict _deserialize(String label, DeserializationContext context) {
            return Stream.of(Verdict.values())
                    .filter(verdict -> verdict.label().equals(label))
                    .findFirst()
                    .orElse(Verdict.UNKNOWN);
        }
    }
}
