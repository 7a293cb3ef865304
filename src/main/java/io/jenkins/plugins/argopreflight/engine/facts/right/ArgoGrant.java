package io.jenkins.plugins.argopreflight.engine.facts.right;

import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoVersion;
import io.jenkins.plugins.argopreflight.engine.model.object.Right;
import java.util.List;

/**
 * A row of a table of rights: the verbs that a part of Argo needs on a resource, and the versions of Argo that need
 * them.
 *
 * @param since the first version, such as {@code 3.4}
 * @param until the first version that does not need the rights any more; {@code ""} for none
 * @param resource the plural, with its subresource after a slash
 */
public record ArgoGrant(
        String since, String until, List<String> verbs, String group, String resource, Purpose purpose) {

    public static final String ARGO = "argoproj.io";

    static ArgoGrant of(String verbs, String group, String resource, String purpose) {
        return of(verbs, group, resource, Purpose.of(Purpose.Kind.OTHER, purpose));
    }

    static ArgoGrant of(String verbs, String group, String resource, Purpose purpose) {
        return new ArgoGrant("0.0", "", List.of(verbs.split(" ")), group, resource, purpose);
    }

    ArgoGrant since(String version) {
        return new ArgoGrant(version, until, verbs, group, resource, purpose);
    }

    ArgoGrant until(String version) {
        return new ArgoGrant(since, version, verbs, group, resource, purpose);
    }

    boolean isNeededIn(ArgoVersion version) {
        return !version.isBefore(since) && (until.isEmpty() || version.isBefore(until));
    }

    List<Right> rights(String namespace, String name) {
        String[] parts = resource.split("/");
        return verbs.stream()
                .map(verb -> new Right(
                        verb, group, parts[0], parts.length > 1 ? parts[1] : "", namespace, hasName(verb) ? name : ""))
                .toList();
    }

    /** Returns whether requests of the verb have the name of an object. */
    private static boolean hasName(String verb) {
        return !verb.equals("create") && !verb.equals("list") && !verb.equals("watch");
    }
}
