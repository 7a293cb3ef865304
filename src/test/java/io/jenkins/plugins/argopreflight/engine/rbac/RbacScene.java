package io.jenkins.plugins.argopreflight.engine.rbac;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterConnection;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.kubernetes.Identity;
import io.jenkins.plugins.argopreflight.engine.kubernetes.client.Fabric8Gateway;
import io.jenkins.plugins.argopreflight.engine.lab.RealLab;
import io.jenkins.plugins.argopreflight.engine.model.object.Right;
import io.jenkins.plugins.argopreflight.engine.story.Paste;
import io.jenkins.plugins.argopreflight.engine.story.Stage;
import io.jenkins.plugins.argopreflight.testing.server.RealCluster;
import io.jenkins.plugins.argopreflight.testing.server.RealCluster.User;
import io.jenkins.plugins.argopreflight.testing.server.RealRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;

/**
 * The namespaces that {@code docs/rbac} speaks of, on a real kube-apiserver: a feature is run as the ServiceAccount that
 * the manifests make, and as others who lack one line of them.
 */
final class RbacScene {

    final Stage stage;

    private final RightsToLook rights;

    RbacScene(RealRegistry registry) {
        RealCluster cluster = RealCluster.get();
        for (String name : List.of("ci", "argo", "jenkins")) {
            if (cluster.api().status("/api/v1/namespaces/" + name) == 404) {
                cluster.api().create("/api/v1/namespaces", Map.of("metadata", Map.of("name", name)));
            }
        }
        stage = Stage.ready(registry, "ci", "argo");
        rights = new RightsToLook(stage);
    }

    /** Applies the manifests as they stand, and connects with a token of the ServiceAccount that they are about. */
    ClusterGateway jenkins(String... files) {
        apply(Identity.ofServiceAccount("jenkins", "argo-preflight"), files);
        return account("argo-preflight");
    }

    /** Applies the manifests as they stand, and connects as the person that they are about. */
    ClusterGateway person(String user, String... files) {
        Identity who = new Identity(user, List.of("system:authenticated"));
        apply(who, files);
        return Fabric8Gateway.connect(ClusterConnection.DEFAULT
                .withKubeconfigs(stage.cluster().adminKubeconfig())
                .impersonating(user));
    }

    /** Connects with a token of one of Jenkins' ServiceAccounts. */
    ClusterGateway account(String name) {
        return RealLab.connect(stage.cluster().kubeconfig(user(name)));
    }

    /** Returns a ServiceAccount of Jenkins, with a token. */
    User user(String account) {
        String token = new Paste(stage)
                .shell("kubectl create token " + account + " -n jenkins")
                .strip();
        return new User("system:serviceaccount:jenkins:" + account, token);
    }

    /** Applies the manifests as they stand; returns when the API server knows that somebody has their rights. */
    void apply(Identity who, String... files) {
        // What another test granted would hide what is missing.
        stage.kubectl("delete roles,rolebindings,clusterroles,clusterrolebindings -A -l rbac=applied");
        String all = Stream.of(files)
                .map(file -> " -f " + RbacManifests.FOLDER.resolve(file))
                .collect(Collectors.joining());
        stage.kubectl("apply -f " + RbacManifests.FOLDER.resolve("identity.yaml") + all);
        if (files.length > 0) {
            stage.kubectl("label rbac=applied" + all);
        }
        rights.await(who, new RbacManifests(files).rights());
    }

    /** Somebody with all rights of these manifests but one. */
    private ClusterGateway without(Right removed, RbacManifests manifests) {
        User user = stage.cluster().userWith();
        stage.apply(manifests.copy(user, removed));
        List<Right> left = new ArrayList<>(manifests.rights());
        assertThat(left.remove(removed)).isTrue();
        rights.await(new Identity(user.name(), List.of("system:authenticated")), left);
        return RealLab.connect(stage.cluster().kubeconfig(user));
    }

    /**
     * Takes each line of the last manifest away in turn.
     *
     * @param feature runs it as a user; all that it reports
     */
    void eachLineIsNeeded(String file, Function<ClusterGateway, String> feature, String... beside) {
        List<String> files = new ArrayList<>(List.of(beside));
        files.add(file);
        RbacManifests manifests = new RbacManifests(files.toArray(String[]::new));
        SoftAssertions softly = new SoftAssertions();
        for (Right line : new RbacManifests(file).rights()) {
            String reported = feature.apply(without(line, manifests));
            softly.assertThat(words(line))
                    .as(file + " without " + line + ", which was reported: " + reported)
                    .anyMatch(reported::contains);
        }
        softly.assertAll();
    }

    /** The same, where a line is for more to be reported. */
    void eachLineReportsMore(String file, Function<ClusterGateway, String> feature, String... beside) {
        List<String> files = new ArrayList<>(List.of(beside));
        files.add(file);
        RbacManifests manifests = new RbacManifests(files.toArray(String[]::new));
        String all = feature.apply(jenkins(files.toArray(String[]::new)));
        SoftAssertions softly = new SoftAssertions();
        for (Right line : new RbacManifests(file).rights()) {
            softly.assertThat(feature.apply(without(line, manifests)))
                    .as(file + " without " + line)
                    .isNotEqualTo(all);
        }
        softly.assertAll();
    }

    /**
     * Returns the words with which reports name a missing right. If a list is not allowed, a get of the usual object is
     * tried and named.
     */
    private static List<String> words(Right right) {
        String what = " " + RightsToLook.words(right);
        return right.verb().equals("list") ? List.of("list" + what, "get" + what) : List.of(right.verb() + what);
    }
}
