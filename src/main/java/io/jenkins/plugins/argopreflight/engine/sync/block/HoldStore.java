package io.jenkins.plugins.argopreflight.engine.sync.block;

import java.io.IOException;
import java.util.List;

/** The storage of {@link Holds} that survives a restart. */
public interface HoldStore {

    List<HeldSecret> load();

    /** Replaces everything that was stored: completely, or not at all. */
    void save(List<HeldSecret> held) throws IOException;
}
