package io.jenkins.plugins.argopreflight.action;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.preflight.Report;
import io.jenkins.plugins.argopreflight.engine.render.json.PreflightJson;
import io.jenkins.plugins.argopreflight.engine.util.json.JsonTexts;
import java.util.Set;

/** Reports and texts for readers who are not allowed to see the cluster's address. */
public final class Redacted {

    /** The fields of a report that cannot contain the address: fixed terms, ids, and positions in the user's files. */
    private static final Set<String> FIXED_FIELDS = Set.of(
            "answer",
            "argo",
            "cause",
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

    /** Returns the report with the API server's address replaced in all texts. */
    public static Report of(Report report) {
        String server = report.versions().cluster();
        if (server.isEmpty()) {
            return report;
        }
        JsonNode tree = redact(server, new PreflightJson().tree(report), FIXED_FIELDS);
        // An observation quotes a server: its field "answer" is not a fixed term.
        tree.findValues("observations").forEach(each -> redact(server, each, Set.of()));
        return new PreflightJson().read(tree);
    }

    /** Returns a text about a report with the API server's address replaced. */
    public static String text(Report report, String text) {
        return text(report.versions().cluster(), text);
    }

    /** Returns a text with the address of this API server replaced. */
    public static String text(String server, String text) {
        return new HiddenServer(server).redact(text);
    }

    /** Returns a text with a name in place of this API server's address. */
    public static String text(String server, String name, String text) {
        return new HiddenServer(server, name).redact(text);
    }

    /**
     * Replaces the address of this API server in all texts of a JSON document, in place.
     *
     * @param fixed the fields that are not changed
     */
    static JsonNode redact(String server, JsonNode document, Set<String> fixed) {
        return JsonTexts.replace(document, fixed, new HiddenServer(server)::redact);
    }
}
