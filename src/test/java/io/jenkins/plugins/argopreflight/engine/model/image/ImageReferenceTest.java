package io.jenkins.plugins.argopreflight.engine.model.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageReferenceTest {

    private static final String DIGEST = "@sha256:" + "0123456789abcdef".repeat(4);

    @ParameterizedTest
    @CsvSource({
        "nginx, docker.io/library/nginx:latest",
        "nginx:1.27, docker.io/library/nginx:1.27",
        "team/image, docker.io/team/image:latest",
        "docker.io/nginx, docker.io/library/nginx:latest",
        "index.docker.io/team/image:v1, docker.io/team/image:v1",
        "registry.example.com/team/image:v1.2, registry.example.com/team/image:v1.2",
        "registry.example.com:5000/image, registry.example.com:5000/image:latest",
        "localhost/image, localhost/image:latest",
        "REGISTRY/image, REGISTRY/image:latest",
        "[::1]:5000/a/b:c, [::1]:5000/a/b:c",
        "quay.io/a__b/c-d.e, quay.io/a__b/c-d.e:latest",
    })
    void shouldNormaliseAsTheKubeletDoes(String written, String normalised) {
        assertThat(ImageReference.parse(written)).hasToString(normalised);
    }

    @ParameterizedTest
    @CsvSource({"nginx, ''", "nginx:1.27, :1.27", "quay.io/a/b, ''"})
    void shouldKeepADigest(String written, String tag) {
        ImageReference image = ImageReference.parse(written + DIGEST);
        assertThat(image.toString()).endsWith(tag + DIGEST);
        assertThat(image.version()).isEqualTo(DIGEST.substring(1));
    }

    @ParameterizedTest
    @CsvSource({
        "'', it is empty",
        "registry.example.com/Team/image, must be lower case",
        "https://registry.example.com/team/image, leave out the scheme",
        "'registry.example.com/team/image ', white space",
        "registry.example.com/team//image, expected",
        "registry.example.com/team/image:, expected",
        "registry.example.com/team/image@sha256:abc, expected",
        "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef, image id",
        "a/b@sha256:0123456789ABCDEF0123456789abcdef0123456789abcdef0123456789abcdef, lower-case",
    })
    void shouldRefuseWhatTheKubeletRefuses(String written, String why) {
        assertThatThrownBy(() -> ImageReference.parse(written))
                .isInstanceOf(InvalidImageException.class)
                .hasMessageContaining(why);
    }
}
