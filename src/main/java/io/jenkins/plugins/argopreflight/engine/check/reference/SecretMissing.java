package io.jenkins.plugins.argopreflight.engine.check.reference;

import io.jenkins.plugins.argopreflight.engine.argo.model.Existence.Ending;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.model.need.Need;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;

/** A check for Secrets that a volume or variable needs and that do not exist. */
public final class SecretMissing extends MissingObject {

    public SecretMissing() {
        super(
                CheckInfo.error(
                                "missing-secret",
                                "A volume or variable needs a Secret that does not exist",
                                Topic.CLUSTER)
                        .needing(Need.SECRETS)
                        .ending(Ending.PENDING),
                Resource.SECRETS);
    }
}
