package io.jenkins.plugins.argopreflight.engine.collect.object;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.kube.Objects;
import io.jenkins.plugins.argopreflight.engine.kube.Resource;
import java.util.Map;

/**
 * The reduction of a Secret to what checks can read: its name, its type and the names of its keys. Annotations can
 * contain values, so they are removed, except for the name of the ServiceAccount.
 */
public final class SecretKeys {

    private static final String SERVICE_ACCOUNT_ANNOTATION = "kubernetes.io/service-account.name";

    private SecretKeys() {}

    public static ObjectNode of(ObjectNode secret) {
        ObjectNode reduced = Objects.of(Resource.SECRETS, Objects.namespace(secret), Objects.name(secret));
        Map<String, String> annotations = Objects.annotations(secret);
        if (annotations.containsKey(SERVICE_ACCOUNT_ANNOTATION)) {
            Objects.metadata(reduced)
                    .putObject("annotations")
                    .put(SERVICE_ACCOUNT_ANNOTATION, annotations.get(SERVICE_ACCOUNT_ANNOTATION));
        }
        String type = Objects.text(secret, "type");
        reduced.put("type", type.isEmpty() ? "Opaque" : type);
        ObjectNode data = reduced.putObject("data");
        for (String field : new String[] {"data", "stringData"}) {
            secret.path(field).fieldNames().forEachRemaining(key -> data.put(key, ""));
        }
        return reduced;
    }
}
