package io.jenkins.plugins.argopreflight.engine.workflow;

import io.jenkins.plugins.argopreflight.engine.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.manifest.Document;
import java.util.List;
import java.util.Optional;

/** Turns what could not be found, or not be looked up, into problems at the place that refers to it. */
final class References {

    private References() {}

    /** The object, or null after a problem was told. */
    static Document found(
            Fact<Optional<Document>> fact,
            String kind,
            String name,
            Document from,
            String path,
            List<Problem> problems) {
        if (fact instanceof Fact.Unknown<Optional<Document>> unknown) {
            problems.add(new Problem(
                    Problem.Kind.UNKNOWN_REFERENCE,
                    from.locate(path),
                    path,
                    kind + " \"" + name + "\" could not be looked up: " + unknown.reason()));
            return null;
        }
        Optional<Document> found = fact.ifKnown().orElseThrow();
        if (found.isEmpty()) {
            problems.add(new Problem(
                    Problem.Kind.MISSING_REFERENCE, from.locate(path), path, kind + " \"" + name + "\" not found"));
        }
        return found.orElse(null);
    }
}
