package io.jenkins.plugins.argopreflight.engine.sync;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The owner of the Secrets that a request writes. Two owners never share a Secret: one can take over the Secret of
 * another only with {@code --adopt}.
 *
 * @param id the text that is compared, as the value of a label
 * @param name the text for readers, as the value of an annotation, such as
 *     {@code folder team/app of https://jenkins.example/}
 */
public record SecretOwner(String id, String name) {

    /**
     * The syntax of a
     * <a href="https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set">label's
     * value</a>.
     */
    private static final Pattern LABEL_VALUE = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?");

    /** The owner of Secrets that the command line writes, unless {@code --owner} sets another owner. */
    public static final SecretOwner CLI = new SecretOwner("cli", "argo-preflight sync");

    /**
     * Checks the id.
     *
     * @throws IllegalArgumentException if the id cannot be the value of a label
     */
    public SecretOwner {
        problem(id).ifPresent(problem -> {
            throw new IllegalArgumentException(problem);
        });
    }

    /** Returns the reason why a text cannot be an owner's id; empty if it can. */
    public static Optional<String> problem(String id) {
        return LABEL_VALUE.matcher(id).matches()
                ? Optional.empty()
                : Optional.of("\"" + id + "\" cannot be an owner: use 1 to 63 letters, digits, '-', '_' and '.', with a"
                        + " letter or digit at both ends");
    }
}
