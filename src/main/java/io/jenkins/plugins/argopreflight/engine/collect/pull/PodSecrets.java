package io.jenkins.plugins.argopreflight.engine.collect.pull;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.kube.Objects;
import io.jenkins.plugins.argopreflight.engine.manifest.Document;
import io.jenkins.plugins.argopreflight.engine.pull.InEffect;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.workflow.model.FieldSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Which pull Secrets count for a pod, and why. */
final class PodSecrets {

    private PodSecrets() {}

    /** Admission takes a ServiceAccount's list only for a pod that has none (plugin/pkg/admission/serviceaccount). */
    static InEffect kubelet(ArgoPod pod, Fact<Optional<Document>> account) {
        String name = Objects.text(pod.spec(), "serviceAccountName");
        JsonNode list = pod.spec().path("imagePullSecrets");
        List<String> names = Objects.names(list);
        List<String> own = listed(account);
        boolean admitted = list.isEmpty()
                || source(pod, names).equals(Set.of(FieldSource.SERVICE_ACCOUNT))
                || own.equals(names) && !own.isEmpty();
        String source = admitted
                ? InEffect.account(name)
                : source(pod, names).stream().map(PodSecrets::words).collect(Collectors.joining(" and "));
        List<String> ignored = admitted
                ? List.of()
                : own.stream().filter(each -> !names.contains(each)).toList();
        Fact<Boolean> there = present(account);
        // The pod's own list counts, whether or not the account could be checked.
        return new InEffect(name, names, source, ignored, list.isEmpty() ? there : known(there));
    }

    /** The controller takes both lists: go-containerregistry's pkg/authn/kubernetes. */
    static InEffect lookUp(ArgoPod pod, Fact<Optional<Document>> account) {
        Set<String> names = new LinkedHashSet<>(pod.lookUpSecrets());
        names.addAll(listed(account));
        String own = InEffect.account(pod.lookUpAccount());
        String source = pod.lookUpSecrets().isEmpty() ? own : "spec.imagePullSecrets, then " + own;
        return new InEffect(pod.lookUpAccount(), List.copyOf(names), source, List.of(), present(account));
    }

    private static Fact<Boolean> known(Fact<Boolean> there) {
        return there.ifKnown().isPresent() ? there : Fact.known(true);
    }

    private static Fact<Boolean> present(Fact<Optional<Document>> account) {
        return account.map(Optional::isPresent);
    }

    private static List<String> listed(Fact<Optional<Document>> account) {
        return account.ifKnown()
                .flatMap(found -> found)
                .map(found -> Objects.names(found.root().path("imagePullSecrets")))
                .orElse(List.of());
    }

    private static Set<FieldSource> source(ArgoPod pod, List<String> names) {
        return names.stream()
                .map(name -> pod.origin("spec.imagePullSecrets[" + name + "]").source())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static String words(FieldSource source) {
        return switch (source) {
            case WORKFLOW_DEFAULTS -> "workflowDefaults.spec.imagePullSecrets of the controller";
            case POD_SPEC_PATCH -> "podSpecPatch";
            case ADMISSION -> "a webhook or policy of the cluster";
            default -> "spec.imagePullSecrets";
        };
    }
}
