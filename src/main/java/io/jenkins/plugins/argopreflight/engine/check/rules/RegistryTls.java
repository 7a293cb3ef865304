package io.jenkins.plugins.argopreflight.engine.check.rules;

import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Severity;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.collect.Facts;
import java.util.List;

/** A registry whose certificate is not trusted, or that speaks plain http where https is asked. */
public final class RegistryTls extends PullRule {

    public RegistryTls() {
        super(
                "registry-tls",
                "The registry's certificate is not trusted, or one side speaks plain http",
                Severity.ERROR,
                "registries");
    }

    @Override
    boolean tells(Facts facts, PullCause cause) {
        return cause.kind() == PullCause.Kind.TLS;
    }

    @Override
    boolean isForLookUps() {
        return true;
    }

    @Override
    Subject subject(Facts facts, PullCause cause) {
        return Subject.of("Registry", "", cause.registry(), "");
    }

    @Override
    Finding finding(Facts facts, Subject subject, List<PullCause> causes) {
        PullCause first = causes.get(0);
        String host = first.registry();
        boolean plain = first.said().contains("HTTP response to HTTPS client");
        return Finding.fail(
                        info(),
                        subject,
                        "As seen from here, " + host + ", which " + images(causes) + " comes from, cannot be asked by"
                                + " https: " + first.explanation() + lookUpToo(causes) + Hang.sentence(causes))
                .fix(
                        plain
                                ? "# each node, /etc/containerd/certs.d/" + host
                                        + "/hosts.toml, where the registry shall stay"
                                        + " without https:\nserver = \"http://" + host + "\"\n[host.\"http://" + host
                                        + "\"]\n  capabilities = [\"pull\", \"resolve\"]"
                                : "# each node, /etc/containerd/certs.d/" + host
                                        + "/hosts.toml, with the registry's CA beside"
                                        + " it:\nserver = \"https://" + host + "\"\n[host.\"https://" + host
                                        + "\"]\n  ca = \"ca.crt\"",
                        plain
                                ? "# if the nodes are set up so, say it: --insecure-registry " + host
                                : "# if the nodes trust it already, say it: --registry-ca ca.crt",
                        "# the controller's look-ups need the same: mount the CA into the workflow-controller, or give"
                                + " the containers their command");
    }
}
