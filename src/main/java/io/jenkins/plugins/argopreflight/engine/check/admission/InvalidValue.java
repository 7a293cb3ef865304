package io.jenkins.plugins.argopreflight.engine.check.admission;

import io.jenkins.plugins.argopreflight.engine.argo.model.Existence.Ending;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.ItemCheck;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.facts.admission.Admission;
import java.util.List;

/**
 * A check for values of pods that no API server accepts. If an API server was asked, {@link ServerVerdict} reports its
 * answer instead.
 */
public final class InvalidValue extends ItemCheck<Admission> {

    public InvalidValue() {
        super(
                CheckInfo.error("invalid-value", "A pod has a value that Kubernetes refuses", Topic.WORKFLOW)
                        .ending(Ending.REFUSED),
                Facts::admissions);
    }

    @Override
    public boolean applies(Facts facts) {
        return facts.pods().findAny().isPresent();
    }

    @Override
    protected List<Finding> check(Facts facts, Admission admission) {
        return admission
                .invalid()
                .map(refusal -> PodInvalid.finding(info(), facts, admission, refusal)
                        .evidence(EvidenceLine.words("rule of Kubernetes: " + refusal.message()))
                        .on(admission.pod().orElseThrow()))
                .stream()
                .toList();
    }
}
