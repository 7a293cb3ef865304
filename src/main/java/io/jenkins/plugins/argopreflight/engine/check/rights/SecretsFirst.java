package io.jenkins.plugins.argopreflight.engine.check.rights;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.check.UnknownFindings;
import io.jenkins.plugins.argopreflight.engine.check.location.JsonPatch;
import io.jenkins.plugins.argopreflight.engine.check.rights.PodAccounts.Account;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.fix.Command;
import io.jenkins.plugins.argopreflight.engine.model.fix.RunCommands;
import io.jenkins.plugins.argopreflight.engine.model.need.Need;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.List;
import java.util.Optional;

/**
 * A check of the first Secret in a ServiceAccount's {@code secrets}, which Argo uses as the account's token whatever
 * its type is. Source: argo-workflows util/secrets/secret_name.go.
 */
public final class SecretsFirst extends AccountCheck {

    private static final String TOKEN = "kubernetes.io/service-account-token";

    public SecretsFirst() {
        super(CheckInfo.error(
                        "secrets-first",
                        "The Secret that Argo uses as a ServiceAccount's token is not one",
                        Topic.CLUSTER)
                .needing(Need.SERVICE_ACCOUNTS, Need.SECRETS));
    }

    @Override
    protected boolean concerns(Account account) {
        return !account.tokenSecret().isEmpty();
    }

    @Override
    List<Finding> check(Facts facts, Account account, Optional<ObjectNode> serviceAccount) {
        String namespace = account.namespace();
        String name = account.tokenSecret();
        Fact<Optional<ObjectNode>> fact = facts.found(account.pod(), Resource.SECRETS, namespace, name);
        if (serviceAccount.isPresent() && fact.isUnknown()) {
            return List.of(UnknownFindings.finding(
                    info(),
                    account.subject("secrets"),
                    "whether Secret " + name + " is a token",
                    fact.ifUnknown().get()));
        }
        Optional<ObjectNode> secret = fact.ifKnown().flatMap(found -> found);
        if (serviceAccount.isEmpty() || secret.isEmpty()) {
            return List.of();
        }
        String type = Json.text(secret.get(), "type");
        String owner = KubeObjects.annotations(secret.get()).getOrDefault("kubernetes.io/service-account.name", "");
        if (type.equals(TOKEN) && owner.equals(account.name())) {
            return List.of();
        }
        boolean isListedFirst = KubeObjects.names(serviceAccount.get().path("secrets")).stream()
                .findFirst()
                .equals(Optional.of(name));
        String actual = type.equals(TOKEN) ? "the token of ServiceAccount " + owner : "of type " + type;
        String reason = isListedFirst
                ? "it is the first of " + account.description() + "'s secrets, which Argo uses as its token"
                : "Argo uses it as the token of " + account.description();
        ObjectNode token = JsonNodeFactory.instance.objectNode().put("name", ExecutorToken.secretName(account.name()));
        return List.of(Finding.fail(
                        info(),
                        account.subject(isListedFirst ? "secrets" : ""),
                        "Secret " + name + " is " + actual + ", and " + reason
                                + ". Argo's containers end with \"invalid configuration: no configuration has been"
                                + " provided\", or use the wrong identity.")
                .title("Secret %s is not the token of ServiceAccount %s", name, account.name())
                .evidence(
                        EvidenceLine.words("Secret " + name + ": type " + type),
                        EvidenceLine.field(
                                "secrets",
                                KubeObjects.names(serviceAccount.get().path("secrets"))
                                        .toString()))
                .fix(RunCommands.of(
                                ExecutorToken.createSecret(namespace, account.name())
                                        .command(),
                                Command.kubectlIn(namespace, "patch", "serviceaccount")
                                        .name("ServiceAccount", account.name())
                                        .with("--type=json")
                                        .patch(
                                                serviceAccount
                                                                .get()
                                                                .path("secrets")
                                                                .isArray()
                                                        ? JsonPatch.add("/secrets/0", token)
                                                        : JsonPatch.add(
                                                                "/secrets",
                                                                JsonNodeFactory.instance
                                                                        .arrayNode()
                                                                        .add(token))))
                        .because("pull secrets belong to imagePullSecrets; the first of secrets must be the token:")));
    }
}
