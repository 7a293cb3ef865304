package io.jenkins.plugins.argopreflight.engine.sync.plan;

import io.jenkins.plugins.argopreflight.engine.model.object.ObjectNames;
import io.jenkins.plugins.argopreflight.engine.sync.SyncRequest;
import io.jenkins.plugins.argopreflight.engine.util.text.Glob;
import java.util.Optional;

/**
 * The syntax of names of objects, which is checked before anything of a request is carried out. A name is a <a
 * href="https://kubernetes.io/docs/concepts/overview/working-with-objects/names/">DNS subdomain</a>, that of a
 * namespace is a DNS label.
 */
public final class ObjectName {

    private static final int MAX_NAMESPACE_CHARACTERS = 63;
    private static final int MAX_CHARACTERS = 253;

    private ObjectName() {}

    /**
     * Returns the reason why nothing of this kind can have this name; empty if it can, and for a glob of namespaces.
     *
     * @param kind {@code Secret}, {@code ServiceAccount} or {@code Namespace}
     */
    public static Optional<String> problem(String kind, String name) {
        boolean namespace = kind.equals("Namespace");
        int longest = namespace ? MAX_NAMESPACE_CHARACTERS : MAX_CHARACTERS;
        boolean glob = namespace && Glob.isGlob(name);
        return glob || (namespace ? ObjectNames.label(name) : ObjectNames.subdomain(name)).isEmpty()
                ? Optional.empty()
                : Optional.of("no " + kind + " can be called that; lower-case letters, digits"
                        + (namespace ? "" : ", .") + " and - are allowed, with a letter or digit at both ends, "
                        + longest + " in all");
    }

    /**
     * Checks the names in a request.
     *
     * @throws IllegalArgumentException if one of them is not a valid name
     */
    public static void check(SyncRequest request) {
        check("Secret", request.name());
        request.serviceAccounts().forEach(name -> check("ServiceAccount", name));
        request.namespaces().forEach(name -> check("Namespace", name));
        String temporary = OwnershipLabels.temporaryName(request.name());
        if (request.options().recreate() && problem("Secret", temporary).isPresent()) {
            throw new IllegalArgumentException(
                    "Secret " + request.name() + " cannot be recreated with a temporary Secret: " + temporary
                            + " would be longer than " + MAX_CHARACTERS + "; choose a shorter --name");
        }
    }

    private static void check(String kind, String name) {
        problem(kind, name).ifPresent(problem -> {
            throw new IllegalArgumentException(kind + " " + name + ": " + problem);
        });
    }
}
