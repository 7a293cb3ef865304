package hudson.model;

import hudson.security.AccessControlled;

public abstract class AbstractItem implements Item, AccessControlled {}
