package io.jenkins.plugins.argopreflight.engine.render.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.ser.BeanSerializerModifier;
import com.fasterxml.jackson.databind.ser.ResolvableSerializer;
import com.fasterxml.jackson.databind.util.NameTransformer;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.preflight.Report;
import java.io.IOException;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A serializer of findings that writes the id in the report before the fields, and the message after them. */
final class IdentifiedFinding extends JsonSerializer<Finding> implements ResolvableSerializer {

    /**
     * The key of the serializer attribute with the {@link #ids}. A finding that is not among them is written without
     * id.
     */
    static final Object IDS = IdentifiedFinding.class;

    private final JsonSerializer<Object> whole;
    private JsonSerializer<Object> fields;

    private IdentifiedFinding(JsonSerializer<Object> whole) {
        this.whole = whole;
        this.fields = whole;
    }

    /** Returns the ids of a report's findings by identity, since two findings can be equal. */
    static Map<Finding, String> ids(Report report) {
        Map<Finding, String> ids = new IdentityHashMap<>();
        Iterator<String> next = report.allIds().iterator();
        report.all().forEach(finding -> ids.put(finding, next.next()));
        return ids;
    }

    @Override
    public void resolve(SerializerProvider provider) throws JsonMappingException {
        if (whole instanceof ResolvableSerializer resolvable) {
            resolvable.resolve(provider);
        }
        fields = whole.unwrappingSerializer(NameTransformer.NOP);
    }

    @Override
    public void serialize(Finding finding, JsonGenerator json, SerializerProvider provider) throws IOException {
        json.writeStartObject();
        String id = id(finding, provider);
        if (id != null) {
            json.writeStringField("id", id);
        }
        fields.serialize(finding, json, provider);
        json.writeStringField("message", finding.message());
        json.writeEndObject();
    }

    private static @Nullable String id(Finding finding, SerializerProvider provider) {
        return provider.getAttribute(IDS) instanceof Map<?, ?> ids ? (String) ids.get(finding) : null;
    }

    static final class Modifier extends BeanSerializerModifier {

        private static final long serialVersionUID = 1L;

        @Override
        @SuppressWarnings("unchecked") // Jackson's signature has no type argument.
        public JsonSerializer<?> modifySerializer(
                SerializationConfig config, BeanDescription bean, JsonSerializer<?> serializer) {
            return bean.getBeanClass() == Finding.class
                    ? new IdentifiedFinding((JsonSerializer<Object>) serializer)
                    : serializer;
        }
    }
}
