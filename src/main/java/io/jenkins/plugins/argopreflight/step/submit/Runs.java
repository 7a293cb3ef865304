package io.jenkins.plugins.argopreflight.step.submit;

import hudson.Extension;
import hudson.model.Item;
import hudson.model.listeners.ItemListener;
import io.jenkins.plugins.argopreflight.engine.submit.StoredRun;
import io.jenkins.plugins.argopreflight.engine.util.file.FileName;
import io.jenkins.plugins.argopreflight.engine.util.file.RecordFolder;
import io.jenkins.plugins.argopreflight.step.BuildName;
import java.io.IOException;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/**
 * The stored records of this controller's runs that have not ended, in Jenkins' home directory, where the deletion of a
 * build does not delete them. They are updated when a job is renamed or moved.
 */
@Extension
public class Runs extends ItemListener {

    private static final Logger LOGGER = Logger.getLogger(Runs.class.getName());
    private static final String FOLDER = "argo-preflight-runs";

    static RecordFolder<StoredRun> store() {
        return new RecordFolder<>(FileName.in(Jenkins.get().getRootDir().toPath(), FOLDER), StoredRun.class);
    }

    /** Stores a run, and replaces its earlier record. */
    static void save(StoredRun run) throws IOException {
        synchronized (run.record) {
            store().save(run.record.id, run);
        }
    }

    @Override
    public void onLocationChanged(Item item, String oldFullName, String newFullName) {
        try {
            for (StoredRun run : store().all()) {
                Optional<String> moved = BuildName.moved(run.build, oldFullName, newFullName);
                if (moved.isPresent()) {
                    run.build = moved.get();
                    save(run);
                }
            }
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "the workflows of builds in " + newFullName + " cannot be stored");
        }
    }
}
