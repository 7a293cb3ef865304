package io.jenkins.plugins.argopreflight.engine.check.admission;

import io.jenkins.plugins.argopreflight.engine.check.Check;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Severity;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.collect.Facts;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Existence.Ending;
import java.util.List;

/**
 * A check for values of pods that no API server accepts. If an API server was asked, {@link ServerVerdict} reports its
 * answer instead.
 */
public final class InvalidValue implements Check {

    private static final CheckInfo INFO = new CheckInfo(
                    "invalid-value", "A pod has a value that Kubernetes refuses", Severity.ERROR, Topic.WORKFLOW)
            .ending(Ending.REFUSED);

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public boolean applies(Facts facts) {
        return facts.workflows().stream().anyMatch(workflow -> !workflow.pods().isEmpty());
    }

    @Override
    public List<Finding> check(Facts facts) {
        return facts.admissions().stream()
                .flatMap(admission -> admission
                        .invalid()
                        .map(message -> PodInvalid.finding(INFO, facts, admission, message)
                                .evidence(EvidenceLine.words("rule of Kubernetes: " + message))
                                .on(admission.pod().orElseThrow()))
                        .stream())
                .toList();
    }
}
