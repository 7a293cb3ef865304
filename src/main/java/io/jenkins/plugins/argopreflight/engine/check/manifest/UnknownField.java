package io.jenkins.plugins.argopreflight.engine.check.manifest;

import io.jenkins.plugins.argopreflight.engine.argo.field.FieldWalk;
import io.jenkins.plugins.argopreflight.engine.argo.model.Missing;
import io.jenkins.plugins.argopreflight.engine.argo.model.Problem;
import io.jenkins.plugins.argopreflight.engine.check.Check;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Findings;
import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.check.container.ContainerFsGroup;
import io.jenkins.plugins.argopreflight.engine.check.location.Places;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.facts.workflow.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.model.fix.ChangeField;
import io.jenkins.plugins.argopreflight.engine.model.fix.Fix;
import io.jenkins.plugins.argopreflight.engine.model.fix.FixNote;
import io.jenkins.plugins.argopreflight.engine.model.fix.RunCommands;
import io.jenkins.plugins.argopreflight.engine.model.fix.Yaml;
import io.jenkins.plugins.argopreflight.engine.model.need.Need;
import io.jenkins.plugins.argopreflight.engine.util.text.SimilarNames;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import io.jenkins.plugins.argopreflight.engine.util.yaml.FieldPath;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A check for fields that do not exist in any version of Argo, or do not exist in the version that runs. {@code kubectl
 * create} and {@code argo lint} refuse these fields, and with minimal CRDs they are dropped silently. Source:
 * argo-workflows api/jsonschema/schema.json.
 */
public final class UnknownField extends Check {

    /**
     * The maximum number of suggestions. Comparing names takes time, and more unknown fields than this are not caused
     * by spelling mistakes.
     */
    private static final int MAX_SUGGESTIONS = 500;

    /** The maximum number of fields of one object that a sentence lists. */
    private static final int MAX_LISTED_FIELDS = 3;

    private final Check versionProblems;

    public UnknownField() {
        super(CheckInfo.error(
                        "unknown-field",
                        "A field is misspelled, in the wrong place, or not in the version of Argo that runs",
                        Topic.WORKFLOW)
                .needing(Need.DEPLOYMENTS)
                .alsoGiving(Outcome.WARN));
        this.versionProblems = new ExpansionCheck(
                info(), "The field has no effect, or the whole object is refused.", Problem.Kind.VERSION);
    }

    @Override
    public boolean applies(Facts facts) {
        return GivenFields.areGiven(facts) || versionProblems.applies(facts);
    }

    @Override
    public List<Finding> check(Facts facts) {
        List<FieldWalk.Unknown> unknownFields = GivenFields.of(facts).stream()
                .flatMap(walk -> walk.unknown().stream())
                // ContainerFsGroup reports the fields of a pod's securityContext in that of a container.
                .filter(each -> !ContainerFsGroup.POD_FIELDS.contains(each.name()))
                .toList();
        Set<Document> unvalidated = facts.workflows().stream()
                .filter(WorkflowFacts::isCreatedByTrigger)
                .map(workflow -> workflow.document().original())
                .collect(Collectors.toSet());
        List<Finding> findings = new Findings();
        IntStream.range(0, unknownFields.size())
                .mapToObj(i -> finding(
                        unknownFields.get(i),
                        Places.namespace(facts, unknownFields.get(i).document()),
                        i < MAX_SUGGESTIONS,
                        unvalidated))
                .forEach(findings::add);
        if (facts.isArgoVersionUnknown()) {
            GivenFields.of(facts).forEach(walk -> versionUnknown(facts, walk).ifPresent(findings::add));
        } else {
            findings.addAll(versionProblems.check(facts));
        }
        return findings;
    }

    /**
     * Returns a finding if an object has fields that exist only in some versions of Argo. Called if the version is not
     * known.
     */
    private Optional<Finding> versionUnknown(Facts facts, FieldWalk walk) {
        String fields = walk.versionDependent().stream()
                .map(FieldWalk.VersionDependent::name)
                .distinct()
                .limit(MAX_LISTED_FIELDS)
                .collect(Collectors.joining(", "));
        return walk.versionDependent().stream()
                .findFirst()
                .map(first -> Finding.unknown(
                                info(),
                                Subject.of(walk.document(), Places.namespace(facts, walk.document()), first.path()),
                                "Could not check whether the version of Argo that runs has " + fields
                                        + ": not every version does, and the version is not known.")
                        .title("Could not check the version of Argo"));
    }

    /**
     * Creates the finding about an unknown field.
     *
     * @param suggests whether to suggest a field with a similar name
     * @param unvalidated the documents that Argo Events creates: the API server removes unknown fields from them
     */
    private Finding finding(FieldWalk.Unknown unknown, String namespace, boolean suggests, Set<Document> unvalidated) {
        String parent = unknown.path()
                .substring(0, unknown.path().length() - unknown.name().length());
        // Removes what FieldPath writes between the object and the name: a dot, or [" before a name with a dot.
        String object = parent.startsWith("[") ? "" : parent.replaceFirst("[.\\[]\"?$", "");
        Optional<String> suggestion =
                suggests ? SimilarNames.to(unknown.name(), unknown.fields().keySet()) : Optional.empty();
        String hint = suggestion.map(name -> " Did you mean " + name + "?").orElse("");
        Subject subject = Subject.of(unknown.document(), namespace, unknown.path());
        String kind = unknown.document().kind();
        boolean pruned = unvalidated.contains(unknown.document());
        String detail = (object.isEmpty() ? "The object" : object) + " has no field " + unknown.name() + ". "
                + (pruned
                        ? "Argo Events creates the " + kind
                                + " without field validation, and the field is silently removed."
                        : "A server with Argo's full CRDs refuses the " + kind
                                + ", any other silently removes the field.")
                + hint;
        Finding finding = (pruned && suggestion.isEmpty()
                        ? Finding.warn(info(), subject, detail)
                        : Finding.fail(info(), subject, detail))
                .title("Unknown field %s", unknown.name())
                .evidence(EvidenceLine.words("unknown field \"" + unknown.path() + "\""))
                .fix(suggestion
                        .<Fix>map(name -> ChangeField.to(Yaml.of("$name:").with("name", name))
                                .in(object)
                                .without(unknown.name())
                                .with(FixNote.removing("instead of " + unknown.name() + ":")))
                        .orElseGet(() -> RunCommands.of(
                                        Places.explain(unknown.document().kind(), object.isEmpty() ? "spec" : object))
                                .because("the fields that exist:")));
        return finding.because(Missing.dropped(
                unknown.document(),
                unknown.path(),
                suggestion.map(name -> FieldPath.field(object, name)).orElse("")));
    }
}
