package io.jenkins.plugins.argopreflight.config;

import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.util.FormValidation;
import io.jenkins.plugins.argopreflight.engine.cluster.Access;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterConnection;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterConnection.Timeouts;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterException;
import io.jenkins.plugins.argopreflight.engine.cluster.Identity;
import io.jenkins.plugins.argopreflight.engine.cluster.KubeconfigException;
import io.jenkins.plugins.argopreflight.engine.cluster.Resource;
import io.jenkins.plugins.argopreflight.engine.cluster.WhoAmI;
import io.jenkins.plugins.argopreflight.engine.cluster.fabric8.Fabric8Gateway;
import io.jenkins.plugins.argopreflight.engine.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.fact.Right;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import jenkins.model.Jenkins;

/** Says who we are at a cluster, and what we may do there. The caller has checked who asks. */
final class ConnectionTest {

    private static final Timeouts SHORT =
            new Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(15));

    private ConnectionTest() {}

    /** @param item the folder that is configured; null for Jenkins */
    static FormValidation of(ClusterConfiguration configuration, Item item) {
        NamedCluster cluster =
                new NamedCluster(configuration, item instanceof ItemGroup<?> folder ? folder : Jenkins.get());
        if (item != null && cluster.owner() == Jenkins.get()) {
            return FormValidation.error("A job has no clusters of its own; configure them in its folder");
        }
        try {
            ClusterConnection connection =
                    cluster.ownConnection(cluster.credentials()).withTimeouts(SHORT);
            try (Fabric8Gateway gateway = Fabric8Gateway.connect(connection)) {
                return ask(gateway, configuration.getNamespace());
            }
        } catch (KubeconfigException | ClusterException | IOException e) {
            return FormValidation.error(e.getMessage());
        }
    }

    /** One request that tells whether the server answers, and to us: a refusal is an answer. */
    private static void greet(Fabric8Gateway gateway, String namespace) {
        try {
            gateway.get(Resource.SERVICE_ACCOUNTS, namespace, "default");
        } catch (ClusterException e) {
            if (e.kind() != ClusterException.Kind.FORBIDDEN) {
                throw e;
            }
        }
    }

    private static FormValidation ask(Fabric8Gateway gateway, String configured) {
        String namespace = configured.isEmpty() ? gateway.namespace() : configured;
        greet(gateway, namespace);
        Fact<Identity> who = WhoAmI.ask(gateway);
        List<Right> wanted = Stream.of(
                        right("get", "secrets", namespace),
                        right("create", "secrets", namespace),
                        right("update", "secrets", namespace),
                        right("delete", "secrets", namespace),
                        right("get", "serviceaccounts", namespace),
                        right("update", "serviceaccounts", namespace),
                        right("list", "pods", namespace))
                .toList();
        Map<Right, Fact<Boolean>> answers = new Access(gateway, 4).ask(wanted);
        List<String> may = new ArrayList<>();
        List<String> mayNot = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        answers.forEach((right, answer) -> answer.ifKnown()
                .map(yes -> yes ? may : mayNot)
                .orElse(unknown)
                .add(right.verb() + " " + right.resource()));
        String text = gateway.server() + " takes us for "
                + who.ifKnown().map(Identity::user).orElse("somebody (it cannot say whom)")
                + ". In namespace " + namespace + " we may " + list(may) + sentence("; we may not ", mayNot)
                + sentence("; not known: ", unknown);
        return mayNot.isEmpty() && unknown.isEmpty() ? FormValidation.ok(text) : FormValidation.warning(text);
    }

    private static Right right(String verb, String resource, String namespace) {
        return Right.of(verb, "", resource, namespace);
    }

    private static String list(List<String> rights) {
        return rights.isEmpty() ? "do nothing of what steps need" : String.join(", ", rights);
    }

    private static String sentence(String begin, List<String> rights) {
        return rights.isEmpty() ? "" : begin + String.join(", ", rights);
    }
}
