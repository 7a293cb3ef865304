package io.jenkins.plugins.argopreflight.engine.facts.pull;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.argo.model.FieldSource;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.registry.pull.PullSecretList;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The pull Secrets that are used for a pod, and where they are listed. */
final class PodSecrets {

    private PodSecrets() {}

    /**
     * Returns the pull Secrets that the kubelet uses. Admission adds those of the ServiceAccount only to a pod without
     * any (plugin/pkg/admission/serviceaccount).
     */
    static PullSecretList kubelet(ArgoPod pod, Fact<Optional<Document>> account) {
        String name = Json.text(pod.spec(), "serviceAccountName");
        JsonNode list = pod.spec().path("imagePullSecrets");
        List<String> names = KubeObjects.names(list);
        List<String> ofAccount = secretsOf(account);
        boolean admitted = list.isEmpty()
                || source(pod, names).equals(Set.of(FieldSource.SERVICE_ACCOUNT))
                || ofAccount.equals(names) && !ofAccount.isEmpty();
        Optional<String> otherSource = admitted
                ? Optional.empty()
                : Optional.of(
                        source(pod, names).stream().map(PodSecrets::description).collect(Collectors.joining(" and ")));
        List<String> ignored = admitted
                ? List.of()
                : ofAccount.stream().filter(each -> !names.contains(each)).toList();
        Fact<Boolean> accountExists = exists(account);
        // The pod's own list is used, also if the ServiceAccount could not be read.
        return new PullSecretList(
                name, names, otherSource, ignored, list.isEmpty() ? accountExists : trueIfUnknown(accountExists));
    }

    /**
     * Returns the pull Secrets that the controller uses for a look-up: those of the pod and those of the ServiceAccount
     * (go-containerregistry's pkg/authn/kubernetes).
     */
    static PullSecretList lookUp(ArgoPod pod, Fact<Optional<Document>> account) {
        Set<String> names = new LinkedHashSet<>(pod.lookUpSecrets());
        names.addAll(secretsOf(account));
        String name = pod.lookUpAccount();
        Optional<String> otherSource = pod.lookUpSecrets().isEmpty()
                ? Optional.empty()
                : Optional.of("spec.imagePullSecrets, then " + PullSecretList.account(name));
        return new PullSecretList(name, List.copyOf(names), otherSource, List.of(), exists(account));
    }

    private static Fact<Boolean> trueIfUnknown(Fact<Boolean> accountExists) {
        return accountExists.ifKnown().isPresent() ? accountExists : Fact.known(true);
    }

    private static Fact<Boolean> exists(Fact<Optional<Document>> account) {
        return account.map(Optional::isPresent);
    }

    private static List<String> secretsOf(Fact<Optional<Document>> account) {
        return account.ifKnown()
                .flatMap(found -> found)
                .map(found -> KubeObjects.names(found.root().path("imagePullSecrets")))
                .orElse(List.of());
    }

    private static Set<FieldSource> source(ArgoPod pod, List<String> names) {
        return names.stream()
                .map(name -> pod.origin("spec.imagePullSecrets[" + name + "]").source())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static String description(FieldSource source) {
        return switch (source) {
            case WORKFLOW_DEFAULTS -> "workflowDefaults.spec.imagePullSecrets of the controller";
            case POD_SPEC_PATCH -> "podSpecPatch";
            case ADMISSION -> "a webhook or policy of the cluster";
            default -> "spec.imagePullSecrets";
        };
    }
}
