package io.jenkins.plugins.argopreflight.action;

import io.jenkins.plugins.argopreflight.engine.Report;
import io.jenkins.plugins.argopreflight.engine.report.PreflightJson;
import java.net.URI;
import java.net.URISyntaxException;

/** What is told to those who must not know where the cluster is. */
public final class Redacted {

    private static final String INSTEAD = "(the cluster)";

    private Redacted() {}

    /** The same without the API server's address, wherever it stands. */
    public static Report of(Report report) {
        return report.versions().cluster().isEmpty()
                ? report
                : new PreflightJson().read(text(report, new PreflightJson().render(report)));
    }

    /** A text about this report without the API server's address. */
    public static String text(Report report, String text) {
        return text(report.versions().cluster(), text);
    }

    /** A text without this API server's address. */
    public static String text(String server, String text) {
        if (server.isEmpty()) {
            return text;
        }
        String hidden = text.replace(server, INSTEAD);
        try {
            URI uri = new URI(server);
            if (uri.getRawAuthority() != null && uri.getHost() != null) {
                hidden = hidden.replace(uri.getRawAuthority(), INSTEAD);
                hidden = uri.getHost().contains(".") && !isLoopback(uri)
                        ? hidden.replace(uri.getHost(), INSTEAD)
                        : hidden;
            }
        } catch (URISyntaxException e) {
            // A folder of a snapshot: it is gone as a whole already.
        }
        return hidden;
    }

    /** Says nothing of where a cluster is, and may be a registry's address too. */
    private static boolean isLoopback(URI uri) {
        return uri.getHost().startsWith("127.");
    }
}
