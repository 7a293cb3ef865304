package io.jenkins.plugins.argopreflight.engine.argo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.argo.model.Certainty;
import io.jenkins.plugins.argopreflight.engine.argo.model.ClusterObjects;
import io.jenkins.plugins.argopreflight.engine.argo.model.FieldSource;
import io.jenkins.plugins.argopreflight.engine.argo.model.Unresolved;
import io.jenkins.plugins.argopreflight.engine.argo.pod.PodDraft;
import io.jenkins.plugins.argopreflight.engine.argo.pod.ServiceAccounts;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import io.jenkins.plugins.argopreflight.engine.util.yaml.DocumentField;
import io.jenkins.plugins.argopreflight.engine.util.yaml.FieldPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The pods that the controller of an object creates, such as those of a Job, with the fields that admission adds. */
public final class OwnedPods {

    private final Document document;
    private final String namespace;
    private final ClusterObjects objects;
    private final Optional<Creator> creator;

    /**
     * The resource template that creates the object.
     *
     * @param pod pod of the template
     * @param awaits whether the template waits for the object, with a successCondition or failureCondition
     * @param ofCaller accepts the variables whose values the caller of the template supplies
     */
    public record Creator(ArgoPod pod, boolean awaits, Predicate<String> ofCaller) {}

    private OwnedPods(Document document, String namespace, ClusterObjects objects, Optional<Creator> creator) {
        this.document = document;
        this.namespace = namespace;
        this.objects = objects;
        this.creator = creator;
    }

    /**
     * Returns one pod for each pod template of the object.
     *
     * @param namespace namespace in which the pods run
     * @param objects objects of the cluster, for the ServiceAccounts of the pods
     * @param creator template that creates the object; empty for an object from a file or the cluster
     */
    public static List<ArgoPod> of(
            Document document, String namespace, ClusterObjects objects, Optional<Creator> creator) {
        return new OwnedPods(document, namespace, objects, creator).all();
    }

    private List<ArgoPod> all() {
        List<ArgoPod> pods = new ArrayList<>();
        for (PodOwner.Group group : PodOwner.groups(document)) {
            PodDraft draft = new PodDraft();
            copyField(draft, draft.metadata(), group.path(), "metadata");
            copyField(draft, draft.spec(), group.path(), "spec");
            pods.add(pod(draft, group));
        }
        if (SparkPods.handles(document)) {
            for (SparkPods.Role role : SparkPods.roles(document)) {
                PodDraft draft = new PodDraft();
                SparkPods.lay(document, role, draft);
                pods.add(pod(draft, role.group()));
            }
        }
        return pods;
    }

    private void copyField(PodDraft draft, ObjectNode target, String path, String field) {
        String fieldPath = FieldPath.field(path, field);
        if (FieldPath.at(document.root(), fieldPath) instanceof ObjectNode object) {
            target.setAll(object.deepCopy());
            draft.provenance().record(field, FieldSource.POD, document, fieldPath, object);
        }
    }

    private ArgoPod pod(PodDraft draft, PodOwner.Group group) {
        draft.metadata().put("name", group.podName(name()));
        draft.metadata().remove("generateName");
        ServiceAccounts.applyAdmission(objects, namespace, draft);
        ArgoPod pod = new ArgoPod(
                ArgoPod.Kind.OTHER,
                draft.pod(),
                creator.map(template -> template.pod().template()).orElse(""),
                new DocumentField(document, group.path()),
                "",
                List.of(),
                creator.map(template -> Unresolved.in(draft.spec(), template.ofCaller()))
                        .orElse(List.of()),
                draft.provenance(),
                Certainty.ONCE.repeated(group.count()));
        pod.setOwner(document.kind() + "/" + name());
        creator.ifPresent(template -> pod.setCreator(template.pod(), template.awaits()));
        return pod;
    }

    /** Returns the name of the object, with a star for parts that are not known before the workflow runs. */
    private String name() {
        JsonNode metadata = document.root().path("metadata");
        String prefix = Json.text(metadata, "generateName");
        String name = document.name().isEmpty() ? prefix + "*" : document.name();
        return Unresolved.starred(name);
    }
}
