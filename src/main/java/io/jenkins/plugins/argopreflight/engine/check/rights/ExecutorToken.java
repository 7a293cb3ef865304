package io.jenkins.plugins.argopreflight.engine.check.rights;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.Existence.Ending;
import io.jenkins.plugins.argopreflight.engine.argo.model.Missing;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.check.UnknownFindings;
import io.jenkins.plugins.argopreflight.engine.check.rights.PodAccounts.Account;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.fix.ApplyManifest;
import io.jenkins.plugins.argopreflight.engine.model.fix.Operand;
import io.jenkins.plugins.argopreflight.engine.model.fix.Yaml;
import io.jenkins.plugins.argopreflight.engine.model.need.Need;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import java.util.List;
import java.util.Optional;

/**
 * A check for the Secret with the token of agent pods and of {@code executor.serviceAccountName}. Since Kubernetes
 * 1.24, this Secret is not created automatically. Source: argo-workflows util/secrets/secret_name.go.
 */
public final class ExecutorToken extends AccountCheck {

    public ExecutorToken() {
        super(CheckInfo.error(
                        "executor-token",
                        "The Secret with a ServiceAccount's token for Argo does not exist",
                        Topic.CLUSTER)
                .needing(Need.SERVICE_ACCOUNTS, Need.SECRETS)
                .ending(Ending.PENDING));
    }

    @Override
    protected boolean concerns(Account account) {
        return !account.tokenSecret().isEmpty();
    }

    /** Returns the fix that creates the Secret of a token. */
    static ApplyManifest createSecret(String namespace, String account) {
        return ApplyManifest.of(Yaml.of("""
            apiVersion: v1
            kind: Secret
            metadata:
              name: $secret
              annotations:
                kubernetes.io/service-account.name: $account
            type: kubernetes.io/service-account-token
            """)
                        .with("secret", Operand.name("Secret", secretName(account)))
                        .with("account", Operand.name("ServiceAccount", account)))
                .in(namespace);
    }

    /** Returns the name of the Secret in which Argo expects an account's token. */
    static String secretName(String account) {
        return account + ".service-account-token";
    }

    @Override
    List<Finding> check(Facts facts, Account account, Optional<ObjectNode> serviceAccount) {
        if (serviceAccount.isEmpty()) {
            return List.of();
        }
        String namespace = account.namespace();
        String secret = account.tokenSecret();
        Subject accountSubject = account.subject("");
        Subject subject = Subject.of("Secret", namespace, secret, "").at(accountSubject);
        Fact<Optional<ObjectNode>> tokenSecret = facts.found(account.pod(), Resource.SECRETS, namespace, secret);
        return tokenSecret.fold(
                known -> known.isPresent() ? List.of() : List.of(missing(account, subject)),
                unknown -> List.of(UnknownFindings.findingInNamespace(
                        info(), subject, "whether Secret " + secret + " exists", namespace, unknown)));
    }

    private Finding missing(Account account, Subject subject) {
        String namespace = account.namespace();
        String secret = account.tokenSecret();
        String usage = account.executor()
                ? "Argo's containers use it as the token of ServiceAccount " + account.name()
                        + " (executor.serviceAccountName)"
                : "the agent, which runs http and plugin templates, uses it as the token of ServiceAccount "
                        + account.name();
        return Finding.fail(
                        info(),
                        subject,
                        "Secret " + secret + " does not exist in namespace " + namespace + ", and " + usage
                                + ". The pod stays in PodInitializing forever. Since 1.24, Kubernetes does not create"
                                + " such a Secret by itself.")
                .title("Token Secret %s does not exist", secret)
                .because(new Missing.InNamespace(namespace))
                .evidence(EvidenceLine.words("MountVolume.SetUp failed: secret \"" + secret + "\" not found"))
                .fix(createSecret(namespace, account.name()));
    }
}
