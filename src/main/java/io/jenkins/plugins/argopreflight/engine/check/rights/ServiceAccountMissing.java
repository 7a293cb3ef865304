package io.jenkins.plugins.argopreflight.engine.check.rights;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.Existence.Ending;
import io.jenkins.plugins.argopreflight.engine.argo.model.Missing;
import io.jenkins.plugins.argopreflight.engine.argo.model.Problem;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Findings;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.check.rights.PodAccounts.Account;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.facts.right.WorkflowRights;
import io.jenkins.plugins.argopreflight.engine.kubernetes.Identity;
import io.jenkins.plugins.argopreflight.engine.kubernetes.rbac.SmallestRole;
import io.jenkins.plugins.argopreflight.engine.model.fix.ApplyManifest;
import io.jenkins.plugins.argopreflight.engine.model.fix.Command;
import io.jenkins.plugins.argopreflight.engine.model.fix.RunCommands;
import io.jenkins.plugins.argopreflight.engine.model.fix.Yaml;
import io.jenkins.plugins.argopreflight.engine.model.need.Need;
import java.util.List;
import java.util.Optional;

/**
 * A check for ServiceAccounts that do not exist. The API server creates no pod for such an account, and Argo creates no
 * pod if it cannot read the executor's account. Sources: kubernetes plugin/pkg/admission/serviceaccount, argo-workflows
 * util/secrets/secret_name.go.
 */
public final class ServiceAccountMissing extends AccountCheck {

    public ServiceAccountMissing() {
        super(CheckInfo.error(
                        "service-account-missing",
                        "The ServiceAccount of a workflow's pods does not exist",
                        Topic.CLUSTER)
                .needing(Need.SERVICE_ACCOUNTS)
                .ending(Ending.REFUSED));
    }

    @Override
    protected boolean concerns(Account account) {
        return !account.executor();
    }

    @Override
    public boolean applies(Facts facts) {
        return super.applies(facts) || !executorFindings(facts).isEmpty();
    }

    @Override
    public List<Finding> check(Facts facts) {
        List<Finding> findings = new Findings();
        findings.addAll(super.check(facts));
        findings.addAll(executorFindings(facts));
        return findings;
    }

    /**
     * Returns the findings about missing accounts of executors. They are problems of the workflow, because Argo creates
     * no pod without the account.
     */
    private List<Finding> executorFindings(Facts facts) {
        return facts.workflows().stream()
                .flatMap(workflow -> workflow.problems().stream()
                        .filter(problem -> problem.isAbsent(Problem.Thing.EXECUTOR_ACCOUNT))
                        .map(problem -> executorFinding(facts, workflow.namespace(), problem)))
                .toList();
    }

    private static Command createAccount(String namespace, String name) {
        return Command.kubectlIn(namespace, "create", "serviceaccount").name("ServiceAccount", name);
    }

    private Finding executorFinding(Facts facts, String namespace, Problem problem) {
        String name = problem.absent().orElseThrow().name();
        Finding finding = Finding.fail(
                        info(),
                        Subject.of("ServiceAccount", namespace, name, "").at(problem.location()),
                        "ServiceAccount " + name + " in namespace " + namespace
                                + " does not exist, and Argo needs its token (executor.serviceAccountName, or an http"
                                + " or plugin template). Argo creates no pod, and the node ends in Error.")
                .title("ServiceAccount %s does not exist", name)
                .because(new Missing.InNamespace(namespace))
                .evidence(EvidenceLine.words("serviceaccounts \"" + name + "\" not found"))
                .fix(
                        RunCommands.of(
                                createAccount(namespace, name),
                                ExecutorToken.createSecret(namespace, name).command()),
                        ApplyManifest.of(SmallestRole.documents(
                                                WorkflowRights.ofExecutor(
                                                        namespace,
                                                        facts.controller().version()),
                                                Identity.ofServiceAccount(namespace, name)
                                                        .user())
                                        .toArray(Yaml[]::new))
                                .because("and what Argo's containers do with it:"));
        return problem.existence().map(finding::of).orElse(finding);
    }

    @Override
    List<Finding> check(Facts facts, Account account, Optional<ObjectNode> serviceAccount) {
        if (serviceAccount.isPresent()) {
            return List.of();
        }
        String namespace = account.namespace();
        return List.of(Finding.fail(
                        info(),
                        account.subject(""),
                        account.description() + " does not exist, and "
                                + (account.pod().template().isEmpty()
                                        ? "pod " + account.pod().name()
                                        : "template " + account.pod().template())
                                + " runs as it. The API server refuses its pods, and the node ends in Error.")
                .title("ServiceAccount %s does not exist", account.name())
                .because(new Missing.InNamespace(namespace))
                .evidence(
                        EvidenceLine.words("error looking up service account " + namespace + "/" + account.name()
                                + ": serviceaccount \"" + account.name() + "\" not found"),
                        EvidenceLine.words("set by " + account.origin()))
                .fix(RunCommands.of(createAccount(namespace, account.name()))));
    }
}
