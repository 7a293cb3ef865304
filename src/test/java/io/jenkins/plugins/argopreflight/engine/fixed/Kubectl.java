package io.jenkins.plugins.argopreflight.engine.fixed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.jenkins.plugins.argopreflight.engine.model.fix.Command;
import io.jenkins.plugins.argopreflight.engine.model.fix.FieldMerge;
import io.jenkins.plugins.argopreflight.engine.model.fix.FormattedText;
import io.jenkins.plugins.argopreflight.engine.model.fix.Operand;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Does to a folder's objects what {@code kubectl} would do to a cluster's. */
final class Kubectl {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final Set<String> LOOKS = Set.of(
            "get",
            "describe",
            "explain",
            "config",
            "logs",
            "auth",
            "top",
            "api-resources",
            "version",
            "cluster-info",
            "edit",
            "rollout");
    private static final Map<String, String> KINDS = Map.ofEntries(
            Map.entry("sa", "ServiceAccount"),
            Map.entry("quota", "ResourceQuota"),
            Map.entry("configmaps", "ConfigMap"),
            Map.entry("nodes", "Node"));

    private final FixedFolder folder;
    private final Map<String, String> options = new LinkedHashMap<>();
    private final List<String> words = new ArrayList<>();
    private final List<? extends FormattedText> documents;

    private Kubectl(FixedFolder folder, Command command) {
        this.folder = folder;
        this.documents = command.documents();
        List<String> all =
                command.stages().get(0).arguments().stream().map(Operand::text).toList();
        for (int i = 0; i < all.size(); i++) {
            String word = all.get(i);
            if (word.startsWith("--") && word.contains("=")) {
                String name = word.substring(0, word.indexOf('='));
                String value = word.substring(word.indexOf('=') + 1);
                options.merge(name, value, (one, two) -> one + "\n" + two);
            } else if (Set.of("-n", "-p", "-f", "-o", "-l", "--patch-file").contains(word)) {
                options.put(word, all.get(++i));
            } else if (word.startsWith("-") && word.length() > 1) {
                options.put(word, "true");
            } else {
                words.add(word);
            }
        }
    }

    /** Returns whether the command only shows something. */
    static boolean isLook(Command command) {
        Command.Stage first = command.stages().get(0);
        return !first.program().equals("kubectl")
                || first.arguments().isEmpty()
                || new Kubectl(null, command).words.stream().limit(1).allMatch(LOOKS::contains);
    }

    /** Returns whether the command needs the Internet. */
    static boolean isDownload(Command command) {
        return command.stages().get(0).arguments().stream()
                .anyMatch(each -> each.text().startsWith("https://"));
    }

    /** @throws IllegalArgumentException for a command that it does not know */
    static void run(FixedFolder folder, Command command) throws IOException {
        new Kubectl(folder, command).run();
    }

    private void run() throws IOException {
        switch (words.get(0)) {
            case "patch" -> patch();
            case "apply", "replace" -> apply();
            case "create" -> create();
            case "delete" -> folder.remove(kind(words.get(1)), namespace(), words.get(2));
            case "label" -> pairs("labels");
            case "annotate" -> pairs("annotations");
            case "uncordon" ->
                change("Node", words.get(1), node -> {
                    if (node.path("spec") instanceof ObjectNode spec) {
                        spec.remove("unschedulable");
                    }
                });
            case "taint" -> change("Node", words.get(2), this::untaint);
            default -> throw new IllegalArgumentException("kubectl " + words);
        }
    }

    private String namespace() {
        return options.getOrDefault("-n", "");
    }

    private static String kind(String word) {
        return KINDS.getOrDefault(
                word,
                word.replaceFirst("\\..*", "").replaceFirst("(?<=[a-z])s$", "").replaceFirst("classe$", "class"));
    }

    private interface Change {
        void to(ObjectNode object) throws IOException;
    }

    private void change(String kind, String name, Change change) throws IOException {
        List<ObjectNode> found = folder.find(kind, namespace(), name);
        if (found.isEmpty()) {
            throw new IllegalArgumentException("there is no " + kind + " " + namespace() + "/" + name);
        }
        change.to(found.get(0));
    }

    private void patch() throws IOException {
        JsonNode patch = options.containsKey("-p")
                ? JSON.readTree(options.get("-p"))
                : YAML.readTree(documents.get(0).text());
        change(kind(words.get(1)), words.get(2), object -> {
            if (patch instanceof ArrayNode operations) {
                operations.forEach(operation -> JsonPatched.apply(object, operation));
            } else {
                FieldMerge.overlay(object, (ObjectNode) patch);
            }
            if (object.path("kind").asText().equals("ResourceQuota")
                    && object.path("status") instanceof ObjectNode status) {
                status.set("hard", object.path("spec").path("hard"));
            }
        });
    }

