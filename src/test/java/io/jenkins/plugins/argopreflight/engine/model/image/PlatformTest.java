package io.jenkins.plugins.argopreflight.engine.model.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.model.image.Platform.Fit;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table of {@link #shouldTakeWhatContainerdTakes} is what containerd/platforms v1.0.0-rc.1 answers. */
class PlatformTest {

    private static final String ALL = "linux/amd64 linux/x86_64 linux/amd64/v1 linux/amd64/v2 linux/amd64/v3"
            + " linux/amd64/v4 linux/386 linux/i386 linux/arm linux/arm/v5 linux/arm/v6 linux/arm/v7 linux/arm/v8"
            + " linux/arm/7 linux/armhf linux/armel linux/arm64 linux/aarch64 linux/arm64/v8 linux/arm64/v8.1"
            + " linux/arm64/v8.5 linux/arm64/v8.6 linux/arm64/v8.7 linux/arm64/v9 linux/arm64/v9.1 linux/arm64/v9.2"
            + " linux/s390x linux/ppc64le windows/amd64 darwin/arm64 linux/riscv64";

    @ParameterizedTest
    @CsvSource(textBlock = """
            linux/amd64, linux/amd64 linux/x86_64 linux/amd64/v1 linux/386 linux/i386
            linux/amd64/v2, linux/amd64 linux/x86_64 linux/amd64/v1 linux/amd64/v2 linux/386 linux/i386
            linux/amd64/v3, linux/amd64 linux/x86_64 linux/amd64/v1 linux/amd64/v2 linux/amd64/v3 linux/386 linux/i386
            linux/amd64/v4, linux/amd64 linux/x86_64 linux/amd64/v1 linux/amd64/v2 linux/amd64/v3 linux/amd64/v4 linux/386 linux/i386
            linux/386, linux/386 linux/i386
            linux/arm, linux/arm linux/arm/v5 linux/arm/v6 linux/arm/v7 linux/arm/7 linux/armhf linux/armel
            linux/arm/v5, linux/arm/v5
            linux/arm/v6, linux/arm/v5 linux/arm/v6 linux/armel
            linux/arm/v7, linux/arm linux/arm/v5 linux/arm/v6 linux/arm/v7 linux/arm/7 linux/armhf linux/armel
            linux/arm/v8, linux/arm linux/arm/v5 linux/arm/v6 linux/arm/v7 linux/arm/v8 linux/arm/7 linux/armhf linux/armel
            linux/arm64, linux/arm linux/arm/v5 linux/arm/v6 linux/arm/v7 linux/arm/v8 linux/arm/7 linux/armhf linux/armel linux/arm64 linux/aarch64 linux/arm64/v8
            linux/arm64/v8, linux/arm linux/arm/v5 linux/arm/v6 linux/arm/v7 linux/arm/v8 linux/arm/7 linux/armhf linux/armel linux/arm64 linux/aarch64 linux/arm64/v8
            linux/arm64/v8.1, linux/arm linux/arm/v5 linux/arm/v6 linux/arm/v7 linux/arm/v8 linux/arm/7 linux/armhf linux/armel linux/arm64 linux/aarch64 linux/arm64/v8 linux/arm64/v8.1
            linux/arm64/v8.6, linux/arm linux/arm/v5 linux/arm/v6 linux/arm/v7 linux/arm/v8 linux/arm/7 linux/armhf linux/armel linux/arm64 linux/aarch64 linux/arm64/v8 linux/arm64/v8.1 linux/arm64/v8.5 linux/arm64/v8.6
            linux/arm64/v9, linux/arm linux/arm/v5 linux/arm/v6 linux/arm/v7 linux/arm/v8 linux/arm/7 linux/armhf linux/armel linux/arm64 linux/aarch64 linux/arm64/v8 linux/arm64/v8.1 linux/arm64/v8.5 linux/arm64/v9
            linux/arm64/v9.2, linux/arm linux/arm/v5 linux/arm/v6 linux/arm/v7 linux/arm/v8 linux/arm/7 linux/armhf linux/armel linux/arm64 linux/aarch64 linux/arm64/v8 linux/arm64/v8.1 linux/arm64/v8.5 linux/arm64/v8.6 linux/arm64/v8.7 linux/arm64/v9 linux/arm64/v9.1 linux/arm64/v9.2
            linux/s390x, linux/s390x
            linux/ppc64le, linux/ppc64le
            windows/amd64, windows/amd64
            """)
    void shouldTakeWhatContainerdTakes(String node, String taken) {
        List<String> ours = Arrays.stream(ALL.split(" "))
                .filter(image -> Platform.parse(image).isTakenBy(Platform.parse(node)))
                .toList();

        assertThat(ours).containsExactly(taken.split(" "));
    }

    @ParameterizedTest
    @CsvSource({
        "linux/amd64, linux/amd64, YES",
        "linux/arm64 linux/amd64, linux/amd64, YES",
        "linux/arm64, linux/amd64, NO",
        "linux/amd64/v3, linux/amd64, MAYBE",
        "linux/amd64/v2 linux/amd64, linux/amd64, YES",
        "linux/386, linux/amd64, YES",
        "linux/amd64, linux/386, NO",
        "linux/arm/v7, linux/arm64, YES",
        "linux/arm64/v9, linux/arm64, MAYBE",
        "linux/arm/v8, linux/arm, MAYBE",
        "linux/arm/v6, linux/arm, YES",
        "linux/arm64, linux/arm, NO",
        "windows/amd64, linux/amd64, NO",
        "linux/s390x, linux/s390x, YES",
        "'', linux/amd64, NO",
        "linux, linux/amd64, NO",
    })
    void shouldReportWhetherANodeTakesAnImage(String image, String node, Fit fit) {
        List<Platform> platforms =
                Arrays.stream(image.split(" ")).map(Platform::parse).toList();

        assertThat(Platform.fit(platforms, Platform.parse(node))).isEqualTo(fit);
    }

    @ParameterizedTest
    @CsvSource({
        "linux/amd64, linux/amd64",
        "Linux/X86_64/V1, linux/amd64",
        "linux/arm64/v8, linux/arm64",
        "linux/arm, linux/arm/v7",
        "macos/aarch64, darwin/arm64",
        "linux/riscv64/, linux/riscv64",
    })
    void shouldPrintThePlatformAsContainerdNormalisesIt(String text, String printed) {
        assertThat(Platform.parse(text)).hasToString(printed);
    }
}
