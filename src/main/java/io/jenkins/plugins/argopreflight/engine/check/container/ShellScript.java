package io.jenkins.plugins.argopreflight.engine.check.container;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A shell script of simple commands, of which it is known what they can write: files that redirections and a few commands
 * have as operands. Any other script, command or construct can write anything. Source: POSIX, Shell Command Language.
 */
final class ShellScript {

    private static final Set<String> SHELLS = Set.of("sh", "bash", "ash", "dash");
    private static final Set<String> KEYWORDS =
            Set.of("if", "then", "else", "elif", "fi", "do", "done", "while", "until", "!", "{", "}");
    private static final Set<String> WRITE_NOTHING = Set.of(
            ("echo printf cat true false : test [ exit set export sleep date pwd ls wc head tail tr cut grep egrep"
                            + " fgrep expr seq basename dirname uname hostname whoami id return break continue unset local"
                            + " readonly shift wait umask rm rmdir chmod chown stat df du md5sum sha256sum base64 rev nl fold")
                    .split(" "));
    /** These as well, unless an option or a word of their program, which is a language of its own, says otherwise. */
    private static final Map<String, Pattern> WRITE_WITH = Map.of(
            "awk", Pattern.compile(".*([>|]|system).*|-[^Fv].*", Pattern.DOTALL),
            "sed",
                    Pattern.compile(
                            "-\\w*[if].*|--.*|(?!-).*(w\\s*[ /]|/[gpimIM\\d]*w|\\be\\b|\\de\\b|/[gpimIM\\d]+e).*",
                            Pattern.DOTALL),
            "jq", Pattern.compile("(?!)"),
            "sort", Pattern.compile("-\\w*o.*|--o.*"),
            "find", Pattern.compile("-(exec|ok|delete|fprint|fls).*"));

    private static final Pattern ONE_COMMAND = Pattern.compile("(?:exec\\s++)?(/[\\w./-]++)(?:[ \\t][^|&;<>\\n]*+)?");
    private static final Set<String> WRITE_ALL = Set.of("touch", "mkdir", "tee");
    private static final Set<String> WRITE_LAST = Set.of("cp", "mv", "ln");
    /** A variable of Tekton, which a shell takes for a program that there is not: nothing is in its place. */
    private static final Pattern TEKTON = Pattern.compile("\\((?:results|params|workspaces|context)\\.[\\w.-]+\\)");
    /** In the place of what is known only when the script runs. */
    private static final char OPEN = '\uE000';

    private final String text;
    private int at;
    private List<String> words = new ArrayList<>();
    private final List<String> written = new ArrayList<>();

    private ShellScript(String text) {
        this.text = text;
    }

