package io.jenkins.plugins.argopreflight.action;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.argopreflight.engine.Report;
import io.jenkins.plugins.argopreflight.engine.report.PreflightJson;
import java.util.Set;

/** What is shown to readers who must not know where the cluster is. */
public final class Redacted {

    /** Fields of a report whose values are fixed words, ids, or places in the reader's own files. */
    private static final Set<String> FIXED = Set.of(
            "answer",
            "argo",
            "check",
            "code",
            "command",
            "consumer",
            "failOn",
            "file",
            "group",
            "id",
            "ignore",
            "kind",
            "kubernetes",
            "link",
            "mode",
            "outcome",
            "party",
            "path",
            "platforms",
            "resource",
            "result",
            "severity",
            "subresource",
            "topic",
            "until",
            "verb",
            "verdict");

    private Redacted() {}

    /** The same without the API server's address, in whatever text it is. */
    public static Report of(Report report) {
        String server = report.versions().cluster();
        return server.isEmpty()
                ? report
                : new PreflightJson().read(values(server, new PreflightJson().tree(report), FIXED));
    }

    /** A text about this report without the API server's address. */
    public static String text(Report report, String text) {
        return text(report.versions().cluster(), text);
    }

    /** A text without this API server's address. */
    public static String text(String server, String text) {
        return HiddenServer.of(server).in(text);
    }

    /**
     * A JSON document of which every text is without this API server's address; its shape stays.
     *
     * @param fixed the fields that stay as they are
     */
    static JsonNode values(String server, JsonNode document, Set<String> fixed) {
        return values(HiddenServer.of(server), document, fixed);
    }

    private static JsonNode values(HiddenServer server, JsonNode node, Set<String> fixed) {
        if (node.isTextual()) {
            return TextNode.valueOf(server.in(node.textValue()));
        }
        if (node instanceof ArrayNode list) {
            for (int i = 0; i < list.size(); i++) {
                list.set(i, values(server, list.get(i), fixed));
            }
        } else if (node instanceof ObjectNode object) {
            object.properties().stream()
                    .filter(field -> !fixed.contains(field.getKey()))
                    .forEach(field -> field.setValue(values(server, field.getValue(), fixed)));
        }
        return node;
    }
}
