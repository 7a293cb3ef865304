package io.jenkins.plugins.argopreflight.engine.kubernetes.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/** A container's securityContext as the API server's error messages show it: every field, with a capital letter. */
final class InternalSecurityContext {

    private static final String[] FIELDS = {
        "capabilities",
        "privileged",
        "seLinuxOptions",
        "windowsOptions",
        "runAsUser",
        "runAsGroup",
        "runAsNonRoot",
        "readOnlyRootFilesystem",
        "allowPrivilegeEscalation",
        "procMount",
        "seccompProfile",
        "appArmorProfile"
    };

    private InternalSecurityContext() {}

    static JsonNode of(JsonNode context) {
        ObjectNode shown = fields(context, FIELDS);
        shape(shown, "Capabilities", "add", "drop");
        shape(shown, "SELinuxOptions", "user", "role", "type", "level");
        shape(shown, "SeccompProfile", "type", "localhostProfile");
        shape(shown, "AppArmorProfile", "type", "localhostProfile");
        shape(shown, "WindowsOptions", "gmsaCredentialSpecName", "gmsaCredentialSpec", "runAsUserName", "hostProcess");
        return shown;
    }

    private static void shape(ObjectNode shown, String field, String... fields) {
        if (shown.path(field).isObject()) {
            shown.set(field, fields(shown.path(field), fields));
        }
    }

    private static ObjectNode fields(JsonNode context, String... fields) {
        ObjectNode shown = JsonNodeFactory.instance.objectNode();
        for (String field : fields) {
            JsonNode value = context.path(field);
            shown.set(capital(field), value.isMissingNode() ? shown.nullNode() : value);
        }
        return shown;
    }

    private static String capital(String field) {
        return switch (field) {
            case "seLinuxOptions" -> "SELinuxOptions";
            case "gmsaCredentialSpecName" -> "GMSACredentialSpecName";
            case "gmsaCredentialSpec" -> "GMSACredentialSpec";
            default -> field.substring(0, 1).toUpperCase(Locale.ROOT) + field.substring(1);
        };
    }
}
