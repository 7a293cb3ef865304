package io.jenkins.plugins.argopreflight.engine.cluster;

import io.jenkins.plugins.argopreflight.engine.cluster.Identity.ServiceAccount;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The ServiceAccount as which requests are made, where the login of a connection only requests tokens for it.
 *
 * @param lifetime what is asked for; a server can grant less
 * @param tokens where its tokens are kept
 */
public record TokenAccount(ServiceAccount account, Duration lifetime, IssuedTokens tokens) {

    private static final Pattern WRITTEN = Pattern.compile("([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)/"
            + "((?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*)");

    /** A token of one hour, as the kubelet requests them for pods. */
    public static TokenAccount of(ServiceAccount account, IssuedTokens tokens) {
        return new TokenAccount(account, Duration.ofHours(1), tokens);
    }

    /** The ServiceAccount that {@code namespace/name} stands for; empty when it can be none. */
    public static Optional<ServiceAccount> parse(String written) {
        var matcher = WRITTEN.matcher(written);
        return matcher.matches()
                ? Optional.of(new ServiceAccount(matcher.group(1), matcher.group(3)))
                : Optional.empty();
    }
}
