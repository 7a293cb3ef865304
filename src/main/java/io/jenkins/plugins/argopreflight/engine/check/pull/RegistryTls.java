package io.jenkins.plugins.argopreflight.engine.check.pull;

import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.model.fix.AskPerson;
import io.jenkins.plugins.argopreflight.engine.model.fix.Command;
import io.jenkins.plugins.argopreflight.engine.model.fix.Operand;
import io.jenkins.plugins.argopreflight.engine.model.fix.Option;
import io.jenkins.plugins.argopreflight.engine.model.fix.RunCommands;
import io.jenkins.plugins.argopreflight.engine.model.fix.Toml;
import io.jenkins.plugins.argopreflight.engine.model.need.Need;
import java.util.List;

/** A check for registries whose certificate is not trusted, or that use plain http. */
public final class RegistryTls extends PullRule {

    public RegistryTls() {
        super(CheckInfo.error(
                        "registry-tls",
                        "The registry's certificate is not trusted, or the registry uses plain http",
                        Topic.IMAGES)
                .needing(Need.REGISTRIES));
    }

    @Override
    protected boolean handles(Facts facts, PullCause cause) {
        return cause.kind() == PullCause.Kind.TLS && !cause.affectsOnlyLookUp();
    }

    @Override
    protected boolean isForLookUps() {
        return true;
    }

    @Override
    protected Subject subject(Facts facts, PullCause cause) {
        return Subject.of("Registry", "", cause.registry(), "");
    }

    @Override
    protected Finding finding(Facts facts, Subject subject, List<PullCause> causes) {
        PullCause first = causes.get(0);
        String host = first.registry();
        Operand folder = Operand.joined(Operand.text("/etc/containerd/certs.d/"), Operand.registry(host));
        boolean isPlainHttp = first.isPlainHttp();
        return Finding.fail(
                        info(),
                        subject,
                        images(causes) + " cannot be pulled from here by https. "
                                + first.explanation()
                                + PodWithoutImage.consequence(causes))
                .title(isPlainHttp ? "%s answers by plain http" : "The certificate of %s is not trusted", host)
                .fix(
                        RunCommands.of(
                                        Command.of("sudo", "mkdir", "-p").with(folder),
                                        Command.of("sudo", "tee")
                                                .with(Operand.joined(folder, Operand.text("/hosts.toml")))
                                                .document(isPlainHttp ? http(host) : https(host)))
                                .because(
                                        isPlainHttp
                                                ? "on each node, if the registry stays without https:"
                                                : "on each node, with the registry's CA beside it:"),
                        AskPerson.reader(
                                isPlainHttp
                                        ? "if the nodes are configured for it, add " + host + " to "
                                                + Option.INSECURE_REGISTRY
                                        : "if the nodes trust it already, set " + Option.REGISTRY_CA),
                        AskPerson.reader("the controller's look-ups need the same: mount the CA into the"
                                + " workflow-controller, or give the containers their command"));
    }

    /**
     * Returns the settings of containerd for a registry with plain http.
     *
     * @see <a href="https://github.com/containerd/containerd/blob/main/docs/hosts.md">hosts.toml</a>
     */
    private static Toml http(String host) {
        Operand url = Operand.joined(Operand.text("http://"), Operand.registry(host));
        return Toml.empty().set("server", url).table("host", url).list("capabilities", "pull", "resolve");
    }

    private static Toml https(String host) {
        Operand url = Operand.joined(Operand.text("https://"), Operand.registry(host));
        return Toml.empty().set("server", url).table("host", url).set("ca", Operand.text("ca.crt"));
    }
}
