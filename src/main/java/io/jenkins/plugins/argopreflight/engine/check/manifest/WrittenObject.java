package io.jenkins.plugins.argopreflight.engine.check.manifest;

import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.WorkflowPod;
import io.jenkins.plugins.argopreflight.engine.check.location.Places;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An object as a user wrote it: in a given file, or in the manifest of a resource template.
 *
 * @param creator the pod that creates the object; empty for an object in a file
 */
record WrittenObject(Document object, Optional<WorkflowPod> creator) {

    /** Returns the objects of the given files, followed by those of manifests. */
    static Stream<WrittenObject> all(Facts facts) {
        Stream<WrittenObject> given =
                facts.documents().stream().map(document -> new WrittenObject(document, Optional.empty()));
        return Stream.concat(
                given,
                WorkflowPod.all(facts).stream()
                        .flatMap(creator -> facts.created().by(creator.pod()).stream()
                                .map(document -> new WrittenObject(document, Optional.of(creator)))));
    }

    boolean isInFile() {
        return creator.isEmpty();
    }

    /** Returns the field as a subject; for an object in a manifest, the template. */
    Subject at(String path) {
        return creator.map(creatingPod -> Places.workflow(creatingPod.workflow(), "")
                        .at(creatingPod.pod().templateLocation()))
                .orElseGet(() -> Subject.of(object, object.namespace(), path));
    }

    /** Returns a sentence on the consequence when the API server refuses the object. */
    String refused() {
        return creator.map(creatingPod -> "The API server refuses the manifest of " + Places.template(creatingPod.pod())
                        + ", and its node ends in Failed.")
                .orElse("The API server refuses the " + object.kind() + ".");
    }

    /** Returns the finding, with the pod that creates the object if one does. */
    Finding on(Finding finding) {
        return creator.map(creatingPod -> finding.on(creatingPod.pod())).orElse(finding);
    }
}
