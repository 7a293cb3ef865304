package io.jenkins.plugins.argopreflight.engine.kubernetes.kubeconfig;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.KubeconfigException;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The fields of one object of a kubeconfig. */
final class Fields {

    private static final String FLATTEN = "; kubectl config view --raw --flatten --minify writes one without files";
    /** The fields that kubectl supports and Argo Preflight refuses, with the reason and the fix. */
    private static final Map<String, String> REFUSED = Map.of(
            "exec", "exec, a program that is not run here; use token or client-certificate-data",
            "auth-provider", "auth-provider, which is not followed here; use token or client-certificate-data",
            "tokenFile", "tokenFile, a file that is not read here; use token",
            "client-certificate", "client-certificate, a file that is not read here; use client-certificate-data",
            "client-key", "client-key, a file that is not read here; use client-key-data",
            "certificate-authority",
                    "certificate-authority, a file that is not read here; use certificate-authority-data",
            "proxy-url", "proxy-url, which is not followed here; set the proxy where the cluster is configured");

    private final JsonNode object;
    private final String what;
    private final String origin;

    private Fields(JsonNode object, String what, String origin) {
        this.object = object;
        this.what = what;
        this.origin = origin;
    }

    /**
     * Returns the fields of a value, which must be an object.
     *
     * @param what such as {@code user "jane"}
     * @param origin such as {@code credentials "prod"}
     */
    static Fields of(JsonNode value, String what, String origin) {
        if (!value.isObject()) {
            throw new KubeconfigException(what + " in " + origin + " must be an object");
        }
        return new Fields(value, what, origin);
    }

    /** The position for messages: {@code user "jane" in credentials "prod"}. */
    String where() {
        return what + " in " + origin;
    }

    boolean has(String field) {
        return object.has(field);
    }

    /** Throws an error that names a field, if one is not allowed. */
    void refuseOthers(Collection<String> allowed) {
        object.fieldNames().forEachRemaining(field -> {
            if (!allowed.contains(field)) {
                throw new KubeconfigException(where() + " has "
                        + (REFUSED.containsKey(field)
                                ? REFUSED.get(field) + FLATTEN
                                : "\"" + KubeconfigNames.shorten(field)
                                        + "\", which is not supported here: remove it"));
            }
        });
    }

    /** Returns the text of a field; empty if it is absent or null. */
    Optional<String> text(String field) {
        return text(field, field + " of " + where());
    }

    private Optional<String> text(String field, String name) {
        JsonNode value = object.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isTextual()) {
            throw new KubeconfigException(name + " must be text: put it in quotes");
        }
        return Optional.of(value.textValue());
    }

    /** Returns the text of a field that must be one line; empty if it is absent or null. */
    Optional<String> name(String field) {
        return name(field, field + " of " + where());
    }

    /**
     * Returns the text of a field that must be one line.
     *
     * @param name the name of the field in messages
     */
    Optional<String> name(String field, String name) {
        Optional<String> text = text(field, name);
        if (text.filter(value -> value.chars().anyMatch(Character::isISOControl))
                .isPresent()) {
            throw new KubeconfigException(name + " must be one line");
        }
        return text;
    }

    boolean flag(String field) {
        JsonNode value = object.path(field);
        if (!value.isMissingNode() && !value.isNull() && !value.isBoolean()) {
            throw new KubeconfigException(field + " of " + where() + " must be true or false");
        }
        return value.asBoolean();
    }

    List<String> texts(String field) {
        List<String> texts = new ArrayList<>();
        JsonNode value = object.path(field);
        boolean isSet = !value.isMissingNode() && !value.isNull();
        for (JsonNode each : value) {
            isSet &= each.isTextual();
            texts.add(Json.text(each));
        }
        if (isSet ? !value.isArray() : !texts.isEmpty()) {
            throw new KubeconfigException(field + " of " + where() + " must be a list of texts");
        }
        return texts;
    }

    /** Returns the PEM in a field of base64; "" if the field is absent. */
    String decoded(String field) {
        String text = text(field).orElse("").replaceAll("\\s+", "");
        try {
            return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new KubeconfigException(field + " of " + where() + " is not base64: it holds PEM, encoded once more");
        }
    }
}
