package io.jenkins.plugins.argopreflight.engine.registry.credentials;

import io.jenkins.plugins.argopreflight.engine.util.go.GoNames;
import java.util.List;
import java.util.Optional;

/**
 * The decoding of a registry Secret by one consumer: the fields that the consumer reads, and its messages for an
 * invalid auth.
 */
enum ConsumerDecoding {
    /** DockerConfigJSON in kubernetes' pkg/credentialprovider/config.go. */
    KUBELET("unable to parse auth field, ", "", "username", "password", "email", "auth"),
    /** AuthConfig in go-containerregistry's pkg/authn/authn.go. */
    CONTROLLER(
            "unable to decode auth field: ",
            "unable to decode auth field: ",
            "username",
            "password",
            "auth",
            "identitytoken",
            "registrytoken");

    private final String noColonPrefix;
    private final String notBase64Prefix;
    private final List<String> fields;

    ConsumerDecoding(String noColonPrefix, String notBase64Prefix, String... fields) {
        this.noColonPrefix = noColonPrefix;
        this.notBase64Prefix = notBase64Prefix;
        this.fields = List.of(fields);
    }

    /**
     * Returns the field of an entry for a name in any case, such as {@code auth} for {@code Auth}; empty if the
     * consumer ignores the name.
     */
    Optional<String> field(String name) {
        return fields.stream().filter(field -> GoNames.same(name, field)).findFirst();
    }

    /** Returns whether the consumer reads HttpHeaders beside auths, so that a wrong type in it is an error. */
    boolean readsHttpHeaders() {
        return this == KUBELET;
    }

    /** Returns the consumer's message for an auth without a colon. */
    String noColonMessage() {
        return noColonPrefix + "must be formatted as base64(username:password)";
    }

    /** Returns the consumer's message for an auth that is not base64. */
    String notBase64Message(String error) {
        return notBase64Prefix + error;
    }
}
