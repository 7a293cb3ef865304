package io.jenkins.plugins.argopreflight.config;

import hudson.BulkChange;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.Util;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.argopreflight.engine.preflight.Gate;
import io.jenkins.plugins.argopreflight.engine.util.limits.RunLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import jenkins.model.GlobalConfiguration;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** The clusters, registries and policies for all of Jenkins. */
@Extension
@Symbol("argoPreflight")
public class ArgoPreflightConfiguration extends GlobalConfiguration {

    private List<ClusterConfiguration> clusters = new ArrayList<>();
    private String defaultCluster = "";
    private boolean ownCluster;
    private boolean onlyConfiguredClusters;
    private boolean allowAdopt;
    private boolean allowAgentServers;
    private List<String> allowedHosts = new ArrayList<>();
    private RegistryDefaults registries = new RegistryDefaults();
    private String failOn = Gate.FAIL.name();
    private String unstableOn = "";
    private boolean lockPolicy;
    private List<IgnoredCheck> ignores = new ArrayList<>();
    private boolean publishDetails;
    private boolean publishTests;
    private List<String> limits = new ArrayList<>();

    @SuppressWarnings("this-escape")
    public ArgoPreflightConfiguration() {
        load();
    }

    public static ArgoPreflightConfiguration get() {
        return ExtensionList.lookupSingleton(ArgoPreflightConfiguration.class);
    }

    @Override
    public String getDisplayName() {
        return Messages.displayName();
    }

    public List<ClusterConfiguration> getClusters() {
        return clusters;
    }

    @DataBoundSetter
    public void setClusters(List<ClusterConfiguration> clusters) {
        this.clusters = new ArrayList<>(Util.fixNull(clusters));
        save();
    }

    public String getDefaultCluster() {
        return defaultCluster;
    }

    @DataBoundSetter
    public void setDefaultCluster(String defaultCluster) {
        this.defaultCluster = Util.fixNull(defaultCluster).trim();
        save();
    }

    /** Returns whether a step without a cluster can use the ServiceAccount of the controller's own pod. */
    public boolean isOwnCluster() {
        return ownCluster;
    }

    @DataBoundSetter
    public void setOwnCluster(boolean ownCluster) {
        this.ownCluster = ownCluster;
        save();
    }

    /** Returns whether steps can use only clusters that an administrator or a folder configured. */
    public boolean isOnlyConfiguredClusters() {
        return onlyConfiguredClusters;
    }

    @DataBoundSetter
    public void setOnlyConfiguredClusters(boolean onlyConfiguredClusters) {
        this.onlyConfiguredClusters = onlyConfiguredClusters;
        save();
    }

    /** Returns whether a step with {@code adopt: true} can take over Secrets that Argo Preflight does not manage. */
    public boolean isAllowAdopt() {
        return allowAdopt;
    }

    @DataBoundSetter
    public void setAllowAdopt(boolean allowAdopt) {
        this.allowAdopt = allowAdopt;
        save();
    }

    /**
     * Returns whether passwords of registries can be sent to servers that are configured only in a kubeconfig on an
     * agent.
     */
    public boolean isAllowAgentServers() {
        return allowAgentServers;
    }

    @DataBoundSetter
    public void setAllowAgentServers(boolean allowAgentServers) {
        this.allowAgentServers = allowAgentServers;
        save();
    }

    /** Returns the hosts and ranges of addresses that builds can connect to, although these are not public. */
    public List<String> getAllowedHosts() {
        return Util.fixNull(allowedHosts);
    }

    @DataBoundSetter
    public void setAllowedHosts(List<String> allowedHosts) {
        this.allowedHosts = Lines.clean(allowedHosts);
        save();
    }

    public RegistryDefaults getRegistries() {
        return registries;
    }

    @DataBoundSetter
    public void setRegistries(RegistryDefaults registries) {
        this.registries = registries == null ? new RegistryDefaults() : registries;
        save();
    }

    /** Returns the name of the {@link Gate} at which a step fails, {@code FAIL} if none is set. */
    public String getFailOn() {
        return failOn;
    }

    @DataBoundSetter
    public void setFailOn(String failOn) {
        this.failOn = Gates.of("failOn", failOn).orElse(Gate.FAIL).name();
        save();
    }

