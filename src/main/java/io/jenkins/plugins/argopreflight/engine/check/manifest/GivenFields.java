package io.jenkins.plugins.argopreflight.engine.check.manifest;

import io.jenkins.plugins.argopreflight.engine.collect.Facts;
import io.jenkins.plugins.argopreflight.engine.workflow.field.FieldWalk;
import java.util.List;

/** The fields of Argo's objects in the given files, gone through once for all checks. */
final class GivenFields {

    private record All(List<FieldWalk> walks) {}

    private GivenFields() {}

    /** One walk for each of Argo's objects. */
    static List<FieldWalk> of(Facts facts) {
        return facts.derived(
                        All.class,
                        each -> new All(each.given().stream()
                                .filter(FieldWalk::reads)
                                .map(document -> FieldWalk.of(document.written()))
                                .toList()))
                .walks();
    }
}
