package hudson.model;

import hudson.security.AccessControlled;
import hudson.security.Permission;
import jenkins.model.FullyNamedModelObject;

public interface Item extends PersistenceRoot, FullyNamedModelObject, AccessControlled {

    Permission CONFIGURE = null;

    Permission EXTENDED_READ = null;

    Permission READ = null;

    String getFullName();

    ItemGroup<? extends Item> getParent();
}