    /**
     * Returns the name of the {@link Gate} at which a build becomes unstable; {@code ""} for the default: it becomes
     * unstable if something could not be checked.
     */
    public String getUnstableOn() {
        return unstableOn;
    }

    @DataBoundSetter
    public void setUnstableOn(String unstableOn) {
        this.unstableOn = Gates.of("unstableOn", unstableOn).map(Gate::name).orElse("");
        save();
    }

    /** Returns whether folders and Jenkinsfiles can only be stricter than this policy. */
    public boolean isLockPolicy() {
        return lockPolicy;
    }

    @DataBoundSetter
    public void setLockPolicy(boolean lockPolicy) {
        this.lockPolicy = lockPolicy;
        save();
    }

    public List<IgnoredCheck> getIgnores() {
        return ignores;
    }

    @DataBoundSetter
    public void setIgnores(List<IgnoredCheck> ignores) {
        this.ignores = new ArrayList<>(Util.fixNull(ignores));
        save();
    }

    /**
     * Returns whether reports outside Jenkins, such as a check at a commit, contain messages, names of objects and
     * commands. If not, they contain the number of findings, and of each finding the file, the line, the id and the
     * fixed summary of its check.
     */
    public boolean isPublishDetails() {
        return publishDetails;
    }

    @DataBoundSetter
    public void setPublishDetails(boolean publishDetails) {
        this.publishDetails = publishDetails;
        save();
    }

    /** Returns whether findings are added to the test results of builds, if the JUnit plugin is installed. */
    public boolean isPublishTests() {
        return publishTests;
    }

    @DataBoundSetter
    public void setPublishTests(boolean publishTests) {
        this.publishTests = publishTests;
        save();
    }

    /** Returns the limits of a run as {@code NAME=VALUE}; other limits have their defaults. */
    public List<String> getLimits() {
        return limits;
    }

    @DataBoundSetter
    public void setLimits(List<String> limits) {
        List<String> lines = Lines.clean(limits);
        RunLimits.parse(lines);
        this.limits = lines;
        save();
    }

    /**
     * Stores the form. A list without entries is missing in the form, and becomes empty.
     *
     * @throws FormException if a limit is invalid or a cluster has no name; nothing is changed then
     */
    @Override
    public boolean configure(StaplerRequest2 req, JSONObject json) throws FormException {
        FormNames.requireClusterNames(json);
        if (json.opt("limits") instanceof String text) {
            try {
                RunLimits.parse(Lines.clean(List.of(text)));
            } catch (IllegalArgumentException e) {
                throw new FormException(e.getMessage(), "limits");
            }
        }
        for (String list : List.of("clusters", "ignores")) {
            if (json.opt(list) == null) {
                json.element(list, List.of());
            }
        }
        try (BulkChange bulkChange = new BulkChange(this)) {
            req.bindJSON(this, json);
            bulkChange.commit();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return true;
    }

    /** Returns a list as the lines of a form's text area. */
    public String lines(Collection<String> list) {
        return Lines.toText(list);
    }

    @POST
    public FormValidation doCheckAllowedHosts(@QueryParameter String value) {
        return Jenkins.get().hasPermission(Jenkins.ADMINISTER) ? AddressSettings.check(value) : FormValidation.ok();
    }

    @POST
    public FormValidation doCheckDefaultCluster(@QueryParameter String value) {
        return Jenkins.get().hasPermission(Jenkins.ADMINISTER)
                ? FormNames.checkCluster(null, value)
                : FormValidation.ok();
    }

    @POST
    public ListBoxModel doFillFailOnItems() {
        Jenkins.get().checkPermission(Jenkins.READ);
        return Gates.choices();
    }

    @POST
    public FormValidation doCheckLimits(@QueryParameter String value) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        try {
            RunLimits.parse(Lines.clean(List.of(Util.fixNull(value))));
            return FormValidation.ok();
        } catch (IllegalArgumentException e) {
            return FormValidation.error(e.getMessage());
        }
    }

    @POST
    public ListBoxModel doFillUnstableOnItems() {
        Jenkins.get().checkPermission(Jenkins.READ);
        return Gates.unstableChoices(Messages.Gates_unchecked());
    }
}
