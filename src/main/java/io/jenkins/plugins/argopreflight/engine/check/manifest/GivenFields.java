package io.jenkins.plugins.argopreflight.engine.check.manifest;

import io.jenkins.plugins.argopreflight.engine.argo.field.FieldWalk;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import java.util.List;

/** The fields of Argo's objects in the given files, read once for all checks. */
final class GivenFields {

    private record Walks(List<FieldWalk> walks) {}

    private GivenFields() {}

    /** Returns whether one of Argo's objects is in the given files. */
    static boolean areGiven(Facts facts) {
        return facts.documents().stream().anyMatch(FieldWalk::reads);
    }

    /** Returns the fields of each of Argo's objects. */
    static List<FieldWalk> of(Facts facts) {
        return facts.derived(
                        Walks.class,
                        each -> new Walks(each.documents().stream()
                                .filter(FieldWalk::reads)
                                .map(document -> FieldWalk.of(document.original()))
                                .toList()))
                .walks();
    }
}
