package io.jenkins.plugins.argopreflight.config;

import hudson.Util;
import hudson.util.FormValidation;
import io.jenkins.plugins.argopreflight.engine.dockerconfig.DockerConfigException;
import io.jenkins.plugins.argopreflight.engine.dockerconfig.ImagePatterns;
import io.jenkins.plugins.argopreflight.engine.http.AddressKind;
import io.jenkins.plugins.argopreflight.engine.http.AddressPolicy;
import io.jenkins.plugins.argopreflight.engine.http.AllowedHosts;
import io.jenkins.plugins.argopreflight.engine.http.Target;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which addresses the controller can ask for a build: public ones, those of hosts that administrators named, and in
 * private networks those of hosts that folders named.
 */
final class AddressSettings {

    private AddressSettings() {}

    /**
     * The policy.
     *
     * @param allowed the entries of {@code allowedHosts}
     * @param servers URLs of the clusters that are configured for all of Jenkins, and of their Argo Servers
     * @param folderServers URLs of clusters that are configured in folders, and of their Argo Servers
     * @param registries hosts that the configuration of registries names
     */
    static AddressPolicy policy(
            List<String> allowed, List<String> servers, List<String> folderServers, List<String> registries) {
        List<String> hosts = Stream.of(allowed, registries, hosts(servers))
                .flatMap(List::stream)
                .toList();
        return AddressPolicy.publicAnd(
                AllowedHosts.of(hosts).and(AllowedHosts.ofFolder(hosts(folderServers))),
                Messages::AddressSettings_allow);
    }

    /**
     * Returns sentences about what a run was refused. Hosts at addresses of the controller are in a sentence of their
     * own, without a line to paste: a manifest can name any port of it.
     */
    static List<String> refused(AddressPolicy policy) {
        return Stream.of(
                        Stream.of(policy.refused(AddressKind.PRIVATE))
                                .filter(hosts -> !hosts.isEmpty())
                                .map(hosts -> Messages.AddressSettings_allowAll(String.join("\", \"", hosts))),
                        Stream.of(policy.refused(AddressKind.OWN))
                                .filter(hosts -> !hosts.isEmpty())
                                .map(hosts -> Messages.AddressSettings_allowOwn(String.join(", ", hosts))))
                .flatMap(sentences -> sentences)
                .toList();
    }

    private static List<String> hosts(List<String> urls) {
        return urls.stream().flatMap(url -> host(url).stream()).toList();
    }

    /** The host and port of a URL; empty when it has none. */
    static Optional<String> host(String url) {
        try {
            return Target.of(URI.create(url)).map(target -> target.host().inUrl() + ":" + target.port());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    static FormValidation check(String value) {
        return Lines.clean(List.of(Util.fixNull(value))).stream()
                .flatMap(entry -> AllowedHosts.problem(entry).stream())
                .findFirst()
                .map(FormValidation::error)
                .orElseGet(FormValidation::ok);
    }

    /** Whether each line is a pattern that an image can match. */
    static FormValidation checkImages(String value) {
        try {
            ImagePatterns.of(Lines.clean(List.of(Util.fixNull(value))));
            return FormValidation.ok();
        } catch (DockerConfigException e) {
            return FormValidation.error(e.getMessage());
        }
    }
}
