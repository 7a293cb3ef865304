package io.jenkins.plugins.argopreflight.engine.check.reference;

import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.model.need.Need;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;

/** A check for RuntimeClasses that do not exist. */
public final class RuntimeClassMissing extends MissingClass {

    public RuntimeClassMissing() {
        super(
                CheckInfo.error("runtime-class-missing", "A pod uses a RuntimeClass that does not exist", Topic.CLUSTER)
                        .needing(Need.RUNTIME_CLASSES),
                Resource.RUNTIME_CLASSES,
                "runtimeClassName");
    }
}
