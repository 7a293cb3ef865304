package io.jenkins.plugins.argopreflight.engine.registry.credentials;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.jenkins.plugins.argopreflight.engine.util.go.GoNames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The JSON of a registry Secret as its consumer decodes it: by the rules of Go's
 * <a href="https://pkg.go.dev/encoding/json#Unmarshal">encoding/json</a> (names in any case, the last of two equal
 * names wins, a value of a wrong type is an error), with the types of kubernetes' pkg/credentialprovider/config.go.
 */
final class StoredAuths {

    /** The entries by key. If a key occurs twice, the last entry is kept. */
    private final Map<String, StoredAuth> entries = new LinkedHashMap<>();
    /** The names at the top level that the consumer does not read. */
    private final List<String> unread = new ArrayList<>();

    private static final int GO_MAX_DEPTH = 10_000;
    private static final JsonFactory JSON = new JsonFactoryBuilder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(GO_MAX_DEPTH)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private final ConsumerDecoding decoding;
    private Optional<String> wrongType = Optional.empty();
    private boolean wrapped;

    private StoredAuths(ConsumerDecoding decoding) {
        this.decoding = decoding;
    }

    /**
     * Reads a Secret that {@link KeyringNotes#whyIgnored} does not exclude.
     *
     * @throws MalformedException if the consumer reports an error
     */
    static StoredAuths read(PullSecret secret, ConsumerDecoding decoding) throws MalformedException {
        String json = secret.payload().orElseThrow().reveal();
        boolean wrapped = secret.type().equals(PullSecret.DOCKER_CONFIG_JSON);
        checkSyntax(json);
        StoredAuths auths = new StoredAuths(decoding);
        try (JsonParser parser = JSON.createParser(json)) {
            parser.nextToken();
            auths.readDocument(parser, wrapped);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (auths.wrongType.isPresent()) {
            throw new MalformedException(auths.wrongType.get());
        }
        return auths;
    }

    Map<String, StoredAuth> entries() {
        return entries;
    }

    List<String> unread() {
        return unread;
    }

    /** Returns whether the Secret has an {@code auths}, or its type needs none. */
    boolean hasWrapper() {
        return wrapped;
    }

    /** Checks the whole text, as Go does before it decodes any of it. */
    private static void checkSyntax(String json) throws MalformedException {
        try (JsonParser parser = JSON.createParser(json)) {
            if (parser.nextToken() == null) {
                throw new MalformedException("it is not JSON: it is empty");
            }
            parser.skipChildren();
            if (parser.nextToken() != null) {
                throw notJson(parser.currentTokenLocation());
            }
        } catch (JsonProcessingException e) {
            throw notJson(e.getLocation());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static MalformedException notJson(JsonLocation at) {
        return new MalformedException("it is not JSON: line " + at.getLineNr() + ", column " + at.getColumnNr());
    }

    private void readDocument(JsonParser parser, boolean underAuths) throws IOException, MalformedException {
        wrapped = !underAuths;
        if (!underAuths) {
            readEntries(parser, "its value");
            return;
        }
        if (!startsObject(parser, "its value")) {
            return;
        }
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            if (GoNames.same(name, "auths")) {
                wrapped = true;
                readEntries(parser, "auths");
            } else if (decoding.readsHttpHeaders() && GoNames.same(name, "HttpHeaders")) {
                readHeaders(parser);
            } else {
                unread.add(name);
                parser.skipChildren();
            }
        }
    }

    private void readEntries(JsonParser parser, String where) throws IOException, MalformedException {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            entries.clear();
        }
        if (!startsObject(parser, where)) {
            return;
        }
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = GoNames.text(parser.currentName());
            parser.nextToken();
            entries.remove(key);
            entries.put(key, StoredAuth.read(parser, key, decoding));
        }
    }

    private void readHeaders(JsonParser parser) throws IOException {
        if (!startsObject(parser, "HttpHeaders")) {
            return;
        }
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            JsonToken value = parser.nextToken();
            if (value != JsonToken.VALUE_STRING && value != JsonToken.VALUE_NULL) {
                recordWrongType("a value of HttpHeaders must be a string");
                parser.skipChildren();
            }
        }
    }

    /** Returns whether an object starts at the parser's position. Records an error for any value except null. */
    private boolean startsObject(JsonParser parser, String where) throws IOException {
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            return true;
        }
        if (parser.currentToken() != JsonToken.VALUE_NULL) {
            recordWrongType(where + " must be an object");
            parser.skipChildren();
        }
        return false;
    }

    private void recordWrongType(String what) {
        wrongType = wrongType.or(() -> Optional.of(what));
    }

    /**
     * The error of a consumer that cannot decode a Secret, and so uses no credential for any image of the pod. The
     * message has no content of the Secret.
     */
    static final class MalformedException extends Exception {
        private static final long serialVersionUID = 1L;

        private final String key;
        private final String field;

        /** Creates an error about the whole value. */
        MalformedException(String why) {
            super(why);
            this.key = "";
            this.field = "";
        }

        /**
         * Creates an error about one entry.
         *
         * @param key the key as written
         * @param field the field, or "" for the whole entry
         * @param why the part of the message after the field
         */
        MalformedException(String key, String field, String why) {
            super("auths[\"" + RegistryKey.shown(key) + "\"]" + (field.isEmpty() ? "" : "." + field) + why);
            this.key = RegistryKey.shown(key);
            this.field = field;
        }

        /** The key in a form that is safe to print; "" for the whole value. */
        String key() {
            return key;
        }

        String field() {
            return field;
        }

        @Override
        public String getMessage() {
            return Objects.requireNonNull(super.getMessage());
        }
    }
}
