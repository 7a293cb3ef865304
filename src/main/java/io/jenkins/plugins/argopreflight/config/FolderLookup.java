package io.jenkins.plugins.argopreflight.config;

import hudson.ExtensionPoint;
import hudson.model.ItemGroup;
import java.util.Optional;

/** Access to the settings of folders. It is present only if the Folders plugin is installed. */
public interface FolderLookup extends ExtensionPoint {

    /** Returns the settings of this folder, without those of the folders around it; empty if it has none. */
    Optional<FolderSettings> of(ItemGroup<?> folder);
}
