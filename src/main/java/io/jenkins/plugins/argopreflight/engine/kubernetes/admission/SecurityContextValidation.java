package io.jenkins.plugins.argopreflight.engine.kubernetes.admission;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.List;

/** The validation of users, groups and contradictions of a securityContext. */
final class SecurityContextValidation {

    private static final List<String> SECCOMP = List.of("Localhost", "RuntimeDefault", "Unconfined");

    private SecurityContextValidation() {}

    static void ofContainer(JsonNode context, String path, FieldErrors errors) {
        ids(context, path, errors, "runAsUser", "runAsGroup");
        seccomp(context.path("seccompProfile"), path + ".seccompProfile", errors);
        boolean mayNotGain = context.path("allowPrivilegeEscalation").isBoolean()
                && !context.path("allowPrivilegeEscalation").booleanValue();
        if (mayNotGain && context.path("privileged").asBoolean()) {
            errors.invalid(
                    path,
                    InternalSecurityContext.of(context),
                    "cannot set `allowPrivilegeEscalation` to false and `privileged` to true");
        }
        for (JsonNode capability : context.path("capabilities").path("add")) {
            if (mayNotGain && Json.text(capability).equals("CAP_SYS_ADMIN")) {
                errors.invalid(
                        path,
                        InternalSecurityContext.of(context),
                        "cannot set `allowPrivilegeEscalation` to false and `capabilities.Add` CAP_SYS_ADMIN");
            }
        }
    }

    static void ofPod(JsonNode context, String path, FieldErrors errors) {
        ids(context, path, errors, "fsGroup", "runAsUser", "runAsGroup");
        JsonNode groups = context.path("supplementalGroups");
        for (int i = 0; i < groups.size(); i++) {
            id(groups.get(i), path + ".supplementalGroups[" + i + "]", errors);
        }
        seccomp(context.path("seccompProfile"), path + ".seccompProfile", errors);
    }

    private static void seccomp(JsonNode profile, String path, FieldErrors errors) {
        if (!profile.isObject()) {
            return;
        }
        String type = Json.text(profile, "type");
        if (type.isEmpty()) {
            errors.required(path + ".type", "type is required when seccompProfile is set");
        } else {
            errors.supported(path + ".type", type, SECCOMP);
        }
        if (type.equals("Localhost") && !profile.hasNonNull("localhostProfile")) {
            errors.required(path + ".localhostProfile", "must be set when seccomp type is Localhost");
        }
    }

    private static void ids(JsonNode context, String path, FieldErrors errors, String... fields) {
        for (String field : fields) {
            id(context.path(field), path + "." + field, errors);
        }
    }

    private static void id(JsonNode id, String path, FieldErrors errors) {
        if (id.isNumber() && (id.asLong() < 0 || id.asLong() > Integer.MAX_VALUE)) {
            errors.invalid(path, id, "must be between 0 and 2147483647, inclusive");
        }
    }
}
