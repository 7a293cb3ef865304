package io.jenkins.plugins.argopreflight.engine.facts.object;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.Map;

/**
 * The reduction of a Secret to what checks can read: its name, its type and the names of its keys. Annotations can
 * contain values, so they are removed, except for the name of the ServiceAccount.
 */
public final class SecretKeys {

    private static final String SERVICE_ACCOUNT_ANNOTATION = "kubernetes.io/service-account.name";

    private SecretKeys() {}

    public static ObjectNode of(ObjectNode secret) {
        ObjectNode reduced = KubeObjects.of(Resource.SECRETS, KubeObjects.namespace(secret), KubeObjects.name(secret));
        Map<String, String> annotations = KubeObjects.annotations(secret);
        if (annotations.containsKey(SERVICE_ACCOUNT_ANNOTATION)) {
            KubeObjects.metadata(reduced)
                    .putObject("annotations")
                    .put(SERVICE_ACCOUNT_ANNOTATION, annotations.get(SERVICE_ACCOUNT_ANNOTATION));
        }
        String type = Json.text(secret, "type");
        reduced.put("type", type.isEmpty() ? "Opaque" : type);
        ObjectNode data = reduced.putObject("data");
        for (String field : new String[] {"data", "stringData"}) {
            secret.path(field).fieldNames().forEachRemaining(key -> data.put(key, ""));
        }
        return reduced;
    }
}
