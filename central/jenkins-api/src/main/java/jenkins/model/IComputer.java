package jenkins.model;

import hudson.security.AccessControlled;

public interface IComputer extends AccessControlled {}
