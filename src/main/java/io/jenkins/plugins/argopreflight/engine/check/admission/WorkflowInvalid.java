package io.jenkins.plugins.argopreflight.engine.check.admission;

import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.argo.model.Existence.Ending;
import io.jenkins.plugins.argopreflight.engine.argo.model.Missing;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.location.Places;
import io.jenkins.plugins.argopreflight.engine.facts.admission.Admission;
import io.jenkins.plugins.argopreflight.engine.kubernetes.admission.AdmissionRefusal;
import io.jenkins.plugins.argopreflight.engine.kubernetes.admission.AdmissionRefusal.Reason;
import io.jenkins.plugins.argopreflight.engine.kubernetes.admission.FieldError;
import io.jenkins.plugins.argopreflight.engine.model.fix.AskPerson;
import io.jenkins.plugins.argopreflight.engine.model.fix.RunCommands;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Creates the findings about a Workflow that the API server refuses itself, because Argo's full CRDs know every field,
 * and about the objects that its resource templates create.
 */
final class WorkflowInvalid {

    private static final Pattern UNKNOWN_FIELD = Pattern.compile("unknown field \"([^\"]+)\"");

    private static final String NAME = "metadata.name";

    private final CheckInfo info;

    WorkflowInvalid(CheckInfo info) {
        this.info = info;
    }

    /**
     * Returns the finding about an object that a resource template creates: kubectl, which argoexec runs, gets the same
     * answer.
     */
    Finding created(Admission admission, Document object, AdmissionRefusal refusal) {
        ArgoPod pod = admission.pod().orElseThrow();
        String description = object.kind() + (object.name().isEmpty() ? "" : " " + object.name());
        String message = refusal.message();
        String path = firstField(refusal);
        Finding finding = Finding.fail(
                        info,
                        Places.workflow(admission.workflow(), "").at(pod.templateLocation()),
                        "The manifest of " + Places.template(pod) + " has " + description
                                + ", and the API server refuses it: " + withoutBodyName(message)
                                + ". The action fails, and the node ends in Failed.")
                .ending(Ending.FAILED)
                .title("The API server refuses %s of %s", description, Places.template(pod))
                .fix(AskPerson.reader(
                        refusal.reason().equals(Optional.of(Reason.ALREADY_EXISTS))
                                ? "write metadata.generateName in place of metadata.name in the manifest of "
                                        + Places.template(pod) + ", or action: apply, or delete the object"
                                : "correct the manifest of " + Places.template(pod)));
        return path.isEmpty()
                ? finding
                : finding.fix(RunCommands.of(Places.explain(object.kind(), path.replaceFirst("\\.\\w+$", "")))
                        .because("the fields that exist:"));
    }

    /** Returns the warning about an object that the API server refuses only in the form in which kubectl sends it. */
    Finding asWritten(Admission admission, AdmissionRefusal refusal) {
        return Finding.warn(
                        info,
                        Places.workflow(admission.workflow(), firstField(refusal)),
                        "The API server refuses the object as kubectl sends it: a parameter has a number, true or"
                                + " false without quotes. Argo's own clients and argoSubmit send such a value as text, and"
                                + " the API server takes it.")
                .title("kubectl cannot create the object: a parameter's value is no text")
                .evidence(EvidenceLine.exchange("dry run", refusal.message()))
                .fix(AskPerson.reader("put the value in quotes, as in value: \"2\""));
    }

    /** Returns the finding about the Workflow itself. */
    Finding workflow(Admission admission, AdmissionRefusal refusal) {
        String message = refusal.message();
        Matcher unknown = UNKNOWN_FIELD.matcher(message);
        String path = unknown.find() ? unknown.group(1) : firstField(refusal);
        Finding finding = Finding.fail(
                        info,
                        Places.workflow(admission.workflow(), path),
                        "The API server refuses the workflow: " + withoutBodyName(message) + ".")
                .title("The API server refuses the workflow as invalid")
                .fix(RunCommands.of(
                        path.isEmpty()
                                ? Places.explain("workflow", "spec")
                                : Places.explain("workflow", path.replaceFirst("\\.\\w+$", ""))
                                        .withNote("the fields that exist")));
        return path.isEmpty()
                ? finding
                : finding.because(Missing.field(
                        admission.workflow().document(), path.replaceFirst("^metadata\\.generateName$", NAME), ""));
    }

    /** Returns the first invalid field that {@code kubectl explain} knows, below spec or metadata; "" for none. */
    private static String firstField(AdmissionRefusal refusal) {
        return refusal.fields().stream()
                .map(FieldError::field)
                .filter(field -> field.startsWith("spec.") || field.startsWith("metadata."))
                .findFirst()
                .orElse("");
    }

    /** Returns the message without the name of the request's body, which readers do not know. */
    private static String withoutBodyName(String message) {
        return message.replaceFirst("^.* in version \"[^\"]+\" cannot be handled as a \\w+: ", "");
    }
}
