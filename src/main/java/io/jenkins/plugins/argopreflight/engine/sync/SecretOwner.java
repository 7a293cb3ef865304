package io.jenkins.plugins.argopreflight.engine.sync;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Who owns the Secrets that a request writes. Two owners never share a Secret: what one wrote, the other can only take
 * over with {@code --adopt}.
 *
 * @param id what is compared, as the value of a label
 * @param name what people read, as the value of an annotation, such as {@code folder team/app of https://jenkins.example/}
 */
public record SecretOwner(String id, String name) {

    /** <a href="https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set">
     * The values of labels</a>. */
    private static final Pattern LABEL_VALUE = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?");

    /** The owner of what the command line writes, unless {@code --owner} gives another. */
    public static final SecretOwner CLI = new SecretOwner("cli", "argo-preflight sync");

    /** @throws IllegalArgumentException when the id cannot be the value of a label */
    public SecretOwner {
        problem(id).ifPresent(problem -> {
            throw new IllegalArgumentException(problem);
        });
    }

    /** Why this cannot be an owner's id; empty when it can. */
    public static Optional<String> problem(String id) {
        return LABEL_VALUE.matcher(id).matches()
                ? Optional.empty()
                : Optional.of("\"" + id + "\" cannot be an owner: use 1 to 63 letters, digits, '-', '_' and '.', with a"
                        + " letter or digit at both ends");
    }
}