    /** What it cannot be followed through. */
    private static final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unreadable() {
            super("not a simple script", null, false, false);
        }
    }

    /** The program that a command executes, also as the only line of a shell's {@code -c}; "" if there is none. */
    static String executed(List<String> words) {
        return line(words)
                .map(ONE_COMMAND::matcher)
                .filter(Matcher::matches)
                .map(program -> program.group(1))
                .orElse(words.isEmpty() ? "" : words.get(0));
    }

    /** What a shell executes by {@code -c}. */
    static Optional<String> line(List<String> words) {
        return words.size() > 2 && isShell(words.get(0)) && words.get(1).matches("-[a-z]*c")
                ? Optional.of(words.get(2).strip())
                : Optional.empty();
    }

    static boolean isShell(String program) {
        return SHELLS.contains(name(program));
    }

    /** Without its folder. */
    static String name(String program) {
        return program.substring(program.lastIndexOf('/') + 1);
    }

    /** The absolute paths that a script can write, folders among them; empty where it can write others as well. */
    static Optional<List<String>> written(String script) {
        ShellScript reader = new ShellScript(script + "\n");
        try {
            reader.read();
        } catch (Unreadable e) {
            return Optional.empty();
        }
        boolean known = reader.written.stream()
                .allMatch(path -> path.startsWith("/") && path.indexOf(OPEN) < 0 && !path.contains("{{"));
        return known ? Optional.of(List.copyOf(reader.written)) : Optional.empty();
    }

    private void read() {
        while (at < text.length()) {
            char next = text.charAt(at);
            if (next == '\n' || next == ';' || next == '&' || next == '|') {
                at++;
                command();
            } else if (Character.isWhitespace(next)) {
                at++;
            } else if (next == '#') {
                at = text.indexOf('\n', at);
            } else if (next == '>') {
                redirection();
            } else if (next == '<') {
                at++;
                if (text.startsWith("<", at)) {
                    throw new Unreadable();
                }
                word();
            } else {
                String word = word();
                if (at >= text.length()) {
                    throw new Unreadable();
                }
                if (!word.matches("\\d+") || text.charAt(at) != '>' && text.charAt(at) != '<') {
                    words.add(word);
                }
            }
        }
    }

    private void redirection() {
        at++;
        if (text.startsWith("&", at)) {
            at++;
            if (!word().matches("\\d+|-")) {
                throw new Unreadable();
            }
            return;
        }
        if (text.startsWith(">", at) || text.startsWith("|", at)) {
            at++;
        }
        String file = word();
        if (!file.isEmpty()) {
            written.add(file);
        }
    }

    private void command() {
        List<String> command = words;
        words = new ArrayList<>();
        int first = 0;
        while (first < command.size()
                && (KEYWORDS.contains(command.get(first)) || command.get(first).matches("(?s)\\w+=.*"))) {
            first++;
        }
        if (first == command.size() || command.get(first).equals("for")) {
            return;
        }
        String name = command.get(first).replaceFirst("^/(?:usr/)?bin/", "");
        List<String> operands = command.subList(first + 1, command.size()).stream()
                .filter(word -> !word.startsWith("-"))
                .toList();
        if (WRITE_ALL.contains(name)) {
            written.addAll(operands);
        } else if (WRITE_LAST.contains(name) && operands.size() > 1 && !command.contains("-t")) {
            written.add(operands.get(operands.size() - 1));
        } else if (!WRITE_NOTHING.contains(name) && !isReading(name, command.subList(first + 1, command.size()))) {
            throw new Unreadable();
        }
    }

    private static boolean isReading(String name, List<String> words) {
        Pattern writing = WRITE_WITH.get(name);
        return writing != null
                && words.stream().noneMatch(word -> writing.matcher(word).matches());
    }

    /** One word without its quotes, blanks before it skipped. */
    private String word() {
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
        StringBuilder word = new StringBuilder();
        while (at < text.length() && " \t\r\n;&|<>".indexOf(text.charAt(at)) < 0) {
            char next = text.charAt(at);
            if (text.startsWith("{{", at)) {
                skipTo("}}");
                word.append(OPEN);
            } else if (next == '\'') {
                int start = at + 1;
                at++;
                skipTo("'");
                word.append(text, start, at - 1);
            } else if (next == '"') {
                at++;
                quoted(word);
            } else if (next == '\\') {
                at += 2;
                if (at > text.length()) {
                    throw new Unreadable();
                }
                word.append(text.charAt(at - 1) == '\n' ? "" : text.charAt(at - 1));
            } else if (next == '$') {
                word.append(variable());
            } else if ("`()".indexOf(next) >= 0) {
                throw new Unreadable();
            } else {
                at++;
                boolean pattern = "*?~".indexOf(next) >= 0 || (next == '[' || next == '{') && !word.isEmpty();
                word.append(pattern ? OPEN : next);
            }
        }
        return word.toString();
    }

    private void quoted(StringBuilder word) {
        while (at < text.length() && text.charAt(at) != '"') {
            char next = text.charAt(at);
            if (text.startsWith("{{", at)) {
                skipTo("}}");
                word.append(OPEN);
            } else if (next == '`') {
                throw new Unreadable();
            } else if (next == '$') {
                word.append(variable());
            } else {
                at += next == '\\' ? 2 : 1;
                word.append(text.charAt(Math.min(at, text.length()) - 1));
            }
        }
        if (at++ >= text.length()) {
            throw new Unreadable();
        }
    }

    /** What stands for its value. */
    private String variable() {
        at++;
        Matcher tekton = TEKTON.matcher(text).region(at, text.length());
        if (tekton.lookingAt()) {
            at = tekton.end();
            return "";
        }
        if (text.startsWith("(", at)) {
            throw new Unreadable();
        }
        if (text.startsWith("{", at)) {
            int start = at;
            skipTo("}");
            if (!text.substring(start, at).matches("\\{#?\\w+}")) {
                throw new Unreadable();
            }
            return String.valueOf(OPEN);
        }
        int start = at;
        while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
            at++;
        }
        if (at == start && at < text.length() && "?$#@*!-".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return String.valueOf(OPEN);
    }

    private void skipTo(String end) {
        int found = text.indexOf(end, at);
        if (found < 0) {
            throw new Unreadable();
        }
        at = found + end.length();
    }
}
