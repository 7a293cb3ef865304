package io.jenkins.plugins.argopreflight.engine.registry.credentials;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.jenkins.plugins.argopreflight.engine.util.go.GoBase64;
import io.jenkins.plugins.argopreflight.engine.util.go.GoBytes;
import io.jenkins.plugins.argopreflight.engine.util.go.GoNames;
import io.jenkins.plugins.argopreflight.engine.util.secret.Password;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An entry of a registry Secret as its consumer decodes it, by the rules of DockerConfigEntry.UnmarshalJSON in
 * kubernetes' pkg/credentialprovider/config.go: {@code auth} takes precedence over {@code username} and
 * {@code password}.
 *
 * @param username the user name that is sent, or ""
 * @param password the password that is sent
 * @param overridden whether {@code auth} differs from {@code username} and {@code password} beside it
 * @param token whether the entry has an identity or registry token that the consumer uses
 * @param unread names of fields that the consumer does not read, such as identitytoken
 */
record StoredAuth(String username, Password password, boolean overridden, boolean token, List<String> unread) {

    boolean isEmpty() {
        return username.isEmpty() && password.isEmpty();
    }

    StoredCredential toCredential(String secret, String key) {
        return new StoredCredential(secret, RegistryKey.shown(key), username, password);
    }

    /** Reads the entry at the parser's position, which can be null. */
    static StoredAuth read(JsonParser parser, String key, ConsumerDecoding decoding)
            throws IOException, StoredAuths.MalformedException {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return decode(Map.of(), List.of(), key, decoding);
        }
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw new StoredAuths.MalformedException(key, "", " must be an object");
        }
        Map<String, String> found = new HashMap<>();
        List<String> unread = new ArrayList<>();
        String wrongType = "";
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            Optional<String> field = decoding.field(name);
            JsonToken value = parser.nextToken();
            if (field.isEmpty()) {
                unread.add(name);
            } else if (value == JsonToken.VALUE_STRING) {
                found.put(field.get(), GoNames.text(parser.getText()));
            } else if (value != JsonToken.VALUE_NULL && wrongType.isEmpty()) {
                wrongType = field.get();
            }
            parser.skipChildren();
        }
        if (!wrongType.isEmpty()) {
            throw new StoredAuths.MalformedException(key, wrongType, " must be a string");
        }
        return decode(found, unread, key, decoding);
    }

    private static StoredAuth decode(
            Map<String, String> found, List<String> unread, String key, ConsumerDecoding decoding)
            throws StoredAuths.MalformedException {
        String username = found.getOrDefault("username", "");
        String password = found.getOrDefault("password", "");
        String auth = found.getOrDefault("auth", "");
        boolean token = !found.getOrDefault("identitytoken", "").isEmpty()
                || !found.getOrDefault("registrytoken", "").isEmpty();
        if (auth.isEmpty()) {
            return new StoredAuth(username, Password.of(password), /* overridden= */ false, token, unread);
        }
        String decoded;
        try {
            decoded = GoBase64.decode(auth);
        } catch (GoBase64.CorruptException e) {
            throw new StoredAuths.MalformedException(key, "auth", ": " + decoding.notBase64Message(e.getMessage()));
        }
        int colon = decoded.indexOf(':');
        if (colon < 0) {
            throw new StoredAuths.MalformedException(key, "auth", ": " + decoding.noColonMessage());
        }
        String user = GoBytes.text(decoded.substring(0, colon));
        String secret = GoBytes.text(decoded.substring(colon + 1));
        boolean overridden =
                !username.isEmpty() && !username.equals(user) || !password.isEmpty() && !password.equals(secret);
        return new StoredAuth(user, Password.of(secret), overridden, token, unread);
    }
}
