package io.jenkins.plugins.argopreflight.offline.store;

import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException.Kind;
import io.jenkins.plugins.argopreflight.engine.kubernetes.admission.AdmissionRefusal;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.model.object.Right;
import java.util.List;

/**
 * The refusals of a kube-apiserver, with its messages.
 *
 * @see <a href="https://github.com/kubernetes/apimachinery/blob/v0.34.4/pkg/api/errors/errors.go">NewNotFound and
 * similar functions</a>
 */
public final class ApiErrors {

    private ApiErrors() {}

    public static ClusterException notFound(Resource resource, String name) {
        String message = resource.qualified() + " \"" + name + "\" not found";
        return resource.equals(Resource.NAMESPACES)
                ? ClusterException.ofUnknownNamespace(AdmissionRefusal.of(message))
                : refused(Kind.NOT_FOUND, message);
    }

    public static ClusterException alreadyExists(Resource resource, String name) {
        return refused(Kind.ALREADY_EXISTS, resource.qualified() + " \"" + name + "\" already exists");
    }

    public static ClusterException modified(Resource resource, String name) {
        return conflict(
                resource,
                name,
                "the object has been modified; please apply your changes to the latest version and try again");
    }

    public static ClusterException conflict(Resource resource, String name, String reason) {
        return refused(
                Kind.CONFLICT,
                "Operation cannot be fulfilled on " + resource.qualified() + " \"" + name + "\": " + reason);
    }

    /** Returns the conflict of a deletion, with the kind instead of the plural of {@link #conflict}. */
    public static ClusterException deleteConflict(Resource resource, String name, String reason) {
        return refused(
                Kind.CONFLICT, "Operation cannot be fulfilled on " + resource.kind() + " \"" + name + "\": " + reason);
    }

    public static ClusterException invalid(Resource resource, String name, String errors) {
        String kind = resource.group().isEmpty() ? resource.kind() : resource.kind() + "." + resource.group();
        return refused(Kind.INVALID, kind + " \"" + name + "\" is invalid: " + errors);
    }

    public static ClusterException badRequest(String message) {
        return refused(Kind.INVALID, message);
    }

    public static ClusterException terminating(Resource resource, String name, String namespace) {
        return refused(
                Kind.FORBIDDEN,
                "%s \"%s\" is forbidden: unable to create new content in namespace %s because it is being terminated"
                        .formatted(resource.qualified(), name, namespace));
    }

    /**
     * Returns the refusal of the authorizer.
     *
     * @see <a
     * href="https://github.com/kubernetes/apiserver/blob/v0.34.4/pkg/endpoints/handlers/responsewriters/errors.go">
     * forbiddenMessage</a>
     */
    public static ClusterException forbidden(String user, Right right) {
        String group = right.group();
        String object = right.resource() + (group.isEmpty() ? "" : "." + group);
        String resource = right.resource() + (right.subresource().isEmpty() ? "" : "/" + right.subresource());
        return refused(
                Kind.FORBIDDEN,
                "%s is forbidden: User \"%s\" cannot %s resource \"%s\" in API group \"%s\" %s"
                        .formatted(
                                right.name().isEmpty() ? object : object + " \"" + right.name() + "\"",
                                user,
                                right.verb(),
                                resource,
                                group,
                                right.namespace().isEmpty()
                                        ? "at the cluster scope"
                                        : "in the namespace \"" + right.namespace() + "\""));
    }

    private static ClusterException refused(Kind kind, String message) {
        return ClusterException.refused(kind, AdmissionRefusal.parse(message, List.of()));
    }
}
