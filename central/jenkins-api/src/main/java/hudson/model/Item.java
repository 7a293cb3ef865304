package hudson.model;

import hudson.security.AccessControlled;
import hudson.security.Permission;

public interface Item extends PersistenceRoot, ModelObject, AccessControlled {

    Permission CONFIGURE = null;

    Permission EXTENDED_READ = null;

    Permission READ = null;

    String getFullName();

    ItemGroup<? extends Item> getParent();
}
