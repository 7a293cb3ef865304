package io.jenkins.plugins.argopreflight.engine.check.container;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.place.Places;
import io.jenkins.plugins.argopreflight.engine.fix.ChangeField;
import io.jenkins.plugins.argopreflight.engine.fix.Yaml;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Existence.Ending;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Linux' {@code CAP_SYS_ADMIN} is {@code SYS_ADMIN} in a securityContext: the runtime puts the prefix there itself.
 * Source: https://kubernetes.io/docs/tasks/configure-pod-container/security-context/#set-capabilities-for-a-container
 */
public final class CapabilityPrefix extends ContainerCheck {

    public CapabilityPrefix() {
        super(info("capability-prefix", "A capability has the prefix CAP_, which Kubernetes does not use")
                .ending(Ending.PENDING));
    }

    @Override
    List<Finding> check(At at) {
        List<Finding> findings = new ArrayList<>();
        for (String list : List.of("add", "drop")) {
            List<String> wrong = new ArrayList<>();
            List<String> right = new ArrayList<>();
            for (JsonNode capability : at.securityContext().path("capabilities").path(list)) {
                String name = capability.asText("");
                boolean prefixed = name.toUpperCase(Locale.ROOT).startsWith("CAP_");
                right.add(prefixed ? name.substring(4).toUpperCase(Locale.ROOT) : name);
                if (prefixed) {
                    wrong.add(name);
                }
            }
            if (!wrong.isEmpty()) {
                String path = at.path() + ".securityContext.capabilities." + list;
                findings.add(Finding.fail(
                                info(),
                                Places.of(at.workflow(), at.pod(), path),
                                "In " + at.description() + ", capabilities." + list + " has " + String.join(", ", wrong)
                                        + ". Kubernetes uses names without CAP_, so the container starts without the"
                                        + " capability, or not at all.")
                        .title("Capability %s must not have the prefix CAP_", wrong.get(0))
                        .evidence(EvidenceLine.field("capabilities." + list, String.join(", ", wrong)))
                        .fix(ChangeField.to(Yaml.flow(right.stream()
                                        .map(name -> Yaml.of("$name").with("name", name))
                                        .toList())
                                .under("securityContext", "capabilities", list))));
            }
        }
        return findings;
    }
}
