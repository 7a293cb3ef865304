package io.jenkins.plugins.argopreflight.engine.dockerconfig;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.jenkins.plugins.argopreflight.engine.secret.Password;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One entry of a registry Secret as the kubelet decodes it (DockerConfigEntry.UnmarshalJSON in kubernetes'
 * pkg/credentialprovider/config.go): {@code auth} wins over {@code username} and {@code password}.
 *
 * @param username as it will be sent, "" for none
 * @param password as it will be sent
 * @param overridden whether {@code auth} says something else than {@code username} and {@code password} beside it
 * @param unread names in it that the kubelet does not read, such as identitytoken
 */
record StoredAuth(String username, Password password, boolean overridden, List<String> unread) {

    private static final List<String> FIELDS = List.of("username", "password", "email", "auth");

    boolean isEmpty() {
        return username.isEmpty() && password.isEmpty();
    }

    /** Reads the value at the parser, null included. */
    static StoredAuth read(JsonParser parser, String key) throws IOException, StoredAuths.MalformedException {
        String where = "auths[\"" + key + "\"]";
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return of(Map.of(), List.of(), where);
        }
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw new StoredAuths.MalformedException(where + " must be an object");
        }
        Map<String, String> found = new HashMap<>();
        List<String> unread = new ArrayList<>();
        String wrongType = "";
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            Optional<String> field =
                    FIELDS.stream().filter(f -> GoNames.same(name, f)).findFirst();
            JsonToken value = parser.nextToken();
            if (field.isEmpty()) {
                unread.add(name);
            } else if (value == JsonToken.VALUE_STRING) {
                found.put(field.get(), GoNames.text(parser.getText()));
            } else if (value != JsonToken.VALUE_NULL && wrongType.isEmpty()) {
                wrongType = where + "." + field.get() + " must be a string";
            }
            parser.skipChildren();
        }
        if (!wrongType.isEmpty()) {
            throw new StoredAuths.MalformedException(wrongType);
        }
        return of(found, unread, where);
    }

    private static StoredAuth of(Map<String, String> found, List<String> unread, String where)
            throws StoredAuths.MalformedException {
        String username = found.getOrDefault("username", "");
        String password = found.getOrDefault("password", "");
        String auth = found.getOrDefault("auth", "");
        if (auth.isEmpty()) {
            return new StoredAuth(username, Password.of(password), false, unread);
        }
        String decoded;
        try {
            decoded = GoBase64.decode(auth);
        } catch (GoBase64.CorruptException e) {
            throw new StoredAuths.MalformedException(where + ".auth: " + e.getMessage());
        }
        int colon = decoded.indexOf(':');
        if (colon < 0) {
            throw new StoredAuths.MalformedException(
                    where + ".auth: unable to parse auth field, must be formatted as base64(username:password)");
        }
        String user = GoBytes.text(decoded.substring(0, colon));
        String secret = GoBytes.text(decoded.substring(colon + 1));
        boolean overridden =
                !username.isEmpty() && !username.equals(user) || !password.isEmpty() && !password.equals(secret);
        return new StoredAuth(user, Password.of(secret), overridden, unread);
    }
}
