package io.jenkins.plugins.argopreflight.engine.facts.pull;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestReader;
import io.jenkins.plugins.argopreflight.testing.InRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InRun.class)
class ImageHolderTest {

    private static JsonNode spec() {
        return new ManifestReader().value("pod.yaml", """
            initContainers: [{name: tool, image: "init:1"}]
            containers: [{name: tool, image: "main:1"}]
            volumes:
            - {name: tool, image: {reference: "volume:1"}}
            - {name: work, emptyDir: {}}
            """);
    }

    @Test
    void shouldReturnTheImageOfItsOwnKind() {
        JsonNode spec = spec();

        assertThat(ImageHolder.all(spec))
                .extracting(ImageHolder::path, holder -> holder.image(spec))
                .containsExactly(
                        tuple("spec.initContainers[tool]", "init:1"),
                        tuple("spec.containers[tool]", "main:1"),
                        tuple("spec.volumes[tool]", "volume:1"));
    }

    @Test
    void shouldHaveNoImageInAPodWithoutIt() {
        ImageHolder absent = new ImageHolder(ImageHolder.Kind.CONTAINER, "absent");

        assertThat(absent.element(spec()).isMissingNode()).isTrue();
        assertThat(absent.image(spec())).isEmpty();
    }
}
