package io.jenkins.plugins.argopreflight.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import io.jenkins.plugins.argopreflight.engine.registry.RegistrySettings;
import io.jenkins.plugins.argopreflight.engine.util.http.AddressPolicy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** The settings of registries: certificates, hosts without TLS, and the hosts that are allowed. */
public class RegistryDefaults implements Describable<RegistryDefaults> {

    private String caCertificate = "";
    private List<String> insecureHosts = new ArrayList<>();
    private List<String> onlyHosts = new ArrayList<>();

    /**
     * The hosts in a configuration of an earlier version, in which {@code onlyHosts} was named {@code allowedHosts}.
     * Today {@code allowedHosts} is a setting outside of this class: the addresses that builds can connect to.
     */
    private transient @Nullable List<String> allowedHosts;

    @DataBoundConstructor
    public RegistryDefaults() {
        // All fields have defaults.
    }

    public String getCaCertificate() {
        return caCertificate;
    }

    @DataBoundSetter
    public void setCaCertificate(String caCertificate) {
        this.caCertificate = Util.fixNull(caCertificate).trim();
    }

    public List<String> getInsecureHosts() {
        return insecureHosts;
    }

    @DataBoundSetter
    public void setInsecureHosts(List<String> insecureHosts) {
        this.insecureHosts = Lines.clean(insecureHosts);
    }

    public List<String> getOnlyHosts() {
        return onlyHosts;
    }

    @DataBoundSetter
    public void setOnlyHosts(List<String> onlyHosts) {
        this.onlyHosts = Lines.clean(onlyHosts);
    }

    @SuppressWarnings("UnusedMethod") // XStream calls this method.
    private Object readResolve() {
        caCertificate = Util.fixNull(caCertificate);
        insecureHosts = Util.fixNull(insecureHosts);
        if (onlyHosts == null) {
            onlyHosts = Lines.clean(allowedHosts);
        }
        return this;
    }

    /** Returns the hosts that an administrator configured here. */
    List<String> hosts() {
        return Stream.concat(insecureHosts.stream(), onlyHosts.stream()).toList();
    }

    /**
     * Returns the settings as a value of the engine, with Jenkins' proxy.
     *
     * @param policy the addresses that can be connected to
     * @throws IllegalArgumentException if the certificates or the proxy cannot be read
     */
    public RegistrySettings toSettings(AddressPolicy policy) {
        RegistrySettings.Builder settings =
                RegistrySettings.builder().proxies(JenkinsProxy.forRegistries()).addressPolicy(policy);
        if (!caCertificate.isEmpty()) {
            settings.authorities(Messages.Registries_origin(), caCertificate);
        }
        insecureHosts.forEach(settings::insecure);
        if (!onlyHosts.isEmpty()) {
            settings.allowedHosts(allowed());
        }
        return settings.build();
    }

    /** Returns the hosts that {@code onlyHosts} allows. A {@code *} stands for any part of one label of a host. */
    private Predicate<String> allowed() {
        List<Predicate<String>> rules = onlyHosts.stream()
                .map(host -> Stream.of(host.toLowerCase(Locale.ROOT).split("\\*", -1))
                        .map(Pattern::quote)
                        .collect(Collectors.joining("[^.]*")))
                .map(pattern -> Pattern.compile(pattern).asMatchPredicate())
                .toList();
        return host -> rules.stream().anyMatch(rule -> rule.test(host.toLowerCase(Locale.ROOT)));
    }

    @Extension
    @Symbol("registries")
    public static class DescriptorImpl extends Descriptor<RegistryDefaults> {

        @Override
        public String getDisplayName() {
            return Messages.Registries_displayName();
        }

        /** Returns a list as the lines of a form's text area. */
        public String lines(Collection<String> list) {
            return Lines.toText(list);
        }

        @POST
        public FormValidation doCheckInsecureHosts(@QueryParameter String value) {
            return Jenkins.get().hasPermission(Jenkins.ADMINISTER) ? FormNames.checkHosts(value) : FormValidation.ok();
        }

        @POST
        public FormValidation doCheckOnlyHosts(@QueryParameter String value) {
            return Jenkins.get().hasPermission(Jenkins.ADMINISTER)
                    ? FormNames.checkHostGlobs(value)
                    : FormValidation.ok();
        }

        @POST
        public FormValidation doCheckCaCertificate(@QueryParameter String value) {
            return Jenkins.get().hasPermission(Jenkins.ADMINISTER) ? PemCertificates.check(value) : FormValidation.ok();
        }
    }
}
