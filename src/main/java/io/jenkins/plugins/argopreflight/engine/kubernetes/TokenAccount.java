package io.jenkins.plugins.argopreflight.engine.kubernetes;

import io.jenkins.plugins.argopreflight.engine.kubernetes.Identity.ServiceAccount;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The ServiceAccount that makes the requests of a connection whose login only requests tokens for it.
 *
 * @param lifetime the time that is requested for a token; a server can grant less
 * @param tokens the cache of its tokens
 * @param user the cluster that uses the tokens, for messages
 */
public record TokenAccount(ServiceAccount account, Duration lifetime, IssuedTokens tokens, String user) {

    /** Matches {@code namespace/name}, such as {@code ci/bot}. */
    private static final Pattern WRITTEN = Pattern.compile("([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)/"
            + "((?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*)");

    /** Creates an account with tokens of one hour, as the kubelet requests them for pods. */
    public static TokenAccount of(ServiceAccount account, IssuedTokens tokens, String user) {
        return new TokenAccount(account, Duration.ofHours(1), tokens, user);
    }

    /** Returns the ServiceAccount of {@code namespace/name}; empty if the text is invalid. */
    public static Optional<ServiceAccount> parse(String written) {
        var matcher = WRITTEN.matcher(written);
        return matcher.matches()
                ? Optional.of(new ServiceAccount(matcher.group(1), matcher.group(3)))
                : Optional.empty();
    }
}
