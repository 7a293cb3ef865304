package io.jenkins.plugins.argopreflight.engine.check.rights;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.collect.Facts;
import io.jenkins.plugins.argopreflight.engine.collect.workflow.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.kube.Objects;
import io.jenkins.plugins.argopreflight.engine.kube.Resource;
import io.jenkins.plugins.argopreflight.engine.manifest.Location;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The ServiceAccounts of pods: the one that the pod runs as, and the one whose token Argo's containers get. */
final class PodAccounts {

    private PodAccounts() {}

    /**
     * One ServiceAccount of one pod.
     *
     * @param executor whether only its token is wanted, for Argo's containers
     * @param origin who named it
     */
    record Account(WorkflowFacts workflow, ArgoPod pod, String name, boolean executor, Origin origin) {

        String namespace() {
            return workflow.namespace();
        }

        String description() {
            return "ServiceAccount " + name + " in namespace " + namespace();
        }

        /** The object itself, shown where it is used. */
        Subject subject(String path) {
            Subject subject = Subject.of("ServiceAccount", namespace(), name, path);
            return origin.location().map(subject::at).orElseGet(() -> subject.at(place()));
        }

        private Location place() {
            return pod.templateLocation();
        }

        Fact<Optional<ObjectNode>> object(Facts facts) {
            return facts.found(pod, Resource.SERVICE_ACCOUNTS, namespace(), name);
        }

        boolean isOpen() {
            return name.contains("{{") || name.contains("*");
        }

        /** The Secret with the token that Argo mounts; "" when the pod's own token is projected as usual. */
        String tokenSecret() {
            for (JsonNode volume : pod.spec().path("volumes")) {
                String volumeName = Objects.text(volume, "name");
                String secret = Objects.text(volume, "secret", "secretName");
                if (!secret.isEmpty() && (executor ? volumeName.equals("exec-sa-token") : isAgentToken(volumeName))) {
                    return secret;
                }
            }
            return "";
        }

        private boolean isAgentToken(String volume) {
            return pod.kind() == ArgoPod.Kind.AGENT && volume.startsWith("kube-api-access-");
        }
    }

    private record All(List<Account> accounts) {}

    static List<Account> of(Facts facts) {
        return facts.derived(All.class, each -> new All(find(each))).accounts();
    }

    private static List<Account> find(Facts facts) {
        List<Account> all = new ArrayList<>();
        for (WorkflowFacts workflow : facts.workflows()) {
            for (ArgoPod pod : workflow.pods()) {
                String own = Objects.text(pod.spec(), "serviceAccountName");
                Origin origin = pod.origin("spec.serviceAccountName");
                if (!pod.isOfCaller(own)) {
                    all.add(new Account(workflow, pod, own.isEmpty() ? "default" : own, false, origin));
                }
                String executor = pod.executorAccount();
                if (!executor.isEmpty() && !pod.isOfCaller(executor)) {
                    all.add(new Account(workflow, pod, executor, true, pod.executorAccountOrigin()));
                }
            }
        }
        return all;
    }
}
