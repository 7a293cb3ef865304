package io.jenkins.plugins.argopreflight.engine.argo.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.yaml.CompactJson;
import io.jenkins.plugins.argopreflight.engine.util.yaml.DocumentField;
import io.jenkins.plugins.argopreflight.engine.util.yaml.FrozenJson;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Location;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A pod that Argo will create, as it will be in the cluster, without the token volume and the defaults of the API
 * server. Pods that differ only in their names are one object.
 */
public final class ArgoPod {

    /** The key of the executor's settings, which are recorded beside the fields of the pod. It is no field of a pod. */
    private static final String EXECUTOR = "spec.executor";

    /** The purpose of a pod. */
    public enum Kind {
        /** The pod runs a template. */
        WORKLOAD,
        /** The pod runs the http and plugin templates. */
        AGENT,
        /** The pod deletes artifacts. */
        ARTIFACT_GC,
        /**
         * The pod is not created by Argo: it is in a file or in the cluster, or the controller of another object, such
         * as a Job, creates it.
         */
        OTHER
    }

    /** Maximum number of nodes and existences that are stored. */
    private static final int MAX_STORED = 100;

    private final Kind kind;
    private ObjectNode pod;
    private final String template;
    private final DocumentField templateField;
    private final List<String> nodeNames;
    private final List<String> lookUps;
    private final List<Unresolved> unresolved;
    private final Set<String> variablesOfCaller;
    private final Provenance provenance;
    private Certainty certainty;
    private final Set<Existence> existences = new LinkedHashSet<>();
    private String lookUpAccount;
    private List<String> lookUpSecrets;
    private String owner = "";
    private final Set<String> addedNames = new LinkedHashSet<>();
    private final Set<String> secrets = new TreeSet<>();

    public ArgoPod(
            Kind kind,
            ObjectNode pod,
            String template,
            DocumentField templateField,
            String nodeName,
            List<String> lookUps,
            List<Unresolved> unresolved,
            Provenance provenance,
            Certainty certainty) {
        this.kind = kind;
        this.pod = FrozenJson.of(pod);
        this.template = template;
        this.templateField = templateField;
        this.nodeNames = new ArrayList<>(List.of(nodeName));
        this.lookUps = List.copyOf(lookUps);
        this.unresolved = List.copyOf(unresolved);
        this.variablesOfCaller = unresolved.stream()
                .filter(Unresolved::isOfCaller)
                .map(Unresolved::variable)
                .collect(Collectors.toSet());
        this.provenance = provenance;
        this.certainty = certainty;
        this.existences.add(certainty.existence());
        this.lookUpAccount = Json.text(pod.path("spec"), "serviceAccountName");
        this.lookUpSecrets = names(pod.path("spec"));
    }

    /**
     * Sets the ServiceAccount and pull Secrets for look-ups: those of the merged workflow's spec, independent of
     * templates and patches.
     */
    public ArgoPod withLookUpAccount(JsonNode workflowSpec) {
        String account = Json.text(workflowSpec, "serviceAccountName");
        lookUpAccount = UnknownValues.show(account.isEmpty() ? "default" : account);
        lookUpSecrets = names(workflowSpec);
        return this;
    }

    /**
     * Records the object whose controller creates the pod.
     *
     * @param object kind and name, {@code Job/build}
     */
    public void setOwner(String object) {
        owner = object;
    }

    /**
     * Records the pod that creates the object or workflow to which this pod belongs. This pod then exists only on the
     * conditions of its creator, once for each of the creator's pods.
     *
     * @param awaited whether the node of the creator waits for the created object
     */
    public void setCreator(ArgoPod creator, boolean awaited) {
        List<Existence> ownExistences = List.copyOf(existences);
        nodeNames.clear();
        nodeNames.addAll(creator.nodeNames);
        existences.clear();
        creator.existences.forEach(
                outer -> ownExistences.forEach(inner -> existences.add(inner.createdBy(outer, awaited))));
        certainty = creator.certainty.repeated(count());
    }

    /**
     * Adds the fields that a webhook or policy of the cluster adds or changes.
     *
     * @param changes fields of the spec: lists with the elements that are new or changed, by their names
     */
    public void applyAdmission(ObjectNode changes, CompactJson compact) {
        ObjectNode changed = pod.deepCopy();
        addedNames.addAll(SpecChanges.apply((ObjectNode) changed.get("spec"), changes));
        pod = compact.of(changed);
        provenance.record("spec", FieldSource.ADMISSION, changes);
    }

    /** Returns the volume that a container mounts; a MissingNode if the pod has no volume of that name. */
    public JsonNode volume(JsonNode mount) {
        return FrozenJson.named(spec().path("volumes"), Json.text(mount, "name"));
    }

    /** Records Secrets that Argo's program in the pod reads from the API server. */
    public void addSecrets(Set<String> names) {
        secrets.addAll(names);
    }

    /** Returns the names of the Secrets that Argo's program in the pod reads from the API server, in their order. */
    public Set<String> secrets() {
        return Collections.unmodifiableSortedSet(new TreeSet<>(secrets));
    }

    /**
     * Returns the names of containers, and of other elements of lists, that a webhook or policy of the cluster adds.
     */
    public Set<String> addedByAdmission() {
        return Set.copyOf(addedNames);
    }

