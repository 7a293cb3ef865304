package io.jenkins.plugins.argopreflight.engine.util.http;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * A single request for one answer; redirects are not followed. Its text contains no header and no body.
 *
 * @param method the method, such as GET
 * @param url the address
 * @param headers the headers, such as Accept
 * @param form the body, which is sent at most once
 * @param limit the maximum number of bytes that are read of the answer's body
 * @param verified whether the server's certificate must be trusted and valid for its name
 * @param trusted whether the settings themselves chose the address, so that no policy applies
 */
public record HttpRequest(
        String method,
        URI url,
        Map<String, String> headers,
        Optional<String> form,
        int limit,
        boolean verified,
        boolean trusted) {

    @Override
    public String toString() {
        return method + " " + url.getScheme() + "://" + url.getRawAuthority() + url.getRawPath();
    }
}
