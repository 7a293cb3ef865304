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
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.facts.pull.PullRow;
import io.jenkins.plugins.argopreflight.engine.facts.pull.PullRow.RowCondition;
import io.jenkins.plugins.argopreflight.engine.facts.right.NeededRight;
import io.jenkins.plugins.argopreflight.engine.model.fact.Label;
import io.jenkins.plugins.argopreflight.engine.preflight.Gate;
import io.jenkins.plugins.argopreflight.engine.preflight.Report;
import io.jenkins.plugins.argopreflight.engine.preflight.Report.PermissionRow.RightAnswer;
import io.jenkins.plugins.argopreflight.engine.registry.Verdict;
import io.jenkins.plugins.argopreflight.engine.render.page.CheckCounts;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** A preflight in JSON as {@code docs/report.schema.json} describes it. Reading it restores the whole report. */
public final class PreflightJson {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new SimpleModule()
                    .addSerializer(new Labels())
                    .addDeserializer(Verdict.class, new LabelReader<>(Verdict.UNKNOWN))
                    .addDeserializer(RightAnswer.class, new LabelReader<>(RightAnswer.UNKNOWN))
                    .addDeserializer(NeededRight.Party.class, new LabelReader<>(NeededRight.Party.SUBMITTER))
                    .addDeserializer(ArgoPod.Kind.class, new LabelReader<>(ArgoPod.Kind.OTHER))
                    .addDeserializer(Gate.class, new LabelReader<>(Gate.FAIL))
                    .addDeserializer(EvidenceLine.class, new EvidenceReader())
                    .addSerializer(RowCondition.class, ToStringSerializer.instance)
                    .addDeserializer(RowCondition.class, new ConditionReader())
                    .setSerializerModifier(new IdentifiedFinding.Modifier()))
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .defaultPropertyInclusion(JsonInclude.Value.construct(NON_NULL, NON_NULL))
            .build();

    /** Renders the whole report, with a newline at its end. */
    public String render(Report report) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            print(report, out);
        } catch (IOException e) {
            throw new IllegalStateException("a report always prints", e);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    /**
     * Prints the whole report to a stream while it is serialized, so that a large report is not held in memory a second
     * time. The stream stays open.
     */
    public void print(Report report, OutputStream out) throws IOException {
        writer(report).withDefaultPrettyPrinter().writeValue(out, report);
        out.write('\n');
    }

    /** Writes the whole report to a stream without line breaks. The stream stays open. */
    public void write(Report report, OutputStream out) throws IOException {
        writer(report).writeValue(out, report);
    }

    private static ObjectWriter writer(Report report) {
        return MAPPER.writer()
                .withAttribute(IdentifiedFinding.IDS, IdentifiedFinding.ids(report))
                .without(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    }

    /** Returns the pulls of a sync or a login check. */
    static ArrayNode pulls(List<PullRow> pulls) {
        return MAPPER.valueToTree(pulls);
    }

    /** Returns the report as a document. */
    public ObjectNode tree(Report report) {
        try (TokenBuffer tokens = new TokenBuffer(MAPPER, false)) {
            writer(report).writeValue(tokens, report);
            return MAPPER.readTree(tokens.asParser());
        } catch (IOException e) {
            throw new IllegalStateException("a report always prints", e);
        }
    }

    /**
     * Reads a report.
     *
     * @throws IllegalArgumentException if the text is not a report; the message does not quote it
     */
    public Report read(String json) {
        try {
            return read(MAPPER.readTree(json));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no report of a preflight");
        }
    }

    /**
     * Reads a report from a stream up to its end. The stream stays open.
     *
     * @throws IllegalArgumentException if the content is not a report; the message does not quote it
     * @throws IOException if the stream cannot be read
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
     * Reads a report from a document.
     *
     * @throws IllegalArgumentException if the document is not a report; the message does not quote it
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

    /**
     * Adds the fields that reports of earlier versions lack, in place. Reports of versions up to December 2026 do not
     * have the field {@code argoAssumed}: only in these, a text is read for the value that it has as a field today.
     */
    private static JsonNode upgraded(JsonNode document) {
        List<JsonNode> findings = Stream.concat(
                        document.path("findings").valueStream(),
                        document.path("ignored").valueStream().map(each -> each.path("finding")))
                .toList();
        findings.forEach(PreflightJson::upgrade);
        if (document.path("versions") instanceof ObjectNode versions && !versions.has("argoAssumed")) {
            versions.put("argoAssumed", isVersionAssumed(document));
            findings.forEach(PreflightJson::addReason);
        }
        return document;
    }

    /** Returns whether a report of an earlier version assumes the version of Argo. */
    private static boolean isVersionAssumed(JsonNode document) {
        return document.path("unknown")
                .valueStream()
                .anyMatch(row -> Json.text(row, "fact").startsWith("Argo's version (taken as "));
    }

    /**
     * Adds the missing fields, also to the consequences. The first versions had only a message, later ones no cause and
     * evidence as plain texts. Removes fields with the names of the components that JSON does not have: Jackson would
     * read them.
     */
    private static void upgrade(JsonNode node) {
        if (!(node instanceof ObjectNode finding)) {
            return;
        }
        if (!finding.has("title")) {
            finding.put("title", CheckCounts.title(Json.text(finding, "check")))
                    .put("detail", Json.text(finding, "message"));
        }
        finding.remove(List.of("explanation", "remedy", "impact", "missing"));
        if (!finding.hasNonNull("cause")) {
            finding.put("cause", Json.text(finding, "check"));
        }
        if (!finding.path("observations").isArray()) {
            ArrayNode observations = finding.putArray("observations");
            finding.path("evidence").forEach(line -> observations.addObject().set("text", line));
        }
        finding.path("consequences").forEach(PreflightJson::upgrade);
    }

    /** Adds the reason to a finding of an earlier version and to its consequences. */
    private static void addReason(JsonNode node) {
        if (!(node instanceof ObjectNode finding)) {
            return;
        }
        String titleAndColon = Json.text(finding, "title") + ": ";
        String detail = Json.text(finding, "detail");
        if (isUnknown(finding) && detail.startsWith(titleAndColon)) {
            finding.put("reason", detail.substring(titleAndColon.length()));
        }
        finding.path("consequences").forEach(PreflightJson::addReason);
    }

    private static boolean isUnknown(ObjectNode finding) {
        return Json.text(finding, "outcome").equalsIgnoreCase(Outcome.UNKNOWN.name());
    }

    /** A serializer of enums: the names of outcomes, and labels in lower case for all others. */
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

    /**
     * A deserializer of an enum's labels. A label of a later version becomes a constant of this version, and so does
     * null and a field that is absent.
     */
    private static final class LabelReader<E extends Enum<E>> extends FromStringDeserializer<E> {

        private static final long serialVersionUID = 1L;

        private final E otherwise;

        /**
         * Creates a deserializer.
         *
         * @param otherwise the constant for all labels that this version does not know, and for none
         */
        LabelReader(E otherwise) {
            super(otherwise.getDeclaringClass());
            this.otherwise = otherwise;
        }

        @Override
        protected E _deserialize(String label, DeserializationContext context) {
            return Label.find(otherwise.getDeclaringClass(), label).orElse(otherwise);
        }

        @Override
        protected Object _deserializeFromEmptyString(DeserializationContext context) {
            return otherwise;
        }

        @Override
        public E getNullValue(DeserializationContext context) {
            return otherwise;
        }
    }
}
