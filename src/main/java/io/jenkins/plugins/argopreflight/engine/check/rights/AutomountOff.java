package io.jenkins.plugins.argopreflight.engine.check.rights;

import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.check.location.JsonPatch;
import io.jenkins.plugins.argopreflight.engine.check.rights.PodAccounts.Account;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.model.fix.ChangeField;
import io.jenkins.plugins.argopreflight.engine.model.fix.Command;
import io.jenkins.plugins.argopreflight.engine.model.fix.Operand;
import io.jenkins.plugins.argopreflight.engine.model.fix.RunCommands;
import io.jenkins.plugins.argopreflight.engine.model.fix.Yaml;
import io.jenkins.plugins.argopreflight.engine.model.need.Need;
import java.util.List;
import java.util.Optional;

/**
 * A check for ServiceAccounts that mount no token, which Argo's containers need for requests to the API server. Source:
 * https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/#opt-out-of-api-credential-automounting
 */
public final class AutomountOff extends AccountCheck {

    public AutomountOff() {
        super(CheckInfo.error(
                        "automount-off",
                        "A ServiceAccount mounts no token, and Argo's containers need one",
                        Topic.CLUSTER)
                .needing(Need.SERVICE_ACCOUNTS));
    }

    /**
     * Returns whether the account's setting decides on the token. It does not decide if the pod has the setting itself,
     * or if the executor has a token of its own.
     */
    @Override
    protected boolean concerns(Account account) {
        return !account.executor()
                && account.pod().kind() == ArgoPod.Kind.WORKLOAD
                && account.pod().executorAccount().isEmpty()
                && !account.pod().spec().has("automountServiceAccountToken");
    }

    @Override
    List<Finding> check(Facts facts, Account account, Optional<ObjectNode> serviceAccount) {
        if (serviceAccount.isEmpty()
                || serviceAccount.get().path("automountServiceAccountToken").asBoolean(true)) {
            return List.of();
        }
        return List.of(Finding.fail(
                        info(),
                        account.subject("automountServiceAccountToken"),
                        account.description()
                                + " has automountServiceAccountToken: false, so init and wait get no token. They"
                                + " end with \"invalid configuration: no configuration has been provided\" (exit code"
                                + " 2), and no step of the workflow runs.")
                .title("ServiceAccount %s mounts no token", account.name())
                .evidence(EvidenceLine.field("automountServiceAccountToken", "false"))
                .fix(
                        RunCommands.of(Command.kubectlIn(account.namespace(), "patch", "serviceaccount")
                                .name("ServiceAccount", account.name())
                                .patch(JsonPatch.merge(BooleanNode.TRUE, "automountServiceAccountToken"))),
                        ChangeField.to(Yaml.of("spec:\n  automountServiceAccountToken: true"))
                                .or("in the workflow alone:"),
                        ChangeField.to(Yaml.of("""
                            spec:
                              automountServiceAccountToken: false
                              executor:
                                serviceAccountName: $account
                            """).with("account", Operand.name("ServiceAccount", account.name())))
                                .or("a token for Argo's containers only:")));
    }
}
