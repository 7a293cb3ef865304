package io.jenkins.plugins.argopreflight.engine.argo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * The fields that the API server's defaults and admission add to a pod, so that a derived pod can be compared with a
 * stored one.
 */
final class ServerDefaults {

    private static final Map<String, BigDecimal> SUFFIXES = Map.ofEntries(
            Map.entry("m", new BigDecimal("0.001")),
            Map.entry("k", new BigDecimal(1000)),
            Map.entry("M", new BigDecimal(1000_000)),
            Map.entry("G", new BigDecimal(1000_000_000)),
            Map.entry("Ki", new BigDecimal(1 << 10)),
            Map.entry("Mi", new BigDecimal(1 << 20)),
            Map.entry("Gi", new BigDecimal(1 << 30)));

    private ServerDefaults() {}

    /** Adds the defaults to ours. */
    static void fill(ObjectNode spec) {
        spec.remove("namespace");
        putIfAbsent(spec, "terminationGracePeriodSeconds", 30);
        putIfAbsent(spec, "dnsPolicy", "ClusterFirst");
        putIfAbsent(spec, "schedulerName", "default-scheduler");
        putIfAbsent(spec, "restartPolicy", "Always");
        if (!spec.has("securityContext")) {
            spec.putObject("securityContext");
        }
        if (!spec.has("enableServiceLinks")) {
            spec.put("enableServiceLinks", true);
        }
        for (String list : List.of("containers", "initContainers")) {
            spec.path(list).forEach(each -> container((ObjectNode) each));
        }
        for (JsonNode volume : spec.path("volumes")) {
            for (String type : List.of("secret", "configMap", "projected", "downwardAPI")) {
                if (volume.get(type) instanceof ObjectNode source) {
                    putIfAbsent(source, "defaultMode", 420);
                }
            }
            for (JsonNode item : volume.path("downwardAPI").path("items")) {
                if (item.get("fieldRef") instanceof ObjectNode field) {
                    putIfAbsent(field, "apiVersion", "v1");
                }
            }
            if (volume.path("ephemeral").path("volumeClaimTemplate").get("spec") instanceof ObjectNode claim) {
                putIfAbsent(claim, "volumeMode", "Filesystem");
            }
            if (volume.get("hostPath") instanceof ObjectNode hostPath && !hostPath.has("type")) {
                hostPath.put("type", "");
            }
            for (JsonNode source : volume.path("projected").path("sources")) {
                if (source.get("serviceAccountToken") instanceof ObjectNode token) {
                    putIfAbsent(token, "expirationSeconds", 3600);
                }
            }
        }
    }

    private static void container(ObjectNode container) {
        putIfAbsent(container, "terminationMessagePath", "/dev/termination-log");
        putIfAbsent(container, "terminationMessagePolicy", "File");
        String image = container.path("image").asText();
        String last = image.substring(image.lastIndexOf('/') + 1);
        boolean latest = !last.contains("@") && (!last.contains(":") || last.endsWith(":latest"));
        putIfAbsent(container, "imagePullPolicy", latest ? "Always" : "IfNotPresent");
        if (!container.has("resources")) {
            container.putObject("resources");
        }
        if (container.path("resources").get("limits") instanceof ObjectNode limits) {
            ObjectNode resources = (ObjectNode) container.get("resources");
            ObjectNode requests =
                    resources.get("requests") instanceof ObjectNode known ? known : resources.putObject("requests");
            limits.properties().forEach(limit -> requests.putIfAbsent(limit.getKey(), limit.getValue()));
        }
        container.path("ports").forEach(port -> putIfAbsent((ObjectNode) port, "protocol", "TCP"));
        for (String probe : List.of("livenessProbe", "readinessProbe", "startupProbe")) {
            if (container.get(probe) instanceof ObjectNode settings) {
                putIfAbsent(settings, "timeoutSeconds", 1);
                putIfAbsent(settings, "periodSeconds", 10);
                putIfAbsent(settings, "successThreshold", 1);
                putIfAbsent(settings, "failureThreshold", 3);
                if (settings.get("httpGet") instanceof ObjectNode get) {
                    putIfAbsent(get, "scheme", "HTTP");
                    putIfAbsent(get, "path", "/");
                }
            }
        }
        for (JsonNode env : container.path("env")) {
            if (env.path("valueFrom").get("fieldRef") instanceof ObjectNode field) {
                putIfAbsent(field, "apiVersion", "v1");
            }
        }
    }

    private static void putIfAbsent(ObjectNode object, String field, String value) {
        if (!object.has(field)) {
            object.put(field, value);
        }
    }

    private static void putIfAbsent(ObjectNode object, String field, int value) {
        if (!object.has(field)) {
            object.put(field, value);
        }
    }

    /** Takes away what admission added to a stored pod. */
    static void strip(ObjectNode spec) {
        spec.remove(List.of("serviceAccount", "priority", "preemptionPolicy", "nodeName"));
        boolean projected = false;
        if (spec.get("volumes") instanceof ArrayNode volumes) {
            for (int i = volumes.size() - 1; i >= 0; i--) {
                JsonNode volume = volumes.get(i);
                // Before 1.34.
                if (volume.path("ephemeral").get("volumeClaimTemplate") instanceof ObjectNode claim
                        && claim.path("metadata").toString().equals("{\"creationTimestamp\":null}")) {
                    claim.remove("metadata");
                }
                if (volume.path("name").asText().startsWith("kube-api-access") && volume.has("projected")) {
                    volumes.remove(i);
                    projected = true;
                }
            }
        }
        if (projected) {
            for (String list : List.of("containers", "initContainers")) {
                spec.path(list).forEach(each -> removeMount((ObjectNode) each));
            }
        }
        if (spec.get("tolerations") instanceof ArrayNode tolerations) {
            for (int i = tolerations.size() - 1; i >= 0; i--) {
                if (tolerations.get(i).path("key").asText().matches("node.kubernetes.io/(not-ready|unreachable)")) {
                    tolerations.remove(i);
                }
            }
        }
    }

    /** Takes away the annotations that API servers before 1.34 make of AppArmor profiles. */
    static void stripAnnotations(JsonNode ours, JsonNode stored) {
        if (stored instanceof ObjectNode annotations) {
            annotations.remove(annotations
                    .propertyStream()
                    .map(Map.Entry::getKey)
                    .filter(name -> name.startsWith("container.apparmor.security.beta.kubernetes.io/"))
                    .filter(name -> !ours.has(name))
                    .toList());
        }
    }

    private static void removeMount(ObjectNode container) {
        if (container.get("volumeMounts") instanceof ArrayNode mounts) {
            for (int i = mounts.size() - 1; i >= 0; i--) {
                if (mounts.get(i).path("name").asText().startsWith("kube-api-access")) {
                    mounts.remove(i);
                }
            }
        }
    }

    /** A quantity as a number, or the text when it is none. */
    static String quantity(String text) {
        for (Map.Entry<String, BigDecimal> suffix : SUFFIXES.entrySet()) {
            if (text.matches("[0-9.]+" + suffix.getKey())) {
                String digits =
                        text.substring(0, text.length() - suffix.getKey().length());
                return new BigDecimal(digits)
                        .multiply(suffix.getValue())
                        .stripTrailingZeros()
                        .toPlainString();
            }
        }
        return text.matches("[0-9]+(\\.[0-9]+)?")
                ? new BigDecimal(text).stripTrailingZeros().toPlainString()
                : text;
    }
}
