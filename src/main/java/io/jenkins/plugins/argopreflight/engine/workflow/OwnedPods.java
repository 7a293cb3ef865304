package io.jenkins.plugins.argopreflight.engine.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.manifest.Document;
import io.jenkins.plugins.argopreflight.engine.manifest.DocumentField;
import io.jenkins.plugins.argopreflight.engine.manifest.FieldPath;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Certainty;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ClusterObjects;
import io.jenkins.plugins.argopreflight.engine.workflow.model.FieldSource;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Json;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Unresolved;
import io.jenkins.plugins.argopreflight.engine.workflow.pod.PodDraft;
import io.jenkins.plugins.argopreflight.engine.workflow.pod.ServiceAccounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The pods that the controller of an object creates, such as those of a Job: with what admission adds to them. */
public final class OwnedPods {

    private final Document document;
    private final String namespace;
    private final ClusterObjects objects;
    private final Optional<Creator> creator;

    /**
     * What creates the object.
     *
     * @param pod of a resource template
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
     * One for each pod template.
     *
     * @param namespace where the pods run
     * @param objects for their ServiceAccounts
     * @param creator empty for a given object
     */
    public static List<ArgoPod> of(
            Document document, String namespace, ClusterObjects objects, Optional<Creator> creator) {
        return new OwnedPods(document, namespace, objects, creator).all();
    }

    private List<ArgoPod> all() {
        List<ArgoPod> pods = new ArrayList<>();
        for (PodOwner.Group group : PodOwner.groups(document)) {
            PodDraft draft = new PodDraft();
            lay(draft, draft.metadata(), group.path(), "metadata");
            lay(draft, draft.spec(), group.path(), "spec");
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

    private void lay(PodDraft draft, ObjectNode over, String path, String field) {
        String from = FieldPath.field(path, field);
        if (FieldPath.at(document.root(), from) instanceof ObjectNode object) {
            over.setAll(object.deepCopy());
            draft.provenance().lay(field, FieldSource.POD, document, from, object);
        }
    }

    private ArgoPod pod(PodDraft draft, PodOwner.Group group) {
        draft.metadata().put("name", group.podName(name()));
        draft.metadata().remove("generateName");
        ServiceAccounts.admit(objects, namespace, draft);
        ArgoPod pod = new ArgoPod(
                ArgoPod.Kind.OTHER,
                draft.pod(),
                creator.map(by -> by.pod().template()).orElse(""),
                new DocumentField(document, group.path()),
                "",
                List.of(),
                creator.map(by -> Unresolved.in(draft.spec(), by.ofCaller())).orElse(List.of()),
                draft.provenance(),
                Certainty.ONCE.repeated(group.count()));
        pod.ownedBy(document.kind() + "/" + name());
        creator.ifPresent(by -> pod.existsWithin(by.pod(), by.awaits()));
        return pod;
    }

    /** The object's, with a star for what is not known before. */
    private String name() {
        JsonNode metadata = document.root().path("metadata");
        String generated = Json.text(metadata, "generateName");
        String name = document.name().isEmpty() ? generated + "*" : document.name();
        return Unresolved.starred(name);
    }
}
