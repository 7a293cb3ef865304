package io.jenkins.plugins.argopreflight.engine.collect.object;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.kube.Objects;
import io.jenkins.plugins.argopreflight.engine.kube.Resource;
import java.util.Map;

/** What checks can see of a Secret: its name, type and keys; annotations can quote values, so all but one go. */
public final class SecretKeys {

    private static final String ACCOUNT = "kubernetes.io/service-account.name";

    private SecretKeys() {}

    public static ObjectNode of(ObjectNode secret) {
        ObjectNode kept = Objects.of(Resource.SECRETS, Objects.namespace(secret), Objects.name(secret));
        Map<String, String> annotations = Objects.annotations(secret);
        if (annotations.containsKey(ACCOUNT)) {
            Objects.metadata(kept).putObject("annotations").put(ACCOUNT, annotations.get(ACCOUNT));
        }
        String type = Objects.text(secret, "type");
        kept.put("type", type.isEmpty() ? "Opaque" : type);
        ObjectNode data = kept.putObject("data");
        for (String field : new String[] {"data", "stringData"}) {
            secret.path(field).fieldNames().forEachRemaining(key -> data.put(key, ""));
        }
        return kept;
    }
}
