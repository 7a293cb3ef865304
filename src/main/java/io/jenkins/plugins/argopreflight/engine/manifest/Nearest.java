package io.jenkins.plugins.argopreflight.engine.manifest;

import io.jenkins.plugins.argopreflight.engine.budget.Budget;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

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
        String wanted = misspelt.toLowerCase(Locale.ROOT);
        record Near(String name, int distance) {}
        return names.stream()
                .limit(MOST)
                .map(name -> new Near(name, distance(wanted, name.toLowerCase(Locale.ROOT))))
                .filter(near -> near.distance()
                        <= Math.max(1, Math.min(wanted.length(), near.name().length()) / 3))
                .min(Comparator.comparingInt(Near::distance).thenComparing(Near::name))
                .map(Near::name);
    }

    /** Levenshtein's distance; far away when the lengths differ by more than 20, or are above 200. */
    public static int distance(String a, String b) {
        if (Math.abs(a.length() - b.length()) > 20 || a.length() > 200) {
            return Integer.MAX_VALUE;
        }
        Budget.current().read((long) a.length() * b.length());
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substitution = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substitution, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
