package io.jenkins.plugins.argopreflight.engine.collect.pull;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.collect.admission.Admission;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ArgoPod;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The imagePullPolicy of each pod after admission, with the server's defaults and the changes of webhooks. */
public final class PullPolicies {

    private final Map<ArgoPod, JsonNode> admitted = new HashMap<>();

    public PullPolicies(List<Admission> admissions) {
        admissions.forEach(each ->
                each.pod().ifPresent(pod -> each.admitted().ifPresent(spec -> admitted.putIfAbsent(pod, spec))));
    }

    /** Returns the policy of the container or volume that pulls; empty if no API server answered for the pod. */
    Optional<String> of(PodPull row) {
        return Optional.ofNullable(admitted.get(row.pod())).map(row::policy).filter(policy -> !policy.isEmpty());
    }
}
