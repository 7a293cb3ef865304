package io.jenkins.plugins.argopreflight.engine.registry.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.model.image.ImageReference;
import io.jenkins.plugins.argopreflight.engine.registry.Login;
import io.jenkins.plugins.argopreflight.engine.registry.RegistrySettings;
import io.jenkins.plugins.argopreflight.engine.registry.Verdict;
import io.jenkins.plugins.argopreflight.engine.registry.protocol.Conversation;
import io.jenkins.plugins.argopreflight.engine.registry.protocol.Deadline;
import io.jenkins.plugins.argopreflight.engine.registry.protocol.NoAnswer;
import io.jenkins.plugins.argopreflight.engine.registry.protocol.Registries;
import io.jenkins.plugins.argopreflight.engine.registry.protocol.RegistryReply;
import io.jenkins.plugins.argopreflight.engine.registry.protocol.Request;
import io.jenkins.plugins.argopreflight.engine.registry.protocol.Wire;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuestionTest {

    @Test
    void shouldNameTheRegistryThatNamedTheServerEvenIfTheReasonContainsItsName() {
        String reason = "The address for registry.example.com/team/image is not allowed.";

        assertThat(explanation("registry.example.com/team/image:v1", "cdn.example.net", reason))
                .isEqualTo(reason + " registry.example.com sent us there.");
    }

    @ParameterizedTest
    @CsvSource({
        "registry.example.com/team/image:v1, registry.example.com",
        "registry.example.com:5000/team/image:v1, registry.example.com:5000",
        "busybox:1, auth.docker.io",
    })
    void shouldNotNameTheRegistryOfItsOwnServer(String image, String server) {
        assertThat(explanation(image, server, "No answer.")).isEqualTo("No answer.");
    }

    private static String explanation(String image, String server, String reason) {
        RegistrySettings settings = RegistrySettings.defaults();
        ImageReference reference = ImageReference.parse(image);
        Conversation conversation = new Conversation(
                new Registries(settings, new UnusedWire()),
                reference,
                Optional.empty(),
                Deadline.in(Duration.ofSeconds(1)));
        return new Question(conversation, Optional.empty())
                .explanation(new NoAnswer(Verdict.UNREACHABLE, server, "no answer", reason));
    }

    /** A transport for questions that are not sent. */
    private static final class UnusedWire implements Wire {

        @Override
        public RegistryReply send(Request request, Deadline deadline) {
            throw new IllegalStateException();
        }

        @Override
        public boolean maySendCredentials(URI url) {
            throw new IllegalStateException();
        }

        @Override
        public Optional<Instant> expires(Login login) {
            throw new IllegalStateException();
        }
    }
}
