package io.jenkins.plugins.argopreflight.engine.argo.pod;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.argo.expression.UnknownMarks;
import io.jenkins.plugins.argopreflight.engine.argo.model.ClusterObjects;
import io.jenkins.plugins.argopreflight.engine.argo.model.FieldSource;
import io.jenkins.plugins.argopreflight.engine.argo.model.Problem;
import io.jenkins.plugins.argopreflight.engine.argo.model.UnknownValues;
import io.jenkins.plugins.argopreflight.engine.argo.template.Simulation;
import io.jenkins.plugins.argopreflight.engine.argo.template.TemplateCall;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import java.util.Optional;

/**
 * The ServiceAccounts of pods and their tokens; source: argo-workflows workflow/controller/workflowpod.go
 * (setupServiceAccount), util/secrets/secret_name.go.
 */
public final class ServiceAccounts {

    private ServiceAccounts() {}

    /** Sets the ServiceAccount of the pod and the mount of its token, and adds the volume with the executor's token. */
    static void setUp(Simulation run, TemplateCall call, JsonNode template, PodDraft draft, FieldOrigins origins) {
        ObjectNode pod = draft.spec();
        JsonNode spec = run.spec();
        if (Json.has(template, "serviceAccountName")) {
            pod.put("serviceAccountName", Json.text(template, "serviceAccountName"));
            origins.recordFromTemplate("serviceAccountName", "serviceAccountName");
        } else if (Json.has(spec, "serviceAccountName")) {
            pod.put("serviceAccountName", Json.text(spec, "serviceAccountName"));
            origins.recordFromSpec("serviceAccountName", "serviceAccountName");
        }
        boolean isInTemplate = Json.isSet(template, "automountServiceAccountToken");
        boolean isMountOff = !(isInTemplate ? template : spec)
                .path("automountServiceAccountToken")
                .asBoolean(true);
        if (isMountOff) {
            pod.put("automountServiceAccountToken", false);
            // A field comes from the last record that has it: from the template, or else from the spec.
            origins.recordFromSpec("automountServiceAccountToken", "automountServiceAccountToken");
            origins.recordFromTemplate("automountServiceAccountToken", "automountServiceAccountToken");
        }
        String executor = ExecutorContainers.serviceAccount(template, spec);
        if (!executor.isEmpty()) {
            // The template comes last, since its executor replaces that of the spec.
            origins.recordFromSpec("executor", "executor");
            origins.recordFromTemplate("executor", "executor");
            draft.volumes()
                    .addObject()
                    .put("name", ExecutorContainers.TOKEN_VOLUME)
                    .putObject("secret")
                    .put("secretName", tokenSecret(run, call, executor));
        } else if (isMountOff) {
            run.problem(
                    Problem.Kind.REFUSED,
                    isInTemplate ? call : call.withLocation(run.mergedWorkflow.field("automountServiceAccountToken")),
                    "executor.serviceAccountName must not be empty if automountServiceAccountToken is false");
        }
    }

    /** Returns the Secret that Argo uses for a ServiceAccount's token. */
    static String tokenSecret(Simulation run, TemplateCall call, String name) {
        String account = name.isEmpty() ? "default" : name;
        if (UnknownMarks.isIn(account)) {
            return account + ".service-account-token";
        }
        Fact<Optional<Document>> fact = run.request.objects().find("ServiceAccount", run.request.namespace(), account);
        Optional<Document> document = fact.ifKnown().flatMap(known -> known);
        if (fact.ifKnown().isPresent() && document.isEmpty() && !account.equals("default")) {
            Problem.Message message =
                    Problem.Message.of("serviceaccounts \"" + account + "\" not found: Argo needs its token");
            run.reportAbsent(Problem.Kind.REFUSED, call, Problem.Thing.EXECUTOR_ACCOUNT, account, message);
        }
        JsonNode root = document.<JsonNode>map(Document::root).orElseGet(Json::object);
        String fromList = Json.text(root.path("secrets").path(0), "name");
        if (!fromList.isEmpty()) {
            return fromList;
        }
        String fromAnnotation = Json.text(
                root.path("metadata").path("annotations"), "workflows.argoproj.io/service-account-token.name");
        return fromAnnotation.isEmpty() ? account + ".service-account-token" : fromAnnotation;
    }

    /**
     * Adds the fields that the API server adds on admission: the default ServiceAccount, and the pull Secrets of the
     * ServiceAccount if the pod has none.
     */
    static void applyAdmission(Simulation run, PodDraft draft) {
        applyAdmission(run.request.objects(), run.request.namespace(), draft);
    }

    /**
     * Adds the fields that the API server adds on admission: the default ServiceAccount, and the pull Secrets of the
     * ServiceAccount if the pod has none.
     */
    public static void applyAdmission(ClusterObjects objects, String namespace, PodDraft draft) {
        ObjectNode pod = draft.spec();
        if (Json.text(pod, "serviceAccountName").isEmpty()) {
            pod.put("serviceAccountName", "default");
            draft.provenance()
                    .record("spec", FieldSource.SERVICE_ACCOUNT, Json.object().put("serviceAccountName", "default"));
        }
        String account = Json.text(pod, "serviceAccountName");
        if (!pod.path("imagePullSecrets").isEmpty() || UnknownValues.areIn(account)) {
            return;
        }
        objects.find("ServiceAccount", namespace, account)
                .ifKnown()
                .flatMap(known -> known)
                .ifPresent(document -> {
                    JsonNode secrets = document.root().path("imagePullSecrets");
                    if (!secrets.isEmpty()) {
                        pod.set("imagePullSecrets", secrets.deepCopy());
                        draft.provenance()
                                .record(
                                        "spec.imagePullSecrets",
                                        FieldSource.SERVICE_ACCOUNT,
                                        document,
                                        "imagePullSecrets",
                                        secrets);
                    }
                });
    }
}
