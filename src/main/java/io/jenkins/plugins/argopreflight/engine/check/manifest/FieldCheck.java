package io.jenkins.plugins.argopreflight.engine.check.manifest;

import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.DescribedCheck;
import io.jenkins.plugins.argopreflight.engine.check.Severity;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.collect.Facts;
import io.jenkins.plugins.argopreflight.engine.workflow.field.FieldWalk;

/** A check of the fields of Argo's objects in the given files. It needs no cluster. */
abstract class FieldCheck extends DescribedCheck {

    FieldCheck(CheckInfo info) {
        super(info);
    }

    static CheckInfo info(String id, String summary) {
        return new CheckInfo(id, summary, Severity.ERROR, Topic.WORKFLOW);
    }

    @Override
    public boolean applies(Facts facts) {
        return facts.given().stream().anyMatch(FieldWalk::reads);
    }
}
