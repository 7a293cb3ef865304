package io.jenkins.plugins.argopreflight.engine.kubernetes.podsecurity;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.podsecurity.PodSecurityRule.Revision;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The sysctls that count as safe: more of them with each version. */
public final class Sysctls {

    private static final Set<String> SAFE = Set.of(
            "kernel.shm_rmid_forced",
            "net.ipv4.ip_local_port_range",
            "net.ipv4.tcp_syncookies",
            "net.ipv4.ping_group_range",
            "net.ipv4.ip_unprivileged_port_start");
    private static final Set<String> SAFE_27 = and(SAFE, "net.ipv4.ip_local_reserved_ports");
    private static final Set<String> SAFE_29 = and(
            SAFE_27,
            "net.ipv4.tcp_keepalive_time",
            "net.ipv4.tcp_fin_timeout",
            "net.ipv4.tcp_keepalive_intvl",
            "net.ipv4.tcp_keepalive_probes");
    private static final Set<String> SAFE_32 = and(SAFE_29, "net.ipv4.tcp_rmem", "net.ipv4.tcp_wmem");
    private static final Set<String> SAFE_37 =
            and(SAFE_32, "net.ipv4.tcp_slow_start_after_idle", "net.ipv4.tcp_notsent_lowat");

    /** The safe sysctls by the minor version of Kubernetes from which on they count as safe. */
    private static final NavigableMap<Integer, Set<String>> SAFE_SINCE =
            new TreeMap<>(Map.of(0, SAFE, 27, SAFE_27, 29, SAFE_29, 32, SAFE_32, 37, SAFE_37));

    private Sysctls() {}

    static Revision[] revisions() {
        return SAFE_SINCE.entrySet().stream()
                .map(safe -> PodSecurityRule.since(safe.getKey(), control(safe.getValue())))
                .toArray(Revision[]::new);
    }

    private static Control control(Set<String> safe) {
        return pod -> {
            List<String> forbidden = names(pod.securityContext().path("sysctls"))
                    .filter(name -> !safe.contains(name))
                    .toList();
            return forbidden.isEmpty()
                    ? Optional.empty()
                    : Optional.of(Violation.ofPod(PodSecurityCheck.SYSCTLS, String.join(", ", forbidden)));
        };
    }

    /**
     * Returns the sysctls that the kubelet of Kubernetes 1.N refuses unless its --allowed-unsafe-sysctls has them: the
     * list of safe ones is the same. Source: kubernetes pkg/kubelet/sysctl/safe_sysctls.go.
     *
     * @param sysctls those of a pod's securityContext
     * @return names such as {@code net.core.somaxconn}
     */
    public static List<String> unsafe(JsonNode sysctls, int minor) {
        Set<String> safe = SAFE_SINCE.floorEntry(minor).getValue();
        return names(sysctls)
                .map(Sysctls::dotted)
                .filter(name -> !safe.contains(name))
                .toList();
    }

    private static Stream<String> names(JsonNode sysctls) {
        return sysctls.valueStream().map(sysctl -> Json.text(sysctl, "name"));
    }

    /**
     * Returns the name with dots.
     *
     * @see
     *     <a href="https://github.com/kubernetes/component-helpers/blob/v0.34.4/node/util/sysctl/sysctl.go">NormalizeName</a>
     */
    private static String dotted(String name) {
        boolean slashes = name.indexOf('/') >= 0 && (name.indexOf('.') < 0 || name.indexOf('/') < name.indexOf('.'));
        return slashes ? name.replace('.', '\0').replace('/', '.').replace('\0', '/') : name;
    }

    private static Set<String> and(Set<String> safe, String... more) {
        Set<String> all = new HashSet<>(safe);
        all.addAll(Arrays.asList(more));
        return Set.copyOf(all);
    }
}
