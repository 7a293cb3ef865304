package io.jenkins.plugins.argopreflight.engine.check.container;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A reader of shell scripts. In a script of simple commands, it determines the files that the script can write:
 * operands of redirections and of a few commands. A script with any other command or construct can write any file.
 * Source: POSIX, Shell Command Language.
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
    /**
     * The programs that write no file unless one of their words matches the pattern: an option such as {@code -o} of
     * sort, or a part of the program's own language, such as {@code >} of awk and {@code w} of sed.
     */
    private static final Map<String, Pattern> WRITE_IF = Map.of(
            "awk", Pattern.compile(".*([>|]|system).*|-[^Fv].*", Pattern.DOTALL),
            "sed",
                    Pattern.compile(
                            "-\\w*[if].*|--.*|(?!-).*(w\\s*[ /]|/[gpimIM\\d]*w|\\be\\b|\\de\\b|/[gpimIM\\d]+e).*",
                            Pattern.DOTALL),
            "jq", Pattern.compile("(?!)"),
            "sort", Pattern.compile("-\\w*o.*|--o.*"),
            "find", Pattern.compile("-(exec|ok|delete|fprint|fls).*"));

    /** Matches a line of one command, such as {@code exec /bin/app -v}; the group is the program. */
    private static final Pattern ONE_COMMAND = Pattern.compile("(?:exec\\s++)?(/[\\w./-]++)(?:[ \\t][^|&;<>\\n]*+)?");

    private static final Set<String> WRITE_ALL = Set.of("touch", "mkdir", "tee");
    private static final Set<String> WRITE_LAST = Set.of("cp", "mv", "ln");
    /**
     * Matches a variable of Tekton after its {@code $}, such as {@code (params.name)}. A shell reads it as a program
     * that does not exist, so its value is empty.
     */
    private static final Pattern TEKTON = Pattern.compile("\\((?:results|params|workspaces|context)\\.[\\w.-]+\\)");
    /** The placeholder for a value that is known only when the script runs: a character for private use. */
    private static final char UNKNOWN_VALUE = '\uE000';

    private final String text;
    private int index;
    private List<String> words = new ArrayList<>();
    private final List<String> written = new ArrayList<>();

    private ShellScript(String text) {
        this.text = text;
    }

    /** Signals that the script contains something that this class cannot interpret. */
    private static final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unreadable() {
            super("not a simple script", null, false, false);
        }
    }

    /**
     * Returns the program that a command executes, also if a shell executes it by {@code -c}; "" for an empty command.
     */
    static String executedProgram(List<String> words) {
        return inlineScript(words)
                .map(ONE_COMMAND::matcher)
                .filter(Matcher::matches)
                .map(program -> program.group(1))
                .orElse(words.isEmpty() ? "" : words.get(0));
    }

    /** Returns the script that a shell executes by {@code -c}; empty for another command. */
    static Optional<String> inlineScript(List<String> words) {
        return words.size() > 2 && isShell(words.get(0)) && words.get(1).matches("-[a-z]*c")
                ? Optional.of(words.get(2).strip())
                : Optional.empty();
    }

    static boolean isShell(String program) {
        return SHELLS.contains(withoutFolder(program));
    }

    /** Returns the name of a program without its folder. */
    static String withoutFolder(String program) {
        return program.substring(program.lastIndexOf('/') + 1);
    }

    /** Returns the absolute paths that a script can write, including folders; empty if it can write other paths too. */
    static Optional<List<String>> writtenPaths(String script) {
        ShellScript reader = new ShellScript(script + "\n");
        try {
            reader.read();
        } catch (Unreadable e) {
            return Optional.empty();
        }
        boolean isKnown = reader.written.stream()
                .allMatch(path -> path.startsWith("/") && path.indexOf(UNKNOWN_VALUE) < 0 && !path.contains("{{"));
        return isKnown ? Optional.of(List.copyOf(reader.written)) : Optional.empty();
    }

    private void read() {
        while (index < text.length()) {
            char next = text.charAt(index);
            if (next == '\n' || next == ';' || next == '&' || next == '|') {
                index++;
                endCommand();
            } else if (Character.isWhitespace(next)) {
                index++;
            } else if (next == '#') {
                index = text.indexOf('\n', index);
            } else if (next == '>') {
                readRedirection();
            } else if (next == '<') {
                index++;
                if (text.startsWith("<", index)) {
                    throw new Unreadable();
                }
                readWord();
            } else {
                String word = readWord();
                if (index >= text.length()) {
                    throw new Unreadable();
                }
                // A number before a redirection is a file descriptor.
                if (!word.matches("\\d+") || text.charAt(index) != '>' && text.charAt(index) != '<') {
                    words.add(word);
                }
            }
        }
    }

    /** Reads a redirection of output, and records its file. A descriptor, as in {@code >&2}, is not a file. */
    private void readRedirection() {
        index++;
        if (text.startsWith("&", index)) {
            index++;
            if (!readWord().matches("\\d+|-")) {
                throw new Unreadable();
            }
            return;
        }
        if (text.startsWith(">", index) || text.startsWith("|", index)) {
            index++;
        }
        String file = readWord();
        if (!file.isEmpty()) {
            written.add(file);
        }
    }

    /** Ends the command of the words until now, and records the files that it can write. */
    private void endCommand() {
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

    /** Returns whether a program certainly writes no file with these words. */
    private static boolean isReading(String name, List<String> words) {
        Pattern writing = WRITE_IF.get(name);
        return writing != null
                && words.stream().noneMatch(word -> writing.matcher(word).matches());
    }

    /** Reads one word without its quotes, and skips blanks before the word. */
    private String readWord() {
        while (index < text.length() && (text.charAt(index) == ' ' || text.charAt(index) == '\t')) {
            index++;
        }
        StringBuilder word = new StringBuilder();
        while (index < text.length() && " \t\r\n;&|<>".indexOf(text.charAt(index)) < 0) {
            char next = text.charAt(index);
            if (text.startsWith("{{", index)) {
                skipTo("}}");
                word.append(UNKNOWN_VALUE);
            } else if (next == '\'') {
                int start = index + 1;
                index++;
                skipTo("'");
                word.append(text, start, index - 1);
            } else if (next == '"') {
                index++;
                readQuoted(word);
            } else if (next == '\\') {
                index += 2;
                if (index > text.length()) {
                    throw new Unreadable();
                }
                word.append(text.charAt(index - 1) == '\n' ? "" : text.charAt(index - 1));
            } else if (next == '$') {
                word.append(readVariable());
            } else if ("`()".indexOf(next) >= 0) {
                throw new Unreadable();
            } else {
                index++;
                boolean isPattern = "*?~".indexOf(next) >= 0 || (next == '[' || next == '{') && !word.isEmpty();
                word.append(isPattern ? UNKNOWN_VALUE : next);
            }
        }
        return word.toString();
    }

    /** Reads the rest of a double-quoted text, and adds it to the word. */
    private void readQuoted(StringBuilder word) {
        while (index < text.length() && text.charAt(index) != '"') {
            char next = text.charAt(index);
            if (text.startsWith("{{", index)) {
                skipTo("}}");
                word.append(UNKNOWN_VALUE);
            } else if (next == '`') {
                throw new Unreadable();
            } else if (next == '$') {
                word.append(readVariable());
            } else {
                index += next == '\\' ? 2 : 1;
                word.append(text.charAt(Math.min(index, text.length()) - 1));
            }
        }
        if (index++ >= text.length()) {
            throw new Unreadable();
        }
    }

    /** Reads a variable and returns a placeholder for its value, or "" if the value is empty. */
    private String readVariable() {
        index++;
        Matcher tekton = TEKTON.matcher(text).region(index, text.length());
        if (tekton.lookingAt()) {
            index = tekton.end();
            return "";
        }
        if (text.startsWith("(", index)) {
            throw new Unreadable();
        }
        if (text.startsWith("{", index)) {
            int start = index;
            skipTo("}");
            if (!text.substring(start, index).matches("\\{#?\\w+}")) {
                throw new Unreadable();
            }
            return String.valueOf(UNKNOWN_VALUE);
        }
        int start = index;
        while (index < text.length() && (Character.isLetterOrDigit(text.charAt(index)) || text.charAt(index) == '_')) {
            index++;
        }
        if (index == start && index < text.length() && "?$#@*!-".indexOf(text.charAt(index)) >= 0) {
            index++;
        }
        return String.valueOf(UNKNOWN_VALUE);
    }

    private void skipTo(String end) {
        int found = text.indexOf(end, index);
        if (found < 0) {
            throw new Unreadable();
        }
        index = found + end.length();
    }
}
