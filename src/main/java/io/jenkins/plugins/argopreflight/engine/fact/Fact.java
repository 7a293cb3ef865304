package io.jenkins.plugins.argopreflight.engine.fact;

import io.jenkins.plugins.argopreflight.engine.kube.Right;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * What we know of one thing: its value, or why we could not check. "Could not check" is never a verdict.
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

    /** We could not check: the reason in a sentence, and the right that was missing when that is why. */
    record Unknown<T>(String reason, Optional<Right> missingRight) implements Fact<T> {

        /** The same where a value of another type was wanted. */
        public <R> Fact<R> of() {
            return new Unknown<>(reason, missingRight);
        }
    }

    static <T> Fact<T> known(T value) {
        return new Known<>(value);
    }

    static <T> Fact<T> unknown(String reason) {
        return new Unknown<>(reason, Optional.empty());
    }

    /** What someone was not allowed to read. @param who the API server's name for them */
    static <T> Fact<T> missing(Right right, String who) {
        return new Unknown<>(who + " is not allowed to " + right, Optional.of(right));
    }

    static <T> Fact<T> missing(Right right) {
        return new Unknown<>("not allowed to " + right, Optional.of(right));
    }

    /** The same of a value that is made of this one. */
    default <R> Fact<R> map(Function<? super T, ? extends R> function) {
        return fold(value -> new Known<R>(function.apply(value)), Unknown::of);
    }

    /** What is known of this value; unknown for the same reason when the value is. */
    default <R> Fact<R> flatMap(Function<? super T, Fact<R>> function) {
        return fold(function, Unknown::of);
    }

    /** One result for a known value, another for an unknown one. */
    default <R> R fold(Function<? super T, ? extends R> known, Function<? super Unknown<T>, ? extends R> unknown) {
        return this instanceof Known<T> one ? known.apply(one.value()) : unknown.apply((Unknown<T>) this);
    }

    default Optional<T> ifKnown() {
        return fold(Optional::of, unknown -> Optional.empty());
    }

    default Optional<Unknown<T>> ifUnknown() {
        return fold(known -> Optional.empty(), Optional::of);
    }

    default boolean isUnknown() {
        return ifUnknown().isPresent();
    }
}
