package io.jenkins.plugins.argopreflight.engine.check.admission;

import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.check.place.Places;
import io.jenkins.plugins.argopreflight.engine.collect.Facts;
import io.jenkins.plugins.argopreflight.engine.collect.admission.Admission;
import io.jenkins.plugins.argopreflight.engine.fix.AskPerson;
import io.jenkins.plugins.argopreflight.engine.fix.RunCommands;
import io.jenkins.plugins.argopreflight.engine.manifest.Document;
import io.jenkins.plugins.argopreflight.engine.need.Need;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Existence.Ending;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The API server refuses the Workflow itself, as Argo's full CRDs know every field, or the object that one of its
 * resource templates creates.
 */
public final class WorkflowInvalid extends AdmissionCheck {

    private static final Pattern UNKNOWN_FIELD = Pattern.compile("unknown field \"([^\"]+)\"");
    private static final Pattern FIELD = Pattern.compile("(?:spec|metadata)\\.[\\w.\\[\\]-]+(?=: )");

    public WorkflowInvalid() {
        super(info("workflow-invalid", "The API server refuses the workflow, or what its resource templates create")
                .needing(Need.WORKFLOW_DRY_RUN, Need.CREATED_DRY_RUN)
                .also(Outcome.WARN));
    }

    @Override
    boolean covers(Admission admission) {
        return admission.pod().isEmpty() || admission.created().isPresent();
    }

    @Override
    public List<Finding> check(Facts facts) {
        return Stream.concat(
                        super.check(facts).stream(),
                        facts.admissions().stream()
                                .flatMap(admission ->
                                        admission.asWritten().map(words -> asWritten(admission, words)).stream()))
                .toList();
    }

    /** kubectl, which argoexec runs, gets the same answer. */
    private Finding created(Admission admission, Document object, String words) {
        ArgoPod pod = admission.pod().orElseThrow();
        String named = object.kind() + (object.name().isEmpty() ? "" : " " + object.name());
        Matcher field = FIELD.matcher(words);
        String path = field.find() ? field.group() : "";
        Finding finding = Finding.fail(
                        info(),
                        Places.workflow(admission.workflow(), "").at(pod.templateLocation()),
                        "The manifest of " + Places.template(pod) + " has " + named
                                + ", and the API server refuses it: " + bare(words)
                                + ". The action fails, and the node ends in Failed.")
                .ending(Ending.FAILED)
                .title("The API server refuses %s of %s", named, Places.template(pod))
                .fix(AskPerson.reader(
                        words.endsWith(" already exists")
                                ? "write metadata.generateName in place of metadata.name in the manifest of "
                                        + Places.template(pod) + ", or action: apply, or delete the object"
                                : "correct the manifest of " + Places.template(pod)));
        return path.isEmpty()
                ? finding
                : finding.fix(RunCommands.of(Places.explain(object.kind(), path.replaceFirst("\\.\\w+$", "")))
                        .because("the fields that exist:"));
    }

    private Finding asWritten(Admission admission, String words) {
        Matcher field = FIELD.matcher(words);
        return Finding.warn(
                        info(),
                        Places.workflow(admission.workflow(), field.find() ? field.group() : ""),
                        "The API server refuses the object as kubectl sends it: a parameter has a number, true or"
                                + " false without quotes. Argo's own clients and argoSubmit send such a value as text, and"
                                + " the API server takes it.")
                .title("kubectl cannot create the object: a parameter's value is no text")
                .evidence(EvidenceLine.exchange("dry run", words))
                .fix(AskPerson.reader("put the value in quotes, as in value: \"2\""));
    }

    @Override
    Optional<Finding> finding(Facts facts, Admission admission, String words) {
        if (admission.created().isPresent()) {
            return Optional.of(created(admission, admission.created().get(), words));
        }
        if (Refusal.of(words) != Refusal.INVALID) {
            return Optional.empty();
        }
        Matcher unknown = UNKNOWN_FIELD.matcher(words);
        Matcher field = FIELD.matcher(words);
        String path = unknown.find() ? unknown.group(1) : field.find() ? field.group() : "";
        return Optional.of(Finding.fail(
                        info(),
                        Places.workflow(admission.workflow(), path),
                        "The API server refuses the workflow: " + bare(words) + ".")
                .title("The API server refuses the workflow as invalid")
                .fix(RunCommands.of(
                        path.isEmpty()
                                ? Places.explain("workflow", "spec")
                                : Places.explain("workflow", path.replaceFirst("\\.\\w+$", ""))
                                        .noted("the fields that exist"))));
    }

    /** Without the name of the request's body, which is not the reader's. */
    private static String bare(String words) {
        return words.replaceFirst("^.* in version \"[^\"]+\" cannot be handled as a \\w+: ", "");
    }
}
