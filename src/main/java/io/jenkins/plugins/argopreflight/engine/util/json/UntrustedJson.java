package io.jenkins.plugins.argopreflight.engine.util.json;

import com.fasterxml.jackson.core.JsonFactory;

/**
 * The factory for mappers that read untrusted content. Jackson's own factory keeps up to 12,000 names of fields in
 * memory, each with up to 50,000 characters, and most mappers live as long as the process.
 */
public final class UntrustedJson {

    private UntrustedJson() {}

    /** Returns a factory that does not keep the names of fields. */
    public static JsonFactory factory() {
        return JsonFactory.builder()
                .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .build();
    }
}
