package io.jenkins.plugins.argopreflight.engine.model.fix;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.jenkins.plugins.argopreflight.engine.model.fix.FieldWrite.Target;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A fix that runs commands in a shell, in their order.
 *
 * @param after the action after the commands; {@code ""} for none
 * @param patched the object into which the only command merges its document; null for other commands. JSON has no such
 *     field, since only the fixes of a run are combined
 */
public record RunCommands(
        FixNote note,
        List<Command> commands,
        String after,
        @JsonIgnore @Nullable Target patched) implements Fix, NotedFix<RunCommands> {

    public RunCommands {
        commands = List.copyOf(commands);
    }

    public static RunCommands of(Command... commands) {
        return new RunCommands(FixNote.NONE, List.of(commands), "", null);
    }

    /** Returns a fix that merges a document into a ConfigMap. */
    public static RunCommands patchConfigMap(String name, String namespace, Yaml document) {
        Command patch = Command.kubectl("patch", "configmap")
                .name("ConfigMap", name)
                .namespace(namespace)
                .with("--patch-file", "/dev/stdin")
                .document(document);
        return new RunCommands(FixNote.NONE, List.of(patch), "", new Target("ConfigMap", namespace, name));
    }

    @Override
    public RunCommands with(FixNote other) {
        return new RunCommands(other, commands, after, patched);
    }

    /** Returns this fix with an action after the commands. */
    public RunCommands then(String next) {
        return new RunCommands(note, commands, next, patched);
    }

    @Override
    public List<String> problems() {
        return commands.stream()
                .flatMap(command -> command.problems().stream())
                .distinct()
                .toList();
    }
}
