package io.jenkins.plugins.argopreflight.engine.check.rights;

import io.jenkins.plugins.argopreflight.engine.check.Title;
import io.jenkins.plugins.argopreflight.engine.cluster.Identity;
import io.jenkins.plugins.argopreflight.engine.kube.Right;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

/** Rights and who has them, in words. */
final class Rights {

    private Rights() {}

    /** {@code workflowtasksets.argoproj.io/status}, as kubectl writes it. */
    static String resource(Right right) {
        return right.resource()
                + (right.group().isEmpty() ? "" : "." + right.group())
                + (right.subresource().isEmpty() ? "" : "/" + right.subresource());
    }

    /** {@code create, patch workflowtaskresults.argoproj.io in namespace ci}: all in one namespace. */
    static String words(List<Right> rights) {
        String namespace = rights.get(0).namespace();
        String each = rights.stream()
                .collect(Collectors.groupingBy(Rights::target, LinkedHashMap::new, Collectors.toList()))
                .entrySet()
                .stream()
                .map(of -> of.getValue().stream().map(Right::verb).distinct().collect(Collectors.joining(", ")) + " "
                        + of.getKey())
                .collect(Collectors.joining(" and "));
        return each + (namespace.isEmpty() ? "" : " in namespace " + namespace);
    }

    /** Returns a title: {@code ServiceAccount default is not allowed to get pods/log}; without the verbs where they do not fit. */
    static String title(String user, List<Right> rights) {
        Right first = rights.get(0);
        String resource = first.resource() + (first.subresource().isEmpty() ? "" : "/" + first.subresource());
        String verbs = rights.stream().map(Right::verb).distinct().collect(Collectors.joining(", "));
        String whole = briefly(user) + " is not allowed to " + verbs + " " + resource;
        return whole.length() <= Title.MOST ? whole : briefly(user) + " lacks rights on " + resource;
    }

    /** The same for a title: without the namespace. */
    static String briefly(String user) {
        return Identity.serviceAccount(user)
                .map(account -> "ServiceAccount " + account.name())
                .orElse(user.isEmpty() ? "The submitting user" : "User " + user);
    }

    private static String target(Right right) {
        return resource(right) + (right.name().isEmpty() ? "" : " \"" + right.name() + "\"");
    }

    /** {@code ServiceAccount ci:default}, {@code User jane}. */
    static String who(String user) {
        return Identity.serviceAccount(user)
                .map(account -> "ServiceAccount " + account.namespace() + ":" + account.name())
                .orElse(user.isEmpty() ? "the submitting user" : "User " + user);
    }
}
