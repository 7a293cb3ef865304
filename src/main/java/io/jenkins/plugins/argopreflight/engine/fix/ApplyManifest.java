package io.jenkins.plugins.argopreflight.engine.fix;

import java.util.List;

/**
 * Objects to create or to update.
 *
 * @param namespace where they go when they do not name it themselves; "" when they do
 */
public record ApplyManifest(String note, Operand namespace, List<Yaml> documents) implements Fix {

    public ApplyManifest {
        documents = List.copyOf(documents);
    }

    /** Objects that name their namespace, or need none. */
    public static ApplyManifest of(Yaml... documents) {
        return new ApplyManifest("", Operand.NONE, List.of(documents));
    }

    /** The same in a namespace. */
    public ApplyManifest in(String name) {
        return new ApplyManifest(note, Operand.namespace(name), documents);
    }

    /** The same with what it is for. */
    public ApplyManifest because(String why) {
        return new ApplyManifest(why, namespace, documents);
    }

    /** The command that does it. */
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
