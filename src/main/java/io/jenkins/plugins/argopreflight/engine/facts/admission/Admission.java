package io.jenkins.plugins.argopreflight.engine.facts.admission;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.facts.workflow.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.kubernetes.admission.AdmissionRefusal;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import java.util.Optional;

/**
 * The API server's answer to the creation of an object ({@code dryRun=All}). With a snapshot, the answer of the
 * project's own rules.
 *
 * @param workflow the workflow of the object
 * @param pod the pod that was sent, or that creates the object that was sent; empty if the workflow was sent
 * @param created the object that was sent, if a resource template creates it
 * @param asUser the user name of the request: {@code system:serviceaccount:argo:argo} (impersonated) or that of the
 *     credentials in use
 * @param asController whether that user creates the pod in reality; if not, webhooks, SCC and exemptions can decide
 *     differently
 * @param admitted the pod's spec as the server would store it, with its defaults and the changes of admission; empty if
 *     the pod was refused
 * @param refusal the server's refusal, empty if it accepts the object; Unknown if it could not be asked
 * @param asWritten the server's refusal of the workflow as it is written, if it accepts the form that Argo's clients
 *     send
 * @param policy the ValidatingAdmissionPolicy for which the object could not be tried, since only an API server can
 *     evaluate it
 * @param invalid the refusal of the pod by each API server; empty if no rule refuses it or the server was asked
 */
public record Admission(
        WorkflowFacts workflow,
        Optional<ArgoPod> pod,
        Optional<Document> created,
        String asUser,
        boolean asController,
        Optional<JsonNode> admitted,
        Fact<Optional<AdmissionRefusal>> refusal,
        Optional<AdmissionRefusal> asWritten,
        Optional<String> policy,
        Optional<AdmissionRefusal> invalid) {}
