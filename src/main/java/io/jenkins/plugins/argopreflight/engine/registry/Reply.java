package io.jenkins.plugins.argopreflight.engine.registry;

import io.jenkins.plugins.argopreflight.engine.http.HttpHeaders;
import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;

/**
 * An HTTP answer, its body cut at the limit.
 *
 * @param url where it came from, redirects followed
 * @param status the HTTP status
 * @param headers its headers
 * @param body the first bytes of its body
 * @param proxy the proxy that was asked, without its login; "" for none
 */
record Reply(URI url, int status, HttpHeaders headers, byte[] body, String proxy) {

    private static final Pattern JSON =
            Pattern.compile("\\s*application/([\\w.-]+\\+)?json\\s*(;|$)", Pattern.CASE_INSENSITIVE);

    boolean ok() {
        return status >= 200 && status < 300;
    }

    String header(String name) {
        return headers.firstValue(name).orElse("");
    }

    boolean isJson() {
        return JSON.matcher(header("Content-Type")).lookingAt();
    }

    List<Challenge> challenges() {
        return Challenge.parse(headers.allValues("WWW-Authenticate"));
    }
}
