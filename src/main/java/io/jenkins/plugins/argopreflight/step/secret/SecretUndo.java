package io.jenkins.plugins.argopreflight.step.secret;

import io.jenkins.plugins.argopreflight.engine.sync.SecretOwner;
import io.jenkins.plugins.argopreflight.engine.sync.block.Block;
import io.jenkins.plugins.argopreflight.engine.sync.block.Holds;
import io.jenkins.plugins.argopreflight.engine.sync.block.SecretKey;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeSet;

/**
 * The changes of a block that an earlier version began. The class is kept for the builds that such a version stored.
 */
final class SecretUndo implements Serializable {

    private static final long serialVersionUID = 1L;

    final String server;
    private final TreeSet<String> created = new TreeSet<>();
    private final LinkedHashMap<String, ArrayList<String>> bound = new LinkedHashMap<>();
    private final TreeSet<String> touched = new TreeSet<>();

    SecretUndo(String server) {
        this.server = server;
    }

    /** Takes the holds that the block would have in this version. */
    void hold(Holds holds, SecretOwner owner, String name, Block block) throws IOException {
        for (String namespace : touched) {
            SecretKey key = new SecretKey(owner.id(), server, namespace, name);
            List<String> accounts = bound.getOrDefault(namespace, new ArrayList<>());
            holds.take(key, block);
            holds.announce(key, created.contains(namespace), accounts);
        }
    }
}
