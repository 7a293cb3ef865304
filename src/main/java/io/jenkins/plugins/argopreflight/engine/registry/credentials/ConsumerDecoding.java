package io.jenkins.plugins.argopreflight.engine.registry.credentials;

import io.jenkins.plugins.argopreflight.engine.util.go.GoNames;
import java.util.List;
import java.util.Optional;

/**
 * The decoding of a registry Secret by one consumer: the fields that it reads, and its messages for an invalid auth.
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

    private final String beforeNoColon;
    private final String beforeNotBase64;
    private final List<String> fields;

    ConsumerDecoding(String beforeNoColon, String beforeNotBase64, String... fields) {
        this.beforeNoColon = beforeNoColon;
        this.beforeNotBase64 = beforeNotBase64;
        this.fields = List.of(fields);
    }

    /**
     * Returns the field that a name in an entry is read as, in any case; empty if the consumer ignores the name. The
     * value must be a string.
     */
    Optional<String> field(String name) {
        return fields.stream().filter(field -> GoNames.same(name, field)).findFirst();
    }

    boolean readsHeaders() {
        return this == KUBELET;
    }

    String noColon() {
        return beforeNoColon + "must be formatted as base64(username:password)";
    }

    String notBase64(String error) {
        return beforeNotBase64 + error;
    }
}
