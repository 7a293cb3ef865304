package io.jenkins.plugins.argopreflight.engine.facts.change;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.Identity.ServiceAccount;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;

/**
 * A right of an account, which is recorded as the name of an object of the kind {@link RecordedObject#RIGHT}.
 *
 * @param account NAMESPACE/NAME of the ServiceAccount
 * @param action such as {@code create pods/exec}
 */
record RecordedRight(String account, String action) {

    /**
     * Returns the right for which an access review asked.
     *
     * @param resourceAttributes the review's {@code spec.resourceAttributes}
     */
    static RecordedRight of(ServiceAccount account, JsonNode resourceAttributes) {
        String subresource = Json.text(resourceAttributes, "subresource");
        String group = Json.text(resourceAttributes, "group");
        String name = Json.text(resourceAttributes, "name");
        return new RecordedRight(
                account.namespace() + "/" + account.name(),
                Json.text(resourceAttributes, "verb") + " " + Json.text(resourceAttributes, "resource")
                        + (subresource.isEmpty() ? "" : "/" + subresource)
                        + (group.isEmpty() ? "" : "." + group)
                        + (name.isEmpty() ? "" : " " + name));
    }

    /** Reads a right from the name of its object. A name without a space is both parts. */
    static RecordedRight parse(String name) {
        String[] parts = name.split(" ", 2);
        return new RecordedRight(parts[0], parts[parts.length - 1]);
    }

    /** Returns the name of the object: the account, which contains no space, and the action. */
    String name() {
        return account + " " + action;
    }
}
