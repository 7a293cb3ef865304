package io.jenkins.plugins.argopreflight.step;

import hudson.model.Item;
import hudson.model.Run;
import hudson.security.ACL;
import hudson.security.ACLContext;
import java.util.Optional;
import jenkins.model.Jenkins;

/**
 * The name of a build as a record stores it, {@code folder/job#7}: the look-up of the build and its job, and the new name
 * after a job was moved.
 */
public final class BuildName {

    private BuildName() {}

    /** Returns the build; empty if it was deleted or is not loaded yet. */
    public static Optional<Run<?, ?>> run(String name) {
        try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
            return Optional.ofNullable(Run.fromExternalizableId(name));
        }
    }

    /** Returns the build's job, or the nearest folder around it that still exists. */
    public static Optional<Item> item(String build) {
        try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
            String name = build.substring(0, build.lastIndexOf('#'));
            Item found = Jenkins.get().getItemByFullName(name);
            while (found == null && name.contains("/")) {
                name = name.substring(0, name.lastIndexOf('/'));
                found = Jenkins.get().getItemByFullName(name);
            }
            return Optional.ofNullable(found);
        }
    }

    /** Returns the new name of a build after a job or folder was moved; empty if it does not contain the build. */
    public static Optional<String> moved(String build, String oldName, String newName) {
        return build.startsWith(oldName + "/") || build.startsWith(oldName + "#")
                ? Optional.of(newName + build.substring(oldName.length()))
                : Optional.empty();
    }
}
