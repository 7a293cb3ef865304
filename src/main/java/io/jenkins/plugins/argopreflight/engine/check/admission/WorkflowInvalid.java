package io.jenkins.plugins.argopreflight.engine.check.admission;

import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.place.Places;
import io.jenkins.plugins.argopreflight.engine.collect.admission.Admission;
import io.jenkins.plugins.argopreflight.engine.fix.AskPerson;
import io.jenkins.plugins.argopreflight.engine.fix.RunCommands;
import io.jenkins.plugins.argopreflight.engine.manifest.Document;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Existence.Ending;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Missing;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The findings about a Workflow that the API server refuses itself, as Argo's full CRDs know every field, and about the
 * objects that its resource templates create.
 */
final class WorkflowInvalid {

    private static final Pattern UNKNOWN_FIELD = Pattern.compile("unknown field \"([^\"]+)\"");
    private static final Pattern FIELD = Pattern.compile("(?:spec|metadata)\\.[\\w.\\[\\]-]+(?=: )");

    private static final String NAME = "metadata.name";

    private final CheckInfo info;

    WorkflowInvalid(CheckInfo info) {
        this.info = info;
    }

    /** Returns what kubectl gets, which argoexec runs: the same answer. */
    Finding created(Admission admission, Document object, String words) {
        ArgoPod pod = admission.pod().orElseThrow();
        String named = object.kind() + (object.name().isEmpty() ? "" : " " + object.name());
        Matcher field = FIELD.matcher(words);
        String path = field.find() ? field.group() : "";
        Finding finding = Finding.fail(
                        info,
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

    /** Returns the warning about an object that is refused only as kubectl sends it. */
    Finding asWritten(Admission admission, String words) {
        Matcher field = FIELD.matcher(words);
        return Finding.warn(
                        info,
                        Places.workflow(admission.workflow(), field.find() ? field.group() : ""),
                        "The API server refuses the object as kubectl sends it: a parameter has a number, true or"
                                + " false without quotes. Argo's own clients and argoSubmit send such a value as text, and"
                                + " the API server takes it.")
                .title("kubectl cannot create the object: a parameter's value is no text")
                .evidence(EvidenceLine.exchange("dry run", words))
                .fix(AskPerson.reader("put the value in quotes, as in value: \"2\""));
    }

    /** Returns the refusal of the Workflow itself. */
    Finding workflow(Admission admission, String words) {
        Matcher unknown = UNKNOWN_FIELD.matcher(words);
        Matcher field = FIELD.matcher(words);
        String path = unknown.find() ? unknown.group(1) : field.find() ? field.group() : "";
        Finding finding = Finding.fail(
                        info,
                        Places.workflow(admission.workflow(), path),
                        "The API server refuses the workflow: " + bare(words) + ".")
                .title("The API server refuses the workflow as invalid")
                .fix(RunCommands.of(
                        path.isEmpty()
                                ? Places.explain("workflow", "spec")
                                : Places.explain("workflow", path.replaceFirst("\\.\\w+$", ""))
                                        .noted("the fields that exist")));
        return path.isEmpty()
                ? finding
                : finding.because(Missing.field(
                        admission.workflow().document(), path.replaceFirst("^metadata\\.generateName$", NAME), ""));
    }

    /** Without the name of the request's body, which is not the reader's. */
    private static String bare(String words) {
        return words.replaceFirst("^.* in version \"[^\"]+\" cannot be handled as a \\w+: ", "");
    }
}
