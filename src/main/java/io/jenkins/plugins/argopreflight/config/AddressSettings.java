package io.jenkins.plugins.argopreflight.config;

import hudson.Util;
import hudson.util.FormValidation;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.DockerConfigException;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.ImagePatterns;
import io.jenkins.plugins.argopreflight.engine.util.http.AddressKind;
import io.jenkins.plugins.argopreflight.engine.util.http.AddressPolicy;
import io.jenkins.plugins.argopreflight.engine.util.http.AllowedHosts;
import io.jenkins.plugins.argopreflight.engine.util.http.Target;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The addresses that the controller can connect to for a build: the public addresses, the addresses of hosts that
 * administrators configured, and the private addresses of hosts that folders configured.
 */
final class AddressSettings {

    private AddressSettings() {}

    /**
     * Creates the policy.
     *
     * @param allowed the entries of {@code allowedHosts}
     * @param servers URLs of the clusters that are configured for all of Jenkins, and of their Argo Servers
     * @param folderServers URLs of clusters that are configured in folders, and of their Argo Servers
     * @param registries hosts in the configuration of registries
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
     * Returns sentences about the hosts that a policy refused. Hosts at addresses of the controller have their own
     * sentence without a line to copy, since a manifest can contain any port of the controller.
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

    /** Returns the host and port of a URL; empty if it has none. */
    static Optional<String> host(String url) {
        try {
            return Target.of(URI.create(url)).map(target -> target.host().inUrl() + ":" + target.port());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Validates the entries of {@code allowedHosts}. */
    static FormValidation check(String value) {
        return Lines.clean(List.of(Util.fixNull(value))).stream()
                .flatMap(entry -> AllowedHosts.problem(entry).stream())
                .findFirst()
                .map(FormValidation::error)
                .orElseGet(FormValidation::ok);
    }

    /** Returns an error for the first line that is not a pattern for images. */
    static FormValidation checkImages(String value) {
        try {
            ImagePatterns.of(Lines.clean(List.of(Util.fixNull(value))));
            return FormValidation.ok();
        } catch (DockerConfigException e) {
            return FormValidation.error(e.getMessage());
        }
    }
}
