package io.jenkins.plugins.argopreflight.engine.facts.right;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.facts.object.ClusterKinds;
import io.jenkins.plugins.argopreflight.engine.facts.workflow.KubectlFlags;
import io.jenkins.plugins.argopreflight.engine.facts.workflow.ResourceManifest;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.object.PolicyRule;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.model.object.Right;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The rights that a resource template needs: argoexec runs {@code kubectl ACTION} on its manifest, then reads the
 * object for its conditions and output parameters.
 *
 * @see <a href="https://github.com/argoproj/argo-workflows/blob/v4.0.5/workflow/executor/resource.go">ExecResource,
 *     WaitResource, SaveResourceParameters</a>; kubectl's pkg/cmd/{apply,create,delete,patch,replace,get}
 */
final class ResourceTemplate {

    /**
     * The verbs that kubectl needs for an action. {@code replace} and {@code delete} also send a {@code get}, but
     * continue if it is forbidden.
     */
    private static final Map<String, List<String>> VERBS = Map.of(
            "get", List.of("get"),
            "create", List.of("create"),
            "apply", List.of("get", "create", "patch"),
            "patch", List.of("patch"),
            "replace", List.of("update"),
            "delete", List.of("delete"));

    /** The verb that allows a user to grant rights that the user does not have. */
    static final String ESCALATE = "escalate";

    /** The maximum number of rights of a Role that are asked for. */
    private static final int MAX_ROLE_RIGHTS = 200;

    /**
     * A right that the template needs.
     *
     * @param right the right; Unknown if it depends on values that are known only when the workflow runs
     */
    record Needed(Fact<Right> right, Purpose purpose) {}

    private final JsonNode template;
    private final JsonNode resource;
    private final String namespace;
    private final ClusterKinds kinds;
    private final List<Needed> needed = new ArrayList<>();

    private ResourceTemplate(JsonNode template, String namespace, ClusterKinds kinds) {
        this.template = template;
        this.resource = template.path("resource");
        this.namespace = namespace;
        this.kinds = kinds;
    }

    /** Returns the rights that a template needs; none if it is not a resource template. */
    static Stream<Needed> of(JsonNode template, String namespace, ClusterKinds kinds) {
        ResourceTemplate reader = new ResourceTemplate(template, namespace, kinds);
        if (template.path("resource").isObject()) {
            reader.collect();
        }
        return reader.needed.stream();
    }

    private void collect() {
        String manifest = Json.text(resource, "manifest");
        KubectlFlags flags = KubectlFlags.of(resource.path("flags"));
        if (manifest.isBlank() && resource.has("manifestFrom")) {
            addUnknown("its manifest is an artifact, which exists only when the workflow runs");
        } else if (flags.target().isPresent()) {
            addNamed(flags);
        } else if (!manifest.isBlank()) {
            addManifest(manifest, flags);
        } else if (!flags.kinds().isEmpty()) {
            flags.kinds().forEach(kind -> addForAction(kinds.byWord(kind), flags, ""));
        } else {
            addUnknown("its flags do not determine the objects");
        }
    }

    /** Adds the rights for an object that the flags name. {@code kubectl patch KIND NAME} reads the object first. */
    private void addNamed(KubectlFlags flags) {
        String name = flags.target().orElseThrow();
        flags.kinds().forEach(kind -> {
            addForAction(kinds.byWord(kind), flags, name);
            if (action().equals("patch")) {
                add(kinds.byWord(kind), "get", flags, name);
            }
        });
    }

    private void addManifest(String manifest, KubectlFlags flags) {
        List<Document> documents;
        try {
            documents = ResourceManifest.read(manifest);
        } catch (ManifestException e) {
            if (action().equals("patch") || manifest.contains("{{")) {
                addUnknown("its manifest cannot be read before the workflow runs: " + e.getMessage());
            }
            return;
        }
        for (Document document : documents) {
            if (document.kind().isEmpty() || document.kind().contains("{{")) {
                addUnknown("the manifest's kind \"" + document.kind() + "\" is not known before the workflow runs");
                continue;
            }
            String objectNamespace =
                    document.namespace().isEmpty() ? flags.namespace().orElse(namespace) : document.namespace();
            ClusterKinds.Found kind = kinds.byKind(document.apiVersion(), document.kind());
            addForAction(kind, flags.withNamespace(objectNamespace), document.name());
            boolean role = kind.group().equals(Resource.ROLES.group())
                    && document.kind().endsWith("Role");
            if (role && action().equals("create")) {
                addGranted(document, kind, objectNamespace);
            }
        }
    }

