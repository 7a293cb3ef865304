package io.jenkins.plugins.argopreflight.engine.diagnose.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.jenkins.plugins.argopreflight.engine.diagnose.DiagnoseRequest;
import io.jenkins.plugins.argopreflight.engine.diagnose.LogSource;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.ArchiveReader.Found;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException.Kind;
import io.jenkins.plugins.argopreflight.engine.kubernetes.argoserver.ArgoServer;
import io.jenkins.plugins.argopreflight.engine.kubernetes.argoserver.UnavailableArgoServer;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ArchiveReaderTest {

    private static final Fact<Optional<WorkflowState>> GONE = Fact.known(Optional.empty());
    private static final DiagnoseRequest BY_NAME = DiagnoseRequest.of("ci", "build", "argo");
    private static final DiagnoseRequest BY_LABELS =
            new DiagnoseRequest("ci", "", "team=a", "argo", LogSource.unread("--logs"), List.of(), Optional.empty());

    private final Archive archive = new Archive();

    @Test
    void shouldAskNothingForAWorkflowThatIsComplete() {
        Fact<Optional<WorkflowState>> whole = known("u", "Running", "");
        Found found = complete(whole, BY_NAME);
        assertThat(found.workflow()).isSameAs(whole);
        assertThat(found.archive()).isEqualTo(Fact.known(""));
        assertThat(archive.asked).isEmpty();
    }

    @Test
    void shouldReadNodesThatAreStoredElsewhereByTheUid() {
        archive.workflows.add(object("build", "u", "Running", ", nodes: {b: {id: b, type: Pod}}"));
        Found found = complete(known("u", "Running", ", offloadNodeStatusVersion: v"), BY_NAME);
        assertThat(state(found).nodes()).containsOnlyKeys("b");
        assertThat(found.archive()).isEqualTo(Fact.known("The nodes of the workflow were read from Argo Server."));
        assertThat(archive.asked).containsExactly("workflow ci/build u");
    }

    @Test
    void shouldReadAWorkflowThatIsGoneFromTheArchive() {
        archive.workflows.add(object("build", "u", "Failed", ""));
        Found found = complete(GONE, BY_NAME);
        assertThat(state(found).phase()).isEqualTo("Failed");
        assertThat(found.archive().ifKnown().orElseThrow()).contains("was read from the archive of Argo Server");
    }

    @Test
    void shouldTakeTheNewestOfTheLabelsThatDidNotSucceed() {
        archive.workflows.add(object("one", "u1", "Failed", "").put("created", "2026-01-01T00:00:00Z"));
        archive.workflows.add(object("two", "u2", "Succeeded", "").put("created", "2026-03-01T00:00:00Z"));
        archive.workflows.add(object("three", "u3", "Failed", "").put("created", "2026-02-01T00:00:00Z"));
        archive.workflows.forEach(each -> ((ObjectNode) each.path("metadata"))
                .put("creationTimestamp", each.path("created").asText()));
        assertThat(state(complete(GONE, BY_LABELS)).name()).isEqualTo("three");
        assertThat(archive.asked).first().isEqualTo("archived ci team=a");
    }

    @Test
    void shouldKeepWhatTheClusterSaysWhenTheArchiveHasNothing() {
        assertThat(complete(GONE, BY_NAME).workflow()).isSameAs(GONE);
        Fact<Optional<WorkflowState>> offloaded = known("u", "Running", ", offloadNodeStatusVersion: v");
        assertThat(complete(offloaded, BY_NAME).workflow()).isSameAs(offloaded);
    }

    @Test
    void shouldReportWhyTheArchiveCouldNotBeAsked() {
        archive.failure = Optional.of(new ClusterException(Kind.FORBIDDEN, "not allowed to get workflows"));
        Found found = complete(GONE, BY_NAME);
        assertThat(found.workflow()).isSameAs(GONE);
        assertThat(found.archive()).isEqualTo(Fact.unknown("not allowed to get workflows"));
    }

    /** A complete workflow is diagnosed even if the configuration of Argo Server is wrong. */
    @Test
    void shouldReportAServerThatCannotBeUsedWhereItIsNeeded() {
        ArchiveReader reader =
                new ArchiveReader(Optional.of(new UnavailableArgoServer("its URL is plain http")), BY_NAME);
        assertThat(reader.complete(known("u", "Running", "")).archive()).isEqualTo(Fact.known(""));
        assertThat(reader.complete(GONE).archive()).isEqualTo(Fact.unknown("its URL is plain http"));
    }

    @Test
    void shouldEndWhenItIsInterrupted() {
        archive.failure = Optional.of(new ClusterException(Kind.INTERRUPTED, "interrupted"));
        assertThatExceptionOfType(ClusterException.class).isThrownBy(() -> complete(GONE, BY_NAME));
    }

    private Found complete(Fact<Optional<WorkflowState>> read, DiagnoseRequest request) {
        return new ArchiveReader(Optional.of(archive), request).complete(read);
    }

    private static WorkflowState state(Found found) {
        return found.workflow().ifKnown().flatMap(known -> known).orElseThrow();
    }

    private static Fact<Optional<WorkflowState>> known(String uid, String phase, String more) {
        return Fact.known(Optional.of(WorkflowState.of(object("build", uid, phase, more))));
    }

    private static ObjectNode object(String name, String uid, String phase, String more) {
        try {
            return (ObjectNode) new ObjectMapper(new YAMLFactory())
                    .readTree("{metadata: {name: " + name + ", namespace: ci, uid: " + uid + "}, spec: {}, status:"
                            + " {phase: " + phase + more + "}}");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Holds these workflows, and remembers what it was asked. */
    private static final class Archive implements ArgoServer {

        private final List<ObjectNode> workflows = new ArrayList<>();
        private final List<String> asked = new ArrayList<>();
        private Optional<ClusterException> failure = Optional.empty();

        @Override
        public String server() {
            return "https://argo.example.com";
        }

        @Override
        public String version() {
            return "v4.0.5";
        }

        @Override
        public String user() {
            return "";
        }

        @Override
        public Optional<ObjectNode> workflow(String namespace, String name, String uid) {
            ask("workflow " + namespace + "/" + name + " " + uid);
            return workflows.stream()
                    .filter(each -> each.at("/metadata/name").asText().equals(name)
                            && (uid.isEmpty()
                                    || each.at("/metadata/uid").asText().equals(uid)))
                    .findFirst();
        }

        @Override
        public List<ObjectNode> archived(String namespace, String labels, int most) {
            ask("archived " + namespace + " " + labels);
            return workflows;
        }

        private void ask(String what) {
            asked.add(what);
            failure.ifPresent(why -> {
                throw why;
            });
        }

        @Override
        public void artifact(Output output, OutputStream into, long limit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<String> log(Output output, int lines) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {}
    }
}
