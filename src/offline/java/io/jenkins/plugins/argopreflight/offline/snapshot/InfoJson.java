package io.jenkins.plugins.argopreflight.offline.snapshot;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.model.object.Right;
import java.util.Collection;

/**
 * The conversion of a SnapshotInfo to the object that {@code snapshot.yaml} contains, which {@link InfoFile} reads.
 * Empty values are left out.
 */
final class InfoJson {

    private InfoJson() {}

    static ObjectNode of(SnapshotInfo info) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("apiVersion", InfoFile.API_VERSION).put("kind", InfoFile.KIND);
        put(root, "kubernetes", info.kubernetes());
        put(root, "captured", info.captured().map(Object::toString).orElse(""));
        info.argo().ifPresent(argo -> {
            ObjectNode object = root.putObject("argo");
            put(object, "version", argo.version());
            put(object, "namespace", argo.namespace());
            put(object, "serviceAccount", argo.serviceAccount());
            put(object, "managedNamespace", argo.managedNamespace());
            put(object, "flags", argo.flags());
        });
        info.identity().ifPresent(identity -> {
            ObjectNode object = root.putObject("identity").put("user", identity.user());
            put(object, "groups", identity.groups());
        });
        put(root, "nodeCredentials", info.nodeCredentials());
        info.complete().ifPresent(complete -> {
            var list = root.putArray("complete");
            complete.forEach(each -> {
                ObjectNode object = list.addObject();
                put(object, "namespaces", each.namespaces());
                put(object, "resources", each.resources());
                put(object, "names", each.names());
            });
        });
        if (!info.unread().isEmpty()) {
            var list = root.putArray("unread");
            info.unread().forEach(each -> unread(list.addObject(), each));
        }
        return root;
    }

    private static void unread(ObjectNode object, UnreadResource unread) {
        put(object, "resource", unread.resource());
        put(object, "namespace", unread.namespace());
        put(object, "name", unread.name());
        put(object, "reason", unread.reason());
        unread.missingRight().ifPresent(right -> right(object.putObject("missingRight"), right));
    }

    private static void right(ObjectNode object, Right right) {
        put(object, "verb", right.verb());
        put(object, "group", right.group());
        put(object, "resource", right.resource());
        put(object, "subresource", right.subresource());
        put(object, "namespace", right.namespace());
        put(object, "name", right.name());
    }

    private static void put(ObjectNode object, String field, String value) {
        if (!value.isEmpty()) {
            object.put(field, value);
        }
    }

    private static void put(ObjectNode object, String field, Collection<String> values) {
        if (!values.isEmpty()) {
            values.forEach(object.putArray(field)::add);
        }
    }
}
