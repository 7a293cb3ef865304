package io.jenkins.plugins.argopreflight.engine.check.rights;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.argo.model.Origin;
import io.jenkins.plugins.argopreflight.engine.check.PodItem;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.WorkflowPod;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.facts.workflow.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Location;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The ServiceAccounts of pods: the account of the pod, and the account whose token Argo's containers get. */
final class PodAccounts {

    private PodAccounts() {}

    /**
     * A ServiceAccount of a pod.
     *
     * @param executor true for the executor's account, whose token only Argo's containers get from a Secret; false for
     *     the account of the whole pod
     * @param origin the field that sets the account
     */
    record Account(WorkflowFacts workflow, ArgoPod pod, String name, boolean executor, Origin origin)
            implements PodItem {

        private static Account ofPod(WorkflowPod item, String name) {
            boolean executor = false;
            Origin origin = item.pod().origin("spec.serviceAccountName");
            return new Account(item.workflow(), item.pod(), name, executor, origin);
        }

        private static Account ofExecutor(WorkflowPod item, String name) {
            boolean executor = true;
            return new Account(
                    item.workflow(), item.pod(), name, executor, item.pod().executorAccountOrigin());
        }

        String namespace() {
            return workflow.namespace();
        }

        String description() {
            return "ServiceAccount " + name + " in namespace " + namespace();
        }

        /** Returns a field of the account as a subject, shown where the pod refers to the account. */
        Subject subject(String path) {
            Subject subject = Subject.of("ServiceAccount", namespace(), name, path);
            return origin.location().map(subject::at).orElseGet(() -> subject.at(location()));
        }

        private Location location() {
            return pod.templateLocation();
        }

        /** Returns the ServiceAccount as it is in the cluster; empty if it does not exist. */
        Fact<Optional<ObjectNode>> object(Facts facts) {
            return facts.found(pod, Resource.SERVICE_ACCOUNTS, namespace(), name);
        }

        /**
         * Returns whether the name contains a variable that is not known yet. A star stands for a variable, because
         * names of ServiceAccounts have no star.
         */
        boolean isUnresolved() {
            return name.contains("{{") || name.contains("*");
        }

        /** Returns the Secret with the token that Argo mounts; "" if the pod's own token is projected as usual. */
        String tokenSecret() {
            for (JsonNode volume : pod.spec().path("volumes")) {
                String volumeName = Json.text(volume, "name");
                String secret = Json.text(volume, "secret", "secretName");
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

    /** The accounts of all pods. {@link Facts#derived} stores one value of each type, and this is the type. */
    private record Accounts(List<Account> accounts) {}

    /**
     * Returns the accounts of all pods. If a template is checked alone, accounts that are known only in a workflow that
     * refers to the template are left out.
     */
    static List<Account> all(Facts facts) {
        return facts.derived(Accounts.class, each -> new Accounts(find(each))).accounts();
    }

    private static List<Account> find(Facts facts) {
        List<Account> accounts = new ArrayList<>();
        for (WorkflowPod item : WorkflowPod.all(facts)) {
            ArgoPod pod = item.pod();
            String account = Json.text(pod.spec(), "serviceAccountName");
            if (!pod.isOfCaller(account)) {
                accounts.add(Account.ofPod(item, account.isEmpty() ? "default" : account));
            }
            String executor = pod.executorAccount();
            if (!executor.isEmpty() && !pod.isOfCaller(executor)) {
                accounts.add(Account.ofExecutor(item, executor));
            }
        }
        return accounts;
    }
}
