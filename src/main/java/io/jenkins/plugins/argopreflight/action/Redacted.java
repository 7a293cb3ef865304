package io.jenkins.plugins.argopreflight.action;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.kube.JsonTexts;
import io.jenkins.plugins.argopreflight.engine.render.json.PreflightJson;
import io.jenkins.plugins.argopreflight.engine.report.Report;
import java.util.Set;

/** What is shown to readers who must not know where the cluster is. */
public final class Redacted {

    /** Fields of a report whose values are fixed words, ids, or places in the reader's own files. */
    private static final Set<String> FIXED = Set.of(
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

    /** The same without the API server's address, in whatever text it is. */
    public static Report of(Report report) {
        String server = report.versions().cluster();
        if (server.isEmpty()) {
            return report;
        }
        JsonNode tree = values(server, new PreflightJson().tree(report), FIXED);
        // The answers in there are the words of servers, unlike the answers to which rights there are.
        tree.findValues("observations").forEach(each -> values(server, each, Set.of()));
        return new PreflightJson().read(tree);
    }

    /** A text about this report without the API server's address. */
    public static String text(Report report, String text) {
        return text(report.versions().cluster(), text);
    }

    /** A text without this API server's address. */
    public static String text(String server, String text) {
        return new HiddenServer(server).in(text);
    }

    /** A text with a name in place of this API server's address. */
    public static String text(String server, String name, String text) {
        return new HiddenServer(server, name).in(text);
    }

    /**
     * A JSON document of which every text is without this API server's address; its shape stays.
     *
     * @param fixed the fields that stay as they are
     */
    static JsonNode values(String server, JsonNode document, Set<String> fixed) {
        return JsonTexts.replace(document, fixed, new HiddenServer(server)::in);
    }
}
