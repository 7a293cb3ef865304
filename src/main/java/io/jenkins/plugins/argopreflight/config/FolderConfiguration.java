package io.jenkins.plugins.argopreflight.config;

import com.cloudbees.hudson.plugins.folder.AbstractFolder;
import com.cloudbees.hudson.plugins.folder.AbstractFolderProperty;
import com.cloudbees.hudson.plugins.folder.AbstractFolderPropertyDescriptor;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.argopreflight.engine.preflight.Gate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** The clusters and policies of a folder. */
public class FolderConfiguration extends AbstractFolderProperty<AbstractFolder<?>> {

    private List<ClusterConfiguration> clusters = new ArrayList<>();
    private String defaultCluster = "";
    private String failOn = "";
    private String unstableOn = "";
    private boolean lockPolicy;
    private List<IgnoredCheck> ignores = new ArrayList<>();

    @DataBoundConstructor
    public FolderConfiguration() {
        // All fields have defaults.
    }

    public List<ClusterConfiguration> getClusters() {
        return clusters;
    }

    @DataBoundSetter
    public void setClusters(List<ClusterConfiguration> clusters) {
        this.clusters = new ArrayList<>(Util.fixNull(clusters));
    }

    public String getDefaultCluster() {
        return defaultCluster;
    }

    @DataBoundSetter
    public void setDefaultCluster(String defaultCluster) {
        this.defaultCluster = Util.fixNull(defaultCluster).trim();
    }

    public String getFailOn() {
        return failOn;
    }

    @DataBoundSetter
    public void setFailOn(String failOn) {
        this.failOn = Gates.of("failOn", failOn).map(Gate::name).orElse("");
    }

    public String getUnstableOn() {
        return unstableOn;
    }

    @DataBoundSetter
    public void setUnstableOn(String unstableOn) {
        this.unstableOn = Gates.of("unstableOn", unstableOn).map(Gate::name).orElse("");
    }

    /** Returns whether the Jenkinsfiles and folders inside this folder can only be stricter than its policy. */
    public boolean isLockPolicy() {
        return lockPolicy;
    }

    @DataBoundSetter
    public void setLockPolicy(boolean lockPolicy) {
        this.lockPolicy = lockPolicy;
    }

    public List<IgnoredCheck> getIgnores() {
        return ignores;
    }

    @DataBoundSetter
    public void setIgnores(List<IgnoredCheck> ignores) {
        this.ignores = new ArrayList<>(Util.fixNull(ignores));
    }

    // XStream calls this method after it has set the stored fields. Other fields are null, since it calls no
    // constructor.
    @SuppressWarnings("UnusedMethod")
    private Object readResolve() {
        clusters = Util.fixNull(clusters);
        defaultCluster = Util.fixNull(defaultCluster);
        failOn = Util.fixNull(failOn);
        unstableOn = Util.fixNull(unstableOn);
        ignores = Util.fixNull(ignores);
        return this;
    }

    private GatePolicy.Level policy(String folder) {
        return new GatePolicy.Level(
                Messages.GatePolicy_folder(folder), Gates.options(failOn, unstableOn, ignores), lockPolicy);
    }

    @Extension(optional = true)
    @Symbol("argoPreflight")
    public static class DescriptorImpl extends AbstractFolderPropertyDescriptor {

        @Override
        public String getDisplayName() {
            return Messages.displayName();
        }

        @Override
        public AbstractFolderProperty<?> newInstance(StaplerRequest2 request, JSONObject form) throws FormException {
            FormNames.requireClusterNames(form);
            return super.newInstance(request, form);
        }

        @POST
        public FormValidation doCheckDefaultCluster(@AncestorInPath Item item, @QueryParameter String value) {
            return item != null && item.hasPermission(Item.CONFIGURE)
                    ? FormNames.checkCluster(item, value)
                    : FormValidation.ok();
        }

        @POST
        public ListBoxModel doFillUnstableOnItems(@AncestorInPath Item item) {
            checkMayRead(item);
            return Gates.unstableChoices(Messages.Gates_inherited());
        }

        private static void checkMayRead(Item item) {
            if (item == null) {
                Jenkins.get().checkPermission(Jenkins.READ);
            } else {
                item.checkPermission(Item.EXTENDED_READ);
            }
        }

        @POST
        public ListBoxModel doFillFailOnItems(@AncestorInPath Item item) {
            checkMayRead(item);
            ListBoxModel choices = new ListBoxModel();
            choices.add(Messages.Gates_inherited(), "");
            choices.addAll(Gates.choices());
            return choices;
        }
    }

    /** The look-up of the property of a folder. */
    @Extension(optional = true)
    public static class Lookup implements FolderLookup {

        @Override
        public Optional<FolderSettings> of(ItemGroup<?> folder) {
            return Optional.of(folder)
                    .filter(AbstractFolder.class::isInstance)
                    .map(AbstractFolder.class::cast)
                    .flatMap(Lookup::settings);
        }

        private static Optional<FolderSettings> settings(AbstractFolder<?> folder) {
            return Optional.ofNullable(folder.getProperties().get(FolderConfiguration.class))
                    .map(property -> new FolderSettings(
                            folder,
                            property.clusters,
                            property.defaultCluster,
                            Optional.of(folder.getFullName())
                                    .filter(name -> property.lockPolicy)
                                    .map(Messages::GatePolicy_folder),
                            () -> property.policy(folder.getFullName())));
        }
    }
}
