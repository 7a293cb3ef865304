package io.jenkins.plugins.argopreflight.engine.check.rights;

import io.jenkins.plugins.argopreflight.engine.check.Title;
import io.jenkins.plugins.argopreflight.engine.kubernetes.Identity;
import io.jenkins.plugins.argopreflight.engine.model.object.Right;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

/** Describes rights and the users that have them, in words. */
final class Rights {

    private Rights() {}

    /** Returns the resource as kubectl writes it: {@code workflowtasksets.argoproj.io/status}. */
    static String resource(Right right) {
        return right.resource()
                + (right.group().isEmpty() ? "" : "." + right.group())
                + (right.subresource().isEmpty() ? "" : "/" + right.subresource());
    }

    /**
     * Returns a phrase such as {@code create, patch workflowtaskresults.argoproj.io in namespace ci}. All rights must
     * be in one namespace.
     */
    static String phrase(List<Right> rights) {
        String namespace = rights.get(0).namespace();
        String phrases = rights.stream()
                .collect(Collectors.groupingBy(Rights::target, LinkedHashMap::new, Collectors.toList()))
                .entrySet()
                .stream()
                .map(byTarget ->
                        byTarget.getValue().stream().map(Right::verb).distinct().collect(Collectors.joining(", ")) + " "
                                + byTarget.getKey())
                .collect(Collectors.joining(" and "));
        return phrases + (namespace.isEmpty() ? "" : " in namespace " + namespace);
    }

    /**
     * Returns a title such as {@code ServiceAccount default is not allowed to get pods/log}. The verbs are left out if
     * they are too long.
     */
    static String title(String user, List<Right> rights) {
        Right first = rights.get(0);
        String resource = first.resource() + (first.subresource().isEmpty() ? "" : "/" + first.subresource());
        String verbs = rights.stream().map(Right::verb).distinct().collect(Collectors.joining(", "));
        String title = shortName(user) + " is not allowed to " + verbs + " " + resource;
        return title.length() <= Title.MAX_CHARACTERS ? title : shortName(user) + " lacks rights on " + resource;
    }

    /** Returns the name of a user for a title, without a namespace. */
    static String shortName(String user) {
        return Identity.serviceAccount(user)
                .map(account -> "ServiceAccount " + account.name())
                .orElse(user.isEmpty() ? "The submitting user" : "User " + user);
    }

    private static String target(Right right) {
        return resource(right) + (right.name().isEmpty() ? "" : " \"" + right.name() + "\"");
    }

    /** Returns the name of a user, such as {@code ServiceAccount ci:default} or {@code User jane}. */
    static String name(String user) {
        return Identity.serviceAccount(user)
                .map(account -> "ServiceAccount " + account.namespace() + ":" + account.name())
                .orElse(user.isEmpty() ? "the submitting user" : "User " + user);
    }
}
