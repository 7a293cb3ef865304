package io.jenkins.plugins.argopreflight.engine.kubernetes.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException.Kind;
import io.jenkins.plugins.argopreflight.engine.kubernetes.admission.AdmissionRefusal;
import io.jenkins.plugins.argopreflight.engine.kubernetes.admission.FieldError;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.List;

/** The conversion of an API server's refusal to our exception, with the server's message. */
final class StatusErrors {

    /** The path of the whole object in a cause of Kubernetes, a program in Go. */
    private static final String NO_FIELD = "<nil>";

    private StatusErrors() {}

    /**
     * Returns the exception for an answer.
     *
     * @param server the server, for the message about a login that is not accepted
     * @param request such as {@code GET https://host:6443/api/v1/namespaces}
     */
    static ClusterException of(ApiReply reply, String server, String request) {
        if (reply.code() < 400) {
            return answerOfOtherService(request);
        }
        // The message of another service, such as a proxy, can repeat the credential.
        boolean isStatus = Json.text(reply.body(), "kind").equals("Status");
        String message = isStatus ? Json.text(reply.body(), "message") : "";
        Kind kind = kind(reply);
        if (kind == Kind.UNAUTHORIZED) {
            return ClusterException.ofServer(
                    kind,
                    server,
                    "Unauthorized: the server does not accept this credential; it has possibly expired: log in again");
        }
        if (message.isEmpty()) {
            message = request + ": HTTP " + reply.code() + " without a Kubernetes Status";
            return reply.isUnknownPath()
                    ? ClusterException.ofUnknownPath(message)
                    : new ClusterException(kind, message);
        }
        AdmissionRefusal refusal = AdmissionRefusal.parse(message, invalidFields(reply));
        return kind == Kind.NOT_FOUND && isOfNamespace(reply.body().path("details"))
                ? ClusterException.ofUnknownNamespace(refusal)
                : ClusterException.refused(kind, refusal);
    }

    /**
     * Returns whether an error is about a namespace. The {@code kind} in the details of a Status is the resource, such
     * as {@code namespaces}.
     */
    private static boolean isOfNamespace(JsonNode details) {
        return Json.text(details, "kind").equals(Resource.NAMESPACES.plural())
                && Json.text(details, "group").equals(Resource.NAMESPACES.group());
    }

    /** Returns the errors in fields. Causes of webhooks and policies have no field. */
    private static List<FieldError> invalidFields(ApiReply reply) {
        return reply.body()
                .path("details")
                .path("causes")
                .valueStream()
                .map(cause -> new FieldError(Json.text(cause, "field"), Json.text(cause, "message")))
                .filter(error -> !error.field().isEmpty() && !error.field().equals(NO_FIELD))
                .toList();
    }

    /** Returns the exception for a login page, or for another answer that is not from an API server. */
    static ClusterException answerOfOtherService(String request) {
        return new ClusterException(
                Kind.SERVER_ERROR,
                request + ": this is not the answer of an API server; look at the kubeconfig's server and at proxies");
    }

    private static Kind kind(ApiReply reply) {
        String reason = Json.text(reply.body(), "reason");
        int code = reply.code();
        return switch (code) {
            case 401 -> Kind.UNAUTHORIZED;
            case 403 -> Kind.FORBIDDEN;
            case 404 -> Kind.NOT_FOUND;
            case 409 -> reason.equals("AlreadyExists") ? Kind.ALREADY_EXISTS : Kind.CONFLICT;
            case 410 -> Kind.EXPIRED;
            case 429 -> Kind.TOO_MANY_REQUESTS;
            case 504 -> Kind.TIMEOUT;
            default -> code >= 400 && code < 500 ? Kind.INVALID : Kind.SERVER_ERROR;
        };
    }
}
