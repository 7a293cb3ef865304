package io.jenkins.plugins.argopreflight.engine.model.object;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.stream.Collectors;

/**
 * A permission in the terms of Kubernetes' access reviews.
 *
 * @param verb Kubernetes' verb: get, list, create, update, patch, delete
 * @param group the API group, "" for core
 * @param resource the plural, such as {@code serviceaccounts}
 * @param subresource "" for none
 * @param namespace "" for all namespaces or a cluster-scoped resource
 * @param name "" for any name
 */
public record Right(String verb, String group, String resource, String subresource, String namespace, String name) {

    public static Right of(String verb, String group, String resource, String namespace) {
        return new Right(verb, group, resource, "", namespace, "");
    }

    /**
     * Creates a right for objects of any name.
     *
     * @param namespace "" for all namespaces; it is ignored for a cluster-scoped resource
     */
    public static Right of(String verb, Resource resource, String namespace) {
        return of(verb, resource.group(), resource.plural(), resource.namespaced() ? namespace : "");
    }

    public Right named(String newName) {
        return new Right(verb, group, resource, subresource, namespace, newName);
    }

    /**
     * Returns rights in words. The verbs for the same objects are together: {@code get/update secrets in namespace ci}.
     */
    public static String list(Collection<Right> rights) {
        return rights.stream()
                .collect(Collectors.groupingBy(
                        Right::objects, LinkedHashMap::new, Collectors.mapping(Right::verb, Collectors.joining("/"))))
                .entrySet()
                .stream()
                .map(each -> each.getValue() + " " + each.getKey())
                .collect(Collectors.joining(", "));
    }

    /** Returns the text of {@code kubectl auth can-i}: {@code update serviceaccounts in namespace ci}. */
    @Override
    public String toString() {
        return verb + " " + objects();
    }

    private String objects() {
        StringBuilder text = new StringBuilder(resource);
        if (!group.isEmpty()) {
            text.append('.').append(group);
        }
        if (!subresource.isEmpty()) {
            text.append('/').append(subresource);
        }
        if (!name.isEmpty()) {
            text.append(" \"").append(name).append('"');
        }
        return text.append(namespace.isEmpty() ? " in all namespaces" : " in namespace " + namespace)
                .toString();
    }
}
