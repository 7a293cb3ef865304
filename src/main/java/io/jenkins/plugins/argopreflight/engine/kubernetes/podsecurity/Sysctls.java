package io.jenkins.plugins.argopreflight.engine.kubernetes.podsecurity;

import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The sysctls that count as safe: more of them with each version. */
final class Sysctls {

    static final Set<String> SAFE = Set.of(
            "kernel.shm_rmid_forced",
            "net.ipv4.ip_local_port_range",
            "net.ipv4.tcp_syncookies",
            "net.ipv4.ping_group_range",
            "net.ipv4.ip_unprivileged_port_start");
    static final Set<String> SAFE_27 = and(SAFE, "net.ipv4.ip_local_reserved_ports");
    static final Set<String> SAFE_29 = and(
            SAFE_27,
            "net.ipv4.tcp_keepalive_time",
            "net.ipv4.tcp_fin_timeout",
            "net.ipv4.tcp_keepalive_intvl",
            "net.ipv4.tcp_keepalive_probes");
    static final Set<String> SAFE_32 = and(SAFE_29, "net.ipv4.tcp_rmem", "net.ipv4.tcp_wmem");
    static final Set<String> SAFE_37 = and(SAFE_32, "net.ipv4.tcp_slow_start_after_idle", "net.ipv4.tcp_notsent_lowat");

    private Sysctls() {}

    static Control safe(Set<String> safe) {
        return pod -> {
            List<String> forbidden = new ArrayList<>();
            pod.securityContext().path("sysctls").forEach(sysctl -> forbidden.add(Json.text(sysctl, "name")));
            forbidden.removeAll(safe);
            return forbidden.isEmpty()
                    ? Optional.empty()
                    : Optional.of(Violation.ofPod(
                            "forbidden sysctls", "securityContext.sysctls", String.join(", ", forbidden)));
        };
    }

    private static Set<String> and(Set<String> safe, String... more) {
        Set<String> all = new HashSet<>(safe);
        all.addAll(Arrays.asList(more));
        return Set.copyOf(all);
    }
}
