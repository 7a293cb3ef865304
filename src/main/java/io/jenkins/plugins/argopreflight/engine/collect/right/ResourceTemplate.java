package io.jenkins.plugins.argopreflight.engine.collect.right;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.collect.object.ClusterKinds;
import io.jenkins.plugins.argopreflight.engine.collect.workflow.KubectlFlags;
import io.jenkins.plugins.argopreflight.engine.collect.workflow.ResourceManifest;
import io.jenkins.plugins.argopreflight.engine.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.kube.PolicyRule;
import io.jenkins.plugins.argopreflight.engine.kube.Resource;
import io.jenkins.plugins.argopreflight.engine.kube.Right;
import io.jenkins.plugins.argopreflight.engine.manifest.Document;
import io.jenkins.plugins.argopreflight.engine.manifest.ManifestException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a resource template asks of the API server: argoexec runs {@code kubectl ACTION} on its manifest, then reads the
 * object for its conditions and output parameters.
 *
 * @see <a href="https://github.com/argoproj/argo-workflows/blob/v4.0.5/workflow/executor/resource.go">ExecResource,
 *     WaitResource, SaveResourceParameters</a>; kubectl's pkg/cmd/{apply,create,delete,patch,replace,get}
 */
final class ResourceTemplate {

    /** What kubectl asks the server for. A forbidden get of replace and delete stops neither. */
    private static final Map<String, List<String>> VERBS = Map.of(
            "get", List.of("get"),
            "create", List.of("create"),
            "apply", List.of("get", "create", "patch"),
            "patch", List.of("patch"),
            "replace", List.of("update"),
            "delete", List.of("delete"));

    /** The verb with which one grants what one does not have. */
    static final String ESCALATE = "escalate";

    /** At the end of what a right is needed for that a created Role grants. */
    static final String GRANTED = ", which grants it";

    /** Rights of one Role that are asked for. */
    private static final int MOST = 200;

    /** @param right Unknown when the manifest does not say it yet */
    record Wanted(Fact<Right> right, String neededFor) {}

    private final JsonNode template;
    private final JsonNode resource;
    private final String namespace;
    private final ClusterKinds kinds;
    private final List<Wanted> wanted = new ArrayList<>();

    private ResourceTemplate(JsonNode template, String namespace, ClusterKinds kinds) {
        this.template = template;
        this.resource = template.path("resource");
        this.namespace = namespace;
        this.kinds = kinds;
    }

    /** Nothing when it is no resource template. */
    static Stream<Wanted> of(JsonNode template, String namespace, ClusterKinds kinds) {
        ResourceTemplate made = new ResourceTemplate(template, namespace, kinds);
        if (template.path("resource").isObject()) {
            made.collect();
        }
        return made.wanted.stream();
    }

    private void collect() {
        String manifest = resource.path("manifest").asText("");
        KubectlFlags flags = KubectlFlags.of(resource.path("flags"));
        if (manifest.isBlank() && resource.has("manifestFrom")) {
            unknown("its manifest is an artifact, which exists only when the workflow runs");
        } else if (flags.target().isPresent()) {
            named(flags);
        } else if (!manifest.isBlank()) {
            objects(manifest, flags);
        } else if (!flags.kinds().isEmpty()) {
            flags.kinds().forEach(kind -> rights(kinds.byWord(kind), flags, ""));
        } else {
            unknown("its flags do not determine the objects");
        }
    }

    /** {@code kubectl patch KIND NAME} and the like read the object first. */
    private void named(KubectlFlags flags) {
        String name = flags.target().orElseThrow();
        flags.kinds().forEach(kind -> {
            rights(kinds.byWord(kind), flags, name);
            if (action().equals("patch")) {
                want(kinds.byWord(kind), "get", flags, name);
            }
        });
    }

    private void objects(String manifest, KubectlFlags flags) {
        List<Document> documents;
        try {
            documents = ResourceManifest.read(manifest);
        } catch (ManifestException e) {
            if (action().equals("patch") || manifest.contains("{{")) {
                unknown("its manifest cannot be read before the workflow runs: " + e.getMessage());
            }
            return;
        }
        for (Document document : documents) {
            if (document.kind().isEmpty() || document.kind().contains("{{")) {
                unknown("the manifest's kind \"" + document.kind() + "\" is not known before the workflow runs");
                continue;
            }
            String in = document.namespace().isEmpty() ? flags.namespace().orElse(namespace) : document.namespace();
            ClusterKinds.Found kind = kinds.byKind(document.apiVersion(), document.kind());
            rights(kind, flags.in(in), document.name());
            boolean role = kind.group().equals(Resource.ROLES.group())
                    && document.kind().endsWith("Role");
            if (role && action().equals("create")) {
                grants(document, kind, in);
            }
        }
    }

    /**
     * Who creates a Role has what it grants, or the right to escalate. One that exists, and is not changed, needs neither.
     * Source: kubernetes pkg/registry/rbac/role/policybased/storage.go.
     */
    private void grants(Document role, ClusterKinds.Found kind, String namespace) {
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
        if (rights.size() > MOST || rights.toString().contains("{{")) {
            unknown("the rights that " + role.kind() + " " + role.name() + " grants are too many, or not known");
            return;
        }
        String what = neededFor(kind) + GRANTED;
        Right escalate = Right.of(ESCALATE, kind.group(), kind.plural(), scope)
                .named(role.name().contains("{{") ? "" : role.name());
        wanted.add(new Wanted(Fact.known(escalate), neededFor(kind)));
        rights.forEach(right -> wanted.add(new Wanted(Fact.known(right), what)));
    }

    private void rights(ClusterKinds.Found kind, KubectlFlags flags, String name) {
        List<String> verbs = VERBS.get(action());
        if (verbs == null) {
            unknown("its action \"" + action() + "\" is not known before the workflow runs");
            return;
        }
        Set<String> all = new LinkedHashSet<>(verbs);
        if (flags.selects()) {
            all.add("list");
        }
        if (!action().equals("delete") && (hasConditions() || hasOutputs())) {
            all.add("get");
        }
        all.forEach(verb -> want(kind, verb, flags, name));
    }

    private void want(ClusterKinds.Found kind, String verb, KubectlFlags flags, String name) {
        String in = kind.namespaced() ? flags.namespace().orElse(namespace) : "";
        if (in.contains("{{")) {
            unknown("the object's namespace " + in + " is not known before the workflow runs");
            return;
        }
        boolean named = !verb.equals("create") && !verb.equals("list") && !name.contains("{{");
        Right right = Right.of(verb, kind.group(), kind.plural(), in).named(named ? name : "");
        wanted.add(new Wanted(Fact.known(right), neededFor(kind)));
    }

    private String neededFor(ClusterKinds.Found kind) {
        String also = hasConditions() ? ", then waits for its conditions" : hasOutputs() ? ", then reads outputs" : "";
        return "resource template " + template.path("name").asText("") + ": kubectl " + action() + " " + kind.kind()
                + also + kind.doubt();
    }

    private void unknown(String reason) {
        wanted.add(new Wanted(
                Fact.unknown(reason),
                "resource template " + template.path("name").asText("") + ": kubectl " + action()));
    }

    private String action() {
        return resource.path("action").asText("");
    }

    private boolean hasConditions() {
        return !resource.path("successCondition").asText("").isEmpty()
                || !resource.path("failureCondition").asText("").isEmpty();
    }

    /** Those with a default survive a refusal. */
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
