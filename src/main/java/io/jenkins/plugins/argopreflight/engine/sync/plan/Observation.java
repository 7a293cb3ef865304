package io.jenkins.plugins.argopreflight.engine.sync.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is in a namespace, as far as we can read.
 *
 * @param readable whether Secrets can be read; else this is the blind mode
 * @param secret the Secret of our name
 * @param temporary what an interrupted recreation left
 * @param accounts by name: all of the namespace, or just those asked for
 * @param complete whether these are all
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

    /** The ServiceAccounts that refer to a Secret of this name. */
    List<ObjectNode> referringTo(String secretName) {
        return accounts.values().stream()
                .filter(account -> AccountStep.refersTo(account, secretName))
                .toList();
    }
}
