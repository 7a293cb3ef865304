package io.jenkins.plugins.argopreflight.engine.util.text;

import io.jenkins.plugins.argopreflight.engine.util.limits.Budget;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** The search for existing names that are similar to a misspelt one. */
public final class SimilarNames {

    /**
     * Maximum number of names that are compared: comparing takes time, and a suggestion among more names is not useful.
     */
    private static final int MAX_NAMES = 300;

    private SimilarNames() {}

    /**
     * Returns the most similar of the names, or empty if none is similar. A third of the letters can differ. Charges
     * nothing: for a word that a user typed, with or without a run.
     */
    public static Optional<String> of(String written, Collection<String> names) {
        int maxDistance = Math.max(2, written.length() / 3);
        return names.stream()
                .limit(MAX_NAMES)
                .filter(name -> edits(written, name) <= maxDistance || written.length() > 4 && name.startsWith(written))
                .min(Comparator.comparingInt((String name) -> edits(written, name))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /**
     * Returns the most similar of the names of objects, or empty if none is similar. A third of the letters can differ,
     * and upper and lower case are equal.
     */
    public static Optional<String> to(String misspelt, Collection<String> names) {
        return nearest(names, name -> new Pair(misspelt, name));
    }

    /**
     * Returns the most similar of the variables, such as {@code steps.build.outputs.result}, or empty if none is
     * similar. Equal parts at their beginning or end do not make two variables similar.
     */
    public static Optional<String> similarVariable(String misspelt, Collection<String> names) {
        String[] parts = misspelt.split("\\.");
        return nearest(names, name -> differingParts(parts, name.split("\\.")));
    }

    private static Pair differingParts(String[] left, String[] right) {
        int minLength = Math.min(left.length, right.length);
        int before = 0;
        while (before < minLength && left[before].equals(right[before])) {
            before++;
        }
        int after = 0;
        while (after < minLength - before && left[left.length - 1 - after].equals(right[right.length - 1 - after])) {
            after++;
        }
        return new Pair(
                String.join(".", List.of(left).subList(before, left.length - after)),
                String.join(".", List.of(right).subList(before, right.length - after)));
    }

    /** The parts to compare of a misspelt name and of an existing name. */
    private record Pair(String misspelt, String name) {

        int distance() {
            return SimilarNames.distance(misspelt.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT));
        }

        /**
         * Returns the maximum distance of similar names. It is less than the number of letters: two names of one letter
         * are not similar.
         */
        int maxDistance() {
            int length = Math.min(misspelt.length(), name.length());
            return Math.min(Math.max(1, length / 3), length - 1);
        }
    }

    private static Optional<String> nearest(Collection<String> names, Function<String, Pair> pairWith) {
        record Candidate(String name, int distance, int maxDistance) {}
        return names.stream()
                .limit(MAX_NAMES)
                .map(name -> {
                    Pair pair = pairWith.apply(name);
                    return new Candidate(name, pair.distance(), pair.maxDistance());
                })
                .filter(candidate -> candidate.distance() <= candidate.maxDistance())
                .min(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::name))
                .map(Candidate::name);
    }

    /** Returns the end of a sentence that suggests a similar name; "" if there is none. */
    public static String question(Optional<String> suggestion) {
        return suggestion.map("; did you mean %s?"::formatted).orElse("");
    }

    /** Returns {@link #edits}, and charges the comparison to the run. */
    public static int distance(String a, String b) {
        if (isComparable(a, b)) {
            Budget.current().chargeRead((long) a.length() * b.length());
        }
        return edits(a, b);
    }

    private static boolean isComparable(String a, String b) {
        return Math.abs(a.length() - b.length()) <= 20 && a.length() <= 200;
    }

    /**
     * Returns the Levenshtein distance, which counts two swapped letters as one change. The distance is
     * {@code Integer.MAX_VALUE} if the lengths differ by more than 20 or the first text has more than 200 characters.
     */
    public static int edits(String a, String b) {
        if (!isComparable(a, b)) {
            return Integer.MAX_VALUE;
        }
        int[] last = {};
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] next = new int[b.length() + 1];
            next[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)
                        ? last[j - 2] + 1
                        : Integer.MAX_VALUE;
                int substituted = row[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                next[j] = Math.min(Math.min(swapped, substituted), Math.min(next[j - 1], row[j]) + 1);
            }
            last = row;
            row = next;
        }
        return row[b.length()];
    }
}
