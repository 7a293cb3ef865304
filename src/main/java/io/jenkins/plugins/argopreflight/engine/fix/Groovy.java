package io.jenkins.plugins.argopreflight.engine.fix;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Writes a fix for a Jenkinsfile. */
public final class Groovy {

    private Groovy() {}

    /**
     * The fix for readers of a step: the step that does it, then the command; without what only the command line does.
     *
     * @param cluster the configured one's name; "" when the step took another way to it
     */
    public static List<String> inStep(Fix fix, String cluster) {
        Fix sound = fix.checked();
        if (sound instanceof WriteCredentials write) {
            return List.of(step(write, cluster).orElseThrow(), Shell.text(write.because("or, in a shell:")));
        }
        if (sound instanceof RunCommands run && run.commands().stream().anyMatch(Groovy::isOurs)) {
            return run.note().isEmpty() ? List.of() : List.of(Shell.text(AskPerson.reader(Option.inStep(run.note()))));
        }
        String text = Shell.text(sound);
        return List.of(sound instanceof AskPerson ? Option.inStep(text) : text);
    }

    private static boolean isOurs(Command command) {
        return command.stages().stream().anyMatch(stage -> stage.program().equals("argo-preflight"));
    }

    /**
     * The step that writes credentials; empty for what no step does.
     *
     * @param cluster the configured one's name; "" when the step took another way to it
     */
    public static Optional<String> step(Fix fix, String cluster) {
        if (!(fix.checked() instanceof WriteCredentials write)) {
            return Optional.empty();
        }
        List<String> lines = new ArrayList<>();
        if (!write.note().isEmpty()) {
            lines.add(comment(write.note()));
        }
        write.first().forEach(command -> lines.add(comment("first, in a shell: " + Shell.text(command))));
        boolean named = !write.username().placeholder();
        lines.add(comment("in the Jenkinsfile; CREDENTIALS_ID: what Jenkins keeps for "
                + (named ? "user " + write.username().text() + " of " : "")
                + write.registry().text()
                + (write.mode() == WriteCredentials.Mode.CREATE ? "" : "; adopt needs allowAdopt in Jenkins")));
        List<String> parameters = new ArrayList<>();
        parameters.add("name: " + quoted(write.secret().text()));
        parameters.add("namespaces: " + list(write.namespaces()));
        if (!write.serviceAccounts().isEmpty()) {
            parameters.add("serviceAccounts: " + list(write.serviceAccounts()));
        }
        write.mode().options().forEach(option -> parameters.add(option + ": true"));
        if (!cluster.isEmpty()) {
            parameters.add("cluster: " + quoted(cluster));
        }
        lines.add("argoRegistrySecret " + String.join(", ", parameters) + ",\n    registries: [[url: "
                + quoted(write.registry().text()) + ", credentialsId: 'CREDENTIALS_ID']]");
        return Optional.of(String.join("\n", lines));
    }

    private static String list(List<Operand> operands) {
        return operands.stream().map(operand -> quoted(operand.text())).collect(Collectors.joining(", ", "[", "]"));
    }

    /** A sentence that Groovy reads as nothing; also Groovy of before 3, which reads escapes in comments. */
    private static String comment(String sentence) {
        String line = Visible.line(sentence);
        return "// " + (line.contains("\\u") ? line.replace("\\", "\\\\") : line);
    }

    /** A string in single quotes, in which Groovy reads nothing, in ASCII. */
    public static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("'");
        for (char c : text.toCharArray()) {
            switch (c) {
                case '\\' -> quoted.append("\\\\");
                case '\'' -> quoted.append("\\'");
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> {
                    if (c < ' ' || c >= 0x7f && c <= 0xff) {
                        quoted.append(String.format("\\%03o", (int) c));
                    } else if (c > 0xff) {
                        quoted.append(String.format("\\u%04x", (int) c));
                    } else {
                        quoted.append(c);
                    }
                }
            }
        }
        return quoted.append("'").toString();
    }
}
