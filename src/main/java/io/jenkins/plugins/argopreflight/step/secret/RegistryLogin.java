package io.jenkins.plugins.argopreflight.step.secret;

import hudson.Extension;
import hudson.Util;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.argopreflight.credentials.CredentialForms;
import io.jenkins.plugins.argopreflight.credentials.RegistryCredentials;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.RegistryKey;
import io.jenkins.plugins.argopreflight.step.Messages;
import java.io.Serializable;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A registry, with the id of its credentials. */
public class RegistryLogin implements Describable<RegistryLogin>, Serializable {

    private static final long serialVersionUID = 1L;

    private final String url;
    private final String credentialsId;
    private String username = "";

    @DataBoundConstructor
    public RegistryLogin(String url, String credentialsId) {
        this.url = Util.fixNull(url).trim();
        this.credentialsId = Util.fixNull(credentialsId).trim();
    }

    public String getUrl() {
        return url;
    }

    public String getCredentialsId() {
        return credentialsId;
    }

    public String getUsername() {
        return username;
    }

    @DataBoundSetter
    public void setUsername(String username) {
        this.username = Util.fixNull(username).trim();
    }

    @Extension
    @Symbol("registryLogin")
    public static class DescriptorImpl extends Descriptor<RegistryLogin> {

        @Override
        public String getDisplayName() {
            return Messages.RegistryLogin_displayName();
        }

        @POST
        public ListBoxModel doFillCredentialsIdItems(
                @AncestorInPath Item item, @QueryParameter String url, @QueryParameter String credentialsId) {
            return CredentialForms.fill(
                    item,
                    credentialsId,
                    RegistryCredentials.requirements(Util.fixNull(url)),
                    RegistryCredentials.matcher());
        }

        @POST
        public FormValidation doCheckCredentialsId(
                @AncestorInPath Item item, @QueryParameter String url, @QueryParameter String value) {
            return CredentialForms.check(
                    item,
                    Util.fixNull(value),
                    RegistryCredentials.requirements(Util.fixNull(url)),
                    RegistryCredentials.matcher());
        }

        @POST
        public FormValidation doCheckUrl(@AncestorInPath Item item, @QueryParameter String value) {
            if (!CredentialForms.mayList(item) || Util.fixNull(value).isBlank()) {
                return FormValidation.ok();
            }
            try {
                RegistryKey.canonical(Util.fixNull(value).trim());
                return FormValidation.ok();
            } catch (IllegalArgumentException e) {
                return FormValidation.error(e.getMessage());
            }
        }
    }
}
