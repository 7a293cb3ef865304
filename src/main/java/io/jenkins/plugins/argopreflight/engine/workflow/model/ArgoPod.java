package io.jenkins.plugins.argopreflight.engine.workflow.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.manifest.CompactJson;
import io.jenkins.plugins.argopreflight.engine.manifest.DocumentField;
import io.jenkins.plugins.argopreflight.engine.manifest.FrozenJson;
import io.jenkins.plugins.argopreflight.engine.manifest.Location;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A pod that Argo will make: as it will stand in the cluster but for the token volume and the server's defaults. Pods
 * that differ in nothing but their names are one.
 */
public final class ArgoPod {

    /** Where the executor's settings are laid beside the pod's spec; no field of a pod. */
    private static final String EXECUTOR = "spec.executor";

    /** Which pod it is. */
    public enum Kind {
        /** Runs a template. */
        WORKLOAD,
        /** Runs the http and plugin templates. */
        AGENT,
        /** Deletes artifacts. */
        ARTIFACT_GC,
        /** No pod of Argo's: given as it is, or created by the controller of another object, such as a Job. */
        OTHER
    }

    /** Nodes of which each is remembered. */
    private static final int MOST = 100;

    private final Kind kind;
    private ObjectNode pod;
    private final String template;
    private final DocumentField templateField;
    private final List<String> nodeNames;
    private final List<String> lookUps;
    private final List<Unresolved> unresolved;
    private final Set<String> ofCaller;
    private final Provenance provenance;
    private Certainty certainty;
    private final Set<Existence> existences = new LinkedHashSet<>();
    private String lookUpAccount;
    private List<String> lookUpSecrets;
    private String owner = "";
    private final Set<String> added = new LinkedHashSet<>();
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
        this.ofCaller = unresolved.stream()
                .filter(Unresolved::isOfCaller)
                .map(Unresolved::variable)
                .collect(Collectors.toSet());
        this.provenance = provenance;
        this.certainty = certainty;
        this.existences.add(certainty.existence());
        this.lookUpAccount = Json.text(pod.path("spec"), "serviceAccountName");
        this.lookUpSecrets = names(pod.path("spec"));
    }

    /** What the merged workflow's spec says, which is what look-ups go by, whatever template and patches say. */
    public ArgoPod lookUpAs(JsonNode workflowSpec) {
        String account = Json.text(workflowSpec, "serviceAccountName");
        lookUpAccount = Unknowns.show(account.isEmpty() ? "default" : account);
        lookUpSecrets = names(workflowSpec);
        return this;
    }

    /** Makes it a pod that the controller of this object creates. @param object {@code Job/build} */
    public void ownedBy(String object) {
        owner = object;
    }

    /**
     * Makes it exist within another pod, which creates the object or workflow that owns it: as often, and on its conditions.
     *
     * @param awaited whether the other pod's node waits for what it creates
     */
    public void existsWithin(ArgoPod creator, boolean awaited) {
        List<Existence> own = List.copyOf(existences);
        nodeNames.clear();
        nodeNames.addAll(creator.nodeNames);
        existences.clear();
        creator.existences.forEach(outer -> own.forEach(inner -> existences.add(inner.within(outer, awaited))));
        certainty = creator.certainty.repeated(count());
    }

    /**
     * What a webhook or policy of the cluster adds or changes counts as the pod's own from here on.
     *
     * @param changes fields of the spec: lists with the elements that are new or differ, by their names
     */
    public void admitted(ObjectNode changes, CompactJson compact) {
        ObjectNode changed = pod.deepCopy();
        added.addAll(SpecChanges.lay((ObjectNode) changed.get("spec"), changes));
        pod = compact.of(changed);
        provenance.lay("spec", FieldSource.ADMISSION, changes);
    }

    /** The volume that a container mounts; missing when the pod has none of that name. */
    public JsonNode volume(JsonNode mount) {
        return FrozenJson.named(spec().path("volumes"), Json.text(mount, "name"));
    }

    /** Names the Secrets that Argo's program in it reads from the API server. */
    public void reads(Set<String> names) {
        secrets.addAll(names);
    }

    /** The Secrets that Argo's program in it reads from the API server, by name. */
    public Set<String> secrets() {
        return Set.copyOf(secrets);
    }

    /** Containers that a webhook or policy of the cluster adds, and other such elements of lists; by name. */
    public Set<String> added() {
        return Set.copyOf(added);
    }

    /** The object whose controller creates the pod, {@code Job/build}; "" for pods of Argo's and given Pods. */
    public String owner() {
        return owner;
    }

    private static List<String> names(JsonNode spec) {
        List<String> names = new ArrayList<>();
        spec.path("imagePullSecrets").forEach(each -> names.add(Json.text(each, "name")));
        names.removeIf(String::isEmpty);
        return List.copyOf(names);
    }

    /** Another node whose pod is the same. */
    public void again(String nodeName, Certainty other) {
        if (nodeNames.size() < MOST) {
            nodeNames.add(nodeName);
        }
        if (existences.size() < MOST) {
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

    /** metadata and spec; {@code {{…}}} where a value is not known; frozen. */
    public ObjectNode pod() {
        return pod;
    }

    public ObjectNode spec() {
        return (ObjectNode) pod.get("spec");
    }

    /** The pod's name; {@code *} stands for what is not known before. */
    public String name() {
        return pod.path("metadata").path("name").asText("");
    }

    /** The template's name, "" for pods of Argo's own. */
    public String template() {
        return template;
    }

    public Location templateLocation() {
        return templateField.location();
    }

    /** The template in its document; of a pod that has none, what makes it. */
    public DocumentField templateField() {
        return templateField;
    }

    /** Argo's names of the nodes, {@code wf[0].build(0:x)}; at most a hundred. */
    public List<String> nodeNames() {
        return List.copyOf(nodeNames);
    }

    /** What must hold for it to be made and cannot be decided now, {@code when: …}; none: it is sure. */
    public List<String> conditions() {
        return certainty.conditions().stream().map(Condition::toString).toList();
    }

    /** The same but for those that only say that the template is judged, and no workflow. */
    public List<String> runConditions() {
        return certainty.existence().conditions().stream()
                .map(Condition::toString)
                .toList();
    }

    /** On which conditions its nodes exist, and what their failure comes to: each that there is once. */
    public Set<Existence> existences() {
        return Set.copyOf(existences);
    }

    /** How many such pods there are, as far as it is known. */
    public long count() {
        return certainty.times();
    }

    /** Whether there can be more than {@link #count}: a loop over values of the running workflow, or recursion. */
    public boolean countOpen() {
        return certainty.open();
    }

    /**
     * Containers without a command, and artifact plugins: the controller asks the registry for it, unless its ConfigMap
     * lists the image.
     */
    public List<String> lookUps() {
        return lookUps;
    }

    /**
     * The ServiceAccount whose pull Secrets count for look-ups: that of the workflow's spec, never the template's;
     * source: argo-workflows workflow/controller/workflowpod.go (entrypoint.Options).
     */
    public String lookUpAccount() {
        return lookUpAccount;
    }

    /** The pull Secrets of the workflow's spec; for look-ups those of {@link #lookUpAccount} come after them. */
    public List<String> lookUpSecrets() {
        return lookUpSecrets;
    }

    /** Values that are not known before the workflow runs. */
    public List<Unresolved> unresolved() {
        return unresolved;
    }

    /** Returns whether a text of the pod has a variable whose value the caller of the template supplies. */
    public boolean isOfCaller(String text) {
        return Unknowns.tags(text).stream().anyMatch(ofCaller::contains);
    }

    /**
     * Where a field comes from.
     *
     * @param path such as {@code spec.containers[main].image}; elements of lists by their name
     */
    public Origin origin(String path) {
        return provenance.of(path);
    }

    /** What set a field; the template where Argo did. */
    public DocumentField setter(String path) {
        Origin origin = origin(path);
        return origin.document()
                .map(document -> new DocumentField(document, origin.path()))
                .orElse(templateField);
    }

    /** The ServiceAccount whose token Argo's containers get instead of the pod's own; "" for none. */
    public String executorAccount() {
        return provenance.laid(EXECUTOR + ".serviceAccountName");
    }

    /** Who named the {@link #executorAccount}. */
    public Origin executorAccountOrigin() {
        return provenance.of(EXECUTOR + ".serviceAccountName");
    }

    /** Where each field comes from. */
    public Map<String, Origin> origins() {
        Map<String, Origin> origins = new LinkedHashMap<>();
        Provenance.leaves(pod.get("spec"), "spec", (path, value) -> origins.put(path, origin(path)));
        return origins;
    }

    @Override
    public String toString() {
        return name();
    }
}
