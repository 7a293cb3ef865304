package io.jenkins.plugins.argopreflight.engine.check.container;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Severity;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.check.place.Places;
import io.jenkins.plugins.argopreflight.engine.fix.ChangeField;
import io.jenkins.plugins.argopreflight.engine.fix.Yaml;
import io.jenkins.plugins.argopreflight.engine.kube.Quantity;
import java.util.List;

/**
 * A limit of memory that no container can start with, mostly {@code 128m}, which is 0.128 bytes. Source: runc refuses it
 * ("unable to set memory limit"), 4 MiB is Docker's and containerd's practical minimum.
 */
public final class MemoryTooSmall extends ContainerCheck {

    private static final CheckInfo INFO = new CheckInfo(
            "memory-too-small",
            "A container's memory limit is too small for any process",
            Severity.ERROR,
            Topic.WORKFLOW);
    private static final long LEAST = 1L << 20;

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    List<Finding> check(At at) {
        JsonNode memory = at.container().path("resources").path("limits").path("memory");
        boolean small = Quantity.read(memory.asText(""))
                .filter(limit -> limit.signum() > 0 && limit.compareTo(Quantity.parse(Long.toString(LEAST))) < 0)
                .isPresent();
        if (!small) {
            return List.of();
        }
        String text = memory.asText();
        String path = at.path() + ".resources.limits.memory";
        boolean milli = text.endsWith("m");
        return List.of(Finding.fail(
                        INFO,
                        Places.of(at.workflow(), at.pod(), path),
                        "The memory limit of " + at.description() + " is " + text
                                + (milli ? ", and the suffix m means thousandths of a byte" : "")
                                + ". The container cannot start, and the node ends in Error.")
                .title("Memory limit %s is too small", text)
                .evidence(EvidenceLine.field("resources.limits.memory", text))
                .fix(ChangeField.to(Yaml.of("memory: $memory")
                        .with("memory", milli ? text.substring(0, text.length() - 1) + "Mi" : "64Mi")
                        .under("resources", "limits"))));
    }
}
