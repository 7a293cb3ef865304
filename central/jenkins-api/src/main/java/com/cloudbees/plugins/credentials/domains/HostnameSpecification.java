package com.cloudbees.plugins.credentials.domains;

public class HostnameSpecification extends DomainSpecification {

    private HostnameSpecification() {}

    public String getIncludes() {
        throw new UnsupportedOperationException();
    }
}
