package io.jenkins.plugins.argopreflight.engine.argo.field;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.argopreflight.engine.argo.field.ArgoFields.Kind;
import io.jenkins.plugins.argopreflight.engine.util.yaml.BooleanWord;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import io.jenkins.plugins.argopreflight.engine.util.yaml.FieldPath;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Location;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** A traversal of one of Argo's objects that compares each field with the object's type. */
public final class FieldWalk {

    private static final Set<String> KINDS =
            Set.of("Workflow", "CronWorkflow", "WorkflowTemplate", "ClusterWorkflowTemplate");

    /** Pattern of a quantity; source: k8s.io/apimachinery pkg/api/resource/quantity.go (ParseQuantity). */
    private static final Pattern QUANTITY =
            Pattern.compile("[+-]?(?:\\d+(?:\\.\\d*)?|\\.\\d+)(?:[KMGTPE]i|[numkMGTPE]|[eE][+-]?\\d+)?");

    /** Fields of a pod's spec; source: k8s.io/api core/v1 types.go (PodSpec). */
    private static final Map<String, Kind> POD_SPEC =
            ArgoFields.parse("""
                activeDeadlineSeconds=n affinity=Affinity automountServiceAccountToken=b containers=[Container
                dnsConfig=PodDNSConfig dnsPolicy=s enableServiceLinks=b hostAliases=[HostAlias hostIPC=b hostNetwork=b hostPID=b
                hostUsers=b hostname=s imagePullSecrets=[LocalObjectReference initContainers=[Container nodeName=s nodeSelector={s
                preemptionPolicy=s priority=n priorityClassName=s restartPolicy=s runtimeClassName=s schedulerName=s
                securityContext=PodSecurityContext serviceAccountName=s setHostnameAsFQDN=b shareProcessNamespace=b subdomain=s
                terminationGracePeriodSeconds=n tolerations=[Toleration volumes=[Volume
                """.strip().split("\\s+"));

    /**
     * A field that no version of Argo has.
     *
     * @param fields the fields that the object can have
     */
    public record Unknown(Document document, String path, String name, Map<String, Kind> fields) {}

    /** A field with a value of the wrong type. */
    public record Wrong(Document document, String path, String name, Kind kind, JsonNode value) {

        /** Returns the word without quotes that was read as true or false, if the field should contain a text. */
        public Optional<BooleanWord> word() {
            Location location = document.locate(path);
            return document.booleanWords().stream()
                    .filter(each ->
                            kind.isText() && !each.isKey() && each.location().equals(location))
                    .findFirst();
        }
    }

    /** A field that only some versions of Argo have. */
    public record VersionDependent(String path, String name, Kind kind) {}

    private final Document document;
    private final List<Unknown> unknown = new ArrayList<>();
    private final List<Wrong> wrong = new ArrayList<>();
    private final List<VersionDependent> versionDependent = new ArrayList<>();
    private final List<String> booleans = new ArrayList<>();
    private final List<String> nulls = new ArrayList<>();

    private FieldWalk(Document document) {
        this.document = document;
    }

    /** Returns whether a document is an object of Argo whose fields are known. */
    public static boolean reads(Document document) {
        return document.apiVersion().startsWith("argoproj.io/") && KINDS.contains(document.kind());
    }

    /** Compares all fields of an object that {@link #reads} accepts. */
    public static FieldWalk of(Document document) {
        return of(document, "", document.kind(), document.root());
    }

    /**
     * Returns the object as the API server reads it, with texts where its author meant a text.
     *
     * <ul>
     *   <li>A field that is null is absent: Go decodes it to nothing, and a server with Argo's full CRDs drops it. Source:
     *       apiextensions-apiserver pkg/apiserver/schema/defaulting/prune.go (PruneNonNullableNullsWithoutDefaults).
     *   <li>A word without quotes that was read as true or false, such as the name {@code n}, is a text where the type
     *       requires a text. The API server refuses the original, but other problems in it can still be found.
     * </ul>
     */
    public static Document corrected(Document document) {
        if (!reads(document) || document.booleanWords().isEmpty() && !hasNull(document.root())) {
            return document;
        }
        FieldWalk walk = of(document);
        List<Wrong> wrongWords =
                walk.wrong().stream().filter(each -> each.word().isPresent()).toList();
        if (wrongWords.isEmpty() && walk.nulls.isEmpty()) {
            return document;
        }
        ObjectNode corrected = document.root().deepCopy();
        wrongWords.forEach(each -> each.word()
                .ifPresent(word -> FieldPath.replace(corrected, each.path(), TextNode.valueOf(word.word()))));
        walk.nulls.forEach(path -> FieldPath.remove(corrected, path));
        return document.withMeaning(corrected);
    }

