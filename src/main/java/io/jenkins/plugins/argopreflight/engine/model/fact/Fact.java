package io.jenkins.plugins.argopreflight.engine.model.fact;

import io.jenkins.plugins.argopreflight.engine.model.object.Right;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * The value of a fact, or the reason why the fact could not be checked. "Could not check" is never a verdict.
 *
 * @param <T> the value's type
 */
public sealed interface Fact<T> {

    /** A fact that was checked, with its value. */
    record Known<T>(T value) implements Fact<T> {
        public Known {
            Objects.requireNonNull(value, "value");
        }
    }

    /**
     * A fact that could not be checked.
     *
     * @param reason the reason in a sentence
     * @param missingRight the missing right, if that is the reason; the sentence contains it
     */
    record Unknown<T>(String reason, Optional<Right> missingRight) implements Fact<T> {

        /** Returns this fact as an unknown fact of another type. */
        public <R> Fact<R> cast() {
            return new Unknown<>(reason, missingRight);
        }
    }

    static <T> Fact<T> known(T value) {
        return new Known<>(value);
    }

    static <T> Fact<T> unknown(String reason) {
        return new Unknown<>(reason, Optional.empty());
    }

    /**
     * Returns the unknown fact that a user was not allowed to read.
     *
     * @param who the API server's name for the user
     */
    static <T> Fact<T> missing(Right right, String who) {
        return new Unknown<>(who + " is not allowed to " + right, Optional.of(right));
    }

    static <T> Fact<T> missing(Right right) {
        return new Unknown<>("not allowed to " + right, Optional.of(right));
    }

    /** Returns the fact of a value that is computed from this value, or the same unknown fact. */
    default <R> Fact<R> map(Function<? super T, ? extends R> function) {
        return fold(value -> new Known<R>(function.apply(value)), Unknown::cast);
    }

    /** Returns the fact that the function returns for this value, or the same unknown fact. */
    default <R> Fact<R> flatMap(Function<? super T, Fact<R>> function) {
        return fold(function, Unknown::cast);
    }

    /** Returns the result of the first function for a known value, or of the second function for an unknown fact. */
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