    /**
     * Returns the object whose controller creates the pod, {@code Job/build}; "" for pods of Argo and for Pods from a
     * file or the cluster.
     */
    public String owner() {
        return owner;
    }

    private static List<String> names(JsonNode spec) {
        List<String> names = new ArrayList<>();
        spec.path("imagePullSecrets").forEach(each -> names.add(Json.text(each, "name")));
        names.removeIf(String::isEmpty);
        return List.copyOf(names);
    }

    /** Adds another node whose pod is equal. */
    public void addNode(String nodeName, Certainty other) {
        if (nodeNames.size() < MAX_STORED) {
            nodeNames.add(nodeName);
        }
        if (existences.size() < MAX_STORED) {
            existences.add(other.existence());
        }
        List<Condition> conditions =
                other.conditions().size() < certainty.conditions().size() ? other.conditions() : certainty.conditions();
        certainty = new Certainty(
                conditions,
                0,
                certainty.times() + other.times(),
                certainty.open() || other.open(),
                certainty.tolerance());
    }

    public Kind kind() {
        return kind;
    }

    /** Returns the metadata and spec, which cannot be changed. Unknown values are {@code {{…}}}. */
    public ObjectNode pod() {
        return pod;
    }

    public ObjectNode spec() {
        return (ObjectNode) pod.get("spec");
    }

    /** Returns the pod's name, with {@code *} for parts that are not known before. */
    public String name() {
        return Json.text(pod, "metadata", "name");
    }

    /** Returns the template's name, "" for pods without a template. */
    public String template() {
        return template;
    }

    public Location templateLocation() {
        return templateField.location();
    }

    /** Returns the template in its document, or for a pod without a template the field that causes its creation. */
    public DocumentField templateField() {
        return templateField;
    }

    /** Returns Argo's names of the nodes, such as {@code wf[0].build(0:x)}; at most a hundred. */
    public List<String> nodeNames() {
        return List.copyOf(nodeNames);
    }

    /**
     * Returns the conditions of the pod's creation that cannot be decided now, such as {@code when: …}; empty if it is
     * certainly created.
     */
    public List<Condition> conditions() {
        return certainty.conditions();
    }

    /**
     * Returns the conditions of the pod's creation in a run of the workflow, without those of kind CALLER, which only
     * say that a template is checked without its caller.
     */
    public List<Condition> runConditions() {
        return certainty.existence().conditions();
    }

    /** Returns the conditions under which the pod's nodes exist, and the tolerance of their failures. */
    public Set<Existence> existences() {
        return Set.copyOf(existences);
    }

    /** Returns the number of equal pods, as far as it is known. */
    public long count() {
        return certainty.times();
    }

    /**
     * Returns whether there can be more pods than {@link #count}, because of a loop over values of the running
     * workflow, or recursion.
     */
    public boolean isCountOpen() {
        return certainty.open();
    }

    /**
     * Returns the names of the containers without a command, and of artifact plugins. The controller asks the registry
     * for their commands, unless its ConfigMap lists the image.
     */
    public List<String> lookUps() {
        return lookUps;
    }

    /**
     * Returns the ServiceAccount whose pull Secrets are used for look-ups: that of the workflow's spec, never the
     * template's; source: argo-workflows workflow/controller/workflowpod.go (entrypoint.Options).
     */
    public String lookUpAccount() {
        return lookUpAccount;
    }

    /** Returns the pull Secrets of the workflow's spec. For look-ups, those of {@link #lookUpAccount} follow them. */
    public List<String> lookUpSecrets() {
        return lookUpSecrets;
    }

    /** Returns the values that are not known before the workflow runs. */
    public List<Unresolved> unresolved() {
        return unresolved;
    }

    /** Returns whether a text of the pod has a variable whose value the caller of the template supplies. */
    public boolean isOfCaller(String text) {
        return UnknownValues.tags(text).stream().anyMatch(variablesOfCaller::contains);
    }

    /**
     * Returns the origin of a field.
     *
     * @param path such as {@code spec.containers[main].image}, with elements of lists by their name
     */
    public Origin origin(String path) {
        return provenance.originOf(path);
    }

    /** Returns the field that set a field of the pod; the template if Argo set it. */
    public DocumentField setter(String path) {
        Origin origin = origin(path);
        return origin.document()
                .map(document -> new DocumentField(document, origin.path()))
                .orElse(templateField);
    }

    /** Returns the ServiceAccount whose token Argo's containers get instead of the pod's own; "" for none. */
    public String executorAccount() {
        return provenance.lastValue(EXECUTOR + ".serviceAccountName");
    }

    /** Returns the origin of the {@link #executorAccount}. */
    public Origin executorAccountOrigin() {
        return provenance.originOf(EXECUTOR + ".serviceAccountName");
    }

    /** Returns the origin of each field. */
    public Map<String, Origin> origins() {
        Map<String, Origin> origins = new LinkedHashMap<>();
        Provenance.forEachLeaf(pod.get("spec"), "spec", (path, value) -> origins.put(path, origin(path)));
        return origins;
    }

    @Override
    public String toString() {
        return name();
    }
}
