package io.jenkins.plugins.argopreflight.offline.admission;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestReader;
import io.jenkins.plugins.argopreflight.offline.snapshot.SnapshotGateway;
import io.jenkins.plugins.argopreflight.testing.InRun;
import io.jenkins.plugins.argopreflight.testing.Stories;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The pods that a real cluster let in, judged from what the cluster was before. */
@ExtendWith(InRun.class)
class StoryAdmissionTest {

    @Test
    void shouldLetInWhatTheServerLetIn() throws IOException {
        List<String> refused = new ArrayList<>();
        int pods = 0;
        for (Path story : Stories.with("after/pods.yaml")) {
            SnapshotGateway before = SnapshotGateway.open(story.resolve("before"));
            for (Document pod : new ManifestReader().read(story.resolve("after/pods.yaml"))) {
                pods++;
                try {
                    new LocalAdmission(Optional.empty()).admit(asSubmitted(pod), before);
                } catch (ClusterException e) {
                    refused.add(story.getFileName() + ": " + e.kind() + " " + e.getMessage());
                }
            }
        }
        assertThat(refused).isEmpty();
        assertThat(pods).isGreaterThan(50);
    }

    /** Returns the pod without the fields that the server itself wrote. */
    private static ObjectNode asSubmitted(Document pod) {
        ObjectNode submitted = pod.root().deepCopy();
        submitted.remove("status");
        return submitted;
    }
}
