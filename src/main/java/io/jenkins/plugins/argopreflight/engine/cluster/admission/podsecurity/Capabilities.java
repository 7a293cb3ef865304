package io.jenkins.plugins.argopreflight.engine.cluster.admission.podsecurity;

import com.fasterxml.jackson.databind.JsonNode;
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
        return added(pod, DEFAULT).map(detail -> new Violation("non-default capabilities", detail));
    }

    static Optional<Violation> restricted(CheckedPod pod) {
        List<String> details = new ArrayList<>();
        List<String> keeping = pod.contexts(context -> !texts(context, "drop").contains("ALL"));
        if (!keeping.isEmpty()) {
            details.add(Words.named("container", keeping) + " must set securityContext.capabilities.drop=[\"ALL\"]");
        }
        added(pod, Set.of("NET_BIND_SERVICE")).ifPresent(details::add);
        return details.isEmpty()
                ? Optional.empty()
                : Optional.of(new Violation("unrestricted capabilities", String.join("; ", details)));
    }

    private static Optional<String> added(CheckedPod pod, Set<String> allowed) {
        Set<String> forbidden = new TreeSet<>();
        List<String> bad = pod.contexts(context -> {
            List<String> added = new ArrayList<>(texts(context, "add"));
            added.removeAll(allowed);
            forbidden.addAll(added);
            return !added.isEmpty();
        });
        return bad.isEmpty()
                ? Optional.empty()
                : Optional.of(Words.named("container", bad) + " must not include " + Words.quoted(forbidden)
                        + " in securityContext.capabilities.add");
    }

    private static List<String> texts(JsonNode context, String list) {
        List<String> texts = new ArrayList<>();
        context.path("capabilities").path(list).forEach(text -> texts.add(text.asText("")));
        return texts;
    }
}
