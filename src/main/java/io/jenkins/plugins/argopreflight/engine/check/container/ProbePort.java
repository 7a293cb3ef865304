package io.jenkins.plugins.argopreflight.engine.check.container;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.Existence.Ending;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.check.location.Places;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.model.fix.AskPerson;
import io.jenkins.plugins.argopreflight.engine.model.fix.ChangeField;
import io.jenkins.plugins.argopreflight.engine.model.fix.Yaml;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.ArrayList;
import java.util.List;

/**
 * A check for probes of a port that the container does not have. The API server accepts such a probe, and the kubelet's
 * request fails each time. Source: kubernetes pkg/probe/util.go (ResolveContainerPort).
 */
public final class ProbePort extends ContainerCheck {

    private static final List<String> PROBES = List.of("readinessProbe", "livenessProbe", "startupProbe");
    private static final List<String> HANDLERS = List.of("httpGet", "tcpSocket");

    public ProbePort() {
        super(CheckInfo.error("probe-port", "A probe uses a port name that its container does not have", Topic.WORKFLOW)
                .alsoGiving(Outcome.WARN)
                .ending(Ending.PENDING));
    }

    @Override
    protected List<Finding> check(Facts facts, CheckedContainer checked) {
        List<Finding> findings = new ArrayList<>();
        for (String probe : PROBES) {
            for (String handler : HANDLERS) {
                JsonNode port = checked.container().path(probe).path(handler).path("port");
                if (port.isTextual()
                        && !Json.text(port).contains("{{")
                        && !Json.text(port).matches("\\d+")
                        && !hasPortNamed(checked, port)) {
                    findings.add(unknownPortName(checked, probe, handler, Json.text(port)));
                } else if (port.isIntegralNumber() && isUnlisted(checked, port.asInt())) {
                    findings.add(unlistedPort(checked, probe, handler, port.asInt()));
                }
            }
        }
        return findings;
    }

    private static boolean hasPortNamed(CheckedContainer checked, JsonNode name) {
        for (JsonNode port : checked.container().path("ports")) {
            if (port.path("name").equals(name)) {
                return true;
            }
        }
        return false;
    }

    /** Returns whether the container lists ports, all of them by number, and none has this number. */
    private static boolean isUnlisted(CheckedContainer checked, int number) {
        JsonNode ports = checked.container().path("ports");
        for (JsonNode port : ports) {
            if (!port.path("containerPort").isIntegralNumber()
                    || port.path("containerPort").asInt() == number) {
                return false;
            }
        }
        return !ports.isEmpty();
    }

    private Finding unlistedPort(CheckedContainer checked, String probe, String handler, int port) {
        String path = checked.path() + "." + probe + "." + handler + ".port";
        return Finding.warn(
                        info(),
                        Places.of(checked.workflow(), checked.pod(), path),
                        "The " + probe + " of " + checked.description() + " asks port " + port
                                + ", which is none of the container's ports. " + consequence(probe)
                                + " The port can be right where the process listens on more ports than the container"
                                + " names.")
                .title("The %s asks port %s, which the container does not name", probe, String.valueOf(port))
                .evidence(EvidenceLine.field(probe + "." + handler + ".port", String.valueOf(port)))
                .fix(AskPerson.reader(
                        "write the port that the process listens on, or add it to the container's ports"));
    }

    private static String consequence(String probe) {
        return probe.equals("readinessProbe")
                ? "The container never becomes ready, and a daemon with it never starts the next step."
                : "The probe fails each time, and the kubelet restarts or kills the container.";
    }

    private Finding unknownPortName(CheckedContainer checked, String probe, String handler, String port) {
        String path = checked.path() + "." + probe + "." + handler + ".port";
        return Finding.fail(
                        info(),
                        Places.of(checked.workflow(), checked.pod(), path),
                        "The " + probe + " of " + checked.description() + " uses port " + port
                                + ", and the container has no port of that name. " + consequence(probe))
                .title("The container has no port named %s", port)
                .evidence(EvidenceLine.field(probe + "." + handler + ".port", port))
                .fix(ChangeField.to(
                        Yaml.of("- name: $port\n  containerPort: 8080 # the port that the process listens on")
                                .with("port", port)
                                .under("ports")));
    }
}
