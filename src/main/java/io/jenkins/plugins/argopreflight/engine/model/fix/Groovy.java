package io.jenkins.plugins.argopreflight.engine.model.fix;

import io.jenkins.plugins.argopreflight.engine.util.text.Visible;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The form of a fix for a Jenkinsfile. */
public final class Groovy {

    private Groovy() {}

    /**
     * Returns the fix for readers of a step's output: the step that carries the fix out, then the command. Commands of
     * the command line interface are left out.
     *
     * @param cluster the name of the configured cluster; {@code ""} if the step connects in another way
     */
    public static List<FixText> inStep(Fix fix, String cluster) {
        Fix checked = fix.checked();
        if (checked instanceof WriteCredentials write) {
            return List.of(stepText(write, cluster), Shell.fixText(write.orIf("in a shell:")));
        }
        if (checked instanceof RunCommands run && run.commands().stream().anyMatch(Groovy::isOwnCommand)) {
            return run.note().isEmpty() ? List.of() : List.of(advice(new AskPerson("", run.note())));
        }
        return List.of(checked instanceof AskPerson person ? advice(person) : Shell.fixText(checked));
    }

    private static FixText advice(AskPerson person) {
        return Shell.fixText(person).rewritten(Option::inStep);
    }

    private static boolean isOwnCommand(Command command) {
        return command.stages().stream().anyMatch(stage -> stage.program().equals("argo-preflight"));
    }

    /**
     * Returns the step that writes credentials; empty for a fix that no step carries out.
     *
     * @param cluster the name of the configured cluster; {@code ""} if the step connects in another way
     */
    public static Optional<String> step(Fix fix, String cluster) {
        return fix.checked() instanceof WriteCredentials write
                ? Optional.of(stepText(write, cluster).text())
                : Optional.empty();
    }

    private static FixText stepText(WriteCredentials write, String cluster) {
        List<String> lines = new ArrayList<>();
        write.first().forEach(command -> lines.add(comment("first, in a shell: " + Shell.text(command))));
        boolean hasUsername = !write.username().placeholder();
        lines.add(comment("in the Jenkinsfile; CREDENTIALS_ID: what Jenkins keeps for "
                + (hasUsername ? "user " + write.username().text() + " of " : "")
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
        return FixText.of(write.note(), lines, Groovy::comment, /* hasDocument= */ false);
    }

    private static String list(List<Operand> operands) {
        return operands.stream().map(operand -> quoted(operand.text())).collect(Collectors.joining(", ", "[", "]"));
    }

    /** Returns a comment in Groovy. Versions before 3 read Unicode escapes in comments, so these are escaped. */
    private static String comment(String sentence) {
        String line = Visible.line(sentence);
        return "// " + (line.contains("\\u") ? line.replace("\\", "\\\\") : line);
    }

    /** Returns a string literal in single quotes, in ASCII, in which Groovy expands nothing. */
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
