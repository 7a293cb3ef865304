package io.jenkins.plugins.argopreflight.engine.registry.protocol;

import io.jenkins.plugins.argopreflight.engine.util.http.HttpHeaders;
import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;

/**
 * An HTTP answer, with its body cut at the limit.
 *
 * @param url the address of the answer, after redirects
 * @param status the HTTP status
 * @param headers the headers
 * @param body the first bytes of the body
 * @param proxy the proxy that was used, without its login; "" for none
 */
public record RegistryReply(URI url, int status, HttpHeaders headers, byte[] body, String proxy) {

    private static final Pattern JSON =
            Pattern.compile("\\s*application/([\\w.-]+\\+)?json\\s*(;|$)", Pattern.CASE_INSENSITIVE);

    public boolean ok() {
        return status >= 200 && status < 300;
    }

    public String header(String name) {
        return headers.firstValue(name).orElse("");
    }

    public boolean isJson() {
        return JSON.matcher(header("Content-Type")).lookingAt();
    }

    public List<Challenge> challenges() {
        return Challenge.parse(headers.allValues("WWW-Authenticate"));
    }
}
