package io.jenkins.plugins.argopreflight.config;

import hudson.ExtensionPoint;
import hudson.model.ItemGroup;
import java.util.Optional;

/** Knows the settings of folders; there when the Folders plugin is. */
public interface FolderLookup extends ExtensionPoint {

    /** What this very folder says, if it says something. */
    Optional<FolderSettings> of(ItemGroup<?> folder);
}
