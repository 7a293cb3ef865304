package io.jenkins.plugins.argopreflight.engine.check.manifest;

import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.place.Places;
import io.jenkins.plugins.argopreflight.engine.collect.Facts;
import io.jenkins.plugins.argopreflight.engine.collect.workflow.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.manifest.Document;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ArgoPod;
import java.util.Optional;
import java.util.stream.Stream;

/** An object as someone wrote it: in a given file, or in the manifest of a resource template. */
record WrittenObject(Document object, Optional<Creator> creator) {

    /** The pod that creates the object. */
    private record Creator(WorkflowFacts workflow, ArgoPod pod) {}

    /** The given ones first. */
    static Stream<WrittenObject> of(Facts facts) {
        Stream<WrittenObject> given =
                facts.given().stream().map(document -> new WrittenObject(document, Optional.empty()));
        Stream<Creator> creators = facts.workflows().stream()
                .flatMap(workflow -> workflow.pods().stream().map(pod -> new Creator(workflow, pod)));
        return Stream.concat(
                given,
                creators.flatMap(creator -> facts.created().by(creator.pod()).stream()
                        .map(document -> new WrittenObject(document, Optional.of(creator)))));
    }

    boolean isGiven() {
        return creator.isEmpty();
    }

    /** A field of the object; of one in a manifest, the template. */
    Subject at(String path) {
        return creator.map(by -> Places.workflow(by.workflow(), "").at(by.pod().templateLocation()))
                .orElseGet(() -> Subject.of(object, object.namespace(), path));
    }

    /** What it comes to that the API server refuses it. */
    String refused() {
        return creator.map(by -> "The API server refuses the manifest of " + Places.template(by.pod())
                        + ", and its node ends in Failed.")
                .orElse("The API server refuses the " + object.kind() + ".");
    }

    /** The finding on the pod that creates it, where one does. */
    Finding on(Finding finding) {
        return creator.map(by -> finding.on(by.pod())).orElse(finding);
    }
}
