package io.jenkins.plugins.argopreflight.engine.workflow.field;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.argopreflight.engine.manifest.BooleanWord;
import io.jenkins.plugins.argopreflight.engine.manifest.Document;
import io.jenkins.plugins.argopreflight.engine.manifest.FieldPath;
import io.jenkins.plugins.argopreflight.engine.manifest.Location;
import io.jenkins.plugins.argopreflight.engine.workflow.field.ArgoFields.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Goes through one of Argo's objects and holds each field to what the object's type says. */
public final class FieldWalk {

    private static final Set<String> KINDS =
            Set.of("Workflow", "CronWorkflow", "WorkflowTemplate", "ClusterWorkflowTemplate");

    /** Source: k8s.io/apimachinery pkg/api/resource/quantity.go (ParseQuantity). */
    private static final Pattern QUANTITY =
            Pattern.compile("[+-]?(?:\\d+(?:\\.\\d*)?|\\.\\d+)(?:[KMGTPE]i|[numkMGTPE]|[eE][+-]?\\d+)?");

    /** Source: k8s.io/api core/v1 types.go (PodSpec). */
    private static final Map<String, Kind> POD_SPEC =
            ArgoFields.parse("""
                activeDeadlineSeconds=n affinity=Affinity automountServiceAccountToken=b containers=[Container
                dnsConfig=PodDNSConfig dnsPolicy=s enableServiceLinks=b hostAliases=[HostAlias hostIPC=b hostNetwork=b hostPID=b
                hostUsers=b hostname=s imagePullSecrets=[LocalObjectReference initContainers=[Container nodeName=s nodeSelector={s
                preemptionPolicy=s priority=n priorityClassName=s restartPolicy=s runtimeClassName=s schedulerName=s
                securityContext=PodSecurityContext serviceAccountName=s setHostnameAsFQDN=b shareProcessNamespace=b subdomain=s
                terminationGracePeriodSeconds=n tolerations=[Toleration volumes=[Volume
                """.strip().split("\\s+"));

    /** A field that no version has. @param fields those of the object in which it stands */
    public record Unknown(Document document, String path, String name, Map<String, Kind> fields) {}

    /** A field that holds what it cannot. */
    public record Wrong(Document document, String path, String name, Kind kind, JsonNode value) {

        /** The word without quotes that was read as true or false, where a text belongs. */
        public Optional<BooleanWord> word() {
            Location at = document.locate(path);
            return document.booleanWords().stream()
                    .filter(each ->
                            kind.isText() && !each.isKey() && each.location().equals(at))
                    .findFirst();
        }
    }

    /** A field that not every version has. */
    public record Dated(String path, String name, Kind kind) {}

    private final Document document;
    private final List<Unknown> unknown = new ArrayList<>();
    private final List<Wrong> wrong = new ArrayList<>();
    private final List<Dated> dated = new ArrayList<>();
    private final List<String> booleans = new ArrayList<>();
    private final List<String> nulls = new ArrayList<>();

    private FieldWalk(Document document) {
        this.document = document;
    }

    public static boolean reads(Document document) {
        return document.apiVersion().startsWith("argoproj.io/") && KINDS.contains(document.kind());
    }

    /** Through a whole object that {@link #reads} accepts. */
    public static FieldWalk of(Document document) {
        return of(document, "", document.kind(), document.root());
    }

    /**
     * Returns the object as the API server reads it, with corrections of what its author means:
     *
     * <ul>
     *   <li>a field that is null is absent, as the API server drops it; source: apiextensions-apiserver
     *       pkg/apiserver/schema/defaulting/prune.go (PruneNonNullableNullsWithoutDefaults).
     *   <li>a word without quotes that was read as true or false, such as a name {@code n}, is a text where the type has
     *       a text. The API server refuses the object as it is; other mistakes can be found nevertheless.
     * </ul>
     */
    public static Document meant(Document document) {
        if (!reads(document) || document.booleanWords().isEmpty() && !hasNull(document.root())) {
            return document;
        }
        FieldWalk walk = of(document);
        List<Wrong> words = walk.wrong().stream()
                .filter(each -> each.word().isPresent())
                .toList();
        if (words.isEmpty() && walk.nulls.isEmpty()) {
            return document;
        }
        ObjectNode meant = document.root().deepCopy();
        words.forEach(each ->
                each.word().ifPresent(word -> FieldPath.replace(meant, each.path(), TextNode.valueOf(word.word()))));
        walk.nulls.forEach(path -> FieldPath.remove(meant, path));
        return document.meaning(meant);
    }