    private static boolean hasNull(JsonNode node) {
        return node.isNull() || node.valueStream().anyMatch(FieldWalk::hasNull);
    }

    static FieldWalk of(Document document, String path, String type, JsonNode object) {
        FieldWalk traversal = new FieldWalk(document);
        traversal.visitObject(path, type, object);
        return traversal;
    }

    /** Compares the spec of a pod, or a patch of a spec. Types that Argo's objects do not have are not compared. */
    public static FieldWalk ofPod(Document document, JsonNode spec) {
        FieldWalk traversal = new FieldWalk(document);
        traversal.visitFields("", POD_SPEC, spec);
        return traversal;
    }

    public Document document() {
        return document;
    }

    /** Returns the paths of boolean fields. */
    public List<String> booleans() {
        return booleans;
    }

    public List<Unknown> unknown() {
        return unknown;
    }

    public List<Wrong> wrong() {
        return wrong;
    }

    public List<VersionDependent> versionDependent() {
        return versionDependent;
    }

    private void visitObject(String path, String type, JsonNode object) {
        visitFields(path, ArgoFields.of(type).orElseGet(LinkedHashMap::new), object);
    }

    private void visitFields(String path, Map<String, Kind> fields, JsonNode object) {
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            String fieldPath = FieldPath.field(path, field.getKey());
            Kind kind = fields.get(field.getKey());
            if (kind == null) {
                unknown.add(new Unknown(document, fieldPath, field.getKey(), fields));
            } else if (field.getValue().isNull()) {
                nulls.add(fieldPath);
            } else {
                boolean isInAllVersions = kind.since().isEmpty() && kind.until().isEmpty();
                if (!isInAllVersions) {
                    versionDependent.add(new VersionDependent(fieldPath, field.getKey(), kind));
                }
                visitValue(fieldPath, field.getKey(), kind, field.getValue());
            }
        }
    }

    private void visitValue(String path, String name, Kind kind, JsonNode value) {
        if (kind.isAnything() || value.isNull()) {
            return;
        }
        if (!fits(kind, value)) {
            wrong.add(new Wrong(document, path, name, kind, value));
        } else if (kind.isBoolean()) {
            booleans.add(path);
        } else if (kind.isList()) {
            visitList(path, name, kind, value);
        } else if (kind.isMap()) {
            value.properties()
                    .forEach(entry -> visitValue(
                            FieldPath.field(path, entry.getKey()), entry.getKey(), kind.element(), entry.getValue()));
        } else if (value.isObject()) {
            visitObject(path, kind.text(), value);
        }
    }

    /** Compares a list. If all its elements have the wrong type, the whole list is wrong. */
    private void visitList(String path, String name, Kind kind, JsonNode list) {
        boolean noneFits = true;
        for (JsonNode element : list) {
            noneFits &= !kind.element().isAnything() && !element.isNull() && !fits(kind.element(), element);
        }
        if (noneFits && !list.isEmpty()) {
            wrong.add(new Wrong(document, path, name, kind, list));
            return;
        }
        for (int i = 0; i < list.size(); i++) {
            visitValue(FieldPath.element(path, i), name, kind.element(), list.get(i));
        }
    }

    /**
     * Returns whether a text is a quantity. A variable is no quantity: Argo substitutes variables only after it has
     * read the workflow.
     */
    private static boolean isQuantity(String text) {
        return QUANTITY.matcher(text).matches();
    }

    /** Returns whether a field of this kind can contain the value. Fields of the value are not checked. */
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
