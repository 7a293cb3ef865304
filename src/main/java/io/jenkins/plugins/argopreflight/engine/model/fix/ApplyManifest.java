package io.jenkins.plugins.argopreflight.engine.model.fix;

import java.util.List;

/**
 * A fix that creates or updates objects.
 *
 * @param note the purpose of the fix
 * @param namespace the namespace for documents without {@code metadata.namespace}; {@link Operand#NONE} if each
 *     document has a namespace or belongs to none
 */
public record ApplyManifest(FixNote note, Operand namespace, List<Yaml> documents)
        implements Fix, NotedFix<ApplyManifest> {

    public ApplyManifest {
        documents = List.copyOf(documents);
    }

    /** Returns the fix for objects that have a namespace or belong to none. */
    public static ApplyManifest of(Yaml... documents) {
        return new ApplyManifest(FixNote.NONE, Operand.NONE, List.of(documents));
    }

    /** Returns this fix for a namespace. */
    public ApplyManifest in(String name) {
        return new ApplyManifest(note, Operand.namespace(name), documents);
    }

    @Override
    public ApplyManifest with(FixNote other) {
        return new ApplyManifest(other, namespace, documents);
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
