package io.jenkins.plugins.argopreflight.engine.kubernetes.podsecurity;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The check of SELinux types; users and roles are never allowed. */
final class SeLinux {

    static final Set<String> TYPES = Set.of("", "container_t", "container_init_t", "container_kvm_t");
    static final Set<String> TYPES_31 =
            Set.of("", "container_t", "container_init_t", "container_kvm_t", "container_engine_t");

    private SeLinux() {}

    static Control types(Set<String> allowed) {
        return pod -> check(pod, allowed);
    }

    private static Optional<Violation> check(CheckedPod pod, Set<String> allowed) {
        Set<String> types = new TreeSet<>();
        Set<String> fields = new TreeSet<>();
        boolean ofPod = isForbidden(pod.securityContext(), allowed, types, fields);
        List<String> bad = pod.containerNamesByContext(context -> isForbidden(context, allowed, types, fields));
        List<String> setters = Words.setters(ofPod, bad);
        if (setters.isEmpty()) {
            return Optional.empty();
        }
        List<String> data = new ArrayList<>();
        if (!types.isEmpty()) {
            data.add(Words.named("type", types));
        }
        for (String field : List.of("user", "role")) {
            if (fields.contains(field)) {
                data.add(field + " may not be set");
            }
        }
        return Optional.of(Violation.ofContainers(
                PodSecurityCheck.SE_LINUX_OPTIONS,
                bad,
                Words.and(setters) + " set forbidden securityContext.seLinuxOptions: " + String.join("; ", data)));
    }

    private static boolean isForbidden(JsonNode context, Set<String> allowed, Set<String> types, Set<String> fields) {
        JsonNode options = context.path("seLinuxOptions");
        String type = Json.text(options, "type");
        boolean forbidden = !allowed.contains(type);
        if (forbidden) {
            types.add(type);
        }
        for (String field : List.of("user", "role")) {
            if (!Json.text(options, field).isEmpty()) {
                fields.add(field);
                forbidden = true;
            }
        }
        return forbidden;
    }
}
