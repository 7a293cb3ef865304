package io.jenkins.plugins.argopreflight.offline.admission;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import java.util.List;
import java.util.Optional;

/** The cluster's objects that the simulated admission reads. */
public interface AdmissionObjects {

    Resource POLICIES = registration("validatingadmissionpolicies", "ValidatingAdmissionPolicy");
    Resource POLICY_BINDINGS = registration("validatingadmissionpolicybindings", "ValidatingAdmissionPolicyBinding");
    Resource VALIDATING_WEBHOOKS = registration("validatingwebhookconfigurations", "ValidatingWebhookConfiguration");
    Resource MUTATING_WEBHOOKS = registration("mutatingwebhookconfigurations", "MutatingWebhookConfiguration");

    /** Returns an object: known to exist, known to be absent, or Unknown. */
    Fact<Optional<ObjectNode>> get(Resource resource, String namespace, String name);

    /**
     * Returns all objects of a kind.
     *
     * @param namespace the namespace; "" for a kind without namespaces
     */
    Fact<List<ObjectNode>> list(Resource resource, String namespace);

    private static Resource registration(String plural, String kind) {
        return Resource.clusterScoped("admissionregistration.k8s.io", "v1", plural, kind);
    }
}
