package hudson.model;

import hudson.security.AccessControlled;
import java.util.concurrent.ExecutorService;
import jenkins.model.IComputer;

public abstract class Computer implements AccessControlled, IComputer, ExecutorListener {

    public static final ExecutorService threadPoolForRemoting = null;
}
