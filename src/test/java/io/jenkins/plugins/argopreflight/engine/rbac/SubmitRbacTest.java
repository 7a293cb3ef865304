package io.jenkins.plugins.argopreflight.engine.rbac;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.kubernetes.LiveCluster;
import io.jenkins.plugins.argopreflight.engine.kubernetes.LiveCluster.Change;
import io.jenkins.plugins.argopreflight.engine.kubernetes.LiveCluster.LogListener;
import io.jenkins.plugins.argopreflight.engine.kubernetes.LiveCluster.LogQuery;
import io.jenkins.plugins.argopreflight.engine.kubernetes.LiveCluster.Subscription;
import io.jenkins.plugins.argopreflight.engine.kubernetes.LiveCluster.WatchListener;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.story.Stage;
import io.jenkins.plugins.argopreflight.engine.submit.Draft;
import io.jenkins.plugins.argopreflight.engine.submit.Shutdown;
import io.jenkins.plugins.argopreflight.engine.submit.Submission;
import io.jenkins.plugins.argopreflight.engine.submit.Submitter;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import io.jenkins.plugins.argopreflight.testing.InRun;
import io.jenkins.plugins.argopreflight.testing.server.NeedsServers;
import io.jenkins.plugins.argopreflight.testing.server.RealCluster;
import io.jenkins.plugins.argopreflight.testing.server.RealRegistry;
import io.jenkins.plugins.argopreflight.testing.server.Server;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The manifests of {@code docs/rbac} for submitting and following: with them all of it works, and each line is needed. */
@NeedsServers({Server.CLUSTER, Server.REGISTRY})
@ExtendWith(InRun.class)
class SubmitRbacTest {

    private RealRegistry registry;
    private RbacScene scene;

    @BeforeEach
    void setUp() {
        registry = RealRegistry.withPasswords(Map.of("team", Stage.PASSWORD));
        scene = new RbacScene(registry);
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void shouldSubmitFollowAndStopWithThem() {
        assertThat(run(scene.jenkins("submit.yaml", "submit-step.yaml")).replaceAll("pods \"none\" not found\n", ""))
                .isEmpty();
    }

    @Test
    void shouldNeedEachLine() {
        scene.eachLineIsNeeded("submit.yaml", this::run, "submit-step.yaml");
        scene.eachLineIsNeeded("submit-step.yaml", this::run, "submit.yaml");
    }

    /** Does all that a run does. Returns the refused requests, as {@code VERB RESOURCE.GROUP}. */
    private String run(ClusterGateway user) {
        StringBuilder said = new StringBuilder();
        ObjectNode workflow = KubeObjects.of(Resource.WORKFLOWS, "ci", "");
        KubeObjects.metadata(workflow).put("generateName", "build-");
        workflow.putObject("spec");
        Submission submission = new Submission(
                List.of(Document.of("wf.yaml", workflow)), "", "ci", "", "", Map.of(), Map.of(), Map.of(), "ci");
        Draft draft = Draft.of(user, submission, UUID.randomUUID().toString());
        try (LiveCluster live = user.live().orElseThrow()) {
            tried(said, () -> new Submitter(user).submit(draft));
            admin(draft);
            String namespace = draft.namespace();
            tried(said, () -> live.get(Resource.WORKFLOWS, namespace, draft.name()));
            tried(said, () -> live.version(Resource.WORKFLOWS, namespace, ""));
            tried(said, () -> live.get(Resource.PODS, namespace, "none"));
            ObjectNode patch = JsonNodeFactory.instance.objectNode();
            patch.putObject("spec").put("shutdown", Shutdown.STOP.value());
            tried(said, () -> live.patch(Resource.WORKFLOWS, namespace, draft.name(), patch));
            said.append(words(watched(live, draft)));
            Ended log = new Ended();
            live.log(new LogQuery(namespace, "none", "main", Optional.empty(), true, 1000), log);
            said.append(words(log.why.join()));
        }
        return said.toString();
    }

    private static String words(String message) {
        return message.replaceAll(
                        "cannot (\\w+) resource \"([^\"]+)\" in API group \"argoproj.io\"", "$1 $2.argoproj.io")
                .replaceAll("cannot (\\w+) resource \"([^\"/]+)(/log)?\" in API group \"\"", "$1 $2");
    }

    private static void tried(StringBuilder said, Supplier<?> call) {
        try {
            call.get();
        } catch (ClusterException e) {
            said.append(words(e.getMessage())).append('\n');
        }
    }

    /** Creates the workflow as the administrator, if the user was not allowed to create it. */
    private void admin(Draft draft) {
        String path = "/apis/argoproj.io/v1alpha1/namespaces/" + draft.namespace() + "/workflows";
        if (RealCluster.get().api().status(path + "/" + draft.name()) == 404) {
            RealCluster.get().api().create(path, draft.workflow());
        }
    }

    private String watched(LiveCluster live, Draft draft) {
        Ended watch = new Ended();
        String path = "/apis/argoproj.io/v1alpha1/namespaces/" + draft.namespace() + "/workflows/" + draft.name();
        String version = KubeObjects.resourceVersion(RealCluster.get().api().get(path));
        try (Subscription open = live.watch(Resource.WORKFLOWS, draft.namespace(), "", version, watch)) {
            RealCluster.get().api().mergePatch(path, Map.of("spec", Map.of("priority", 1)));
            return watch.why.join();
        }
    }

    /** The first that it hears. */
    private static final class Ended implements WatchListener, LogListener {

        private final CompletableFuture<String> why = new CompletableFuture<>();

        @Override
        public void changed(Change change, ObjectNode object) {
            why.complete("");
        }

        @Override
        public void line(String line) {
            why.complete("");
        }

        @Override
        public void ended(Optional<ClusterException> failure) {
            why.complete(failure.map(each -> each.getMessage() + "\n").orElse(""));
        }
    }
}
