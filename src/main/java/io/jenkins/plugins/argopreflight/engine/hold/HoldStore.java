package io.jenkins.plugins.argopreflight.engine.hold;

import java.io.IOException;
import java.util.List;

/** Where holds survive a restart. */
public interface HoldStore {

    List<HeldSecret> load();

    /** Replaces what was stored: completely, or not at all. */
    void save(List<HeldSecret> held) throws IOException;
}
