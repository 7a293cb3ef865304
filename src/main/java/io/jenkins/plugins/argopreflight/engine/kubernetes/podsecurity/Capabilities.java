package io.jenkins.plugins.argopreflight.engine.kubernetes.podsecurity;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The checks of capabilities: those that containers can add, and that restricted containers drop all. */
final class Capabilities {

    private static final Set<String> DEFAULT = Set.of(
            "AUDIT_WRITE",
            "CHOWN",
            "DAC_OVERRIDE",
            "FOWNER",
            "FSETID",
            "KILL",
            "MKNOD",
            "NET_BIND_SERVICE",
            "SETFCAP",
            "SETGID",
            "SETPCAP",
            "SETUID",
            "SYS_CHROOT");

    private Capabilities() {}

    static Optional<Violation> baseline(CheckedPod pod) {
        return added(pod, DEFAULT)
                .map(added -> Violation.ofContainers(
                        PodSecurityCheck.CAPABILITIES_BASELINE, added.containers(), added.detail()));
    }

    static Optional<Violation> restricted(CheckedPod pod) {
        List<String> details = new ArrayList<>();
        List<String> keeping =
                pod.containerNamesByContext(context -> !texts(context, "drop").contains("ALL"));
        if (!keeping.isEmpty()) {
            details.add(Words.named("container", keeping) + " must set securityContext.capabilities.drop=[\"ALL\"]");
        }
        Optional<Added> added = added(pod, Set.of("NET_BIND_SERVICE"));
        added.map(Added::detail).ifPresent(details::add);
        List<String> containers =
                keeping.isEmpty() ? added.map(Added::containers).orElse(List.of()) : keeping;
        return details.isEmpty()
                ? Optional.empty()
                : Optional.of(Violation.ofContainers(
                        PodSecurityCheck.CAPABILITIES_RESTRICTED, containers, String.join("; ", details)));
    }

    /** The containers that add forbidden capabilities. */
    private record Added(List<String> containers, String detail) {}

    private static Optional<Added> added(CheckedPod pod, Set<String> allowed) {
        Set<String> forbidden = new TreeSet<>();
        List<String> bad = pod.containerNamesByContext(context -> {
            List<String> added = new ArrayList<>(texts(context, "add"));
            added.removeAll(allowed);
            forbidden.addAll(added);
            return !added.isEmpty();
        });
        return bad.isEmpty()
                ? Optional.empty()
                : Optional.of(new Added(
                        bad,
                        Words.named("container", bad) + " must not include " + Words.quoted(forbidden)
                                + " in securityContext.capabilities.add"));
    }

    private static List<String> texts(JsonNode context, String list) {
        List<String> texts = new ArrayList<>();
        context.path("capabilities").path(list).forEach(text -> texts.add(Json.text(text)));
        return texts;
    }
}
