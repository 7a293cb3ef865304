package io.jenkins.plugins.argopreflight.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.Describable;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** A configured cluster. */
public class ClusterConfiguration implements Describable<ClusterConfiguration> {

    private String name;
    private String serverUrl = "";
    private String caCertificate = "";
    private boolean skipTlsVerify;
    private String credentialsId = "";
    private String tokenServiceAccount = "";
    private String blockServiceAccount = "";
    private String context = "";
    private String namespace = "";
    private String argoNamespace = "";
    private String argoVersion = "";
    private String argoServer = "";
    private String argoServerCaCertificate = "";
    private boolean argoServerSkipTlsVerify;
    private String argoServerCredentialsId = "";
    private boolean jenkinsProxy;
    private List<String> allowedNamespaces = new ArrayList<>();
    private List<String> allowedFolders = new ArrayList<>();
    private List<String> allowedHosts = new ArrayList<>();
    private List<String> nodeCredentials = new ArrayList<>();
    /** The opposite of allowWrites, so that a stored configuration without this field allows writes. */
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

    /**
     * Returns the ServiceAccount, as namespace/name, for which the credentials only request tokens; "" to use them
     * directly.
     */
    public String getTokenServiceAccount() {
        return tokenServiceAccount;
    }

    @DataBoundSetter
    public void setTokenServiceAccount(String tokenServiceAccount) {
        this.tokenServiceAccount = Util.fixNull(tokenServiceAccount).trim();
    }

    /**
     * Returns the ServiceAccount, as namespace/name, whose tokens {@code withArgoCluster} gives to builds; "" if that
     * step is not available.
     */
    public String getBlockServiceAccount() {
        return blockServiceAccount;
    }

    @DataBoundSetter
    public void setBlockServiceAccount(String blockServiceAccount) {
        this.blockServiceAccount = Util.fixNull(blockServiceAccount).trim();
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

    /** Returns the URL of Argo Server; "" for none. */
    public String getArgoServer() {
        return argoServer;
    }

    @DataBoundSetter
    public void setArgoServer(String argoServer) {
        this.argoServer = Util.fixNull(argoServer).trim();
    }

    public String getArgoServerCaCertificate() {
        return argoServerCaCertificate;
    }

    @DataBoundSetter
    public void setArgoServerCaCertificate(String argoServerCaCertificate) {
        this.argoServerCaCertificate = Util.fixNull(argoServerCaCertificate).trim();
    }

    public boolean isArgoServerSkipTlsVerify() {
        return argoServerSkipTlsVerify;
    }

    @DataBoundSetter
    public void setArgoServerSkipTlsVerify(boolean argoServerSkipTlsVerify) {
        this.argoServerSkipTlsVerify = argoServerSkipTlsVerify;
    }

    /** Returns the id of the credentials for Argo Server; "" to use the token for the cluster. */
    public String getArgoServerCredentialsId() {
        return argoServerCredentialsId;
    }

    @DataBoundSetter
    public void setArgoServerCredentialsId(String argoServerCredentialsId) {
        this.argoServerCredentialsId = Util.fixNull(argoServerCredentialsId);
    }

    public boolean isJenkinsProxy() {
        return jenkinsProxy;
    }

    @DataBoundSetter
    public void setJenkinsProxy(boolean jenkinsProxy) {
        this.jenkinsProxy = jenkinsProxy;
    }

    /** Returns the globs of the namespaces that can be used; empty for all namespaces. */
    public List<String> getAllowedNamespaces() {
        return allowedNamespaces;
    }

    @DataBoundSetter
    public void setAllowedNamespaces(List<String> allowedNamespaces) {
        this.allowedNamespaces = Lines.clean(allowedNamespaces);
    }

    /** Returns the globs of the full names of the folders and jobs that can use the cluster; empty for all jobs. */
    public List<String> getAllowedFolders() {
        return allowedFolders;
    }

    @DataBoundSetter
    public void setAllowedFolders(List<String> allowedFolders) {
        this.allowedFolders = Lines.clean(allowedFolders);
    }

    /**
     * Returns the private addresses that builds can connect to if they use this cluster. Applies only to a cluster of
     * Jenkins itself.
     */
    public List<String> getAllowedHosts() {
        return allowedHosts;
    }

    @DataBoundSetter
    public void setAllowedHosts(List<String> allowedHosts) {
        this.allowedHosts = Lines.clean(allowedHosts);
    }

    /**
     * Returns patterns of the images that nodes pull with their own credentials. Applies only to a cluster of Jenkins
     * itself.
     */
    public List<String> getNodeCredentials() {
        return nodeCredentials;
    }

    @DataBoundSetter
    public void setNodeCredentials(List<String> nodeCredentials) {
        this.nodeCredentials = Lines.clean(nodeCredentials);
    }

    public boolean isAllowWrites() {
        return !readOnly;
    }

    @DataBoundSetter
    public void setAllowWrites(boolean allowWrites) {
        this.readOnly = !allowWrites;
    }

    @SuppressWarnings(
            "UnusedMethod") // XStream calls this method, and no constructor: fields that are not stored are null.
    private Object readResolve() {
        name = Util.fixNull(name);
        serverUrl = Util.fixNull(serverUrl);
        caCertificate = Util.fixNull(caCertificate);
        credentialsId = Util.fixNull(credentialsId);
        tokenServiceAccount = Util.fixNull(tokenServiceAccount);
        blockServiceAccount = Util.fixNull(blockServiceAccount);
        context = Util.fixNull(context);
        namespace = Util.fixNull(namespace);
        argoNamespace = Util.fixNull(argoNamespace);
        argoVersion = Util.fixNull(argoVersion);
        argoServer = Util.fixNull(argoServer);
        argoServerCaCertificate = Util.fixNull(argoServerCaCertificate);
        argoServerCredentialsId = Util.fixNull(argoServerCredentialsId);
        allowedNamespaces = Util.fixNull(allowedNamespaces);
        allowedFolders = Util.fixNull(allowedFolders);
        allowedHosts = Util.fixNull(allowedHosts);
        nodeCredentials = Util.fixNull(nodeCredentials);
        return this;
    }

    /** The form, and the name in configuration as code. */
    @Extension
    @Symbol("cluster")
    public static class DescriptorImpl extends ClusterForm {

        @Override
        public String getDisplayName() {
            return Messages.Cluster_displayName();
        }
    }
}
