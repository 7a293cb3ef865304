package io.jenkins.plugins.argopreflight.engine.check.reference;

import io.jenkins.plugins.argopreflight.engine.argo.model.Existence.Ending;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.model.need.Need;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;

/** A check for ConfigMaps that a volume or variable needs and that do not exist. */
public final class ConfigMapMissing extends MissingObject {

    public ConfigMapMissing() {
        super(
                CheckInfo.error(
                                "missing-config-map",
                                "A volume or variable needs a ConfigMap that does not exist",
                                Topic.CLUSTER)
                        .needing(Need.CONFIG_MAPS)
                        .ending(Ending.PENDING),
                Resource.CONFIG_MAPS);
    }
}
