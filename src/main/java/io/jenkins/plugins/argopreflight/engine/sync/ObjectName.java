package io.jenkins.plugins.argopreflight.engine.sync;

import io.jenkins.plugins.argopreflight.engine.cluster.Glob;
import io.jenkins.plugins.argopreflight.engine.kube.ObjectNames;
import java.util.Optional;

/**
 * How objects may be called, told before a half of a request is carried out: a
 * <a href="https://kubernetes.io/docs/concepts/overview/working-with-objects/names/">DNS subdomain</a>, and for
 * namespaces a label of one.
 */
public final class ObjectName {

    private static final int LONGEST_NAMESPACE = 63;
    private static final int LONGEST = 253;

    private ObjectName() {}

    /**
     * Why nothing of this kind can have this name; empty when it can, and for a glob of namespaces.
     *
     * @param kind {@code Secret}, {@code ServiceAccount} or {@code Namespace}
     */
    public static Optional<String> problem(String kind, String name) {
        boolean namespace = kind.equals("Namespace");
        int longest = namespace ? LONGEST_NAMESPACE : LONGEST;
        boolean glob = namespace && Glob.isGlob(name);
        return glob || (namespace ? ObjectNames.label(name) : ObjectNames.subdomain(name)).isEmpty()
                ? Optional.empty()
                : Optional.of("no " + kind + " can be called that; lower-case letters, digits"
                        + (namespace ? "" : ", .") + " and - are allowed, with a letter or digit at both ends, "
                        + longest + " in all");
    }

    /** @throws IllegalArgumentException when a name in the request can be none */
    static void check(SyncRequest request) {
        check("Secret", request.name());
        request.serviceAccounts().forEach(name -> check("ServiceAccount", name));
        request.namespaces().forEach(name -> check("Namespace", name));
        String standIn = StandIn.nameFor(request.name());
        if (request.options().recreate() && problem("Secret", standIn).isPresent()) {
            throw new IllegalArgumentException("Secret " + request.name() + " cannot be recreated behind a stand-in: "
                    + standIn + " would be longer than " + LONGEST + "; choose a shorter --name");
        }
    }

    private static void check(String kind, String name) {
        problem(kind, name).ifPresent(problem -> {
            throw new IllegalArgumentException(kind + " " + name + ": " + problem);
        });
    }
}
