package io.jenkins.plugins.argopreflight.config;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.domains.URIRequirementBuilder;
import hudson.Extension;
import hudson.Util;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.argopreflight.credentials.ClusterCredentials;
import io.jenkins.plugins.argopreflight.credentials.CredentialForms;
import io.jenkins.plugins.argopreflight.engine.cluster.TokenAccount;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A cluster that somebody gave a name. */
public class ClusterConfiguration implements Describable<ClusterConfiguration> {

    private final String name;
    private String serverUrl = "";
    private String caCertificate = "";
    private boolean skipTlsVerify;
    private String credentialsId = "";
    private String tokenServiceAccount = "";
    private String context = "";
    private String namespace = "";
    private String argoNamespace = "";
    private String argoVersion = "";
    private boolean jenkinsProxy;
    private List<String> allowedNamespaces = new ArrayList<>();
    private List<String> allowedFolders = new ArrayList<>();
    private List<String> allowedHosts = new ArrayList<>();
    /** The opposite of allowWrites: a configuration that was stored without it reads as false, and allows them. */
    private boolean readOnly;

    @DataBoundConstructor
    public ClusterConfiguration(String name) {
        this.name = Util.fixNull(name).trim();
    }

    public String getName() {
        return name;
    }

    public String getServerUrl() {
        return serverUrl;
    }

    @DataBoundSetter
    public void setServerUrl(String serverUrl) {
        this.serverUrl = Util.fixNull(serverUrl).trim();
    }

    public String getCaCertificate() {
        return caCertificate;
    }

    @DataBoundSetter
    public void setCaCertificate(String caCertificate) {
        this.caCertificate = Util.fixNull(caCertificate).trim();
    }

    public boolean isSkipTlsVerify() {
        return skipTlsVerify;
    }

    @DataBoundSetter
    public void setSkipTlsVerify(boolean skipTlsVerify) {
        this.skipTlsVerify = skipTlsVerify;
    }

    public String getCredentialsId() {
        return credentialsId;
    }

    @DataBoundSetter
    public void setCredentialsId(String credentialsId) {
        this.credentialsId = Util.fixNull(credentialsId);
    }

    /** The ServiceAccount, as namespace/name, for which the credentials only request tokens; "" to use them directly. */
    public String getTokenServiceAccount() {
        return Util.fixNull(tokenServiceAccount);
    }

    @DataBoundSetter
    public void setTokenServiceAccount(String tokenServiceAccount) {
        this.tokenServiceAccount = Util.fixNull(tokenServiceAccount).trim();
    }

    public String getContext() {
        return context;
    }

    @DataBoundSetter
    public void setContext(String context) {
        this.context = Util.fixNull(context).trim();
    }

    public String getNamespace() {
        return namespace;
    }

    @DataBoundSetter
    public void setNamespace(String namespace) {
        this.namespace = Util.fixNull(namespace).trim();
    }

    public String getArgoNamespace() {
        return argoNamespace;
    }

    @DataBoundSetter
    public void setArgoNamespace(String argoNamespace) {
        this.argoNamespace = Util.fixNull(argoNamespace).trim();
    }

    public String getArgoVersion() {
        return argoVersion;
    }

    @DataBoundSetter
    public void setArgoVersion(String argoVersion) {
        this.argoVersion = Util.fixNull(argoVersion).trim();
    }

    public boolean isJenkinsProxy() {
        return jenkinsProxy;
    }

    @DataBoundSetter
    public void setJenkinsProxy(boolean jenkinsProxy) {
        this.jenkinsProxy = jenkinsProxy;
    }

    /** Globs of namespaces; empty for all. */
    public List<String> getAllowedNamespaces() {
        return Util.fixNull(allowedNamespaces);
    }

    @DataBoundSetter
    public void setAllowedNamespaces(List<String> allowedNamespaces) {
        this.allowedNamespaces = Lines.clean(allowedNamespaces);
    }

    /** Globs of the full names of folders and jobs; empty for all. */
    public List<String> getAllowedFolders() {
        return Util.fixNull(allowedFolders);
    }

    @DataBoundSetter
    public void setAllowedFolders(List<String> allowedFolders) {
        this.allowedFolders = Lines.clean(allowedFolders);
    }

    /** Private addresses that builds may ask when they use this cluster; only of a cluster of Jenkins itself. */
    public List<String> getAllowedHosts() {
        return Util.fixNull(allowedHosts);
    }

    @DataBoundSetter
    public void setAllowedHosts(List<String> allowedHosts) {
        this.allowedHosts = Lines.clean(allowedHosts);
    }

