package io.jenkins.plugins.argopreflight.engine.manifest;

import io.jenkins.plugins.argopreflight.engine.budget.Budget;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** Finds what someone can have meant by a misspelt name. */
public final class Nearest {

    /** Names that are looked at: comparing takes time, and a suggestion among more is of no use. */
    private static final int MOST = 300;

    private Nearest() {}

    /** The nearest of the names; empty when none is near. */
    public static Optional<String> of(String written, Collection<String> names) {
        int near = Math.max(2, written.length() / 3);
        return names.stream()
                .limit(MOST)
                .filter(name -> distance(written, name) <= near || written.length() > 4 && name.startsWith(written))
                .min(Comparator.comparingInt((String name) -> distance(written, name))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** The nearest of the names that objects have: a third of the letters can differ, and case does not count. */
    public static Optional<String> to(String misspelt, Collection<String> names) {
        return nearest(names, name -> new Pair(misspelt, name));
    }

    /**
     * The nearest of variables, such as {@code steps.build.outputs.result}: the parts that both begin or end with do not make
     * two of them similar.
     */
    public static Optional<String> toVariable(String misspelt, Collection<String> names) {
        String[] written = misspelt.split("\\.");
        return nearest(names, name -> parts(written, name.split("\\.")));
    }

    private static Pair parts(String[] left, String[] right) {
        int most = Math.min(left.length, right.length);
        int before = 0;
        while (before < most && left[before].equals(right[before])) {
            before++;
        }
        int after = 0;
        while (after < most - before && left[left.length - 1 - after].equals(right[right.length - 1 - after])) {
            after++;
        }
        return new Pair(
                String.join(".", List.of(left).subList(before, left.length - after)),
                String.join(".", List.of(right).subList(before, right.length - after)));
    }

    /** What is compared of a misspelt name and of one that there is. */
    private record Pair(String misspelt, String name) {

        int distance() {
            return Nearest.distance(misspelt.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT));
        }

        /** Fewer than there are letters: two names of one letter are not similar. */
        int allowed() {
            int length = Math.min(misspelt.length(), name.length());
            return Math.min(Math.max(1, length / 3), length - 1);
        }
    }

    private static Optional<String> nearest(Collection<String> names, Function<String, Pair> compared) {
        record Near(String name, int distance, int allowed) {}
        return names.stream()
                .limit(MOST)
                .map(name -> {
                    Pair pair = compared.apply(name);
                    return new Near(name, pair.distance(), pair.allowed());
                })
                .filter(near -> near.distance() <= near.allowed())
                .min(Comparator.comparingInt(Near::distance).thenComparing(Near::name))
                .map(Near::name);
    }

    /**
     * Levenshtein's distance, with two letters that are swapped as one change; far away when the lengths differ by more than
     * 20, or are above 200.
     */
    public static int distance(String a, String b) {
        if (Math.abs(a.length() - b.length()) > 20 || a.length() > 200) {
            return Integer.MAX_VALUE;
        }
        Budget.current().read((long) a.length() * b.length());
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
