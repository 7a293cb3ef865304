package io.jenkins.plugins.argopreflight.engine.fact;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * What we know of one thing: its value, or why we could not look. "Could not look" is never a verdict.
 *
 * @param <T> the value's type
 */
public sealed interface Fact<T> {

    /** We looked, and this is what is there. */
    record Known<T>(T value) implements Fact<T> {
        public Known {
            Objects.requireNonNull(value, "value");
        }
    }

    /** We could not look: the reason in a sentence, and the right that was missing when that is why. */
    record Unknown<T>(String reason, Optional<Right> missingRight) implements Fact<T> {}

    static <T> Fact<T> known(T value) {
        return new Known<>(value);
    }

    static <T> Fact<T> unknown(String reason) {
        return new Unknown<>(reason, Optional.empty());
    }

    static <T> Fact<T> missing(Right right) {
        return new Unknown<>("not allowed to " + right, Optional.of(right));
    }

    /** The same of a value that is made of this one. */
    default <R> Fact<R> map(Function<? super T, ? extends R> function) {
        if (this instanceof Unknown<T> unknown) {
            return new Unknown<>(unknown.reason(), unknown.missingRight());
        }
        return new Known<>(function.apply(((Known<T>) this).value()));
    }

    default Optional<T> ifKnown() {
        return this instanceof Known<T> known ? Optional.of(known.value()) : Optional.empty();
    }
}