    /**
     * Adds the rights for the creation of a Role: the user needs the rights that the Role grants, or the right to
     * escalate. Neither is needed if the Role exists and is not changed. Source: kubernetes
     * pkg/registry/rbac/role/policybased/storage.go.
     */
    private void addGranted(Document role, ClusterKinds.Found kind, String namespace) {
        String scope = kind.namespaced() ? namespace : "";
        List<Right> rights = role.root()
                .path("rules")
                .valueStream()
                .map(PolicyRule::of)
                .flatMap(rule -> rule.rights(scope).stream())
                .distinct()
                .toList();
        if (rights.isEmpty()) {
            return;
        }
        if (rights.size() > MAX_ROLE_RIGHTS || rights.toString().contains("{{")) {
            addUnknown("the rights that " + role.kind() + " " + role.name() + " grants are too many, or not known");
            return;
        }
        Purpose created = purpose(kind);
        Purpose granted = new Purpose(Purpose.Kind.GRANTED, created.text() + ", which grants it", created.isGuessed());
        Right escalate = Right.of(ESCALATE, kind.group(), kind.plural(), scope)
                .named(role.name().contains("{{") ? "" : role.name());
        needed.add(new Needed(Fact.known(escalate), created));
        rights.forEach(right -> needed.add(new Needed(Fact.known(right), granted)));
    }

    private void addForAction(ClusterKinds.Found kind, KubectlFlags flags, String name) {
        List<String> verbs = VERBS.get(action());
        if (verbs == null) {
            addUnknown("its action \"" + action() + "\" is not known before the workflow runs");
            return;
        }
        Set<String> all = new LinkedHashSet<>(verbs);
        if (flags.selects()) {
            all.add("list");
        }
        if (!action().equals("delete") && (hasConditions() || hasOutputs())) {
            all.add("get");
        }
        all.forEach(verb -> add(kind, verb, flags, name));
    }

    private void add(ClusterKinds.Found kind, String verb, KubectlFlags flags, String name) {
        String objectNamespace = kind.namespaced() ? flags.namespace().orElse(namespace) : "";
        if (objectNamespace.contains("{{")) {
            addUnknown("the object's namespace " + objectNamespace + " is not known before the workflow runs");
            return;
        }
        boolean named = !verb.equals("create") && !verb.equals("list") && !name.contains("{{");
        Right right =
                Right.of(verb, kind.group(), kind.plural(), objectNamespace).named(named ? name : "");
        needed.add(new Needed(Fact.known(right), purpose(kind)));
    }

    private Purpose purpose(ClusterKinds.Found kind) {
        String nextAction =
                hasConditions() ? ", then waits for its conditions" : hasOutputs() ? ", then reads outputs" : "";
        return new Purpose(
                kindOfPurpose(),
                request() + " " + kind.kind() + nextAction + kind.doubt(),
                !kind.doubt().isEmpty());
    }

    private void addUnknown(String reason) {
        needed.add(new Needed(Fact.unknown(reason), Purpose.of(kindOfPurpose(), request())));
    }

    private Purpose.Kind kindOfPurpose() {
        return action().equals("apply") ? Purpose.Kind.APPLIED_OBJECT : Purpose.Kind.OBJECT;
    }

    private String request() {
        return "resource template " + Json.text(template, "name") + ": kubectl " + action();
    }

    private String action() {
        return Json.text(resource, "action");
    }

    private boolean hasConditions() {
        return !Json.text(resource, "successCondition").isEmpty()
                || !Json.text(resource, "failureCondition").isEmpty();
    }

    /**
     * Returns whether output parameters are read from the object. Those with a default are left out, since they do not
     * fail if the read is forbidden.
     */
    private boolean hasOutputs() {
        for (JsonNode output : template.path("outputs").path("parameters")) {
            JsonNode from = output.path("valueFrom");
            if ((from.has("jsonPath") || from.has("jqFilter")) && !from.has("default")) {
                return true;
            }
        }
        return false;
    }
}
