package io.jenkins.plugins.argopreflight.action;

import io.jenkins.plugins.argopreflight.engine.Report;
import io.jenkins.plugins.argopreflight.engine.report.PreflightJson;
import java.net.URI;
import java.net.URISyntaxException;

/** A report for those who must not know where the cluster is. */
final class Redacted {

    private static final String INSTEAD = "(the cluster)";

    private Redacted() {}

    /** The same without the API server's address, wherever it stands. */
    static Report of(Report report) {
        String server = report.versions().cluster();
        if (server.isEmpty()) {
            return report;
        }
        String json = new PreflightJson().render(report).replace(server, INSTEAD);
        try {
            URI uri = new URI(server);
            if (uri.getRawAuthority() != null && uri.getHost() != null) {
                json = json.replace(uri.getRawAuthority(), INSTEAD);
                json = uri.getHost().contains(".") ? json.replace(uri.getHost(), INSTEAD) : json;
            }
        } catch (URISyntaxException e) {
            // A folder of a snapshot: it is gone as a whole already.
        }
        return new PreflightJson().read(json);
    }
}
