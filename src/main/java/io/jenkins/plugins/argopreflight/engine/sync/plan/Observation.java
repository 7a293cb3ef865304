package io.jenkins.plugins.argopreflight.engine.sync.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The state of a namespace, as far as it can be read.
 *
 * @param readable whether Secrets can be read; if not, a Secret is written or deleted without reading it
 * @param secret the Secret of the requested name
 * @param temporary the temporary Secret that an interrupted recreation left
 * @param accounts ServiceAccounts by name: all of the namespace, or just the requested ones
 * @param complete whether the accounts are all of the namespace
 */
public record Observation(
        boolean readable,
        Optional<ObjectNode> secret,
        Optional<ObjectNode> temporary,
        Map<String, ObjectNode> accounts,
        boolean complete) {

    public Observation {
        accounts = new TreeMap<>(accounts);
    }

    /** Returns the ServiceAccounts that refer to a Secret of this name. */
    List<ObjectNode> referringTo(String secretName) {
        return accounts.values().stream()
                .filter(account -> AccountStep.refersTo(account, secretName))
                .toList();
    }
}
