package io.jenkins.plugins.argopreflight.engine.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException.Kind;
import io.jenkins.plugins.argopreflight.engine.model.object.PolicyRule;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import java.util.List;
import java.util.Optional;

/** A cluster whose authorizer is broken: rules incomplete, access undecided with an evaluationError. */
public final class RefusingCluster implements ClusterGateway {

    @Override
    public ObjectNode create(Resource resource, ObjectNode object, WriteMode mode) {
        ObjectNode answer = object.deepCopy();
        ObjectNode status = answer.putObject("status");
        switch (resource.kind()) {
            case "SelfSubjectRulesReview" -> {
                status.putArray("resourceRules").add(PolicyRule.ALL.toJson());
                status.put("incomplete", true);
            }
            case "SelfSubjectAccessReview" -> status.put("allowed", false).put("evaluationError", "webhook timed out");
            default -> throw new ClusterException(Kind.NOT_FOUND, "the server could not find the requested resource");
        }
        return answer;
    }

    @Override
    public String server() {
        return "refusing";
    }

    @Override
    public String version() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<ObjectNode> get(Resource resource, String namespace, String name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<ObjectNode> list(Resource resource, String namespace, String labelSelector, String fieldSelector) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ObjectNode replace(Resource resource, ObjectNode object, WriteMode mode) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void delete(
            Resource resource, String namespace, String name, String uid, String resourceVersion, WriteMode mode) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
