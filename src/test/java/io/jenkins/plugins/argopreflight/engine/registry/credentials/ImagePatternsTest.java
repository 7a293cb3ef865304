package io.jenkins.plugins.argopreflight.engine.registry.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.argopreflight.engine.model.image.ImageReference;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImagePatternsTest {

    @ParameterizedTest
    @CsvSource({
        "*.dkr.ecr.*.amazonaws.com, 123456789012.dkr.ecr.eu-central-1.amazonaws.com/app:1, true",
        "*.dkr.ecr.*.amazonaws.com, 123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn/app:1, false",
        "registry.example.com, registry.example.com/team/app:1, true",
        "registry.example.com, registry.example.com:5000/team/app:1, false",
        "registry.example.com:5000, registry.example.com:5000/team/app:1, true",
        "europe-docker.pkg.dev/team/, europe-docker.pkg.dev/team/app:1, true",
        "europe-docker.pkg.dev/team/, europe-docker.pkg.dev/other/app:1, false",
        "docker.io, busybox, true",
        "*.example.com, example.com/app:1, false",
    })
    void shouldMatchAsTheKubeletDoes(String pattern, String image, boolean matches) {
        assertThat(ImagePatterns.of(List.of("quay.io", pattern)).matching(ImageReference.parse(image)))
                .isEqualTo(matches ? Optional.of(pattern) : Optional.empty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "user@registry.example.com", "registry.example.com:*", "registry"})
    void shouldRefuseWhatNoImageMatches(String pattern) {
        assertThatThrownBy(() -> ImagePatterns.of(List.of(pattern))).isInstanceOf(DockerConfigException.class);
    }

    @Test
    void shouldMatchNothingWithoutPatterns() {
        assertThat(ImagePatterns.of(List.of()).matching(ImageReference.parse("busybox")))
                .isEmpty();
    }
}
