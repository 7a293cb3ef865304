package io.jenkins.plugins.argopreflight.engine.workflow.model;

/** The order of nodes as their names show it: {@code wf[0].build[1].test} is after {@code wf[0].build[0].compile}. */
final class NodeOrder {

    private static final String EXIT = ".onExit";

    private NodeOrder() {}

    /** Whether the first node ends before the second starts; false where the names do not say so, as in a DAG. */
    static boolean isBefore(String first, String second) {
        int same = 0;
        while (same < Math.min(first.length(), second.length()) && first.charAt(same) == second.charAt(same)) {
            same++;
        }
        int group = first.lastIndexOf('[', same);
        boolean inGroup = group >= 0
                && group < second.length()
                && second.charAt(group) == '['
                && first.indexOf(']', group) >= same
                && second.indexOf(']', group) >= same;
        if (inGroup) {
            return number(first, group) >= 0 && number(first, group) < number(second, group);
        }
        int dot = Math.max(0, first.lastIndexOf('.', same));
        return second.startsWith(EXIT, dot) && !first.startsWith(EXIT, dot)
                || same < second.length() && second.startsWith(EXIT, same);
    }

    private static int number(String name, int bracket) {
        String digits = name.substring(bracket + 1, name.indexOf(']', bracket));
        return digits.matches("\\d{1,9}") ? Integer.parseInt(digits) : -1;
    }
}
