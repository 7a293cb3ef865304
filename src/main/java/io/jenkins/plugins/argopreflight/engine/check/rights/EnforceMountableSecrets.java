package io.jenkins.plugins.argopreflight.engine.check.rights;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.check.pull.PullFixes;
import io.jenkins.plugins.argopreflight.engine.check.reference.Uses;
import io.jenkins.plugins.argopreflight.engine.check.rights.PodAccounts.Account;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.model.fix.Command;
import io.jenkins.plugins.argopreflight.engine.model.fix.RunCommands;
import io.jenkins.plugins.argopreflight.engine.model.need.Need;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A check for pods that use Secrets which their ServiceAccount does not list, although the account has the annotation
 * {@code kubernetes.io/enforce-mountable-secrets}. Source: kubernetes plugin/pkg/admission/serviceaccount/admission.go
 * (limitSecretReferences).
 */
public final class EnforceMountableSecrets extends AccountCheck {

    private static final String ANNOTATION = KubeObjects.ENFORCE_MOUNTABLE_SECRETS;

    public EnforceMountableSecrets() {
        super(CheckInfo.error(
                        "enforce-mountable-secrets",
                        "A pod uses a Secret that its ServiceAccount does not list",
                        Topic.ADMISSION)
                .needing(Need.SERVICE_ACCOUNTS));
    }

    @Override
    protected boolean concerns(Account account) {
        return !account.executor();
    }

    @Override
    List<Finding> check(Facts facts, Account account, Optional<ObjectNode> serviceAccount) {
        if (serviceAccount.isEmpty() || !KubeObjects.enforcesMountableSecrets(serviceAccount.get())) {
            return List.of();
        }
        JsonNode spec = account.pod().spec();
        Set<String> unlistedPullSecrets = new LinkedHashSet<>(KubeObjects.names(spec.path("imagePullSecrets")));
        unlistedPullSecrets.removeAll(KubeObjects.names(serviceAccount.get().path("imagePullSecrets")));
        Set<String> unlistedMounts = new LinkedHashSet<>();
        Uses.secrets(spec).forEach(unlistedMounts::add);
        unlistedMounts.removeAll(KubeObjects.names(serviceAccount.get().path("secrets")));
        return Stream.concat(
                        unlistedPullSecrets.stream()
                                .map(name -> finding(account, serviceAccount.get(), "imagePullSecrets", name)),
                        unlistedMounts.stream().map(name -> finding(account, serviceAccount.get(), "secrets", name)))
                .toList();
    }

    private Finding finding(Account account, ObjectNode serviceAccount, String list, String name) {
        boolean hasList = !serviceAccount.path(list).isEmpty();
        // Argo uses the first Secret in the list secrets as the account's token. The order of imagePullSecrets has no
        // such effect.
        String position = hasList && list.equals("secrets") ? "at its end, never at its front" : "";
        return Finding.fail(
                        info(),
                        account.subject(list),
                        account.description()
                                + " has annotation " + ANNOTATION + " and does not list"
                                + " Secret " + name + " in its " + list + ". The API server refuses the pod, and the"
                                + " node ends in Error.")
                .title("ServiceAccount %s does not list Secret %s", account.name(), name)
                .evidence(
                        EvidenceLine.words("the pod uses Secret " + name),
                        EvidenceLine.field(
                                "annotation " + ANNOTATION,
                                KubeObjects.annotations(serviceAccount).getOrDefault(ANNOTATION, "")))
                .fix(
                        PullFixes.addToList(list, name, account.namespace(), account.name(), hasList)
                                .because(position),
                        RunCommands.of(Command.kubectlIn(account.namespace(), "annotate", "serviceaccount")
                                        .name("ServiceAccount", account.name())
                                        .with(ANNOTATION + "-"))
                                .or("mount any Secret with this ServiceAccount:"));
    }
}
