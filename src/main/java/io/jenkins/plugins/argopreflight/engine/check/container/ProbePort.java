package io.jenkins.plugins.argopreflight.engine.check.container;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.check.place.Places;
import io.jenkins.plugins.argopreflight.engine.fix.AskPerson;
import io.jenkins.plugins.argopreflight.engine.fix.ChangeField;
import io.jenkins.plugins.argopreflight.engine.fix.Yaml;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Existence.Ending;
import java.util.ArrayList;
import java.util.List;

/**
 * A probe that names a port which its container does not have: the API server accepts it, and the kubelet's probe fails
 * each time. Source: kubernetes pkg/probe/util.go (ResolveContainerPort).
 */
public final class ProbePort extends ContainerCheck {

    private static final List<String> PROBES = List.of("readinessProbe", "livenessProbe", "startupProbe");
    private static final List<String> HANDLERS = List.of("httpGet", "tcpSocket");

    public ProbePort() {
        super(info("probe-port", "A probe uses a port name that its container does not have")
                .also(Outcome.WARN)
                .ending(Ending.PENDING));
    }

    @Override
    List<Finding> check(At at) {
        List<Finding> findings = new ArrayList<>();
        for (String probe : PROBES) {
            for (String handler : HANDLERS) {
                JsonNode port = at.container().path(probe).path(handler).path("port");
                if (port.isTextual()
                        && !port.asText("").contains("{{")
                        && !port.asText("").matches("\\d+")
                        && !has(at, port)) {
                    findings.add(finding(at, probe, handler, port.asText("")));
                } else if (port.isIntegralNumber() && isOther(at, port.asInt())) {
                    findings.add(other(at, probe, handler, port.asInt()));
                }
            }
        }
        return findings;
    }

    private static boolean has(At at, JsonNode name) {
        for (JsonNode port : at.container().path("ports")) {
            if (port.path("name").equals(name)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the container says which ports it has, and that is none of them. */
    private static boolean isOther(At at, int number) {
        JsonNode ports = at.container().path("ports");
        for (JsonNode port : ports) {
            if (!port.path("containerPort").isIntegralNumber()
                    || port.path("containerPort").asInt() == number) {
                return false;
            }
        }
        return !ports.isEmpty();
    }

    private Finding other(At at, String probe, String handler, int port) {
        String path = at.path() + "." + probe + "." + handler + ".port";
        return Finding.warn(
                        info(),
                        Places.of(at.workflow(), at.pod(), path),
                        "The " + probe + " of " + at.description() + " asks port " + port
                                + ", which is none of the container's ports. " + then(probe)
                                + " The port can be right where the process listens on more ports than the container"
                                + " names.")
                .title("The %s asks port %s, which the container does not name", probe, String.valueOf(port))
                .evidence(EvidenceLine.field(probe + "." + handler + ".port", String.valueOf(port)))
                .fix(AskPerson.reader(
                        "write the port that the process listens on, or add it to the container's ports"));
    }

    private static String then(String probe) {
        return probe.equals("readinessProbe")
                ? "The container never becomes ready, and a daemon with it never starts the next step."
                : "The probe fails each time, and the kubelet restarts or kills the container.";
    }

    private Finding finding(At at, String probe, String handler, String port) {
        String path = at.path() + "." + probe + "." + handler + ".port";
        return Finding.fail(
                        info(),
                        Places.of(at.workflow(), at.pod(), path),
                        "The " + probe + " of " + at.description() + " uses port " + port
                                + ", and the container has no port of that name. " + then(probe))
                .title("The container has no port named %s", port)
                .evidence(EvidenceLine.field(probe + "." + handler + ".port", port))
                .fix(ChangeField.to(
                        Yaml.of("- name: $port\n  containerPort: 8080 # the port that the process listens on")
                                .with("port", port)
                                .under("ports")));
    }
}
