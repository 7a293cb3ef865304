package io.jenkins.plugins.argopreflight.engine.model.fix;

import java.util.List;

/**
 * A fix that creates or updates objects.
 *
 * @param note the purpose of the fix; {@code ""} for none
 * @param namespace the namespace for documents without {@code metadata.namespace}; {@link Operand#NONE} if each
 *     document has a namespace or belongs to none
 */
public record ApplyManifest(String note, Operand namespace, List<Yaml> documents) implements Fix {

    public ApplyManifest {
        documents = List.copyOf(documents);
    }

    /** Returns the fix for objects that have a namespace or belong to none. */
    public static ApplyManifest of(Yaml... documents) {
        return new ApplyManifest("", Operand.NONE, List.of(documents));
    }

    /** Returns this fix for a namespace. */
    public ApplyManifest in(String name) {
        return new ApplyManifest(note, Operand.namespace(name), documents);
    }

    /** Returns this fix with its purpose as note. */
    public ApplyManifest because(String purpose) {
        return new ApplyManifest(purpose, namespace, documents);
    }

    /** Returns the command that applies the objects. */
    public Command command() {
        Command kubectl = namespace.isEmpty()
                ? Command.kubectl()
                : Command.kubectl().with("-n").with(namespace);
        return kubectl.with("apply", "-f", "-").documents(documents);
    }

    @Override
    public List<String> problems() {
        return command().problems();
    }
}
