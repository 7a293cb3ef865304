package io.jenkins.plugins.argopreflight.step.secret;

import hudson.model.Item;
import hudson.model.ItemGroup;
import io.jenkins.plugins.argopreflight.engine.sync.SecretOwner;
import java.io.IOException;
import java.util.Optional;
import jenkins.model.ModifiableTopLevelItemGroup;

/**
 * The owner of the Secrets that a job's builds write: this controller and the folder that contains the job. A
 * multibranch project counts as one job, so its branches share the folder that contains the project.
 */
final class FolderOwner {

    private static final String ROOT = "root";

    private FolderOwner() {}

    /**
     * Returns the owner for a job.
     *
     * @throws IOException if the folder's id cannot be read or written
     */
    static SecretOwner of(Item job) throws IOException {
        Optional<Item> folder = folder(job);
        if (folder.isPresent()) {
            return new SecretOwner(
                    ControllerIdentity.id() + "."
                            + FolderId.of(folder.get().getRootDir().toPath()),
                    "folder " + folder.get().getFullName() + " of " + ControllerIdentity.name());
        }
        return new SecretOwner(ControllerIdentity.id() + "." + ROOT, "the top level of " + ControllerIdentity.name());
    }

    /** Returns the folder that contains the job, or the multibranch project of the job; empty for the top level. */
    static Optional<Item> folder(Item job) {
        ItemGroup<?> group = job.getParent();
        if (group instanceof Item project && !(group instanceof ModifiableTopLevelItemGroup)) {
            group = project.getParent();
        }
        return Optional.of(group).filter(Item.class::isInstance).map(Item.class::cast);
    }
}