    public boolean isAllowWrites() {
        return !readOnly;
    }

    @DataBoundSetter
    public void setAllowWrites(boolean allowWrites) {
        this.readOnly = !allowWrites;
    }

    @Extension
    @Symbol("cluster")
    public static class DescriptorImpl extends Descriptor<ClusterConfiguration> {

        @Override
        public String getDisplayName() {
            return "Cluster";
        }

        /** What a form shows of a list. */
        public String lines(Collection<String> list) {
            return Lines.toText(list);
        }

        @POST
        public ListBoxModel doFillCredentialsIdItems(
                @AncestorInPath Item item, @QueryParameter String serverUrl, @QueryParameter String credentialsId) {
            return CredentialForms.fill(
                    item,
                    credentialsId,
                    URIRequirementBuilder.fromUri(serverUrl).build(),
                    ClusterCredentials.matcher());
        }

        @POST
        public FormValidation doCheckCredentialsId(
                @AncestorInPath Item item, @QueryParameter String serverUrl, @QueryParameter String value) {
            return CredentialForms.check(
                    item,
                    Util.fixNull(value),
                    URIRequirementBuilder.fromUri(serverUrl).build(),
                    ClusterCredentials.matcher());
        }

        @POST
        public FormValidation doCheckName(@AncestorInPath Item item, @QueryParameter String value) {
            return !mayConfigure(item) || Util.fixEmptyAndTrim(value) != null
                    ? FormValidation.ok()
                    : FormValidation.error("Steps choose the cluster by its name");
        }

        @POST
        public FormValidation doCheckServerUrl(
                @AncestorInPath Item item, @QueryParameter String value, @QueryParameter boolean skipTlsVerify) {
            return mayConfigure(item) ? ServerUrl.check(value, skipTlsVerify) : FormValidation.ok();
        }

        @POST
        public FormValidation doCheckAllowedHosts(@AncestorInPath Item item, @QueryParameter String value) {
            return mayConfigure(item) ? AddressSettings.check(value) : FormValidation.ok();
        }

        @POST
        public FormValidation doCheckCaCertificate(
                @AncestorInPath Item item, @QueryParameter String value, @QueryParameter boolean skipTlsVerify) {
            return mayConfigure(item) ? PemCertificates.check(value, skipTlsVerify) : FormValidation.ok();
        }

        @POST
        public FormValidation doCheckTokenServiceAccount(@AncestorInPath Item item, @QueryParameter String value) {
            String written = Util.fixNull(value).trim();
            return !mayConfigure(item)
                            || written.isEmpty()
                            || TokenAccount.parse(written).isPresent()
                    ? FormValidation.ok()
                    : FormValidation.error("Write the namespace and the name of a ServiceAccount: namespace/name");
        }

        @POST
        public FormValidation doCheckAllowedNamespaces(@AncestorInPath Item item, @QueryParameter String value) {
            return mayConfigure(item) ? ClusterAccess.checkNamespaces(value) : FormValidation.ok();
        }

        @POST
        public FormValidation doCheckAllowedFolders(@AncestorInPath Item item, @QueryParameter String value) {
            return mayConfigure(item) ? ClusterAccess.checkFolders(value) : FormValidation.ok();
        }

        @POST
        public FormValidation doTestConnection(
                @AncestorInPath Item item,
                @QueryParameter String name,
                @QueryParameter String serverUrl,
                @QueryParameter String caCertificate,
                @QueryParameter boolean skipTlsVerify,
                @QueryParameter String credentialsId,
                @QueryParameter String tokenServiceAccount,
                @QueryParameter String context,
                @QueryParameter String namespace,
                @QueryParameter boolean jenkinsProxy) {
            if (item == null) {
                Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            } else {
                item.checkPermission(Item.CONFIGURE);
                item.checkPermission(CredentialsProvider.USE_ITEM);
            }
            ClusterConfiguration cluster = new ClusterConfiguration(name);
            cluster.setServerUrl(serverUrl);
            cluster.setCaCertificate(caCertificate);
            cluster.setSkipTlsVerify(skipTlsVerify);
            cluster.setCredentialsId(credentialsId);
            cluster.setTokenServiceAccount(tokenServiceAccount);
            cluster.setContext(context);
            cluster.setNamespace(namespace);
            cluster.setJenkinsProxy(jenkinsProxy);
            return ConnectionTest.of(cluster, item);
        }

        private static boolean mayConfigure(Item item) {
            return item == null ? Jenkins.get().hasPermission(Jenkins.ADMINISTER) : item.hasPermission(Item.CONFIGURE);
        }
    }
}
