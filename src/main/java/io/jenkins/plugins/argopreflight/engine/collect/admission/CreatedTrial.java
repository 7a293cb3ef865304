package io.jenkins.plugins.argopreflight.engine.collect.admission;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.collect.object.ClusterKinds;
import io.jenkins.plugins.argopreflight.engine.collect.workflow.CreatedObjects;
import io.jenkins.plugins.argopreflight.engine.collect.workflow.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.kube.Objects;
import io.jenkins.plugins.argopreflight.engine.kube.Resource;
import io.jenkins.plugins.argopreflight.engine.manifest.Document;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ArgoPod;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * An object that a resource template creates, as it can be tried on an API server. Objects with values that only the
 * running workflow knows cannot, and pods are tried like Argo's own.
 */
record CreatedTrial(WorkflowFacts workflow, ArgoPod pod, Document document, ClusterKinds.Found kind) {

    /** The server's words where it has no such kind in a version, and ours where it has nothing of the group. */
    private static final Pattern NO_RESOURCE =
            Pattern.compile("could not find the requested resource|HTTP 404 without a Kubernetes Status");

    /** Its words to one who gives others rights that they have not themselves. */
    private static final String ESCALATES = "attempting to grant RBAC permissions";

    /**
     * One of each kind that a template creates.
     *
     * @param kinds those that the cluster defines, which are read only when one is not among the usual ones
     */
    static List<CreatedTrial> of(List<WorkflowFacts> workflows, Supplier<Fact<ClusterKinds>> kinds) {
        List<CreatedTrial> usual = of(workflows, ClusterKinds.of(List.of()));
        return usual.stream().allMatch(CreatedTrial::isOfKnownKind)
                ? usual
                : kinds.get()
                        .fold(
                                defined -> usual.stream()
                                        .map(trial -> trial.among(defined))
                                        .toList(),
                                none -> usual.stream()
                                        .filter(CreatedTrial::isOfKnownKind)
                                        .toList());
    }

    private static List<CreatedTrial> of(List<WorkflowFacts> workflows, ClusterKinds kinds) {
        CreatedObjects created = CreatedObjects.of(workflows);
        Set<List<Object>> known = new HashSet<>();
        List<CreatedTrial> trials = new ArrayList<>();
        for (WorkflowFacts workflow : workflows) {
            for (ArgoPod pod : workflow.pods()) {
                for (Document document : created.by(pod)) {
                    boolean whole = !document.kind().isEmpty()
                            && !document.kind().equals(Resource.PODS.kind())
                            && !document.root().toString().contains("{{");
                    if (whole && known.add(List.of(pod.templateLocation(), document.apiVersion(), document.kind()))) {
                        trials.add(new CreatedTrial(
                                workflow, pod, document, kinds.byKind(document.apiVersion(), document.kind())));
                    }
                }
            }
        }
        return trials;
    }

    private CreatedTrial among(ClusterKinds kinds) {
        return new CreatedTrial(workflow, pod, document, kinds.byKind(document.apiVersion(), document.kind()));
    }

    private boolean isOfKnownKind() {
        return kind.doubt().isEmpty();
    }

    Resource resource() {
        String version = document.apiVersion().replaceFirst("^.*/", "");
        return new Resource(kind.group(), version, kind.plural(), document.kind(), kind.namespaced());
    }

    ObjectNode object() {
        ObjectNode object = document.root().deepCopy();
        ObjectNode metadata = Objects.metadata(object);
        if (!kind.namespaced()) {
            metadata.remove("namespace");
        } else if (document.namespace().isEmpty()) {
            metadata.put("namespace", workflow.namespace());
        }
        return object;
    }

    /** The server's answer as kubectl has it; Unknown when it hangs on who asks. */
    static Fact<Optional<String>> refusal(Document document, Fact<Optional<String>> answer) {
        return answer.flatMap(said -> {
            String words = said.orElse("");
            if (words.contains(ESCALATES)) {
                return Fact.unknown(words);
            }
            return Fact.known(
                    NO_RESOURCE.matcher(words).find()
                            ? Optional.of("no matches for kind \"" + document.kind() + "\" in version \""
                                    + document.apiVersion() + "\"")
                            : said);
        });
    }
}
