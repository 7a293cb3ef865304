package io.jenkins.plugins.argopreflight.step.login;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Item;
import hudson.model.listeners.ItemListener;
import io.jenkins.plugins.argopreflight.engine.util.file.FileName;
import io.jenkins.plugins.argopreflight.engine.util.file.RecordFolder;
import io.jenkins.plugins.argopreflight.step.BuildName;
import java.io.IOException;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/**
 * The stored logins of this controller's blocks that are not revoked. They are updated when a job is renamed or moved.
 */
@Extension
public class Logins extends ItemListener {

    private static final Logger LOGGER = Logger.getLogger(Logins.class.getName());
    private static final String FOLDER = "argo-preflight-block-logins";

    private final RecordFolder<StoredLogin> records =
            new RecordFolder<>(FileName.in(Jenkins.get().getRootDir().toPath(), FOLDER), StoredLogin.class);

    static RecordFolder<StoredLogin> get() {
        return ExtensionList.lookupSingleton(Logins.class).records;
    }

    @Override
    public void onLocationChanged(Item item, String oldFullName, String newFullName) {
        try {
            for (StoredLogin login : records.all()) {
                Optional<String> moved = BuildName.moved(login.build, oldFullName, newFullName);
                if (moved.isPresent()) {
                    login.build = moved.get();
                    records.save(login.id, login);
                }
            }
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "the logins of builds in " + newFullName + " cannot be stored");
        }
    }
}