    private static boolean hasNull(JsonNode node) {
        return node.isNull() || node.valueStream().anyMatch(FieldWalk::hasNull);
    }

    static FieldWalk of(Document document, String path, String type, JsonNode object) {
        FieldWalk walk = new FieldWalk(document);
        walk.object(path, type, object);
        return walk;
    }

    /** The spec of a pod, or a patch of one; of fields that Argo's objects do not have it says nothing. */
    public static FieldWalk ofPod(Document document, JsonNode spec) {
        FieldWalk walk = new FieldWalk(document);
        walk.fields("", POD_SPEC, spec);
        return walk;
    }

    public Document document() {
        return document;
    }

    /** The paths of fields that are true or false, as their type says. */
    public List<String> booleans() {
        return booleans;
    }

    public List<Unknown> unknown() {
        return unknown;
    }

    public List<Wrong> wrong() {
        return wrong;
    }

    public List<Dated> dated() {
        return dated;
    }

    private void object(String path, String type, JsonNode object) {
        fields(path, ArgoFields.of(type).orElseGet(LinkedHashMap::new), object);
    }

    private void fields(String path, Map<String, Kind> fields, JsonNode object) {
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            String at = FieldPath.field(path, field.getKey());
            Kind kind = fields.get(field.getKey());
            if (kind == null) {
                unknown.add(new Unknown(document, at, field.getKey(), fields));
            } else if (field.getValue().isNull()) {
                nulls.add(at);
            } else {
                boolean always = kind.since().isEmpty() && kind.until().isEmpty();
                if (!always) {
                    dated.add(new Dated(at, field.getKey(), kind));
                }
                value(at, field.getKey(), kind, field.getValue());
            }
        }
    }

    private void value(String path, String name, Kind kind, JsonNode value) {
        if (kind.isAnything() || value.isNull()) {
            return;
        }
        if (!fits(kind, value)) {
            wrong.add(new Wrong(document, path, name, kind, value));
        } else if (kind.isBoolean()) {
            booleans.add(path);
        } else if (kind.isList()) {
            list(path, name, kind, value);
        } else if (kind.isMap()) {
            value.properties()
                    .forEach(entry -> value(
                            FieldPath.field(path, entry.getKey()), entry.getKey(), kind.element(), entry.getValue()));
        } else if (value.isObject()) {
            object(path, kind.text(), value);
        }
    }

    /** A list whose elements are all of a wrong kind is wrong as a whole. */
    private void list(String path, String name, Kind kind, JsonNode list) {
        boolean none = true;
        for (JsonNode element : list) {
            none &= !kind.element().isAnything() && !element.isNull() && !fits(kind.element(), element);
        }
        if (none && !list.isEmpty()) {
            wrong.add(new Wrong(document, path, name, kind, list));
            return;
        }
        for (int i = 0; i < list.size(); i++) {
            value(FieldPath.element(path, i), name, kind.element(), list.get(i));
        }
    }

    /** Argo substitutes variables only after it has read the workflow: here they are no quantity, too. */
    private static boolean isQuantity(String text) {
        return QUANTITY.matcher(text).matches();
    }

    /** Returns whether a field of this kind can hold the value; its own fields are not looked at. */
    public static boolean fits(Kind kind, JsonNode value) {
        if (kind.isText()) {
            return value.isTextual();
        }
        if (kind.isNumber()) {
            return value.isNumber();
        }
        if (kind.isBoolean()) {
            return value.isBoolean();
        }
        if (kind.isQuantity()) {
            return value.isNumber() || value.isTextual() && isQuantity(value.asText());
        }
        return kind.isList() ? value.isArray() : kind.isAnything() || value.isObject();
    }
}
