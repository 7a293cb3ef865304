package io.jenkins.plugins.argopreflight.engine.check.reference;

import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.model.need.Need;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;

/** A check for PriorityClasses that do not exist. */
public final class PriorityClassMissing extends MissingClass {

    public PriorityClassMissing() {
        super(
                CheckInfo.error(
                                "priority-class-missing",
                                "A pod uses a PriorityClass that does not exist",
                                Topic.CLUSTER)
                        .needing(Need.PRIORITY_CLASSES),
                Resource.PRIORITY_CLASSES,
                "priorityClassName");
    }
}
