package io.jenkins.plugins.argopreflight.engine.collect.admission;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.collect.workflow.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.manifest.Document;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ArgoPod;
import java.util.Optional;

/**
 * What the API server says to an object that would be created ({@code dryRun=All}), or our own rules where there is
 * only a snapshot.
 *
 * @param workflow whose object it is
 * @param pod the pod that was tried, or that creates what was tried; empty when it was the workflow itself
 * @param created the object of a resource template that was tried
 * @param asUser who asked, such as {@code system:serviceaccount:argo:argo} (impersonated) or ourselves
 * @param asController whether that is the identity that will really create the pod; else webhooks, SCC and exemptions
 *     can judge otherwise
 * @param admitted the pod's spec as the server would store it, with its defaults and what admission changed; empty when
 *     it was not let in
 * @param refusal the server's words, empty when it was let in; Unknown when it could not be tried
 * @param asWritten what the server says to the workflow as it is written, where it takes the one that Argo's clients send
 * @param policy the ValidatingAdmissionPolicy for which it could not be tried, since only an API server can evaluate it
 * @param invalid why no API server takes the pod, in their words; empty when no rule refuses it, or the server was asked
 */
public record Admission(
        WorkflowFacts workflow,
        Optional<ArgoPod> pod,
        Optional<Document> created,
        String asUser,
        boolean asController,
        Optional<JsonNode> admitted,
        Fact<Optional<String>> refusal,
        Optional<String> asWritten,
        Optional<String> policy,
        Optional<String> invalid) {

    /** Begins the words of a ResourceQuota without capacity. */
    public static final String EXCEEDED = "exceeded quota: ";
}
