package io.jenkins.plugins.argopreflight.engine.kubernetes.client;

import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** The paths of objects and lists on an API server. */
final class Paths {

    private Paths() {}

    static String list(Resource resource, String inNamespace) {
        String root = resource.group().isEmpty() ? "/api/" : "/apis/";
        String namespacePart =
                resource.namespaced() && !inNamespace.isEmpty() ? "/namespaces/" + segment(inNamespace) : "";
        return root + resource.apiVersion() + namespacePart + "/" + resource.plural();
    }

    /**
     * Returns the path of an object. The name must not be empty: a DELETE of the path without a name deletes all
     * objects.
     */
    static String object(Resource resource, String inNamespace, String name) {
        if (name.isEmpty() || resource.namespaced() && inNamespace.isEmpty()) {
            throw new IllegalArgumentException(resource.kind() + " \"" + name + "\" needs a name and a namespace");
        }
        return list(resource, inNamespace) + "/" + segment(name);
    }

    private static String segment(String name) {
        if (name.equals(".") || name.equals("..")) {
            throw new IllegalArgumentException("\"" + name + "\" is no name of a Kubernetes object");
        }
        return encode(name);
    }

    static String query(String key, String value) {
        return value.isEmpty() ? "" : "&" + key + "=" + encode(value);
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
