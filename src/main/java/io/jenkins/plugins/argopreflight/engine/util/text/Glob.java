package io.jenkins.plugins.argopreflight.engine.util.text;

/**
 * A pattern of a name: {@code *} stands for any characters, {@code ?} for one. Matching takes time linear in the name
 * for each star.
 */
public final class Glob {

    private Glob() {}

    public static boolean isGlob(String name) {
        return name.contains("*") || name.contains("?");
    }

    /** Returns whether the pattern matches the whole name. */
    public static boolean matches(String glob, String name) {
        int g = 0;
        int n = 0;
        int star = -1;
        int resume = 0;
        while (n < name.length()) {
            if (g < glob.length() && glob.charAt(g) == '*') {
                star = g++;
                resume = n;
            } else if (g < glob.length() && (glob.charAt(g) == '?' || glob.charAt(g) == name.charAt(n))) {
                g++;
                n++;
            } else if (star >= 0) {
                g = star + 1;
                n = ++resume;
            } else {
                return false;
            }
        }
        while (g < glob.length() && glob.charAt(g) == '*') {
            g++;
        }
        return g == glob.length();
    }
}