    private void apply() throws IOException {
        for (FormattedText document : documents) {
            ObjectNode object = (ObjectNode) YAML.readTree(document.text());
            ObjectNode metadata = object.withObject("metadata");
            if (!namespace().isEmpty() && !metadata.has("namespace")) {
                metadata.put("namespace", namespace());
            }
            List<ObjectNode> there = folder.find(
                    object.path("kind").asText(),
                    metadata.path("namespace").asText(),
                    metadata.path("name").asText());
            if (there.isEmpty() || words.get(0).equals("replace")) {
                folder.put(object);
            } else {
                folder.put(FieldMerge.overlay(there.get(0), object));
            }
        }
    }

    private void create() {
        String kind = words.get(1);
        boolean secret = kind.equals("secret");
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        ObjectNode metadata = object.putObject("metadata").put("name", words.get(secret ? 3 : 2));
        object.put("apiVersion", kind.startsWith("role") ? "rbac.authorization.k8s.io/v1" : "v1");
        if (!kind.equals("namespace")) {
            metadata.put("namespace", namespace());
        }
        switch (kind) {
            case "namespace" -> object.put("kind", "Namespace");
            case "serviceaccount" -> object.put("kind", "ServiceAccount");
            case "configmap" -> values(object.put("kind", "ConfigMap"), false);
            case "secret" -> values(object.put("kind", "Secret").put("type", "Opaque"), true);
            case "role" -> {
                ObjectNode rule = object.put("kind", "Role").putArray("rules").addObject();
                list(rule.putArray("verbs"), options.get("--verb"));
                list(rule.putArray("resources"), options.get("--resource"));
                rule.putArray("apiGroups").add("");
                if (options.containsKey("--resource-name")) {
                    list(rule.putArray("resourceNames"), options.get("--resource-name"));
                }
            }
            case "rolebinding" -> {
                boolean cluster = options.containsKey("--clusterrole");
                object.put("kind", "RoleBinding")
                        .putObject("roleRef")
                        .put("apiGroup", "rbac.authorization.k8s.io")
                        .put("kind", cluster ? "ClusterRole" : "Role")
                        .put("name", options.get(cluster ? "--clusterrole" : "--role"));
                String[] account = options.get("--serviceaccount").split(":");
                object.putArray("subjects")
                        .addObject()
                        .put("kind", "ServiceAccount")
                        .put("namespace", account[0])
                        .put("name", account[1]);
            }
            default -> throw new IllegalArgumentException("kubectl create " + kind);
        }
        folder.put(object);
    }

    private void values(ObjectNode object, boolean encoded) {
        ObjectNode data = object.putObject("data");
        for (String option : List.of("--from-literal", "--from-file")) {
            for (String pair : options.getOrDefault(option, "").split("\n")) {
                if (!pair.isEmpty()) {
                    String value = option.equals("--from-literal") ? pair.replaceFirst("[^=]*=", "") : "content";
                    data.put(
                            pair.replaceFirst("=.*", ""),
                            encoded ? Base64.getEncoder().encodeToString(value.getBytes()) : value);
                }
            }
        }
    }

    private static void list(ArrayNode list, String commas) {
        for (String each : commas.split("[,\n]")) {
            list.add(each);
        }
    }

    private void pairs(String field) throws IOException {
        change(kind(words.get(1)), words.get(2), object -> {
            ObjectNode pairs = object.withObject("metadata").withObject(field);
            for (String pair : words.subList(3, words.size())) {
                if (pair.endsWith("-")) {
                    pairs.remove(pair.substring(0, pair.length() - 1));
                } else {
                    pairs.put(pair.replaceFirst("=.*", ""), pair.replaceFirst("[^=]*=", ""));
                }
            }
        });
    }

    private void untaint(ObjectNode node) {
        String taint = words.get(3).replaceFirst("-$", "");
        if (node.path("spec").path("taints") instanceof ArrayNode taints) {
            for (int i = taints.size() - 1; i >= 0; i--) {
                JsonNode each = taints.get(i);
                String value = each.path("value").asText();
                String key = each.path("key").asText();
                String effect = each.path("effect").asText();
                if (taint.equals(key + ":" + effect)
                        || taint.equals(key + "=" + value + ":" + effect)
                        || taint.equals(key)) {
                    taints.remove(i);
                }
            }
        }
    }
}
