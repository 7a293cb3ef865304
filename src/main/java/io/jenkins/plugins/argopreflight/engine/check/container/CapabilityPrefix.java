package io.jenkins.plugins.argopreflight.engine.check.container;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.Existence.Ending;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.check.location.Places;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.model.fix.ChangeField;
import io.jenkins.plugins.argopreflight.engine.model.fix.Yaml;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A check for capabilities with the prefix of Linux: {@code CAP_SYS_ADMIN} is {@code SYS_ADMIN} in a securityContext,
 * because the runtime adds the prefix. Source:
 * https://kubernetes.io/docs/tasks/configure-pod-container/security-context/#set-capabilities-for-a-container
 */
public final class CapabilityPrefix extends ContainerCheck {

    private static final String PREFIX = "CAP_";

    public CapabilityPrefix() {
        super(CheckInfo.error(
                        "capability-prefix",
                        "A capability has the prefix CAP_, which Kubernetes does not use",
                        Topic.WORKFLOW)
                .ending(Ending.PENDING));
    }

    @Override
    protected List<Finding> check(Facts facts, CheckedContainer checked) {
        List<Finding> findings = new ArrayList<>();
        for (String list : List.of("add", "drop")) {
            List<String> withPrefix = new ArrayList<>();
            List<String> corrected = new ArrayList<>();
            for (JsonNode capability :
                    checked.securityContext().path("capabilities").path(list)) {
                String name = Json.text(capability);
                boolean hasPrefix = name.toUpperCase(Locale.ROOT).startsWith(PREFIX);
                corrected.add(hasPrefix ? name.substring(PREFIX.length()).toUpperCase(Locale.ROOT) : name);
                if (hasPrefix) {
                    withPrefix.add(name);
                }
            }
            if (!withPrefix.isEmpty()) {
                String path = checked.path() + ".securityContext.capabilities." + list;
                findings.add(Finding.fail(
                                info(),
                                Places.of(checked.workflow(), checked.pod(), path),
                                "In " + checked.description() + ", capabilities." + list + " has "
                                        + String.join(", ", withPrefix)
                                        + ". Kubernetes uses names without CAP_, so the container starts without the"
                                        + " capability, or not at all.")
                        .title("Capability %s must not have the prefix CAP_", withPrefix.get(0))
                        .evidence(EvidenceLine.field("capabilities." + list, String.join(", ", withPrefix)))
                        .fix(ChangeField.to(Yaml.flow(corrected.stream()
                                        .map(name -> Yaml.of("$name").with("name", name))
                                        .toList())
                                .under("securityContext", "capabilities", list))));
            }
        }
        return findings;
    }
}
