package io.jenkins.plugins.argopreflight.engine.registry.dialect;

import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The signals that rules test: the parts of a registry's last answer to a question, and of the request for it.
 *
 * @param atToken whether the token server decided, and not the registry
 * @param login whether a credential was sent
 * @param bearer whether the request to the registry had a token
 * @param status the HTTP status that decided
 * @param error the registry's own message
 * @param challengeError the {@code error} of the challenge in answer to a token, such as {@code insufficient_scope}
 * @param grantsPull whether the token allows the pull, if it shows this
 * @param mediaType the Content-Type
 */
public record Signals(
        boolean atToken,
        boolean login,
        boolean bearer,
        int status,
        RegistryError error,
        String challengeError,
        Optional<Boolean> grantsPull,
        String mediaType) {

    static Predicate<Signals> atToken(int... statuses) {
        return s -> s.atToken && contains(statuses, s.status);
    }

    static Predicate<Signals> atManifest(int... statuses) {
        return s -> !s.atToken && contains(statuses, s.status);
    }

    static Predicate<Signals> status(int... statuses) {
        return s -> contains(statuses, s.status);
    }

    static Predicate<Signals> withLogin() {
        return Signals::login;
    }

    static Predicate<Signals> anonymous() {
        return s -> !s.login;
    }

    static Predicate<Signals> withToken() {
        return Signals::bearer;
    }

    static Predicate<Signals> code(String... codes) {
        return s -> Set.of(codes).contains(s.error.code());
    }

    static Predicate<Signals> says(String pattern) {
        Pattern compiled = Pattern.compile(pattern, Pattern.CASE_INSENSITIVE);
        return s -> compiled.matcher(s.error.text()).find();
    }

    static Predicate<Signals> mediaType(String part) {
        return s -> s.mediaType.contains(part);
    }

    /**
     * Returns a condition for a valid token that does not allow the pull: the registry reports this, or the token
     * itself shows it.
     */
    static Predicate<Signals> tokenLacksPull() {
        return s -> s.bearer
                && (s.challengeError.equals("insufficient_scope")
                        || s.challengeError.equals("invalid_token")
                        || s.grantsPull.equals(Optional.of(false)));
    }

    private static boolean contains(int[] statuses, int status) {
        for (int one : statuses) {
            if (one == status) {
                return true;
            }
        }
        return false;
    }
}
