package io.jenkins.plugins.argopreflight.engine.kubernetes.podsecurity;

import static io.jenkins.plugins.argopreflight.engine.kubernetes.podsecurity.CheckedPod.isSet;
import static io.jenkins.plugins.argopreflight.engine.kubernetes.podsecurity.CheckedPod.isTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The checks of resources of the node that a pod uses. */
final class HostChecks {

    private HostChecks() {}

    static Optional<Violation> privileged(CheckedPod pod) {
        List<String> bad = pod.containerNamesByContext(context -> isTrue(context.path("privileged")));
        return bad.isEmpty()
                ? Optional.empty()
                : Optional.of(Violation.ofContainers(
                        PodSecurityCheck.PRIVILEGED,
                        bad,
                        Words.named("container", bad) + " must not set securityContext.privileged=true"));
    }

    static Optional<Violation> hostNamespaces(CheckedPod pod) {
        List<String> shared = Stream.of("hostNetwork", "hostPID", "hostIPC")
                .filter(field -> isTrue(pod.spec().path(field)))
                .toList();
        return shared.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        Violation.ofPod(PodSecurityCheck.HOST_NAMESPACES, String.join("=true, ", shared) + "=true")
                                .withField(shared.get(0)));
    }

    static Optional<Violation> hostPathVolumes(CheckedPod pod) {
        List<String> bad = pod.spec()
                .path("volumes")
                .valueStream()
                .filter(volume -> isSet(volume.path("hostPath")))
                .map(volume -> Json.text(volume, "name"))
                .toList();
        return bad.isEmpty()
                ? Optional.empty()
                : Optional.of(Violation.ofVolumes(PodSecurityCheck.HOST_PATH_VOLUMES, bad, Words.named("volume", bad)));
    }

    static Optional<Violation> hostPorts(CheckedPod pod) {
        Set<String> ports = new TreeSet<>();
        List<String> bad = pod.containerNames(container -> {
            List<String> taken = portsOf(container);
            ports.addAll(taken);
            return !taken.isEmpty();
        });
        return bad.isEmpty()
                ? Optional.empty()
                : Optional.of(Violation.ofContainers(
                        PodSecurityCheck.HOST_PORTS,
                        bad,
                        Words.named("container", bad) + uses(bad) + Words.plural("hostPort", ports) + " "
                                + String.join(", ", ports)));
    }

    private static List<String> portsOf(JsonNode container) {
        return container
                .path("ports")
                .valueStream()
                .map(port -> port.path("hostPort").asLong())
                .filter(port -> port != 0)
                .map(port -> Long.toString(port))
                .toList();
    }

    static Optional<Violation> hostProbesAndHostLifecycle(CheckedPod pod) {
        Set<String> hosts = new TreeSet<>();
        Set<String> bad = new TreeSet<>();
        for (JsonNode container : pod.containers()) {
            Stream.of(
                            "/livenessProbe",
                            "/readinessProbe",
                            "/startupProbe",
                            "/lifecycle/postStart",
                            "/lifecycle/preStop")
                    .map(container::at)
                    .flatMap(handler -> Stream.of(handler.path("httpGet"), handler.path("tcpSocket")))
                    .map(action -> Json.text(action, "host"))
                    .filter(host -> !host.isEmpty())
                    .forEach(host -> {
                        hosts.add(host);
                        bad.add(Json.text(container, "name"));
                    });
        }
        return bad.isEmpty()
                ? Optional.empty()
                : Optional.of(Violation.ofContainers(
                        PodSecurityCheck.HOST_PROBES_AND_HOST_LIFECYCLE,
                        List.copyOf(bad),
                        Words.named("container", bad) + uses(bad) + Words.named("probe or lifecycle host", hosts)));
    }

    static Optional<Violation> windowsHostProcess(CheckedPod pod) {
        List<String> bad = pod.containerNamesByContext(context -> isTrue(context.at("/windowsOptions/hostProcess")));
        List<String> setters = Words.setters(isTrue(pod.securityContext().at("/windowsOptions/hostProcess")), bad);
        return setters.isEmpty()
                ? Optional.empty()
                : Optional.of(Violation.ofContainers(
                        PodSecurityCheck.WINDOWS_HOST_PROCESS,
                        bad,
                        Words.and(setters) + " must not set securityContext.windowsOptions.hostProcess=true"));
    }

    private static String uses(Collection<String> containers) {
        return containers.size() == 1 ? " uses " : " use ";
    }
}
