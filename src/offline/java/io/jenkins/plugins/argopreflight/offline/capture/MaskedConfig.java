package io.jenkins.plugins.argopreflight.offline.capture;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.PullSecret;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.RegistryKey;
import io.jenkins.plugins.argopreflight.engine.util.go.GoBase64;
import io.jenkins.plugins.argopreflight.engine.util.go.GoBytes;
import io.jenkins.plugins.argopreflight.engine.util.go.GoNames;
import io.jenkins.plugins.argopreflight.engine.util.secret.Markers;
import io.jenkins.plugins.argopreflight.engine.util.secret.Password;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The payload of a registry Secret with markers instead of secret values. Programs accept or refuse it as they do the
 * original: keys and user names stay, as do duplicate names; values of a wrong type keep the type, an auth that is not
 * base64 fails at the same byte, and an auth without a colon has none.
 */
public final class MaskedConfig {

    private static final JsonFactory JSON = new JsonFactory();
    /** The schemes and slashes at the beginning of a key, such as {@code https://}. */
    private static final Pattern SCHEMES = Pattern.compile("(?:[A-Za-z]*+:?+/++)++");

    private static final String NOT_JSON = "not JSON";

    private final Markers markers;

    public MaskedConfig(Markers markers) {
        this.markers = markers;
    }

    /**
     * Masks a value of a Secret's data.
     *
     * @param type the Secret's type, one of those that {@link PullSecret#key} knows
     * @param data base64, if the API server accepted it
     */
    public String mask(String type, String data) {
        String json;
        try {
            json = GoBytes.text(GoBase64.decode(data));
        } catch (GoBase64.CorruptException e) {
            return shape(data);
        }
        String masked = json(json, type.equals(PullSecret.DOCKERCFG) ? Level.ENTRIES : Level.DOCUMENT);
        return Base64.getEncoder().encodeToString(masked.getBytes(StandardCharsets.UTF_8));
    }

    /** The position of an object in the document. */
    private enum Level {
        DOCUMENT,
        ENTRIES,
        ENTRY,
        OTHER
    }

    private String json(String text, Level level) {
        StringWriter masked = new StringWriter();
        try (JsonParser parser = JSON.createParser(text);
                JsonGenerator out = JSON.createGenerator(masked)) {
            if (parser.nextToken() == null) {
                return text;
            }
            copy(parser, out, level);
            if (parser.nextToken() != null) {
                return NOT_JSON;
            }
        } catch (IOException e) {
            // The JSON is invalid, or exceeds the limits of the parser, which a valid registry Secret does not.
            return NOT_JSON;
        }
        return masked.toString();
    }

    private void copy(JsonParser parser, JsonGenerator out, Level level) throws IOException {
        switch (parser.currentToken()) {
            case START_OBJECT -> object(parser, out, level);
            case START_ARRAY -> {
                out.writeStartArray();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    copy(parser, out, Level.OTHER);
                }
                out.writeEndArray();
            }
            case VALUE_STRING -> out.writeString(marker(GoNames.text(parser.getText())));
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> out.writeNumber(0);
            default -> out.copyCurrentEvent(parser);
        }
    }

    private void object(JsonParser parser, JsonGenerator out, Level level) throws IOException {
        out.writeStartObject();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            out.writeFieldName(level == Level.ENTRIES ? key(GoNames.text(name)) : GoNames.text(name));
            boolean text = parser.currentToken() == JsonToken.VALUE_STRING;
            if (level == Level.ENTRY && text && (GoNames.same(name, "username") || GoNames.same(name, "email"))) {
                out.writeString(GoNames.text(parser.getText()));
            } else if (level == Level.ENTRY && text && GoNames.same(name, "auth")) {
                out.writeString(auth(GoNames.text(parser.getText())));
            } else {
                copy(parser, out, inside(level, name));
            }
        }
        out.writeEndObject();
    }

    private static Level inside(Level level, String name) {
        return switch (level) {
            case DOCUMENT -> GoNames.same(name, "auths") ? Level.ENTRIES : Level.OTHER;
            case ENTRIES -> Level.ENTRY;
            case ENTRY, OTHER -> Level.OTHER;
        };
    }

    /** Masks the credentials that a key can contain before its host: {@code user:password@}. */
    private String key(String key) {
        int end = key.lastIndexOf('@');
        Matcher schemes = SCHEMES.matcher(key);
        int colon = key.indexOf(':', schemes.lookingAt() ? schemes.end() : 0);
        if (colon < 0 || colon > end) {
            return key;
        }
        String masked = key.substring(0, colon + 1) + marker(key.substring(colon + 1, end)) + key.substring(end);
        boolean noLongerBroken = RegistryKey.isSkipped(key) && !RegistryKey.isSkipped(masked);
        return noLongerBroken ? masked.replaceFirst("@", "%@") : masked;
    }

    private String auth(String auth) {
        String decoded;
        try {
            decoded = GoBase64.decode(auth);
        } catch (GoBase64.CorruptException e) {
            return shape(auth);
        }
        if (decoded.isEmpty()) {
            return auth;
        }
        // Without a colon, the whole text can be secret.
        int secret = decoded.indexOf(':') + 1;
        String masked = decoded.substring(0, secret) + GoBytes.of(marker(GoBytes.text(decoded.substring(secret))));
        Base64.Encoder encoder = auth.strip().endsWith("=") || auth.strip().length() % 4 == 0
                ? Base64.getEncoder()
                : Base64.getEncoder().withoutPadding();
        return encoder.encodeToString(masked.getBytes(StandardCharsets.ISO_8859_1));
    }

    private String marker(String secret) {
        return markers.of(Password.of(secret));
    }

    /**
     * Returns a text that has the same shape for base64 decoding, byte by byte: each character of base64 becomes
     * {@code A}, padding and spaces stay, and all others become {@code *}.
     */
    private static String shape(String text) {
        StringBuilder shape = new StringBuilder();
        text.codePoints().forEach(c -> {
            String one = Character.toString(c);
            if (one.matches("[A-Za-z0-9+/]")) {
                shape.append('A');
            } else if (one.matches("[=\\t-\\r \\x85\\xA0\\p{Z}]")) {
                shape.append(one);
            } else {
                shape.append("*".repeat(one.getBytes(StandardCharsets.UTF_8).length));
            }
        });
        return shape.toString();
    }
}
